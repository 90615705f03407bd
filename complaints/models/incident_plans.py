"""What is done for everybody whom an incident hit: one plan, agreed to by two people, and the messages to all."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.money import house_currency
from casemgmt.people.models.guards import decided_by_two
from casemgmt.stateful import StateField, Stateful
from complaints.models.incidents import Incident, IncidentWords
from complaints.states import IncidentPlanState
from complaints.vocabulary import OwedBy, Remedy

S = IncidentPlanState


def _rewritten(sql):
    """What two people looked at stays what they looked at, and so does their yes or no; another plan is another row."""
    looked_at = sql.changed(
        "incident", "number", "explanation", "follow_up", "letter", "deviation", "owed_by", "proposed_by", "proposed_at"
    )
    decided = f"{sql.old('state')} <> {sql.value(S.PROPOSED.value)}"
    return f"{looked_at} OR ({decided} AND {sql.changed('decided_by', 'decided_at', 'remark')})"


class IncidentPlan(Stateful):
    """One remedy set and explanation for all cases of an incident. Whoever proposes it does not decide it.

    It promises nobody anything: each case drafts and offers a plan of its own from it, by its own rules.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="plans", verbose_name=_("incident"))
    number = models.PositiveSmallIntegerField(_("version"))
    state = StateField(_("state"), choices=S, default=S.PROPOSED)
    explanation = models.ForeignKey(IncidentWords, models.PROTECT, related_name="+", verbose_name=_("explanation"))
    follow_up = models.ForeignKey(IncidentWords, models.PROTECT, related_name="+", verbose_name=_("follow-up"))
    letter = models.ForeignKey(
        IncidentWords, models.PROTECT, related_name="+", verbose_name=_("words to the customers")
    )
    deviation = models.ForeignKey(
        IncidentWords,
        models.PROTECT,
        related_name="+",
        verbose_name=_("why another remedy than those that fit"),
        null=True,
    )
    owed_by = models.CharField(_("owed"), max_length=12, choices=OwedBy, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.ForeignKey(IncidentWords, models.PROTECT, related_name="+", verbose_name=_("remark"), null=True)

    history = History(
        guards=[
            Guard("incident_plan.rewritten", on=("update",), refuse_when=_rewritten),
            *decided_by_two("decided_by", "proposed_by"),
        ]
    )

    class Meta:
        verbose_name = _("plan of an incident")
        verbose_name_plural = _("plans of incidents")
        ordering = ["incident", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="incident_plan_version_once"),
            models.UniqueConstraint(
                fields=["incident"], condition=models.Q(state=S.PROPOSED), name="incident_one_plan_proposed"
            ),
            models.UniqueConstraint(
                fields=["incident"], condition=models.Q(state=S.APPROVED), name="incident_one_plan_approved"
            ),
            models.CheckConstraint(
                name="incident_plan_needs_two_people",
                condition=models.Q(state__in=[S.PROPOSED, S.WITHDRAWN], decided_by__isnull=True)
                | (
                    ~models.Q(state__in=[S.PROPOSED, S.WITHDRAWN])
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~models.Q(decided_by=models.F("proposed_by"))
                ),
            ),
        ]

    def __str__(self):
        return f"{self.incident} · {self.number}"

    @transition(field=state, source=S.PROPOSED, target=S.APPROVED)
    def approve(self, *, by, at, remark=None):
        """A second person agrees to these very words and remedies."""
        self._decide(by, at, remark)

    @transition(field=state, source=S.PROPOSED, target=S.SENT_BACK)
    def send_back(self, *, by, at, remark):
        """Not like this, and why."""
        self._decide(by, at, remark)

    @transition(field=state, source=S.PROPOSED, target=S.WITHDRAWN)
    def take_back(self):
        """Its proposer thought again."""

    @transition(field=state, source=S.APPROVED, target=S.SUPERSEDED)
    def supersede(self):
        """Another plan takes its place; what was offered from it stands."""

    def _decide(self, by, at, remark):
        self.decided_by = by
        self.decided_at = at
        self.remark = remark


def _any_change(sql):
    return "1 = 1"


def _option_after_the_decision(sql):
    return (
        "NOT EXISTS (SELECT 1 FROM complaints_incidentplan plan"
        f" WHERE plan.id = {sql.new('plan')} AND plan.state = 'proposed')"
    )


class IncidentOption(models.Model):
    """One of the remedies that the plan offers to each customer; fixed from the moment it is proposed."""

    plan = models.ForeignKey(IncidentPlan, models.PROTECT, related_name="options", verbose_name=_("plan"))
    remedy = models.CharField(_("remedy"), max_length=20, choices=Remedy)
    words = models.ForeignKey(IncidentWords, models.PROTECT, related_name="+", verbose_name=_("description"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, default=house_currency)

    history = History(
        guards=[
            Guard("incident_plan.rewritten", on=("update",), refuse_when=_any_change),
            Guard("incident_plan.decided", on=("insert",), refuse_when=_option_after_the_decision),
        ]
    )

    class Meta:
        verbose_name = _("option of an incident's plan")
        verbose_name_plural = _("options of incidents' plans")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="incident_option_amount_positive",
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
            )
        ]


class IncidentMessage(models.Model):
    """One message to everybody whom the incident hit; its gaps are filled for each case. Written once."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="messages", verbose_name=_("incident"))
    number = models.PositiveSmallIntegerField(_("number"))
    words = models.ForeignKey(IncidentWords, models.PROTECT, related_name="+", verbose_name=_("words"))
    template_policy_id = models.BigIntegerField(_("template"), null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"))

    history = History(guards=[Guard("incident_message.rewritten", on=("update",), refuse_when=_any_change)])

    class Meta:
        verbose_name = _("message of an incident")
        verbose_name_plural = _("messages of incidents")
        ordering = ["incident", "number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="incident_message_number_once")]

    def __str__(self):
        return str(self.words)


class IncidentTold(models.Model):
    """That a customer got a message of an incident, and by which contact: once for ever, whatever the run."""

    message = models.ForeignKey(IncidentMessage, models.PROTECT, related_name="told", verbose_name=_("message"))
    customer = models.ForeignKey("complaints.Customer", models.PROTECT, related_name="+", verbose_name=_("customer"))
    contact = models.ForeignKey("complaints.Contact", models.PROTECT, related_name="+", verbose_name=_("contact"))
    told_at = models.DateTimeField(_("told at"))

    history = History(guards=[Guard("incident_message.rewritten", on=("update",), refuse_when=_any_change)])

    class Meta:
        verbose_name = _("customer told of an incident")
        verbose_name_plural = _("customers told of an incident")
        ordering = ["told_at", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["message", "customer"], name="incident_told_once")]
