"""Legal hold: while it stands nothing of the case is erased, whatever a period or a person says."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models.guards import decided_by_two
from casemgmt.stateful import StateField, Stateful
from complaints.models.case_guards import not_by_a_subject
from complaints.states import LegalHoldState

H = LegalHoldState


class LegalHold(Stateful):
    """What a dispute may need is kept: set by a supervisor with a reason, lifted by two people.

    A case has at most one that stands. Statements of a case on hold refuse erasure in the database.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="holds", verbose_name=_("case"))
    state = StateField(_("state"), choices=H, default=H.HELD)
    reason = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("hold", "set by")
    )
    set_at = models.DateTimeField(pgettext_lazy("hold", "set at"))
    lift_reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why it may end"), null=True
    )
    lift_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lifting asked by"), null=True
    )
    lift_asked_at = models.DateTimeField(_("lifting asked at"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lifted by"), null=True
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True)

    history = History(guards=[*decided_by_two("lifted_by", "lift_asked_by"), not_by_a_subject("lifted_by")])

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["set_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~models.Q(state=H.LIFTED), name="one_legal_hold_a_case"),
            models.CheckConstraint(
                name="legal_hold_lift_asked_with_reason",
                condition=models.Q(state=H.HELD)
                | models.Q(lift_asked_by__isnull=False, lift_asked_at__isnull=False, lift_reason__isnull=False),
            ),
            models.CheckConstraint(
                name="legal_hold_lifted_by_two_people",
                condition=~models.Q(state=H.LIFTED)
                | (
                    models.Q(lifted_by__isnull=False, lifted_at__isnull=False)
                    & ~models.Q(lifted_by=models.F("lift_asked_by"))
                ),
            ),
        ]

    def __str__(self):
        return f"{self.case.case_number} · {self.get_state_display()}"

    @transition(field=state, source=H.HELD, target=H.LIFT_ASKED)
    def ask_to_lift(self, *, by, at, reason):
        """Somebody says that nothing needs to be kept any more."""
        self.lift_asked_by = by
        self.lift_asked_at = at
        self.lift_reason = reason

    @transition(field=state, source=H.LIFT_ASKED, target=H.LIFTED)
    def lift(self, *, by, at):
        """The second pair of eyes agrees."""
        self.lifted_by = by
        self.lifted_at = at

    @transition(field=state, source=H.LIFT_ASKED, target=H.HELD)
    def stay(self):
        """It stands."""


def _held(sql) -> str:
    erased = f"{sql.old('words')} IS NOT NULL AND {sql.new('words')} IS NULL"
    standing = f"standing_hold.case_id = {sql.old('case')} AND standing_hold.state <> {sql.value(str(H.LIFTED))}"
    return f"{erased} AND EXISTS (SELECT 1 FROM complaints_legalhold standing_hold WHERE {standing})"


NOT_WHILE_HELD = Guard(
    "statement.on_legal_hold", on=("update",), refuse_when=_held, message="the case is on legal hold"
)
"""For the words of cases: what is on hold is not erased, by any path."""
