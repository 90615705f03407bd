"""Forms of grants, payees, payments and refusals."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import (
    ActionForm,
    amount_field,
    choice_field,
    file_field,
    line_field,
    with_empty,
    words_field,
    yes_field,
)
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.amounts import amount_in
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.forms.guides import case_behind, grant_guide
from complaints.forms.outlooks import outlook_for
from complaints.models import CompensationGrant, Payee
from complaints.places import region_of
from complaints.vocabulary import GrantPurpose, ResponsibleParty
from policies.lookup import legal_references_in_force, policies_in_force

PAYMENT_METHODS = Payee._meta.get_field("method").choices


def _clauses_for(case, at):
    """The clauses that bind the shop of the case, as choices."""
    return with_empty(choosing.labelled(legal_references_in_force(at, region=region_of(case))))


class GrantForm(ActionForm):
    """Asking for a compensation (S-CMP)."""

    kind = choice_field(_("Kind"), help_text=_("Virtual kinds first, then cash."))
    amount = amount_field(
        _("Amount"),
        help_text=_("Digits and at most two places, for instance 88.50; your limits count what was given before."),
    )
    purpose = choice_field(
        _("Purpose"),
        GrantPurpose,
        help_text=_("What the money is to achieve; a payment without purpose is not approved."),
    )
    fault = choice_field(
        _("Whose fault"),
        ResponsibleParty,
        help_text=_("Who caused it; it must not contradict the finding of the case."),
    )
    basis = words_field(_("Why"), rows=2, help_text=_("Whoever approves decides by this."))
    goodwill = yes_field(
        _("Goodwill: not our fault"),
        help_text=_("Tick it when we give although we do not owe; approvers see it as such."),
    )
    order_of_offers = words_field(
        _("Why not a virtual one first"),
        required=False,
        rows=2,
        help_text=_("Coupons and the like come first; say why cash is right here."),
    )
    legal_reference = choice_field(
        _("Legal basis"), required=False, help_text=_("The clause on which it is owed; leave it empty for goodwill.")
    )
    payee_id = choice_field(
        _("Payee"),
        required=False,
        help_text=_("An account of this customer that was entered before; a new one is entered after saving."),
    )
    hand_in = yes_field(
        _("Hand it in at once"), help_text=_("Otherwise it stays a draft, until the payee and the proof are there.")
    )

    def prepare(self):
        """Kinds and laws in force, and what is left of the limits; the grant as it is, when it is changed."""
        policies, case = policies_in_force(self.at), case_behind(self.row)
        asked = self.row if case is not self.row else None
        self.guide = grant_guide(policies)
        self.fields["kind"].choices = with_empty(choosing.labelled(policies.compensation_kinds))
        self.fields["payee_id"].choices = choosing.payees_of(case)
        self.fields["legal_reference"].choices = _clauses_for(getattr(self.row, "case", self.row), self.at)
        if asked is not None:
            self._begin_with(asked)
        self.outlook = outlook_for(
            case,
            policies,
            by=self.person,
            at=self.at,
            amount=amount_in(self["amount"].value()),
            kind=str(self["kind"].value() or ""),
            legal_reference=str(self["legal_reference"].value() or ""),
            grant=asked,
        )
        self.outlook_url = reverse("admin:complaints_complaint_outlook", args=[case.pk])
        self.outlook_grant = asked.pk if asked is not None else ""

    def _begin_with(self, grant):
        del self.fields["hand_in"]
        for name in ("kind", "amount", "purpose", "fault", "goodwill", "legal_reference", "payee_id"):
            self.fields[name].initial = getattr(grant, name)
        self.fields["basis"].initial = grant.basis.words
        if grant.order_of_offers_reason_id:
            self.fields["order_of_offers"].initial = grant.order_of_offers_reason.words

    def clean_payee_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["payee_id"])


class SeenForm(ActionForm):
    """Approving just what was seen: the digest of the content goes along."""

    seen_digest = forms.CharField(widget=forms.HiddenInput(), required=False)

    def prepare(self):
        """The content as it is now."""
        self.fields["seen_digest"].initial = self.row.content_digest


class PayeeForm(ActionForm):
    """Who gets the money."""

    name = line_field(
        _("Name of the payee"),
        max_length=100,
        help_text=_("As on the account, letter by letter, or the payment comes back; stored encrypted."),
    )
    account = line_field(
        _("Account"),
        max_length=100,
        help_text=_("The number or account of the payee; stored encrypted and shown masked."),
    )
    method = choice_field(
        _("Way of payment"), PAYMENT_METHODS, help_text=_("How operations pay it; the account must belong to this way.")
    )
    reason = words_field(
        _("Reason"), rows=2, help_text=_("Where the account comes from; a change lapses the approval.")
    )


def effects_of_paying(grant: CompensationGrant, at) -> list[str]:
    """To whom the money goes, masked, until when, and what recording the payment brings."""
    names = {"name": grant.payee.name or "", "account": grant.payee} if grant.payee_id else None
    payee = _("To: %(name)s · %(account)s") % names if names else ""
    due = _("To be paid by %(due)s") % {"due": instant(grant.pay_by, at)} if grant.pay_by else ""
    told = _("The promise is kept, and the handler is asked to tell the customer.")
    return [str(line) for line in (payee, due, told) if line]


class PayForm(ActionForm):
    """That it was paid: once, with a reference."""

    payment_key = forms.UUIDField(widget=forms.HiddenInput())
    reference = line_field(_("Payment reference"), max_length=80, help_text=_("As the bank or platform shows it."))
    file = file_field(
        _("Proof of payment"),
        help_text=_("The receipt of the bank or platform, as a picture or PDF; it becomes evidence of the case."),
    )
    proof_id = choice_field(
        _("Or a proof that is among the evidence"),
        required=False,
        help_text=_("If the receipt was added to the case before."),
    )

    def prepare(self):
        """The key of this payment, and the evidence that proves it; whether it needs a proof is the kind's."""
        kind = policies_in_force(self.at).compensation_kinds.get(self.row.kind)
        self.fields["payment_key"].initial = self.row.payment_key
        self.fields["proof_id"].choices = with_empty(choosing.evidence_of(self.row.case))
        self.fields["file"].required = False
        self.fields["file"].is_needed = kind is not None and kind.needs_payment_proof

    def clean_proof_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["proof_id"])
