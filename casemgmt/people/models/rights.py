"""A right that one person may not give alone: proposed by one, decided by another (roles.md)."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.people.models.guards import PROPOSED_FOR_SOMEBODY_ELSE, decided_by_two, proposed_and_decided
from casemgmt.stateful import StateField, Stateful


class RightsChangeState(models.TextChoices):
    """Where a proposed change of rights stands."""

    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")


class RightsChange(Stateful):
    """The proposal to put a person into Supervisors or Auditors.

    Proposer, decider and the person concerned are three different people; the table refuses anything else.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="rights_changes",
        verbose_name=_("person"),
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+", verbose_name=_("group"))
    state = StateField(_("state"), choices=RightsChangeState, default=RightsChangeState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    history = History(
        guards=[
            *PROPOSED_FOR_SOMEBODY_ELSE,
            *decided_by_two("decided_by", "proposed_by", "person", others_stay=True),
        ]
    )

    class Meta:
        verbose_name = _("change of rights")
        verbose_name_plural = _("changes of rights")
        ordering = ["-proposed_at", "-pk"]
        permissions = [("decide_rightschange", _("Can decide about a change of rights"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RightsChangeState.values), name="rights_change_state_is_known"
            ),
            *proposed_and_decided("rights_change"),
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=models.Q(state="proposed"),
                name="rights_change_proposed_once",
            ),
        ]

    def __str__(self):
        return f"{self.person} → {self.group}"

    @transition(field=state, source=RightsChangeState.PROPOSED, target=RightsChangeState.APPROVED)
    def approve(self, *, by, at):
        """Another person agrees; `people.actions.approve_rights_change` then gives the group."""
        self.decided_by, self.decided_at = by, at

    @transition(field=state, source=RightsChangeState.PROPOSED, target=RightsChangeState.DECLINED)
    def decline(self, *, by, at):
        """Another person says no; a new proposal may follow."""
        self.decided_by, self.decided_at = by, at
