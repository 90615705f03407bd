"""Forms of investigating, evidence, and whom a complaint is about."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.adminkit.forms import (
    ActionForm,
    amount_field,
    choice_field,
    file_field,
    instant_field,
    line_field,
    number_field,
    with_empty,
    words_field,
)
from casemgmt.amounts import storable_amount_in
from complaints.forms import choosing
from complaints.vocabulary import (
    DamageCause,
    EvidenceType,
    ResponsibleParty,
    Side,
    SignedBy,
    Verdict,
)

YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]


def yes_no(value: str) -> bool | None:
    """A three-way answer as a value."""
    return {"yes": True, "no": False}.get(value)


def optional_key(value: str) -> int | None:
    """A chosen key, or none."""
    return int(value) if value else None


class AccountForm(ActionForm):
    """What one side says."""

    side = choice_field(
        _("Given by"),
        Side,
        initial=Side.CUSTOMER,
        help_text=_("Whose words these are; both sides are heard before the facts are established."),
    )
    words = words_field(
        pgettext_lazy("statement", "Account"),
        help_text=_("As it was told, without your own judgement; the text cannot be changed later."),
    )
    given_at = instant_field(_("Given at"), required=False, help_text=_("Empty: just now."))


class FindingForm(ActionForm):
    """What we found ourselves (S-INV-08, 09)."""

    words = words_field(_("Finding"), help_text=_("What was looked at, tested or asked, and what came of it."))
    responsible_party = choice_field(
        _("Responsible party"),
        ResponsibleParty,
        help_text=_("Who caused it, as far as the facts show; money is granted by this."),
    )
    undetermined_because = line_field(
        _("Why undetermined"),
        required=False,
        help_text=_("Needed only when nobody can be named: what is missing to tell."),
    )
    root_cause = words_field(
        _("Root cause"),
        required=False,
        rows=2,
        help_text=_("Why it could happen, not what happened; measures against it start here."),
    )
    damage_cause = choice_field(
        _("Cause of damage"),
        DamageCause,
        required=False,
        help_text=_("Who or what damaged the goods; it decides who bears the cost."),
    )
    matches_account = choice_field(
        _("Matches the customer's account"),
        YES_NO,
        required=False,
        help_text=_("Whether what we found agrees with what the customer told."),
    )
    return_reasonable = choice_field(
        _("The return is reasonable"),
        YES_NO,
        required=False,
        help_text=_("Whether the goods may go back as they are now, by law or by our own policy."),
    )

    def clean_matches_account(self):
        """Yes, no, or not known."""
        return yes_no(self.cleaned_data["matches_account"])

    def clean_return_reasonable(self):
        """Yes, no, or not known."""
        return yes_no(self.cleaned_data["return_reasonable"])


class OrderForm(ActionForm):
    """What is known of the order and its parcel (S-INT-13, S-INV-10 to 12)."""

    number = line_field(
        _("Order number"),
        required=False,
        max_length=64,
        help_text=_("As the platform shows it; limits and duplicates are counted by order."),
    )
    product_name = line_field(
        _("Product"),
        required=False,
        max_length=200,
        help_text=_("The goods with colour and size, so that colleagues know at once what it is about."),
    )
    paid_amount = amount_field(
        _("Amount paid"),
        required=False,
        help_text=_("What the goods cost the customer; multiples are counted from it."),
    )
    quantity = number_field(
        _("Quantity"),
        required=False,
        least=1,
        help_text=_("How many pieces were bought; the price of a part that goes back is worked out from it."),
    )
    waybill_number = line_field(
        _("Waybill number"),
        required=False,
        max_length=64,
        help_text=_("The courier's number; it makes the way of the parcel provable."),
    )
    courier = line_field(
        _("Courier"),
        required=False,
        max_length=64,
        help_text=_("Who carried the parcel; questions and claims go there."),
    )
    signed_by = choice_field(
        _("Signed for by"),
        SignedBy,
        required=False,
        help_text=_("Who took the parcel in: a neighbour's or a box's signature is not the customer's."),
    )
    shipped_at = instant_field(
        _("Shipped at"), required=False, help_text=_("When it left us; leave it empty when it has not been sent.")
    )
    signed_at = instant_field(
        _("Signed for at"), required=False, help_text=_("When it was signed for; the days for returning run from here.")
    )
    reason = words_field(
        _("How this is known"),
        rows=2,
        help_text=_("Where you looked it up; it stands in the history beside the change."),
    )

    def prepare(self):
        """The order as it is linked."""
        order = self.row.order
        if self.is_bound or order is None:
            return
        self.fields["number"].initial = order.number
        self.fields["product_name"].initial = order.product.name if order.product is not None else ""
        for name in ("waybill_number", "courier", "signed_by"):
            self.fields[name].initial = getattr(order, name)

    def clean_paid_amount(self):
        """As an amount; one that is none is said at once, and stays as it was typed."""
        typed = self.cleaned_data["paid_amount"]
        amount = storable_amount_in(typed) if typed else None
        if typed and amount is None:
            raise forms.ValidationError(_("Enter an amount with at most two decimals, below 10,000,000,000."))
        return amount


class ReinvestigateForm(ActionForm):
    """What is new."""

    news = words_field(
        _("What is new"),
        help_text=_("What turned up that was not known before; without it the case stays in negotiation."),
    )


class AskEvidenceForm(ActionForm):
    """Evidence asked for."""

    evidence_type = choice_field(
        _("Type"),
        EvidenceType,
        help_text=_("The kind of proof you wait for; the checklist ticks it off when it arrives."),
    )
    asked_from = choice_field(
        _("Asked from"),
        Side,
        initial=Side.CUSTOMER,
        help_text=_("Who is to send it; the customer's silence past the deadline has consequences."),
    )
    what = words_field(
        _("What is asked for"),
        rows=2,
        help_text=_("What exactly should be seen on it, so that nobody has to ask twice."),
    )
    due_at = instant_field(_("Until"), required=False, help_text=_("Empty: as long as the policy gives."))


class AddEvidenceForm(ActionForm):
    """A file of evidence; sealed on arrival."""

    file = file_field(_("File"), help_text=_("The bytes are sealed on arrival and never change."))
    evidence_type = choice_field(
        _("Type"),
        EvidenceType,
        help_text=_("What kind of proof it is; some compensations and refusals need just this kind."),
    )
    supplied_by = choice_field(
        _("Supplied by"),
        Side,
        initial=Side.CUSTOMER,
        help_text=_("Who gave it to us; it stands beside the file for ever."),
    )
    request_id = choice_field(
        _("Answers the request"),
        required=False,
        help_text=_("Choose the request that it answers; that request is then done."),
    )
    description = words_field(
        _("What it shows"),
        required=False,
        rows=2,
        help_text=_("What one should see on it, for colleagues who cannot open it."),
    )

    def prepare(self):
        """The requests that wait for an answer."""
        self.fields["request_id"].choices = with_empty(choosing.open_requests_of(self.row))

    def clean_request_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["request_id"])


class RedactForm(ActionForm):
    """Which parts are covered, and what for; drawn with the pointer where scripts run, typed elsewhere."""

    areas = words_field(
        _("Areas to cover"),
        rows=2,
        help_text=_(
            "Draw over the picture. Or type left, top, width and height in thousandths of the picture, such as"
            " 100 100 300 50, with a semicolon between two areas."
        ),
    )
    reason = words_field(
        _("Reason"),
        rows=2,
        help_text=_("What is covered and for whom the copy is; it stands beside the copy for ever."),
    )


class ReasonForm(ActionForm):
    """A reason in words."""

    reason = words_field(
        _("Reason"), rows=3, help_text=_("Why, in a sentence that still convinces in a year; it stands in the history.")
    )


class NameSubjectForm(ActionForm):
    """Whom the complaint is about."""

    person_id = choice_field(_("Person"), help_text=_("This person will no longer see the case."))
    new_handler_id = choice_field(_("New handler"), required=False, help_text=_("If the person handles the case now."))
    reason = words_field(
        _("Reason"),
        required=False,
        rows=2,
        help_text=_("Why the complaint is about this person; the person never reads it."),
    )

    def prepare(self):
        """Everybody, and everybody who can handle cases."""
        self.fields["person_id"].choices = with_empty(choosing.colleagues())
        self.fields["new_handler_id"].choices = with_empty(choosing.handlers())

    def clean_person_id(self):
        """As a key."""
        return int(self.cleaned_data["person_id"])

    def clean_new_handler_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["new_handler_id"])


class ConductForm(ActionForm):
    """What the investigation found about a person's conduct."""

    finding = choice_field(
        _("Finding"), Verdict, help_text=_("What the facts say about the conduct; it is not a punishment.")
    )
