"""Handing cases to the next shift: the register as it stood, line by line, and who took over what (S-REC-03)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models import Team
from casemgmt.privacy.words import SPOKEN_GUARDS, Spoken
from casemgmt.stateful import StateField, Stateful
from complaints.states import HandoverLineState, HandoverState

H, L = HandoverState, HandoverLineState


def _rewritten(sql):
    """The register stands as it was handed over."""
    return sql.changed("handover", "place", "case", "as_it_stood", "note")


class HandoverWords(Spoken):
    """What the next shift must know about everything: closed platforms, parcels that stand still."""

    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    said_at = models.DateTimeField(_("said at"))

    history = History(excluded_fields=["words", "words_salt"], guards=SPOKEN_GUARDS)

    class Meta:
        verbose_name = _("words of a handover")
        verbose_name_plural = _("words of handovers")
        default_permissions = ()

    def __str__(self):
        return self.words or _("(erased)").__str__()


class Handover(Stateful):
    """Cases that somebody gives to a colleague, or to whoever of their team takes them (S-REC-03).

    Until a line is taken over, its case stays with `given_by`. `remind_at` and `escalate_at` come from the policy row
    `policy_id`. Settled when no line waits any more.
    """

    state = StateField(_("state"), choices=H, default=H.OPEN)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="handovers_given",
        verbose_name=pgettext_lazy("handover", "given by"),
    )
    given_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="handovers_received",
        verbose_name=pgettext_lazy("handover", "given to"),
        null=True,
        help_text=_("Empty: whoever of the team takes it."),
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"), null=True)
    given_at = models.DateTimeField(_("handed over at"))
    is_whole_shift = models.BooleanField(_("the whole shift"))
    words = models.ForeignKey(
        HandoverWords, models.PROTECT, related_name="+", verbose_name=_("for the next shift"), null=True
    )
    policy_id = models.BigIntegerField(_("policy"))
    remind_at = models.DateTimeField(_("to be reminded at"))
    escalate_at = models.DateTimeField(_("goes up at"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    settled_at = models.DateTimeField(pgettext_lazy("handover", "settled at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-given_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["remind_at"], condition=models.Q(state="open"), name="handovers_open")]
        constraints = [
            models.CheckConstraint(
                name="handover_needs_two_people",
                condition=models.Q(given_to__isnull=True) | ~models.Q(given_to=models.F("given_by")),
            ),
            models.CheckConstraint(
                name="handover_to_somebody_or_a_team",
                condition=models.Q(given_to__isnull=False) | models.Q(team__isnull=False),
            ),
        ]

    @transition(field=state, source=H.OPEN, target=H.SETTLED)
    def settle(self, *, at):
        """Every line has its answer."""
        self.settled_at = at

    @transition(field=state, source=H.OPEN, target=H.TAKEN_BACK)
    def take_back(self, *, at):
        """Whoever gave it keeps what nobody has answered."""
        self.settled_at = at


class HandoverLine(Stateful):
    """One case of a handover. `as_it_stood` is frozen: codes, instants, amounts and ids, no words of anybody."""

    state = StateField(_("state"), choices=L, default=L.WAITING)
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lines", verbose_name=_("handover"))
    place = models.PositiveSmallIntegerField(pgettext_lazy("sequence", "place"))
    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="handover_lines", verbose_name=_("case")
    )
    as_it_stood = models.JSONField(_("as it stood"))
    note = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("to be careful of"), null=True
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answered by"), null=True
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why it was returned"), null=True
    )

    history = History(guards=[Guard("handover.rewritten", on=("update",), refuse_when=_rewritten)])

    class Meta:
        verbose_name = _("case of a handover")
        verbose_name_plural = _("cases of handovers")
        ordering = ["handover", "place"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["handover", "case"], name="case_once_a_handover"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="waiting"), name="case_waits_in_one_handover"
            ),
            models.CheckConstraint(
                name="handover_line_answered_by_somebody",
                condition=models.Q(state__in=["waiting", "taken_back", "lapsed"])
                | models.Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_line_returned_with_a_reason",
                condition=~models.Q(state="returned") | models.Q(reason__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.case} ({self.handover_id})"

    @transition(field=state, source=L.WAITING, target=L.ACCEPTED)
    def accept(self, *, by, at):
        """Somebody has the case from now on."""
        self.answered_by = by
        self.answered_at = at

    @transition(field=state, source=L.WAITING, target=L.RETURNED)
    def give_back(self, *, by, at, reason):
        """Not like this; it stays where it was."""
        self.answered_by = by
        self.answered_at = at
        self.reason = reason

    @transition(field=state, source=L.WAITING, target=L.TAKEN_BACK)
    def take_back(self):
        """Whoever gave it keeps it after all."""

    @transition(field=state, source=L.WAITING, target=L.LAPSED)
    def lapse(self):
        """The case went elsewhere, or ended, before anybody answered."""
