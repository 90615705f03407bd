"""Goods that go back and money that follows them: asked for, decided, received, inspected, given back (S-RET)."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.money import house_currency
from casemgmt.stateful import StateField, Stateful
from complaints.states import ReturnState
from complaints.vocabulary.returning import FreightBearer, ReturnEntrance, ReturnKind

R = ReturnState
GONE = (R.DECLINED, R.CANCELLED, R.FAILED, R.SENT_BACK)
"""In these the goods are no longer on their way back to us: they may be asked for again."""

WITH_GOODS = (R.SENT, R.RECEIVED, R.INSPECTED, R.ACCEPTED, R.FAILED, R.LOST, R.SENT_BACK, R.REFUNDED, R.EXCHANGED)
INSPECTED = (R.INSPECTED, R.ACCEPTED, R.FAILED, R.SENT_BACK, R.REFUNDED, R.EXCHANGED)


def _counted(sql, column):
    states = ", ".join(f"'{state.value}'" for state in GONE)
    return (
        f"(SELECT COALESCE(SUM(other.{column}), 0) FROM complaints_returnrequest other"
        f" WHERE other.order_id = {sql.new('order')} AND other.state NOT IN ({states}))"
    )


def _more_than_was_bought(sql):
    """All that goes back of an order is no more than was bought."""
    bought = f"(SELECT bought.quantity FROM complaints_order bought WHERE bought.id = {sql.new('order')})"
    live = f"NOT {sql.one_of(sql.new('state'), [state.value for state in GONE])}"
    return f"({live} AND {_counted(sql, 'quantity')} > {bought})"


def _more_than_was_paid(sql):
    """All that is given back for an order is no more than was paid, to the cent."""
    paid = f"(SELECT COALESCE(bought.paid_amount, 0) FROM complaints_order bought WHERE bought.id = {sql.new('order')})"
    live = f"NOT {sql.one_of(sql.new('state'), [state.value for state in GONE])}"
    return f"({live} AND ROUND({_counted(sql, 'refund_amount')} * 100) > ROUND({paid} * 100))"


def _refunded_without_its_payment(sql):
    """Refunded means: one payment, of exactly this sum, was made."""
    entered = f"({sql.new('state')} = 'refunded' AND {sql.old('state')} <> 'refunded')"
    payment = (
        f"EXISTS (SELECT 1 FROM complaints_compensationgrant paid WHERE paid.id = {sql.new('refund')}"
        f" AND paid.state = 'paid' AND paid.case_id = {sql.new('case')}"
        f" AND ROUND(paid.amount * 100) = ROUND({sql.new('refund_amount')} * 100))"
    )
    return f"({entered} AND NOT {payment})"


def _terms_rewritten(sql):
    """What goes back and what it was worth never changes; what was given back neither."""
    over = sql.one_of(sql.old("state"), [R.REFUNDED.value, R.EXCHANGED.value])
    asked = sql.changed("order", "kind", "quantity", "value", "currency", "asked_at", "asked_by")
    return f"({asked} OR ({over} AND {sql.changed('refund', 'refund_amount')}))"


def _freight_not_owed(sql):
    """We give back the freight that we bear, of exactly the sum that was laid out, once."""
    given = f"{sql.new('freight_refund')} IS NOT NULL"
    of_this_sum = (
        f"EXISTS (SELECT 1 FROM complaints_compensationgrant given WHERE given.id = {sql.new('freight_refund')}"
        f" AND given.case_id = {sql.new('case')}"
        f" AND ROUND(given.amount * 100) = ROUND({sql.new('freight_paid')} * 100))"
    )
    paid_before = (
        f"EXISTS (SELECT 1 FROM complaints_compensationgrant given WHERE given.id = {sql.old('freight_refund')}"
        " AND given.state NOT IN ('cancelled', 'rejected'))"
    )
    owed = f"{given} AND {sql.differs(sql.new('freight'), sql.value(FreightBearer.SHOP.value))}"
    return (
        f"({sql.changed('freight_refund', 'freight_paid', 'freight')}"
        f" AND (({owed}) OR ({given} AND NOT {of_this_sum}) OR {paid_before}))"
    )


GUARDS = (
    Guard("return.freight_not_owed", _freight_not_owed, on=("update",), message="freight is given back once, as paid"),
    Guard("return.more_than_bought", _more_than_was_bought, message="more goods go back than were bought"),
    Guard("return.more_than_paid", _more_than_was_paid, message="more is given back than was paid"),
    Guard(
        "return.refunded_unpaid",
        _refunded_without_its_payment,
        on=("update",),
        message="a refund is one payment of exactly its sum",
    ),
    Guard("return.terms_rewritten", _terms_rewritten, on=("update",), message="what goes back never changes"),
)


class ReturnRequest(Stateful):
    """Goods of one order that are to go back, and what becomes of them.

    The states follow the goods; the money has its own life in `refund`, a grant that two people and a payer see. A
    request for money without goods ends as agreed and paid, a lost parcel as lost and paid where we bear the loss.
    `value` is the price paid for these goods: nothing above it is ever given back. `entitlement` is the policy
    by which it is owed, "" when it is agreed to beyond the law; `answer` keeps what that policy said.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="returns", verbose_name=_("case"))
    order = models.ForeignKey("complaints.Order", models.PROTECT, related_name="returns", verbose_name=_("order"))
    state = StateField(_("state"), choices=ReturnState, default=R.ASKED)
    kind = models.CharField(_("what is asked for"), max_length=12, choices=ReturnKind)
    entrance = models.CharField(_("asked for at"), max_length=8, choices=ReturnEntrance)
    entitlement = models.CharField(_("by which right"), max_length=64, blank=True)
    answer = models.ForeignKey(
        "complaints.EntitlementAnswer",
        models.PROTECT,
        related_name="returns",
        verbose_name=pgettext_lazy("entitlement", "answer"),
        null=True,
    )
    reason = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"))
    items = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("goods"))
    quantity = models.PositiveIntegerField(_("quantity"), default=1, validators=[MinValueValidator(1)])
    value = models.DecimalField(_("price paid for them"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default=house_currency)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    decide_by = models.DateTimeField(_("to be decided by"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("decision"), null=True
    )
    freight = models.CharField(_("freight"), max_length=8, choices=FreightBearer, blank=True)
    send_by = models.DateTimeField(_("to be sent by"), null=True)
    waybill_number = models.CharField(_("waybill number"), max_length=64, blank=True)
    courier = models.CharField(_("courier"), max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    received_at = models.DateTimeField(_("received at"), null=True)
    inspected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("inspected by"), null=True
    )
    inspected_at = models.DateTimeField(_("inspected at"), null=True)
    judgement = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what came of it"), null=True
    )
    refund_amount = models.DecimalField(_("to be refunded"), max_digits=12, decimal_places=2, null=True)
    refund = models.ForeignKey(
        "complaints.CompensationGrant", models.PROTECT, related_name="returns", verbose_name=_("refund"), null=True
    )
    refunded_at = models.DateTimeField(_("refunded at"), null=True)
    freight_paid = models.DecimalField(_("freight the customer paid"), max_digits=12, decimal_places=2, null=True)
    freight_refund = models.ForeignKey(
        "complaints.CompensationGrant",
        models.PROTECT,
        related_name="freight_of",
        verbose_name=_("refund of the freight"),
        null=True,
    )
    back_waybill_number = models.CharField(_("waybill number of the way back"), max_length=64, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    history = History(guards=GUARDS)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["decide_by"], condition=models.Q(state=R.ASKED), name="returns_to_decide"),
            models.Index(fields=["asked_at"], name="returns_by_day"),
        ]
        constraints = [
            models.CheckConstraint(name="return_of_something", condition=models.Q(quantity__gte=1, value__gt=0)),
            models.CheckConstraint(
                name="return_refund_never_above_the_price",
                condition=models.Q(refund_amount__isnull=True)
                | models.Q(refund_amount__gt=0, refund_amount__lte=models.F("value")),
            ),
            models.CheckConstraint(
                name="return_decided_by_someone",
                condition=models.Q(state__in=[R.ASKED, R.CANCELLED])
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="return_declined_in_words",
                condition=~models.Q(state=R.DECLINED) | models.Q(decision__isnull=False),
            ),
            models.CheckConstraint(
                name="return_without_goods_sends_none",
                condition=~models.Q(kind=ReturnKind.REFUND_ONLY) | ~models.Q(state__in=WITH_GOODS),
            ),
            models.CheckConstraint(
                name="return_sent_can_be_traced",
                condition=~models.Q(state__in=WITH_GOODS)
                | (models.Q(sent_at__isnull=False) & (models.Q(waybill_number__gt="") | models.Q(entrance="counter"))),
            ),
            models.CheckConstraint(
                name="return_inspected_after_it_came",
                condition=~models.Q(state__in=INSPECTED)
                | models.Q(received_at__isnull=False, inspected_by__isnull=False, inspected_at__isnull=False),
            ),
            models.CheckConstraint(
                name="return_failed_in_words",
                condition=~models.Q(state__in=[R.FAILED, R.SENT_BACK]) | models.Q(judgement__isnull=False),
            ),
            models.CheckConstraint(
                name="return_refunded_with_its_payment",
                condition=~models.Q(state=R.REFUNDED)
                | models.Q(refund__isnull=False, refund_amount__isnull=False, refunded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="return_exchanged_only_when_asked",
                condition=~models.Q(state=R.EXCHANGED) | models.Q(kind=ReturnKind.EXCHANGE),
            ),
            models.UniqueConstraint(
                fields=["refund"], condition=models.Q(refund__isnull=False), name="refund_of_one_return"
            ),
        ]

    @property
    def is_pending(self) -> bool:
        """Whether goods or money are still on their way."""
        if self.kind == ReturnKind.REFUND_ONLY and self.state == R.AGREED:
            return self.refunded_at is None
        if self.state == R.LOST:
            return self.refund_id is not None and self.refunded_at is None
        return self.state in (R.ASKED, R.AGREED, R.SENT, R.RECEIVED, R.INSPECTED, R.ACCEPTED, R.FAILED)

    def _decide(self, by, at, words):
        self.decided_by = by
        self.decided_at = at
        self.decision = words

    @transition(field=state, source=R.ASKED, target=R.AGREED)
    def agree(self, *, by, at, words=None):
        """The goods may come back, or the money goes without them."""
        self._decide(by, at, words)

    @transition(field=state, source=R.ASKED, target=R.DECLINED)
    def decline(self, *, by, at, words):
        """Not owed, and why."""
        self._decide(by, at, words)
        self.ended_at = at

    @transition(field=state, source=[R.ASKED, R.AGREED], target=R.CANCELLED)
    def cancel(self, *, at, words):
        """The customer or the platform took it back, in their words."""
        self.judgement = words
        self.ended_at = at

    @transition(field=state, source=R.AGREED, target=R.SENT)
    def send(self, *, at, waybill_number, courier):
        """On its way to us."""
        self.sent_at = at
        self.waybill_number = waybill_number
        self.courier = courier

    @transition(field=state, source=R.SENT, target=R.RECEIVED)
    def receive(self, *, at):
        """With us; the days to refund begin."""
        self.received_at = at

    @transition(field=state, source=R.SENT, target=R.LOST)
    def lose(self, *, at, words):
        """It never came, and what the courier says."""
        self.judgement = words
        self.ended_at = at

    @transition(field=state, source=R.RECEIVED, target=R.INSPECTED)
    def inspect(self, *, by, at):
        """Looked at, line by line."""
        self.inspected_by = by
        self.inspected_at = at

    @transition(field=state, source=R.INSPECTED, target=R.ACCEPTED)
    def accept(self):
        """As it should be: the money or the other goods follow."""

    @transition(field=state, source=R.INSPECTED, target=R.FAILED)
    def fail(self, *, words):
        """Not as it should be, and what the customer is told."""
        self.judgement = words

    @transition(field=state, source=R.FAILED, target=R.SENT_BACK)
    def send_back(self, *, at, waybill_number):
        """On its way to the customer again."""
        self.back_waybill_number = waybill_number
        self.ended_at = at

    @transition(field=state, source=R.ACCEPTED, target=R.REFUNDED)
    def refunded(self, *, at):
        """Its payment was made."""
        self.refunded_at = at
        self.ended_at = at

    @transition(field=state, source=R.ACCEPTED, target=R.EXCHANGED)
    def exchange(self, *, at):
        """The other goods are with the customer."""
        self.ended_at = at


class ReturnCheck(models.Model):
    """One line of the inspection: a fact of the resale checklist, answered once (S-RET-06, 07, 09).

    A line that fails needs words and a photo or the like; without them the database refuses it.
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="return_checks", verbose_name=_("case")
    )
    request = models.ForeignKey(ReturnRequest, models.PROTECT, related_name="checks", verbose_name=_("return"))
    fact = models.CharField(_("checked"), max_length=40)
    passed = models.BooleanField(_("as it should be"))
    note = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what was found"), null=True
    )
    evidence = models.ForeignKey(
        "complaints.Evidence", models.PROTECT, related_name="+", verbose_name=_("evidence"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("line of an inspection")
        verbose_name_plural = _("lines of inspections")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "fact"], name="return_checked_once"),
            models.CheckConstraint(
                name="return_check_fails_with_proof",
                condition=models.Q(passed=True) | models.Q(note__isnull=False, evidence__isnull=False),
            ),
        ]
