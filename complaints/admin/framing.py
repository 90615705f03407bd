"""The sidebar: where to go, for each viewer what leads somewhere."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.frame import Group, Place, register_sidebar
from complaints.admin.conduct_page import may_see_conduct
from complaints.admin.landing.page import waiting_count
from complaints.admin.landing.shift import shift_places
from complaints.admin.refund_backlog import may_see_backlog
from complaints.admin.waiting import decides, may_look
from complaints.roles import AUDITORS, groups_of


def _list(model: str, query: str = "") -> str:
    return reverse(f"admin:complaints_{model}_changelist") + query


def _allowed(request, app: str, model: str) -> bool:
    return request.user.has_perm(f"{app}.view_{model}")


def _approvals(request) -> list[Place]:
    if not may_look(request.user):
        return []
    badge = waiting_count(request) if decides(request.user) else ""
    return [Place(_("Approvals"), reverse("desk:approvals"), "approval", badge=badge or "", key="a")]


def _escalations(request) -> str:
    """What waits, with its age, for who leads and audits; the bare list for all others."""
    return reverse("desk:escalations") if may_look(request.user) else _list("escalation")


def sidebar_of(request) -> list[Group]:
    """The entries that lead somewhere for this viewer."""
    work = [
        Place(
            _("My desk"), reverse("admin:index"), "task_alt", is_active=request.path == reverse("admin:index"), key="d"
        )
    ]
    if _allowed(request, "complaints", "complaint"):
        work += [
            Place(_("Cases"), _list("complaint"), "folder_open", key="c"),
            *_approvals(request),
            Place(_("Escalations"), _escalations(request), "trending_up", key="e"),
            Place(_("Refusals"), _list("refusalproposal"), "gavel", key="r"),
            Place(_("Compensation"), _list("compensationgrant"), "payments", key="m"),
            Place(_("Follow-ups"), _list("followupcall"), "call", key="f"),
            *shift_places(request),
            Place(_("Messages of progress"), _list("progressnotice"), "forward_to_inbox"),
            Place(_("Regular contacts"), _list("regularcontact"), "event_repeat"),
            Place(_("Returns"), _list("returnrequest"), "assignment_return"),
            Place(_("Promises"), _list("commitment"), "handshake", key="p"),
            Place(_("Department tasks"), _list("departmenttask"), "assignment", key="t"),
            Place(_("Outside routes"), _list("externalroute"), "account_balance"),
            Place(_("Public reviews"), _list("review"), "reviews"),
        ]
    basis = []
    if _allowed(request, "complaints", "complaint"):
        basis += [
            Place(_("Evidence"), _list("evidence"), "attach_file"),
            Place(_("Customers"), _list("customer"), "group", key="u"),
            Place(_("Orders"), _list("order"), "receipt_long"),
            Place(_("Measures"), _list("improvementaction"), "lightbulb"),
        ]
    if _allowed(request, "complaints", "importbatch"):
        basis.append(Place(_("Imports"), _list("importbatch"), "upload_file", key="i"))
    basis.append(Place(_("Knowledge"), reverse("desk:knowledge"), "menu_book"))
    if _allowed(request, "policies", "policyrow"):
        basis.append(Place(_("Policies"), reverse("admin:policies_policyrow_changelist"), "policy"))
    watch = []
    if may_see_backlog(request.user):
        watch.append(Place(_("Refunds and returns waiting"), reverse("desk:refund_backlog"), "hourglass_top"))
    if _allowed(request, "complaints", "returnrequest"):
        watch.append(Place(_("Refund speed"), reverse("desk:refund_speed"), "speed"))
    if may_see_conduct(request.user):
        watch.append(Place(_("Conduct"), reverse("desk:conduct"), "school"))
    if AUDITORS in groups_of(request.user):
        watch.append(Place(_("Refused and overridden"), reverse("desk:oversight"), "report"))
    if _allowed(request, "privacy", "accessevent"):
        watch.append(Place(_("Access log"), reverse("admin:privacy_accessevent_changelist"), "visibility"))
    if _allowed(request, "complaints", "evidencecheck"):
        watch.append(Place(_("Stored evidence"), _list("evidencecheck"), "verified"))
    if _allowed(request, "complaints", "tag"):
        watch.append(Place(_("Tags"), _list("tag"), "label"))
    return [
        Group(title, tuple(places))
        for title, places in ((_("Work"), work), (_("Basis"), basis), (_("Oversight"), watch))
        if places
    ]


register_sidebar("complaints", sidebar_of, weight=10)
