"""Money and what stands in for it: asked for by one, approved by another, paid once by a third (S-CMP)."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.money import amount_shown, house_currency
from casemgmt.stateful import StateField, Stateful
from complaints.models.grant_guards import GRANT_GUARDS
from complaints.states import GrantState
from complaints.vocabulary import GrantPurpose, ResponsibleParty

G = GrantState


class CompensationGrant(Stateful):
    """A compensation for the customer.

    `weighed` keeps what was counted against the limits when it was asked for and approved, with the policy rows, so
    that the route can be computed again. `kind` and `limit_policy_id` name policy rows. A grant within the asker's own
    authority has no approver
    and cites the limit row; above every single limit two different supervisors approve. An approval is
    bound to `content_digest` (amount, currency, kind, payee, facts): a change lapses it. `payment_key`
    goes to whoever pays, so that the same content is paid once.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="grants", verbose_name=_("case"))
    state = StateField(_("state"), choices=G, default=G.DRAFTED)
    kind = models.CharField(_("kind"), max_length=40)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default=house_currency)
    purpose = models.CharField(_("purpose"), max_length=16, choices=GrantPurpose)
    fault = models.CharField(_("whose fault"), max_length=16, choices=ResponsibleParty)
    goodwill = models.BooleanField(_("goodwill"), default=False)
    basis = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why"))
    order_of_offers_reason = models.ForeignKey(
        "complaints.Statement",
        models.PROTECT,
        related_name="+",
        verbose_name=_("why not a virtual one first"),
        null=True,
    )
    legal_reference = models.CharField(_("legal basis"), max_length=60, blank=True)
    payee = models.ForeignKey(
        "complaints.Payee", models.PROTECT, related_name="grants", verbose_name=_("payee"), null=True
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants_asked", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for at"))
    limit_policy_id = models.BigIntegerField(_("limit"), null=True)
    weighed = models.JSONField(_("what was weighed"), default=dict)
    own_authority = models.BooleanField(_("within own authority"), default=False)
    approvals_needed = models.PositiveSmallIntegerField(_("approvals needed"), default=1)
    content_digest = models.CharField(_("digest of the content"), max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("approved by"), null=True
    )
    approved_at = models.DateTimeField(_("approved at"), null=True)
    second_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("also approved by"), null=True
    )
    second_approved_at = models.DateTimeField(_("also approved at"), null=True)
    pay_by = models.DateTimeField(_("to be paid by"), null=True)
    payment_key = models.UUIDField(_("payment key"), default=uuid4, unique=True, editable=False)
    payment_reference = models.CharField(_("payment reference"), max_length=80, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("paid by"), null=True
    )
    paid_at = models.DateTimeField(_("paid at"), null=True)
    proof = models.ForeignKey(
        "complaints.Evidence", models.PROTECT, related_name="+", verbose_name=_("proof of payment"), null=True
    )
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    history = History(guards=GRANT_GUARDS)

    class Meta:
        verbose_name = _("compensation grant")
        verbose_name_plural = _("compensation grants")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["pay_by"], condition=models.Q(state=G.APPROVED), name="grants_to_pay")]
        constraints = [
            models.CheckConstraint(name="grant_amount_positive", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(
                name="grant_asker_never_approves",
                condition=(models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("asked_by")))
                & (models.Q(second_approved_by__isnull=True) | ~models.Q(second_approved_by=models.F("asked_by"))),
            ),
            models.CheckConstraint(
                name="grant_two_different_approvers",
                condition=models.Q(second_approved_by__isnull=True)
                | ~models.Q(second_approved_by=models.F("approved_by")),
            ),
            models.CheckConstraint(
                name="grant_paid_by_a_third",
                condition=models.Q(paid_by__isnull=True)
                | (
                    ~models.Q(paid_by=models.F("asked_by"))
                    & (models.Q(approved_by__isnull=True) | ~models.Q(paid_by=models.F("approved_by")))
                    & (models.Q(second_approved_by__isnull=True) | ~models.Q(paid_by=models.F("second_approved_by")))
                ),
            ),
            models.CheckConstraint(
                name="grant_approved_by_authority",
                condition=~models.Q(state__in=[G.APPROVED, G.PAID, G.BOUNCED])
                | (
                    models.Q(limit_policy_id__isnull=False, content_digest__gt="")
                    & (
                        models.Q(own_authority=True)
                        | models.Q(approvals_needed=1, approved_by__isnull=False)
                        | models.Q(approvals_needed=2, approved_by__isnull=False, second_approved_by__isnull=False)
                    )
                ),
            ),
            models.CheckConstraint(
                name="grant_paid_with_a_reference",
                condition=~models.Q(state=G.PAID)
                | models.Q(payment_reference__gt="", paid_by__isnull=False, paid_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["payment_reference"],
                condition=models.Q(payment_reference__gt=""),
                name="payment_reference_once",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk} · {amount_shown(self.amount, self.currency)}"

    @transition(field=state, source=G.DRAFTED, target=G.APPROVED)
    def approve_within_own_authority(self, *, limit_policy_id, digest, at):
        """No second step: the limit row is cited, and still another person pays."""
        self.own_authority = True
        self.limit_policy_id = limit_policy_id
        self.content_digest = digest
        self.approved_at = at

    @transition(field=state, source=G.DRAFTED, target=G.AWAITING_APPROVAL)
    def submit(self, *, digest, approvals_needed):
        """Above the asker's own authority: somebody else decides."""
        self.content_digest = digest
        self.approvals_needed = approvals_needed

    def approve_first_of_two(self, *, by, at):
        """The first of two approvals; the state stays until the second."""
        self.approved_by = by
        self.approved_at = at

    @transition(field=state, source=G.AWAITING_APPROVAL, target=G.APPROVED)
    def approve(self, *, by, at, limit_policy_id):
        """The last approval that was needed."""
        if self.approvals_needed == 2:
            self.second_approved_by = by
            self.second_approved_at = at
        else:
            self.approved_by = by
            self.approved_at = at
        self.limit_policy_id = limit_policy_id

    @transition(field=state, source=G.AWAITING_APPROVAL, target=G.REJECTED)
    def reject(self, *, reason):
        """Not to be granted, and why."""
        self.reason = reason

    @transition(field=state, source=[G.AWAITING_APPROVAL, G.APPROVED], target=G.DRAFTED)
    def lapse(self):
        """Sent back to be reworked, or its content changed: whatever was approved no longer holds."""
        self._forget_approval()

    @transition(field=state, source=G.APPROVED, target=G.PAID)
    def pay(self, *, by, at, reference, proof=None):
        """Paid once, with a reference."""
        self.paid_by = by
        self.paid_at = at
        self.payment_reference = reference
        self.proof = proof

    @transition(field=state, source=G.PAID, target=G.BOUNCED)
    def bounce(self, *, reason):
        """The money came back."""
        self.reason = reason

    @transition(field=state, source=G.BOUNCED, target=G.APPROVED)
    def retry(self):
        """Pay the unchanged content again, under the same key."""
        self.paid_by = None
        self.paid_at = None
        self.payment_reference = ""

    @transition(field=state, source=G.BOUNCED, target=G.DRAFTED)
    def redraft(self):
        """To a new payee, therefore approved anew and under a new key."""
        self._forget_approval()
        self.paid_by = None
        self.paid_at = None
        self.payment_reference = ""
        self.payment_key = uuid4()

    @transition(field=state, source=[G.DRAFTED, G.AWAITING_APPROVAL, G.APPROVED, G.BOUNCED], target=G.CANCELLED)
    def cancel(self, *, reason):
        """Not paid after all, and why."""
        self.reason = reason

    def _forget_approval(self):
        self.approved_by = self.second_approved_by = None
        self.approved_at = self.second_approved_at = None
        self.own_authority = False
        self.limit_policy_id = None
        self.content_digest = ""
        self.pay_by = None
