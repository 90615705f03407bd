"""Forms of registering, assigning, noting and being in touch."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    amount_field,
    choice_field,
    instant_field,
    line_field,
    with_empty,
    words_field,
    yes_field,
)
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.noting import FACTS
from complaints.actions.registering import Registration
from complaints.forms import choosing
from complaints.models import ImportBatch
from complaints.states import CaseState
from complaints.vocabulary import (
    Apology,
    Channel,
    ClaimType,
    ComplainantKind,
    ContactOutcome,
    ContactPurpose,
    Direction,
    Emotion,
    Reason,
    Remedy,
    ReturnBranch,
    Severity,
    StatementKind,
)

LIKELY_PURPOSES = {
    CaseState.ASSESSING: ContactPurpose.FIRST_ANSWER,
    CaseState.INVESTIGATING: ContactPurpose.ENQUIRY,
    CaseState.REFUSED: ContactPurpose.REFUSAL,
    CaseState.FOLLOWING_UP: ContactPurpose.OUTCOME,
}


def money_in(form: ActionForm, name: str) -> Decimal | None:
    """An optional amount as typed, or an error at its field."""
    text = (form.cleaned_data.get(name) or "").replace(",", "").replace("¥", "").strip()
    if not text:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount.as_tuple().exponent < -2 or abs(amount) >= Decimal(10) ** 10:
        form.add_error(name, _("This is not an amount of money with at most two places."))
        return None
    return amount


class RegisterForm(ActionForm):
    """Registering a complaint (S-INT). Nothing but content, channel, time and complainant is required."""

    content = words_field(_("What the customer says"), required=False, help_text=_("In the customer's own words."))
    channel = choice_field(_("Channel"), Channel, required=False, help_text=_("How the complaint arrived."))
    received_at = instant_field(
        _("Received at"), required=False, help_text=_("When it arrived; the clocks run from here.")
    )
    complainant = choice_field(_("Complainant"), ComplainantKind, initial=ComplainantKind.CONSUMER)
    unknown_because = line_field(_("Why the complainant is unknown"), required=False)
    customer_name = line_field(_("Name"), required=False, max_length=100)
    customer_phone = line_field(_("Phone"), required=False, max_length=60)
    customer_email = line_field(_("E-mail"), required=False, max_length=254)
    customer_account = line_field(_("Platform account"), required=False, max_length=100)
    customer_address = line_field(_("Address"), required=False, max_length=300)
    preferred_channel = choice_field(
        _("Wants to be reached by"), Channel, required=False, help_text=_("What the customer asked for is respected.")
    )
    shop_id = choice_field(_("Shop"), required=False)
    order_number = line_field(_("Order number"), required=False, max_length=64)
    product_name = line_field(_("Goods"), required=False)
    paid_amount = amount_field(_("Amount paid"), required=False)
    waybill_number = line_field(_("Waybill number"), required=False, max_length=64)
    reason = choice_field(
        _("Reason"), Reason, initial=Reason.NOT_STATED, help_text=_("As the customer states it; it may still be open.")
    )
    claim_type = choice_field(_("Platform claim"), ClaimType, required=False)
    return_branch = choice_field(_("Return or refund application"), ReturnBranch, required=False)
    demand = words_field(_("What the customer demands"), required=False, rows=2)
    demanded_remedy = choice_field(_("Demanded remedy"), Remedy, required=False)
    demanded_amount = amount_field(_("Demanded amount"), required=False)
    occurred_at = instant_field(_("Happened at"), required=False)
    place = line_field(_("Place"), required=False)
    course = words_field(_("Course of events"), required=False, rows=2)
    damage = words_field(_("Condition of the goods"), required=False, rows=2)
    presale_need = words_field(_("Needs noted before the sale"), required=False, rows=2)
    emotion = choice_field(_("Emotion"), Emotion, required=False)
    severity = choice_field(_("Severity"), Severity, initial=Severity.ORDINARY)
    affects_others = yes_field(_("May affect other customers"))
    safety_flag = yes_field(_("Safety: somebody was or may be hurt"), help_text=_("Goes to a superior at once."))
    legal_flag = yes_field(_("Legal dispute"))
    opinion_risk = yes_field(_("Risk of public opinion"))
    not_a_duplicate = yes_field(_("Not a duplicate"), help_text=_("Tick it when likely duplicates are another matter."))

    def prepare(self):
        """The shops to choose from, and now as the time of receipt."""
        self.fields["shop_id"].choices = with_empty(choosing.shops())
        for name in ("content", "channel", "received_at"):
            self.fields[name].is_needed = True  # the action says so, together with everything else
        if self.at and not self.is_bound:
            self.fields["received_at"].initial = localtime(self.at).strftime("%Y-%m-%dT%H:%M")

    def inputs(self) -> dict:
        """What was typed, as the action takes it."""
        return {"registration": self.registration()}

    def registration(self) -> Registration:
        """What was typed, as one value. Only of a valid form."""
        data = self.cleaned_data
        own = {name: data[name] for name in Registration.__dataclass_fields__ if name in data}
        own["shop_id"] = int(data["shop_id"]) if data["shop_id"] else None
        own["demanded_amount"] = data["demanded_amount"]
        return Registration(
            **own,
            customer=CustomerData(
                name=data["customer_name"],
                phone=data["customer_phone"],
                email=data["customer_email"],
                address=data["customer_address"],
                account=data["customer_account"],
                preferred_channel=data["preferred_channel"],
            ),
            order=OrderData(
                number=data["order_number"],
                product_name=data["product_name"],
                paid_amount=data["paid_amount"],
                waybill_number=data["waybill_number"],
            ),
        )

    def clean(self):
        """Amounts as numbers."""
        data = super().clean()
        for name in ("paid_amount", "demanded_amount"):
            data[name] = money_in(self, name)
        return data


class AssignForm(ActionForm):
    """Who is to handle the case, and why."""

    handler_id = choice_field(_("Handler"))
    reason = words_field(_("Reason"), rows=2)

    def prepare(self):
        """Everybody who can handle cases."""
        self.fields["handler_id"].choices = with_empty(choosing.handlers())

    def clean_handler_id(self):
        """As a key."""
        return int(self.cleaned_data["handler_id"])


class NoteForm(ActionForm):
    """An internal note."""

    words = words_field(
        _("Note"), help_text=_("Customers never see this. It cannot be changed; correct it by a new one.")
    )


class FactForm(ActionForm):
    """A further fact in words."""

    kind = choice_field(_("Kind"), [(kind.value, kind.label) for kind in FACTS])
    words = words_field(_("Words"))


class CorrectForm(ActionForm):
    """A correction: the first words stay."""

    statement_id = choice_field(_("Which text"))
    words = words_field(_("What is right"))

    def prepare(self):
        """The texts that can be corrected, newest first."""
        rows = self.row.statements.exclude(kind=StatementKind.FILE_NAME).filter(corrections__isnull=True)
        self.fields["statement_id"].choices = with_empty(
            (row.pk, f"{row.get_kind_display()} · {(row.words or '')[:40]}") for row in rows.order_by("-said_at")[:60]
        )

    def clean_statement_id(self):
        """As a key."""
        return int(self.cleaned_data["statement_id"])


class EditFactsForm(ActionForm):
    """The coded facts of a case."""

    stated_reason = choice_field(_("Reason"), Reason)
    claim_type = choice_field(_("Platform claim"), ClaimType, required=False)
    return_branch = choice_field(_("Return or refund application"), ReturnBranch, required=False)
    demanded_remedy = choice_field(_("Demanded remedy"), Remedy, required=False)
    demanded_amount = amount_field(_("Demanded amount"), required=False)
    occurred_at = instant_field(_("Happened at"), required=False)
    emotion = choice_field(_("Emotion"), Emotion, required=False)
    simple_matter = yes_field(_("Simple or individual matter"))
    affects_others = yes_field(_("May affect other customers"))
    reason = words_field(_("Why it is changed"), rows=2)

    def prepare(self):
        """The facts as they are."""
        if self.is_bound:
            return
        for name in self.fields:
            if name not in ("reason", "stated_reason"):
                self.fields[name].initial = getattr(self.row, name)
        self.fields["stated_reason"].initial = self.row.reason
        if self.row.occurred_at:
            self.fields["occurred_at"].initial = localtime(self.row.occurred_at).strftime("%Y-%m-%dT%H:%M")

    def clean(self):
        """Amounts as numbers."""
        data = super().clean()
        data["demanded_amount"] = money_in(self, "demanded_amount")
        return data


class ContactForm(ActionForm):
    """An exchange with the customer, or the attempt at one."""

    direction = choice_field(_("Direction"), Direction, initial=Direction.OUTGOING)
    channel = choice_field(_("Channel"), Channel)
    purpose = choice_field(_("Purpose"), ContactPurpose, initial=ContactPurpose.GENERAL)
    outcome = choice_field(_("Outcome"), ContactOutcome, initial=ContactOutcome.DELIVERED)
    words = words_field(
        _("What was said or written"),
        required=False,
        help_text=_("The customer may see what goes out. Say sorry, say thanks."),
    )
    apology = choice_field(
        _("Apology"),
        Apology,
        required=False,
        help_text=_("Our fault: for the error. Not our fault: for the experience."),
    )
    emotion = choice_field(_("How the customer feels"), Emotion, required=False)
    occurred_at = instant_field(_("Happened at"), required=False, help_text=_("Empty: just now."))
    breach_reason = line_field(
        _("Reason for calling outside the rules"), required=False, help_text=_("Only if a calling rule was broken.")
    )
    proof_id = choice_field(_("Proof"), required=False, help_text=_("For a contact that is recorded late."))

    def prepare(self):
        """The customer's channel first, and the evidence that could be proof."""
        customer = self.row.customer
        if not self.is_bound:
            self.fields["channel"].initial = (customer and customer.preferred_channel) or self.row.channel
            self.fields["purpose"].initial = self._likely_purpose()
        self.fields["proof_id"].choices = with_empty(choosing.evidence_of(self.row))

    def _likely_purpose(self) -> ContactPurpose:
        """What somebody most likely writes to the customer about, as the case stands."""
        if self.row.state == CaseState.EXECUTING:
            return ContactPurpose.PROGRESS if self.row.commitments.pending().exists() else ContactPurpose.OUTCOME
        return LIKELY_PURPOSES.get(self.row.state, ContactPurpose.GENERAL)

    def clean_proof_id(self):
        """As a key, or none."""
        return int(self.cleaned_data["proof_id"]) if self.cleaned_data["proof_id"] else None


class FlagForm(ActionForm):
    """A flag and why."""

    flag = choice_field(
        _("Flag"),
        [("safety", _("safety")), ("legal", _("legal dispute")), ("opinion_risk", _("risk of public opinion"))],
    )
    reason = words_field(_("Reason"), rows=2)


class ImportForm(ActionForm):
    """A file of complaints."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "CSV in UTF-8 or GB18030 with headings such as 投诉时间, 渠道, 客户姓名, 手机号, 订单号, 投诉内容."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    mode = choice_field(_("What these complaints are"), ImportBatch.Mode, initial=ImportBatch.Mode.LIVE)
    shop_id = choice_field(_("Shop"), required=False)

    def prepare(self):
        """The shops to choose from."""
        self.fields["shop_id"].choices = with_empty(choosing.shops())

    def clean_shop_id(self):
        """As a key, or none."""
        return int(self.cleaned_data["shop_id"]) if self.cleaned_data["shop_id"] else None


class RevealForm(ActionForm):
    """Which personal data to see, and why."""

    field = choice_field(
        _("What"),
        [
            ("phone", _("phone")),
            ("name", pgettext_lazy("person", "name")),
            ("email", _("e-mail")),
            ("address", _("address")),
            ("account", _("platform account")),
        ],
    )
    reason = forms.CharField(label=_("Why you need it"), max_length=500, widget=UnfoldAdminTextInputWidget())
