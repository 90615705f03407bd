"""The pages of endpoints: where other programs and groups are told, tested and watched."""

from django import forms
from django.contrib import admin
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import INPUT_CLASSES, UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import AuditedAdmin, ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.moment import moment
from casemgmt.channels.calling_out import is_plainly_inside, place_of
from casemgmt.channels.text_messages import MOST_NUMBERS, numbers_in
from casemgmt.models import Delivery, Endpoint, EndpointKind
from casemgmt.notice_kinds import event_kinds, kind_of
from casemgmt.operating import RETRY, TEST_RIGHT, ask_test, retry_endpoint
from casemgmt.privacy.forms import SealedInput
from casemgmt.sentences import say
from casemgmt.violations import Violation

LEAST_SECRET = 24
LONGEST_ADDRESS = 2000
SHOWN = 20
PHONE = 5, 20


def _choices():
    return [(kind.name, kind.label) for kind in event_kinds()]


class EndpointForm(forms.ModelForm):
    """An endpoint; what is sealed comes back as a mask, and a mask left alone changes nothing."""

    events = forms.MultipleChoiceField(
        label=_("events"),
        choices=lazy(_choices, list),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=_("What this endpoint is told; each by the number of the case, never with names of customers."),
    )

    class Meta:
        model = Endpoint
        fields = [
            *("name", "kind", "is_on", "address", "secret", "to_customers", "events", "team", "shop"),
            *("numbers", "access_key", "sign_name", "template_code"),
        ]
        widgets = {name: SealedInput({"class": " ".join(INPUT_CLASSES)}) for name in ("address", "secret", "numbers")}

    def clean(self):
        """An address outside the house, a secret where one is needed, and what a text message takes."""
        data = super().clean()
        kind = data.get("kind")
        if isinstance(data.get("address"), str):
            self._look_at_address(data["address"])
        if isinstance(data.get("secret"), str) and kind == EndpointKind.WEBHOOK and len(data["secret"]) < LEAST_SECRET:
            self._refuse("secret", "endpoint.secret_too_short", least=LEAST_SECRET)
        if kind in (EndpointKind.WEBHOOK, EndpointKind.SMS) and not data.get("secret"):
            self._refuse("secret", "endpoint.secret_missing")
        if kind == EndpointKind.SMS:
            self._look_at_text_messages(data)
        if data.get("to_customers") and kind != EndpointKind.SMS:
            self._refuse("to_customers", "endpoint.customers_get_text_messages")
        if not data.get("events") and not data.get("to_customers") and "events" not in self.errors:
            self._refuse("events", "endpoint.no_events")
        return data

    def _look_at_address(self, address: str) -> None:
        try:
            place = place_of(address)
        except (ValueError, UnicodeError):
            self._refuse("address", "endpoint.not_an_address")
            return
        if len(address) > LONGEST_ADDRESS or (place.scheme != "https" and is_plainly_inside(place)):
            self._refuse("address", "endpoint.not_an_address")
        elif is_plainly_inside(place):
            self._refuse("address", "endpoint.address_inside")
        else:
            self.instance.host = place.shown[:260]

    def _look_at_text_messages(self, data) -> None:
        needed = ("access_key", "sign_name", "template_code", *(() if data.get("to_customers") else ("numbers",)))
        if not all(data.get(name) for name in needed):
            self._refuse(None, "endpoint.sms_data_missing")
        if isinstance(data.get("numbers"), str):
            numbers = numbers_in(data["numbers"])
            fits = all(n.isascii() and n.lstrip("+").isdecimal() and PHONE[0] <= len(n) <= PHONE[1] for n in numbers)
            if not fits or len(numbers) > MOST_NUMBERS:
                self._refuse("numbers", "endpoint.numbers_wrong", most=MOST_NUMBERS)

    def _refuse(self, field: str | None, code: str, **params) -> None:
        self.add_error(field, forms.ValidationError(say(Violation(code, field, params)), code=code))


@admin.register(Endpoint)
class EndpointAdmin(CaseActionsMixin, AuditedAdmin):
    """Kept by administrators; a test and the last deliveries stand on the page of each."""

    empty_words = _("No endpoint yet. Add a webhook for another program, or the robot of a group.")
    list_display = ["name", "kind", "host", "is_on", "team", "shop", "failing_since"]
    list_filter = ["kind", "is_on"]
    list_select_related = ["team", "shop"]
    search_fields = ["name"]
    form = EndpointForm
    fields = EndpointForm.Meta.fields
    help_texts = {
        "name": _("As administrators call it."),
        "kind": _("Who listens there; the format of the messages follows from it."),
        "is_on": _("Untick it, and nothing goes there any more; what waits is given up."),
        "address": _("Starting with https://. Kept sealed and never shown again; type a new one to change it."),
        "secret": _("To sign with; needed for webhooks and text messages. Kept sealed and never shown again."),
        "to_customers": _(
            "Only for text messages: what colleagues write to customers by SMS goes through here, each to the"
            " customer's own number. No notices go this way."
        ),
        "team": _("Only cases of this team; empty for all."),
        "shop": _("Only cases of this shop; empty for all."),
        "numbers": _("For text messages: colleagues on duty, commas between the numbers. Kept sealed."),
        "access_key": _("For text messages: the name of the key at the provider."),
        "sign_name": _("For text messages: the approved signature, such as the name of the shop."),
        "template_code": _(
            "For text messages: the approved template. It gets the parameters case and event, or case and text."
        ),
    }
    change_form_before_template = "people/offers.html"
    change_form_after_template = "adminkit/operation/deliveries.html"
    case_actions = (
        CaseAction(
            "test",
            _("Send a test"),
            TEST_RIGHT,
            ask_test,
            intro=_("A test message goes out within a few seconds; what was answered stands below on this page."),
            weight=10,
        ),
        CaseAction(
            "retry-all",
            _("Try again what was given up"),
            RETRY,
            retry_endpoint,
            intro=_("Messages that were given up are sent again, oldest first, at most 500 at once."),
            weight=20,
        ),
    )

    def get_queryset(self, request):
        """Robots of single people are theirs alone."""
        return super().get_queryset(request).of_the_house()

    def save_model(self, request, obj, form, change):
        """Switched on again, it begins anew."""
        if obj.is_on and "is_on" in form.changed_data:
            obj.failures, obj.failing_since, obj.free_from = 0, None, None
        super().save_model(request, obj, form, change)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With the actions that this viewer may take, and the last deliveries."""
        row = self.get_object(request, object_id) if object_id else None
        more = {}
        if row is not None:
            tries = [
                (kind_of(delivery.message.kind).label, delivery)
                for delivery in row.deliveries.select_related("message")[:SHOWN]
            ]
            more = {"offers": self.offers(request, row), "deliveries": tries, "now": moment(request)}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **more})


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Every try of the last month."""

    empty_words = _("Nothing was sent to an endpoint yet.")
    list_display = ["at", "endpoint", "message", "status", "failure", "milliseconds", "answer"]
    list_filter = ["endpoint", "failure"]
    list_select_related = ["endpoint", "message"]
    sortable_by = []
