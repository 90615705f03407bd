"""Forms of judging, investigating, and evidence."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    file_field,
    instant_field,
    line_field,
    with_empty,
    words_field,
    yes_field,
)
from complaints.forms import choosing
from complaints.vocabulary import (
    ClaimType,
    DamageCause,
    EvidenceType,
    Judgement,
    Reason,
    ResponsibleParty,
    ReturnBranch,
    Severity,
    Side,
    SignedBy,
    UnreasonableCause,
    UnreasonableDefinition,
    UnreasonableType,
    Verdict,
)
from policies.lookup import categories_in_force

YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]


def yes_no(value: str) -> bool | None:
    """A three-way answer as a value."""
    return {"yes": True, "no": False}.get(value)


def optional_key(value: str) -> int | None:
    """A chosen key, or none."""
    return int(value) if value else None


class JudgeForm(ActionForm):
    """The first judgement (S-TRI)."""

    reason = choice_field(_("Reason"), Reason, help_text=_("Why the customer complains."))
    category = choice_field(_("Category"), help_text=_("It decides what has to be found out and how fast."))
    severity = choice_field(_("Severity"), Severity)
    judgement = choice_field(
        _("At first sight"), Judgement, help_text=_("Only on what is at hand; the investigation may reverse it.")
    )
    authentic = choice_field(_("Believed authentic"), YES_NO, required=False)
    basis = words_field(_("Basis of the judgement (internal)"), required=False, rows=2)
    simple_matter = yes_field(_("Simple or individual matter"))
    affects_others = yes_field(_("May affect other customers"))
    claim_type = choice_field(_("Platform claim"), ClaimType, required=False)
    return_branch = choice_field(_("Return or refund application"), ReturnBranch, required=False)
    real_need = words_field(_("Real need, as found in talking"), required=False, rows=2)
    unreasonable_type = choice_field(_("Type, if unreasonable"), UnreasonableType, required=False)
    unreasonable_definition = choice_field(_("In what sense unreasonable"), UnreasonableDefinition, required=False)
    unreasonable_cause = choice_field(_("Cause, if unreasonable"), UnreasonableCause, required=False)
    strongly_subjective = yes_field(_("Strongly subjective"))
    emotional_expression = yes_field(_("Excessive expression"))
    no_clear_purpose = yes_field(_("No clear purpose"))

    def prepare(self):
        """The categories in force, and what is known already."""
        self.fields["category"].choices = with_empty(choosing.categories(categories_in_force(self.row.registered_at)))
        if not self.is_bound:
            for name in (
                "reason",
                "category",
                "severity",
                "simple_matter",
                "affects_others",
                "claim_type",
                "return_branch",
            ):
                value = getattr(self.row, name)
                if value not in ("", Reason.NOT_STATED):
                    self.fields[name].initial = value

    def clean_authentic(self):
        """Yes, no, or not known."""
        return yes_no(self.cleaned_data["authentic"])


class AccountForm(ActionForm):
    """What one side says."""

    side = choice_field(_("Given by"), Side, initial=Side.CUSTOMER)
    words = words_field(pgettext_lazy("statement", "Account"))
    given_at = instant_field(_("Given at"), required=False, help_text=_("Empty: just now."))


class FindingForm(ActionForm):
    """What we found ourselves (S-INV-08, 09)."""

    words = words_field(_("Finding"), help_text=_("What was looked at, tested or asked, and what came of it."))
    responsible_party = choice_field(_("Responsible party"), ResponsibleParty)
    undetermined_because = line_field(_("Why undetermined"), required=False)
    root_cause = words_field(_("Root cause"), required=False, rows=2)
    damage_cause = choice_field(_("Cause of damage"), DamageCause, required=False)
    matches_account = choice_field(_("Matches the customer's account"), YES_NO, required=False)
    return_reasonable = choice_field(_("The return is reasonable"), YES_NO, required=False)

    def clean_matches_account(self):
        """Yes, no, or not known."""
        return yes_no(self.cleaned_data["matches_account"])

    def clean_return_reasonable(self):
        """Yes, no, or not known."""
        return yes_no(self.cleaned_data["return_reasonable"])


class EstablishForm(ActionForm):
    """The verdict after the facts (S-TRI-03)."""

    verdict = choice_field(_("Verdict"), Verdict)
    category = choice_field(
        _("Category"), required=False, help_text=_("Choose another one if the facts put the case there.")
    )
    basis = words_field(_("Basis"), required=False)
    unreasonable_type = choice_field(_("Type, if unreasonable"), UnreasonableType, required=False)
    unreasonable_definition = choice_field(_("In what sense unreasonable"), UnreasonableDefinition, required=False)
    unreasonable_cause = choice_field(_("Cause, if unreasonable"), UnreasonableCause, required=False)

    def prepare(self):
        """The categories of the day of registration, and the one judged at first sight."""
        known = choosing.categories(categories_in_force(self.row.registered_at))
        self.fields["category"].choices = with_empty(known)
        self.fields["category"].initial = self.row.category


class OrderForm(ActionForm):
    """What is known of the order and its parcel (S-INT-13, S-INV-10 to 12)."""

    number = line_field(_("Order number"), required=False, max_length=64)
    product_name = line_field(_("Product"), required=False, max_length=200)
    waybill_number = line_field(_("Waybill number"), required=False, max_length=64)
    courier = line_field(_("Courier"), required=False, max_length=64)
    signed_by = choice_field(_("Signed for by"), SignedBy, required=False)
    shipped_at = instant_field(_("Shipped at"), required=False)
    signed_at = instant_field(_("Signed for at"), required=False)
    reason = words_field(_("How this is known"), rows=2)

    def prepare(self):
        """The order as it is linked."""
        order = self.row.order
        if self.is_bound or order is None:
            return
        self.fields["number"].initial = order.number
        self.fields["product_name"].initial = order.product.name if order.product is not None else ""
        for name in ("waybill_number", "courier", "signed_by"):
            self.fields[name].initial = getattr(order, name)


class ReinvestigateForm(ActionForm):
    """What is new."""

    news = words_field(_("What is new"))


class AskEvidenceForm(ActionForm):
    """Evidence asked for."""

    evidence_type = choice_field(_("Type"), EvidenceType)
    asked_from = choice_field(_("Asked from"), Side, initial=Side.CUSTOMER)
    what = words_field(_("What is asked for"), rows=2)
    due_at = instant_field(_("Until"), required=False, help_text=_("Empty: as long as the policy gives."))


class AddEvidenceForm(ActionForm):
    """A file of evidence; sealed on arrival."""

    file = file_field(_("File"), help_text=_("The bytes are sealed on arrival and never change."))
    evidence_type = choice_field(_("Type"), EvidenceType)
    supplied_by = choice_field(_("Supplied by"), Side, initial=Side.CUSTOMER)
    request_id = choice_field(_("Answers the request"), required=False)
    description = words_field(_("What it shows"), required=False, rows=2)

    def prepare(self):
        """The requests that wait for an answer."""
        self.fields["request_id"].choices = with_empty(choosing.open_requests_of(self.row))

    def clean_request_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["request_id"])


class ReasonForm(ActionForm):
    """A reason in words."""

    reason = words_field(_("Reason"), rows=3)


class NameSubjectForm(ActionForm):
    """Whom the complaint is about."""

    person_id = choice_field(_("Person"), help_text=_("This person will no longer see the case."))
    new_handler_id = choice_field(_("New handler"), required=False, help_text=_("If the person handles the case now."))
    reason = words_field(_("Reason"), required=False, rows=2)

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

    finding = choice_field(_("Finding"), Verdict)
