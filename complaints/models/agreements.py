"""What both sides put their names to: drawn from a plan, signed by each, carried out by its promises (S-SOL-25)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.money import house_currency
from casemgmt.people.models import Department
from casemgmt.stateful import StateField, Stateful
from complaints.states import AgreementState
from complaints.vocabulary.returning import SigningSide, SigningWay

A = AgreementState


def _text_rewritten(sql):
    """What is signed stays what was drafted; another text is another agreement."""
    return sql.changed("case", "plan", "text", "amount", "currency", "number", "drafted_by", "drafted_at")


def _signature_rewritten(sql):
    """A signature is given once."""
    sides = ("customer", "company")
    return " OR ".join(
        f"({sql.old(f'{side}_signed_at')} IS NOT NULL AND {changed})"
        for side in sides
        for changed in (sql.changed(f"{side}_signed_at", f"{side}_signed_how", f"{side}_file"),)
    )


GUARDS = (
    Guard("agreement.text_rewritten", _text_rewritten, on=("update",), message="an agreement is never rewritten"),
    Guard("agreement.signature_rewritten", _signature_rewritten, on=("update",), message="a signature is given once"),
)


class SettlementAgreement(Stateful):
    """A settlement in writing: its text in full, its terms, and both signatures with their files.

    The text is written once; its digest stands in the history. The signed file is a piece of evidence, whose bytes
    are sealed. When both have signed, each term is a promise; one broken promise breaks the agreement.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="agreements", verbose_name=_("case"))
    plan = models.ForeignKey(
        "complaints.HandlingPlan", models.PROTECT, related_name="agreements", verbose_name=_("plan")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = StateField(_("state"), choices=AgreementState, default=A.DRAFTED)
    text = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("text"))
    template_policy_id = models.BigIntegerField(_("template"))
    amount = models.DecimalField(_("sum"), max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, default=house_currency)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted at"))
    customer_signed_at = models.DateTimeField(_("signed by the customer at"), null=True)
    customer_signed_how = models.CharField(_("how the customer signed"), max_length=12, choices=SigningWay, blank=True)
    customer_file = models.ForeignKey(
        "complaints.Evidence",
        models.PROTECT,
        related_name="+",
        verbose_name=_("file with the customer's signature"),
        null=True,
    )
    customer_words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("who signed"), null=True
    )
    company_signed_at = models.DateTimeField(_("signed for the shop at"), null=True)
    company_signed_how = models.CharField(_("how the shop signed"), max_length=12, choices=SigningWay, blank=True)
    company_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signed for the shop by"), null=True
    )
    company_file = models.ForeignKey(
        "complaints.Evidence",
        models.PROTECT,
        related_name="+",
        verbose_name=_("file with the shop's signature"),
        null=True,
    )
    signed_at = models.DateTimeField(_("signed at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    history = History(guards=GUARDS)

    class Meta:
        verbose_name = _("settlement agreement")
        verbose_name_plural = _("settlement agreements")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=[A.DRAFTED, A.SIGNED_BY_ONE, A.SIGNED]),
                name="agreement_one_at_a_time",
            ),
            models.CheckConstraint(
                name="agreement_signed_by_both",
                condition=~models.Q(state__in=[A.SIGNED, A.FULFILLED, A.BROKEN])
                | models.Q(
                    customer_signed_at__isnull=False,
                    company_signed_at__isnull=False,
                    customer_file__isnull=False,
                    company_signed_by__isnull=False,
                    signed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="agreement_customer_signs_in_a_file",
                condition=models.Q(customer_signed_at__isnull=True)
                | models.Q(customer_file__isnull=False, customer_signed_how__gt=""),
            ),
            models.CheckConstraint(
                name="agreement_company_signs_by_a_person",
                condition=models.Q(company_signed_at__isnull=True)
                | models.Q(company_signed_by__isnull=False, company_signed_how__gt=""),
            ),
            models.CheckConstraint(
                name="agreement_dropped_for_a_reason",
                condition=~models.Q(state=A.DROPPED) | models.Q(reason__isnull=False),
            ),
        ]

    def signed_by(self, side) -> bool:
        """Whether this side has signed."""
        return getattr(self, f"{side}_signed_at") is not None

    def take_signature(self, side, *, by, at, how, file, words=None):
        """Keep one side's signature; the transition is the caller's."""
        setattr(self, f"{side}_signed_at", at)
        setattr(self, f"{side}_signed_how", how)
        setattr(self, f"{side}_file", file)
        if side == SigningSide.COMPANY:
            self.company_signed_by = by
        else:
            self.customer_words = words

    @transition(field=state, source=A.DRAFTED, target=A.SIGNED_BY_ONE)
    def first_signature(self):
        """One side has signed."""

    @transition(field=state, source=A.SIGNED_BY_ONE, target=A.SIGNED)
    def second_signature(self, *, at):
        """Both have signed: it binds."""
        self.signed_at = at

    @transition(field=state, source=[A.DRAFTED, A.SIGNED_BY_ONE], target=A.DROPPED)
    def drop(self, *, at, reason):
        """Not signed after all, and why."""
        self.ended_at = at
        self.reason = reason

    @transition(field=state, source=A.SIGNED, target=A.FULFILLED)
    def fulfil(self, *, at):
        """Every promise of it was kept."""
        self.ended_at = at

    @transition(field=state, source=A.SIGNED, target=A.BROKEN)
    def break_(self, *, at):
        """One promise of it was broken."""
        self.ended_at = at


class AgreementTerm(models.Model):
    """One thing that an agreement binds us to: an option of its plan, until when, and who sees to it."""

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="agreement_terms", verbose_name=_("case")
    )
    agreement = models.ForeignKey(
        SettlementAgreement, models.PROTECT, related_name="terms", verbose_name=_("agreement")
    )
    option = models.ForeignKey("complaints.PlanOption", models.PROTECT, related_name="+", verbose_name=_("option"))
    due_at = models.DateTimeField(_("due at"))
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("owner"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("department"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("term of an agreement")
        verbose_name_plural = _("terms of agreements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "option"], name="agreement_term_once"),
        ]
