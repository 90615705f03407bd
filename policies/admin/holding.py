"""What held on a day: every policy in force at one instant, as it was then."""

from datetime import datetime, time

from django import forms
from django.db.models import Max
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from casemgmt.adminkit.forms import with_empty
from casemgmt.adminkit.moment import moment
from casemgmt.refusing import page
from policies.admin.page import page_url
from policies.models import PolicyKind, PolicyRow, PolicyState

READING = ("GET", "HEAD", "OPTIONS")


class HeldForm(forms.Form):
    """A day, and perhaps one kind."""

    on = forms.DateField(label=_("day"), widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("kind"), required=False, widget=UnfoldAdminSelectWidget())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = with_empty([("", _("every kind")), *PolicyKind.choices])


def held_view(request, model_admin):
    """The page; a day or kind that makes no sense gets a sentence and 400."""
    if request.method not in READING:
        return model_admin.only_read(request, "change", None)
    if set(request.GET) - {"on", "kind"}:
        return page(400, _("This filter is not available."))
    today = timezone.localtime(moment(request)).date()
    form = HeldForm({"on": request.GET.get("on") or today, "kind": request.GET.get("kind", "")})
    if not form.is_valid():
        return page(400, _("The value of the filter is not valid."))
    chosen = form.cleaned_data
    zone = timezone.get_current_timezone()
    until = datetime.combine(chosen["on"], time.max, zone)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("What held on a day"),
        "content_title": _("What held on a day"),
        "opts": model_admin.opts,
        "form": form,
        "on": chosen["on"],
        "now": moment(request),
        "held": [(row, page_url(row)) for row in rows_that_held(until, chosen["kind"])],
    }
    return TemplateResponse(request, "policies/held.html", context)


def rows_that_held(at: datetime, kind: str = "") -> list[PolicyRow]:
    """The editions in force at an instant, by kind and key; closed keys are left out."""
    rows = PolicyRow.objects.filter(state=PolicyState.ACTIVE, valid_from__lte=at)
    if kind:
        rows = rows.filter(kind=kind)
    begun = {(row["kind"], row["key"]): row["begun"] for row in _begun(rows)}
    rows = rows.select_related("activated_by").defer("body", "cases").order_by("kind", "key")
    return [row for row in rows if begun[row.kind, row.key] == row.valid_from and not row.closing]


def _begun(rows):
    return rows.order_by().values("kind", "key").annotate(begun=Max("valid_from"))
