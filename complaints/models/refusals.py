"""Saying no lawfully: proposed with all its grounds, decided by somebody else (S-REF, W-07)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.stateful import StateField, Stateful
from complaints.states import RefusalState

R = RefusalState


class RefusalProposal(Stateful):
    """A proposal to refuse. Whoever proposes does not decide; the database says so too."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="refusals", verbose_name=_("case"))
    state = StateField(_("state"), choices=R, default=R.PROPOSED)
    ground = models.CharField(_("ground"), max_length=40)
    ground_policy_id = models.BigIntegerField(_("version of the ground"))
    understood = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("the problem in own words")
    )
    impact = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("impact of refusing")
    )
    relationship = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("long-term relationship")
    )
    company_policy = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("company policy")
    )
    legal_reference = models.CharField(_("law"), max_length=60)
    legal_policy_id = models.BigIntegerField(_("version of the law"))
    explanation = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("explanation to the customer")
    )
    alternatives = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("alternatives"), null=True
    )
    routes = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("other routes"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="refusals_proposed", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("remark"), null=True
    )
    told = models.ForeignKey(
        "complaints.Contact", models.PROTECT, related_name="+", verbose_name=_("told by contact"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="refusal_needs_two_people",
                condition=~models.Q(state__in=[R.APPROVED, R.SENT_BACK, R.LAPSED])
                | (
                    models.Q(decided_by__isnull=False, remark__isnull=False)
                    & ~models.Q(decided_by=models.F("proposed_by"))
                ),
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state=R.PROPOSED), name="one_refusal_pending_a_case"
            ),
        ]

    @transition(field=state, source=R.PROPOSED, target=R.APPROVED)
    def approve(self, *, by, at, remark):
        """The second pair of eyes agrees, and says why."""
        self._decide(by, at, remark)

    @transition(field=state, source=R.PROPOSED, target=R.SENT_BACK)
    def send_back(self, *, by, at, remark):
        """Not like this, and why."""
        self._decide(by, at, remark)

    @transition(field=state, source=R.PROPOSED, target=R.WITHDRAWN)
    def take_back(self):
        """The proposer, or the course of the case, takes it back."""

    @transition(field=state, source=R.APPROVED, target=R.LAPSED)
    def lapse(self):
        """The case left the refusal by an alternative, by evidence or by a ruling."""

    def _decide(self, by, at, remark):
        self.decided_by = by
        self.decided_at = at
        self.remark = remark


class RefusalEvidence(models.Model):
    """Evidence that a refusal rests on and that goes to the customer with it (S-REF-07)."""

    refusal = models.ForeignKey(
        RefusalProposal, models.PROTECT, related_name="evidence_links", verbose_name=_("refusal")
    )
    evidence = models.ForeignKey(
        "complaints.Evidence", models.PROTECT, related_name="refusal_links", verbose_name=_("evidence")
    )

    history = History()

    class Meta:
        verbose_name = _("evidence of a refusal")
        verbose_name_plural = _("evidence of refusals")
        constraints = [
            models.UniqueConstraint(fields=["refusal", "evidence"], name="refusal_evidence_once"),
        ]
