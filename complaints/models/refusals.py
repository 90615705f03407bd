"""Saying no lawfully: proposed with all its grounds, decided by somebody else (S-REF, W-07)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.people.models.guards import decided_by_two
from casemgmt.privacy.models import PersonKey
from casemgmt.stateful import StateField, Stateful
from complaints.models.case_guards import not_by_a_subject
from complaints.states import RefusalState
from complaints.vocabulary import Remedy

R = RefusalState


class RefusalProposal(Stateful):
    """A proposal to refuse. Whoever proposes does not decide; the database says so too.

    `refuses` is the remedy that is refused, blank for whatever was demanded. `weighed` keeps the facts and the policy
    rows by which the law was asked, so that the answer of then can be given again. What refusing may cause is weighed
    for the customer, for public opinion and in law, each by itself (W-07).
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="refusals", verbose_name=_("case"))
    state = StateField(_("state"), choices=R, default=R.PROPOSED)
    ground = models.CharField(_("ground"), max_length=40)
    ground_policy_id = models.BigIntegerField(_("version of the ground"))
    understood = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("the problem in own words")
    )
    refuses = models.CharField(_("what is refused"), max_length=20, choices=Remedy, blank=True)
    impact_on_customer = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("impact on the customer")
    )
    impact_on_opinion = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("impact on public opinion")
    )
    impact_in_law = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("impact in law")
    )
    relationship = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("long-term relationship")
    )
    company_rule = models.CharField(_("rule of the shop"), max_length=64)
    company_rule_policy_id = models.BigIntegerField(_("version of the rule"))
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
    weighed = models.JSONField(_("facts and policies asked"), default=dict)
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

    history = History(
        guards=[*decided_by_two("decided_by", "proposed_by", others_stay=True), not_by_a_subject("decided_by")]
    )

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
    """Evidence that a refusal rests on and that goes to the customer with it (S-REF-07).

    `sent_with` is the contact that a copy of it went out with.
    """

    refusal = models.ForeignKey(
        RefusalProposal, models.PROTECT, related_name="evidence_links", verbose_name=_("refusal")
    )
    evidence = models.ForeignKey(
        "complaints.Evidence", models.PROTECT, related_name="refusal_links", verbose_name=_("evidence")
    )
    sent_with = models.ForeignKey(
        "complaints.Contact", models.PROTECT, related_name="+", verbose_name=_("sent with"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("evidence of a refusal")
        verbose_name_plural = _("evidence of refusals")
        constraints = [
            models.UniqueConstraint(fields=["refusal", "evidence"], name="refusal_evidence_once"),
        ]


class RefusalDraft(models.Model):
    """What somebody has typed of a refusal so far, for this person alone; gone when it is proposed or thrown away.

    The words are sealed by the key of the customer, and erased with it; for a case without a customer by an own key.
    Without history: a draft is no record of what happened.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+", verbose_name=_("case"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    key = models.ForeignKey(
        PersonKey, models.SET_NULL, related_name="+", verbose_name=_("key"), null=True, db_constraint=False
    )
    sealed_words = models.TextField(_("words"), blank=True)
    saved_at = models.DateTimeField(_("saved at"))

    class Meta:
        verbose_name = _("draft of a refusal")
        verbose_name_plural = _("drafts of refusals")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="one_refusal_draft_a_person")]
