"""The form of registering a complaint."""

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

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
from complaints.actions.registering import Registration
from complaints.forms import choosing
from complaints.forms.intake import money_in
from complaints.forms.shared_fields import (
    affects_others_field,
    claim_type_field,
    demanded_amount_field,
    demanded_remedy_field,
    emotion_field,
    occurred_at_field,
    return_branch_field,
)
from complaints.vocabulary import (
    Channel,
    ComplainantKind,
    Reason,
    Severity,
)


class RegisterForm(ActionForm):
    """Registering a complaint (S-INT). Nothing but content, channel, time and complainant is required."""

    content = words_field(_("What the customer says"), required=False, help_text=_("In the customer's own words."))
    channel = choice_field(_("Channel"), Channel, required=False, help_text=_("How the complaint arrived."))
    received_at = instant_field(
        _("Received at"), required=False, help_text=_("When it arrived; the clocks run from here.")
    )
    complainant = choice_field(
        _("Complainant"),
        ComplainantKind,
        initial=ComplainantKind.CONSUMER,
        help_text=_("Who complains; somebody who acts for the buyer, or an authority, is answered differently."),
    )
    unknown_because = line_field(
        _("Why the complainant is unknown"),
        required=False,
        help_text=_("Needed only when nobody knows who complains, for instance an anonymous review."),
    )
    customer_name = line_field(
        _("Name"),
        required=False,
        max_length=100,
        help_text=_("Stored encrypted and shown masked; it finds earlier cases of the same customer."),
    )
    customer_phone = line_field(
        _("Phone"),
        required=False,
        max_length=60,
        help_text=_("Stored encrypted; needed for calls, and later found by its last four digits."),
    )
    customer_email = line_field(
        _("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Stored encrypted; fill it in when the customer wants an answer in writing."),
    )
    customer_account = line_field(
        _("Platform account"),
        required=False,
        max_length=100,
        help_text=_("The name on the platform, when no phone number is known."),
    )
    customer_address = line_field(
        _("Address"),
        required=False,
        max_length=300,
        help_text=_("Only if something has to be sent or fetched; stored encrypted."),
    )
    preferred_channel = choice_field(
        _("Wants to be reached by"), Channel, required=False, help_text=_("What the customer asked for is respected.")
    )
    shop_id = choice_field(
        _("Shop"), required=False, help_text=_("Its team gets the case; without a shop it waits in the common queue.")
    )
    order_number = line_field(
        _("Order number"),
        required=False,
        max_length=64,
        help_text=_("Goods, sums and earlier cases are found by it; leave it empty if there is no order."),
    )
    product_name = line_field(
        _("Goods"),
        required=False,
        help_text=_("The goods with colour and size, so that colleagues know at once what it is about."),
    )
    paid_amount = amount_field(
        _("Amount paid"), required=False, help_text=_("What the customer really paid; no refund goes beyond it.")
    )
    waybill_number = line_field(
        _("Waybill number"),
        required=False,
        max_length=64,
        help_text=_("The courier's number; it makes the way of the parcel provable."),
    )
    reason = choice_field(
        _("Reason"), Reason, initial=Reason.NOT_STATED, help_text=_("As the customer states it; it may still be open.")
    )
    claim_type = claim_type_field()
    return_branch = return_branch_field()
    demand = words_field(
        _("What the customer demands"),
        required=False,
        rows=2,
        help_text=_("What the customer wants us to do, in the customer's words; it may differ from the need."),
    )
    demanded_remedy = demanded_remedy_field()
    demanded_amount = demanded_amount_field()
    occurred_at = occurred_at_field()
    place = line_field(
        _("Place"), required=False, help_text=_("Where it happened: a shop, a parcel station, the customer's home.")
    )
    course = words_field(
        _("Course of events"),
        required=False,
        rows=2,
        help_text=_("Step by step what happened, as told; the facts are checked against it later."),
    )
    damage = words_field(
        _("Condition of the goods"),
        required=False,
        rows=2,
        help_text=_("What is broken, missing or worn, and how much of it."),
    )
    presale_need = words_field(
        _("Needs noted before the sale"),
        required=False,
        rows=2,
        help_text=_("What the customer told the seller before buying; it weighs when expectations clash."),
    )
    emotion = emotion_field()
    severity = choice_field(
        _("Severity"),
        Severity,
        initial=Severity.ORDINARY,
        help_text=_("How much harm is or may be done; it may be raised or lowered when judged."),
    )
    affects_others = affects_others_field()
    safety_flag = yes_field(_("Safety: somebody was or may be hurt"), help_text=_("Goes to a superior at once."))
    legal_flag = yes_field(
        _("Legal dispute"),
        help_text=_("A lawyer, a court or an authority is mentioned; direct settling is then closed."),
    )
    opinion_risk = yes_field(
        _("Risk of public opinion"),
        help_text=_("It may be posted, filmed or reviewed badly; a supervisor should know early."),
    )
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
