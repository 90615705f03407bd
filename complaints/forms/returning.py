"""Forms of returns: what is asked for, what is decided, what arrived, what was found."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminRadioSelectWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    amount_field,
    choice_field,
    instant_field,
    line_field,
    number_field,
    with_empty,
    words_field,
    yes_field,
)
from casemgmt.people.models import Department, DepartmentKind
from complaints.actions.asking_returns import rights_to_return
from complaints.actions.receiving_returns import checks_of
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.vocabulary.returning import FreightBearer, ReturnEntrance, ReturnKind
from policies.lookup import policies_in_force
from policies.words.facts import fact_name

CHECK = "check_"


class AskReturnForm(ActionForm):
    """What the customer asks to give back."""

    kind = choice_field(
        _("What is asked for"), ReturnKind, help_text=_("Goods and money, money alone, or other goods instead.")
    )
    entitlement = choice_field(
        _("By which right"),
        required=False,
        help_text=_("Each right has its days, its exclusions and says who pays the way back. None: beyond the law."),
    )
    items = words_field(_("Which goods"), rows=2, help_text=_("Name, colour, size; what belongs to it."))
    quantity = number_field(
        _("How many"), least=1, help_text=_("Their price is worked out from the order, to the cent.")
    )
    reason = words_field(
        _("The customer's reason"), rows=2, help_text=_("In the customer's words; “no reason” is one.")
    )
    entrance = choice_field(_("Asked for at"), ReturnEntrance, help_text=_("Where the customer asked for it."))

    def prepare(self):
        """The rights that hold for this shop; one piece, asked for online, unless it is said otherwise."""
        language = get_language() or "zh-hans"
        rights = rights_to_return(self.row, policies_in_force(self.at))
        self.fields["entitlement"].choices = [
            ("", _("none: agreed to beyond the law")),
            *((code, right.label.in_language(language)) for code, right in rights.items()),
        ]
        self.fields["quantity"].initial = 1
        self.fields["entrance"].initial = ReturnEntrance.ONLINE
        if self.row.product is not None:
            self.fields["items"].initial = self.row.product.name


class AgreeReturnForm(ActionForm):
    """That the goods may come back, or the money goes without them."""

    words = words_field(
        _("What the customer is told"), required=False, rows=2, help_text=_("How to send it, and what happens then.")
    )
    freight = choice_field(
        _("Freight"),
        FreightBearer,
        required=False,
        help_text=_("Only when it is agreed to beyond the law; a right says by itself who pays the way back."),
    )
    department_id = choice_field(
        _("Who receives the goods"), required=False, help_text=_("Its people see the case, receive and inspect.")
    )

    def prepare(self):
        """Departments, the warehouse first; no freight where no goods come or the right speaks of it."""
        self.fields["department_id"].choices = with_empty(choosing.departments())
        warehouse = Department.objects.filter(kind=DepartmentKind.WAREHOUSE).order_by("pk").first()
        self.fields["department_id"].initial = warehouse.pk if warehouse is not None else None
        if self.row.kind == ReturnKind.REFUND_ONLY:
            del self.fields["freight"], self.fields["department_id"]
        elif self.row.entitlement:
            del self.fields["freight"]

    def clean_department_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["department_id"])


class DeclineReturnForm(ActionForm):
    """Why it is not owed, as the customer reads it."""

    words = words_field(
        _("What the customer is told"), help_text=_("Plainly: which rule, which fact, and what else is possible.")
    )


class CancelReturnForm(ActionForm):
    """The customer or the platform took it back."""

    words = words_field(_("Their words"), rows=2, help_text=_("As it was said; it sets us free of the promise."))
    by_platform = yes_field(_("The platform cancelled it"), help_text=_("Not the customer: the platform closed it."))


class SentForm(ActionForm):
    """The goods are on their way to us."""

    waybill_number = line_field(
        _("Waybill number"), required=False, max_length=64, help_text=_("Not needed for goods handed over a counter.")
    )
    courier = line_field(_("Courier"), required=False, max_length=64, help_text=_("Who carries the parcel back."))
    sent_at = instant_field(_("Sent at"), required=False, help_text=_("Empty: just now."))


class FreightForm(ActionForm):
    """What the customer laid out for the way back."""

    amount = amount_field(
        _("Freight the customer paid"), help_text=_("As on the waybill; it becomes a compensation of its own.")
    )


class ReceivedForm(ActionForm):
    """The goods have come back."""

    received_at = instant_field(
        _("Received at"), required=False, help_text=_("Empty: just now. The days to refund run from here.")
    )


class InspectForm(ActionForm):
    """The goods, line by line; each line has to be answered."""

    note = words_field(
        _("What was found"), required=False, rows=2, help_text=_("Needed where a line fails: what exactly, and where.")
    )
    evidence_id = choice_field(
        _("Photo of it"), required=False, help_text=_("Needed where a line fails: one of the files of the case.")
    )

    def prepare(self):
        """One question for each line of the checklist, before the words."""
        lines = {
            f"{CHECK}{fact}": forms.TypedChoiceField(
                label=fact_name(fact),
                help_text=_("As the goods lie before you; no line is left out."),
                choices=(("yes", _("yes, as it should be")), ("no", _("no"))),
                coerce=lambda value: value == "yes",
                empty_value=None,
                required=False,
                widget=UnfoldAdminRadioSelectWidget(),
            )
            for fact in checks_of(self.row, self.at)
        }
        self.fields = lines | self.fields
        self.fields["evidence_id"].choices = with_empty(choosing.evidence_of(self.row.case))

    def clean_evidence_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["evidence_id"])

    def inputs(self):
        """The answers by fact, the words and the evidence."""
        checks = {
            name.removeprefix(CHECK): value for name, value in self.cleaned_data.items() if name.startswith(CHECK)
        }
        return {
            "checks": checks,
            "note": self.cleaned_data["note"],
            "evidence_id": self.cleaned_data["evidence_id"],
        }


class AcceptGoodsForm(ActionForm):
    """That the goods are taken."""

    words = words_field(
        _("Why they are taken all the same"),
        required=False,
        rows=2,
        help_text=_("Only where a line of the inspection failed."),
    )


class SentBackForm(ActionForm):
    """The goods go to the customer again."""

    waybill_number = line_field(_("Waybill number"), max_length=64, help_text=_("Tell it to the customer as well."))


class LostForm(ActionForm):
    """The goods never came."""

    words = words_field(_("What the courier says"), rows=2, help_text=_("Who had the parcel last, and what is known."))
    we_bear = yes_field(
        _("We bear the loss"), help_text=_("The refund is asked for at once, as if the goods had come.")
    )
