"""Another staff number for an account that has one: proposed by one administrator, decided by another (roles.md)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models.guards import PROPOSED_FOR_SOMEBODY_ELSE, decided_by_two, proposed_and_decided
from casemgmt.stateful import StateField, Stateful


class NumberChangeState(models.TextChoices):
    """Where a proposed change of a staff number stands. "Approved" lasts only until the number is written."""

    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    CARRIED_OUT = "carried_out", _("carried out")
    DECLINED = "declined", _("declined")


class NumberChangeReason(models.TextChoices):
    """Why an account gets another number."""

    MISTYPED = "mistyped", _("the number was wrong")
    TWO_PEOPLE = "two_people", _("the accounts belong to two people")
    RENUMBERED = "renumbered", _("the house gave another number")


S = NumberChangeState


def _rewritten(sql) -> str:
    """What the second administrator looked at stays what it was, and so does the answer."""
    return (
        f"{sql.changed('number_before', 'number', 'reason', 'proposed_at')}"
        f" OR ({sql.old('state')} <> {sql.value(S.PROPOSED.value)} AND {sql.changed('decided_by', 'decided_at')})"
    )


class NumberChange(Stateful):
    """The proposal to give an account another staff number, or none: it may make two people of one.

    Proposer, decider and the person concerned are three different people; the table refuses anything else. The table
    of people takes no number but the approved one, and each approval once (`people.models.guards`).
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="number_changes", verbose_name=_("person")
    )
    number_before = models.CharField(_("staff number"), max_length=40)
    number = models.CharField(_("new staff number"), max_length=40, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=12, choices=NumberChangeReason)
    state = StateField(_("state"), choices=NumberChangeState, default=S.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    history = History(
        guards=[
            *PROPOSED_FOR_SOMEBODY_ELSE,
            Guard("number_change.rewritten", _rewritten, on=("update",), message="a proposal is never rewritten"),
            *decided_by_two("decided_by", "proposed_by", "person", others_stay=True),
        ]
    )

    class Meta:
        verbose_name = _("change of a staff number")
        verbose_name_plural = _("changes of staff numbers")
        ordering = ["-proposed_at", "-pk"]
        permissions = [("decide_numberchange", _("Can decide about a change of a staff number"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=NumberChangeState.values), name="number_change_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(number=Upper("number"))
                & ~models.Q(number_before="")
                & ~models.Q(number=models.F("number_before")),
                name="number_change_is_to_another_number",
            ),
            *proposed_and_decided("number_change"),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state__in=["proposed", "approved"]),
                name="number_change_proposed_once",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.number_before} → {self.number or '–'}"

    @transition(field=state, source=S.PROPOSED, target=S.APPROVED)
    def approve(self, *, by, at):
        """Another administrator agrees; `people.renumbering.approve_number_change` then writes the number."""
        self.decided_by, self.decided_at = by, at

    @transition(field=state, source=S.APPROVED, target=S.CARRIED_OUT)
    def carry_out(self):
        """The number stands with the account; what was agreed to is used up."""

    @transition(field=state, source=S.PROPOSED, target=S.DECLINED)
    def decline(self, *, by, at):
        """Another administrator says no; a new proposal may follow."""
        self.decided_by, self.decided_at = by, at
