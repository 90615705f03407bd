"""The admin of customers, orders, goods and tags: looked up, masked, revealed for a reason."""

from django.contrib import admin
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import AuditedAdmin, ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.editing import TWICE
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.privacy.normal_forms import NotRecognised
from casemgmt.privacy.sealed import blind
from casemgmt.refusing import page
from casemgmt.violations import RuleBroken
from complaints.actions.revealing import reveal_customer
from complaints.admin.base import case_url, holds, visible_cases
from complaints.admin.showing import shown_once
from complaints.forms.intake import RevealForm
from complaints.models import Customer, Order, Payee, Product, Tag

SEARCHED = (
    ("name_index", "name"),
    ("phone_index", "phone"),
    ("phone_tail_index", "phone_tail"),
    ("email_index", "email"),
)


@admin.register(Customer)
class CustomerAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Customers of the cases that the viewer may see: masked everywhere, found by whole values, shown for a reason."""

    empty_words = _("No customer here. Customers come with their complaints; you see those of cases that you may see.")
    list_display = ["__str__", "phone", "preferred_channel", "no_calls", "created_at"]
    list_select_related = ["key"]
    list_filter = ["preferred_channel", "no_calls"]
    search_fields = ["pk"]
    search_help_text = _("A whole name, phone number, its last four digits, or e-mail address")
    sortable_by = ["created_at"]
    ordering = ["-created_at", "-pk"]
    fields = ["name", "phone", "email", "address", "account", "preferred_channel", "no_calls", "created_at"]
    case_actions = (
        CaseAction("reveal", _("Show personal data"), "customer.reveal", reveal_customer, RevealForm, submit=_("Show")),
    )

    def get_queryset(self, request):
        """Customers with a case that the viewer may see."""
        return super().get_queryset(request).filter(pk__in=visible_cases(request).values("customer"))

    def get_search_results(self, request, queryset, search_term):
        """By blind index: whole values only."""
        wanted = Q(pk__in=[])
        for column, kind in SEARCHED:
            try:
                wanted |= Q(**{column: blind(kind, search_term)})
            except NotRecognised:
                continue
        return queryset.filter(wanted) if search_term.strip() else queryset, False

    def do_view(self, request, object_id: int, name: str):
        """The value is shown once, in the answer itself; nothing keeps it."""
        action = self.action_named(name)
        row = self.get_object(request, str(object_id))
        case = visible_cases(request).filter(customer=object_id, pk=_number(request.GET.get("case"))).first()
        if row is None or case is None:
            raise Http404
        if not holds(request, "customer.reveal", case, moment(request)):
            raise RightRefused("customer.reveal", self.opts.label_lower, object_id)
        if request.method != "POST":
            return self.dialog_or_deed(request, action, row)
        form = RevealForm(request.POST, row=row, person=request.user, at=moment(request))
        if self.is_sent_twice(request, form):
            return page(400, TWICE)
        if not form.is_valid():
            return self._dialog(request, action, row, form, status=422)
        try:
            text = reveal_customer(case.pk, by=request.user, at=moment(request), **form.cleaned_data)
        except RuleBroken as broken:
            form.refuse(self._reasons(request, row, broken.violations))
            return self._dialog(request, action, row, form, status=422)
        label = dict(form.fields["field"].choices)[form.cleaned_data["field"]]
        return shown_once(self, request, title=action.label, label=label, text=text, back_url=case_url(case.pk))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """Orders of the cases that the viewer may see."""

    empty_words = _("No order here. Orders come with their complaints; the number is entered when one registers.")
    list_display = ["number", "shop", "product", "paid_amount", "received_at", "signed_by"]
    list_select_related = ["shop", "product"]
    list_filter = ["shop"]
    search_fields = ["=number", "=waybill_number", "product__name"]
    ordering = ["-pk"]
    fields = [
        "number",
        "shop",
        "product",
        "quantity",
        "paid_amount",
        "currency",
        "placed_at",
        "shipped_at",
        "received_at",
        "signed_by",
        "waybill_number",
        "courier",
    ]

    def get_queryset(self, request):
        """Orders with a case that the viewer may see."""
        return super().get_queryset(request).filter(pk__in=visible_cases(request).values("order"))


@admin.register(Product)
class ProductAdmin(ReadOnlyAdmin):
    """Goods."""

    empty_words = _("No goods here. They come with the orders of complaints.")
    list_display = ["name", "article_number", "durable"]
    list_filter = ["durable"]
    search_fields = ["name", "=article_number"]
    ordering = ["name", "pk"]


@admin.register(Payee)
class PayeeAdmin(ReadOnlyAdmin):
    """Payees, masked; reached from their grants."""

    list_display = ["__str__", "method"]
    fields = ["name", "account", "method"]

    def get_queryset(self, request):
        """Payees of customers with a case that the viewer may see."""
        return super().get_queryset(request).filter(customer__in=visible_cases(request).values("customer"))

    def has_module_permission(self, request):
        """Not in the menu."""
        return False


@admin.register(Tag)
class TagAdmin(AuditedAdmin):
    """Marks for cases; supervisors keep them."""

    empty_words = _("No mark yet. Add one, and it can be put on cases.")
    list_display = ["name", "link", "retired"]
    list_filter = ["link", "retired"]
    search_fields = ["name"]
    fields = ["name", "link", "retired"]
    help_texts = {
        "name": _("One or two words that colleagues know at once."),
        "link": _("Which part of the chain should hear of it; reports are grouped by it."),
        "retired": _("Tick it to stop its use; cases that bear it keep it."),
    }
