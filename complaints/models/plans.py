"""How the complaint is to be settled: explanation, remedy, follow-up, in versions (S-UNR-15, S-SOL)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.money import house_currency
from casemgmt.stateful import StateField, Stateful
from complaints.states import PlanState
from complaints.vocabulary import Acceptance, LadderStep, OwedBy, Remedy


class HandlingPlan(Stateful):
    """One version of the plan. A rejected or better plan is followed by the next version; none is lost (S-SOL-23).

    `fitting` keeps what the remedies matrix said when it was drafted: the facts, the policy rows that spoke, the
    remedies that fitted and those chosen that did not. For the latter `deviation` says why.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="plans", verbose_name=_("case"))
    number = models.PositiveSmallIntegerField(_("version"))
    state = StateField(_("state"), choices=PlanState, default=PlanState.DRAFTED)
    explanation = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("explanation")
    )
    follow_up = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("follow-up"))
    improvement = models.ForeignKey(
        "complaints.Statement",
        models.PROTECT,
        related_name="+",
        verbose_name=_("improvement offered"),
        null=True,
    )
    owed_by = models.CharField(_("owed"), max_length=12, choices=OwedBy, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    deviation = models.ForeignKey(
        "complaints.Statement",
        models.PROTECT,
        related_name="+",
        verbose_name=_("why another remedy than those that fit"),
        null=True,
    )
    fitting = models.JSONField(_("remedies that fitted"), default=dict)
    offered_at = models.DateTimeField(_("offered at"), null=True)
    offer = models.ForeignKey(
        "complaints.Contact", models.PROTECT, related_name="+", verbose_name=_("offered by contact"), null=True
    )
    on_offer_until = models.DateTimeField(_("on offer until"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    acceptance = models.CharField(_("accepted by"), max_length=16, choices=Acceptance, blank=True)
    answer = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("the customer's words"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("handling plan")
        verbose_name_plural = _("handling plans")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="plan_version_once"),
            models.CheckConstraint(
                name="plan_accepted_by_something",
                condition=~models.Q(state=PlanState.ACCEPTED) | ~models.Q(acceptance=""),
            ),
            models.CheckConstraint(
                name="plan_rejected_in_words",
                condition=~models.Q(state=PlanState.REJECTED) | models.Q(answer__isnull=False),
            ),
        ]

    @transition(field=state, source=PlanState.DRAFTED, target=PlanState.OFFERED)
    def offer_to_customer(self, *, offer, at):
        """The customer has it before them."""
        self.offer = offer
        self.offered_at = at

    @transition(field=state, source=PlanState.OFFERED, target=PlanState.ACCEPTED)
    def accept(self, *, acceptance, answer, at):
        """The customer's yes, or what stands in for it."""
        self.acceptance = acceptance
        self.answer = answer
        self.answered_at = at

    @transition(field=state, source=PlanState.OFFERED, target=PlanState.REJECTED)
    def reject(self, *, answer, at):
        """The customer's no, and why (S-COM-30)."""
        self.answer = answer
        self.answered_at = at

    @transition(
        field=state,
        source=[PlanState.DRAFTED, PlanState.OFFERED, PlanState.ACCEPTED],
        target=PlanState.SUPERSEDED,
    )
    def supersede(self):
        """Another plan takes its place."""


class PlanOption(models.Model):
    """One of the things a plan offers; the customer takes part in the decision (S-COM-25, S-SOL-21)."""

    plan = models.ForeignKey(HandlingPlan, models.PROTECT, related_name="options", verbose_name=_("plan"))
    remedy = models.CharField(_("remedy"), max_length=20, choices=Remedy)
    words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("description"), null=True
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, default=house_currency)
    chosen = models.BooleanField(_("chosen"), default=False)

    history = History()

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="option_amount_positive",
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0),
            )
        ]


class LadderRecord(models.Model):
    """One step of the ladder of non-acceptance that was really walked (S-SOL-24, S-REF-13)."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="ladder", verbose_name=_("case"))
    step = models.CharField(
        _("step"),
        max_length=16,
        choices=LadderStep,
    )
    words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what came of it")
    )
    walked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    walked_at = models.DateTimeField(_("at"))

    history = History()

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ["walked_at", "pk"]
