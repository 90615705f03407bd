"""How cases find their handlers, in words."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policies.values import ChannelPoints, PersonCap, SeverityPoints, Skill
from policies.words.codes import word_for

NAMES: Mapping[str, object] = MappingProxyType(
    {
        "assigns_itself": gettext_lazy("the system gives cases away by itself"),
        "candidates_by": gettext_lazy("people are compared by"),
        "caps": gettext_lazy("at most for single people"),
        "cases_max": gettext_lazy("open cases of a person at most"),
        "handover_escalation_minutes": gettext_lazy("minutes until an unanswered handover goes up"),
        "handover_reminder_minutes": gettext_lazy("minutes until an unanswered handover is reminded of"),
        "next_by": gettext_lazy("waiting cases are taken by"),
        "points_case": gettext_lazy("points of every case"),
        "points_channel": gettext_lazy("points by channel"),
        "points_overdue": gettext_lazy("points of an overdue case"),
        "points_safety": gettext_lazy("points of a safety matter"),
        "points_severity": gettext_lazy("points by severity"),
        "skills": gettext_lazy("who knows what"),
        "wait_minutes": gettext_lazy("minutes a case waits before it is given away"),
    }
)
"""entry → what a reader calls it."""

RANKINGS = (
    ("skill", gettext_lazy("who knows it")),
    ("load", gettext_lazy("points on hand")),
    ("cases", gettext_lazy("open cases")),
    ("longest_without", gettext_lazy("how long ago the last case was given")),
)
URGENCIES = (
    ("overdue", gettext_lazy("overdue")),
    ("safety", gettext_lazy("safety")),
    ("severity", gettext_lazy("severity")),
    ("due", gettext_lazy("next deadline")),
    ("age", gettext_lazy("age")),
)
SUBJECTS: Mapping[str, object] = MappingProxyType(
    {
        "category": gettext_lazy("category"),
        "product": gettext_lazy("goods"),
        "shop": gettext_lazy("shop"),
        "language": gettext_lazy("language"),
    }
)


def part_in_words(part: SeverityPoints | ChannelPoints | PersonCap | Skill) -> str:
    """One line of an assignment policy."""
    match part:
        case SeverityPoints():
            return f"{word_for('severity', part.severity)}{_(': ')}{_points(part.points)}"
        case ChannelPoints():
            return f"{word_for('channels', part.channel)}{_(': ')}{_points(part.points)}"
        case PersonCap():
            cases = ngettext("%(n)s case", "%(n)s cases", part.cases) % {"n": part.cases}
            return f"{part.person}{_(': ')}{cases}"
    told = _("%(subject)s “%(value)s”: %(people)s") % {
        "subject": SUBJECTS[part.subject],
        "value": part.value,
        "people": _(", ").join(part.people),
    }
    return _("%(skill)s; nobody else") % {"skill": told} if part.is_needed else told


def _points(points: int) -> str:
    return ngettext("%(n)s point", "%(n)s points", points) % {"n": points}
