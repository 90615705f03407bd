"""What goes to and fro between us and a body outside: letters, answers, enquiries of the press (S-TPR-11, 14, 15)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import Guard, History
from complaints.vocabulary import LetterDirection


def _rewritten(sql):
    return sql.changed("route", "case", "direction", "is_answer", "words", "occurred_at", "recorded_by")


class RouteLetter(models.Model):
    """One letter of a route, to or from the body. Never edited; a second letter is a second row.

    `is_answer`: with it we answered the body, and its clocks stop. `working` keeps what the check of the wording found.
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="route_letters", verbose_name=_("case")
    )
    route = models.ForeignKey(
        "complaints.ExternalRoute", models.PROTECT, related_name="letters", verbose_name=_("outside route")
    )
    direction = models.CharField(_("direction"), max_length=10, choices=LetterDirection)
    is_answer = models.BooleanField(_("our answer"), default=False)
    words = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("words"))
    occurred_at = models.DateTimeField(_("happened at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    working = models.JSONField(_("working"), default=dict)

    history = History(
        guards=[Guard("letter.rewritten", _rewritten, on=("update",), message="a letter never changes")],
    )

    class Meta:
        verbose_name = _("letter of a route")
        verbose_name_plural = _("letters of routes")
        ordering = ["occurred_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="letter_not_before_it_happened",
                condition=models.Q(recorded_at__gte=models.F("occurred_at")),
            ),
            models.CheckConstraint(
                name="letter_answers_are_ours",
                condition=models.Q(is_answer=False) | models.Q(direction=LetterDirection.SENT),
            ),
        ]


class LetterEvidence(models.Model):
    """A piece of evidence that went with a letter."""

    letter = models.ForeignKey(RouteLetter, models.PROTECT, related_name="enclosures", verbose_name=_("letter"))
    evidence = models.ForeignKey(
        "complaints.Evidence", models.PROTECT, related_name="letters", verbose_name=_("evidence")
    )

    history = History()

    class Meta:
        verbose_name = _("enclosure")
        verbose_name_plural = _("enclosures")
        constraints = [models.UniqueConstraint(fields=["letter", "evidence"], name="enclosed_once")]
