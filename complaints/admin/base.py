"""What the admin pages of the rows of a case share: which rows one sees, one's rights, and the way back to the case."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Link
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.compiled import compiled_keys
from casemgmt.violations import Violation
from complaints.admin import buttons
from complaints.admin.buttons.conditions import only_in
from complaints.admin.knowing import asides_of
from complaints.models import Complaint, Evidence
from complaints.roles import cases_visible_to, day_of, is_about, may_in_scope
from complaints.states import GrantState, ReturnState

ANCHORS = {
    **{action.name: "grants" for action in buttons.GRANT},
    **{action.name: "refusals" for action in buttons.REFUSAL},
    **{action.name: "plans" for action in buttons.PLAN},
    **{action.name: "promises" for action in buttons.COMMITMENT},
    **{action.name: "returns" for action in buttons.RETURN},
    **{action.name: "agreements" for action in buttons.AGREEMENT},
    **{action.name: "tasks" for action in buttons.TASK},
    **{action.name: "evidence" for action in (*buttons.EVIDENCE, *buttons.EVIDENCE_REQUEST)},
    **{action.name: "hold" for action in buttons.HOLD},
    **{action.name: "follow-ups" for action in buttons.FOLLOW_UP},
    **{action.name: "touch" for action in (*buttons.PROGRESS, *buttons.REGULAR)},
    **{action.name: "escalations" for action in buttons.ESCALATION},
    **{action.name: "extensions" for action in buttons.EXTENSION},
    **{action.name: "wordings" for action in buttons.WORDING},
    **{action.name: "routes" for action in (*buttons.ROUTE, *buttons.COUNSEL, *buttons.REVIEW)},
    **{action.name: "subjects" for action in buttons.SUBJECT},
    **{action.name: "measures" for action in buttons.IMPROVEMENT},
}
"""action → where on the case page its rows stand."""

ASKED_INSTEAD = {
    "submit-grant": only_in(GrantState.DRAFTED),
    "approve-grant": only_in(GrantState.AWAITING_APPROVAL),
    "decline-return": only_in(ReturnState.ASKED),
    "fail-return": only_in(ReturnState.INSPECTED),
}
"""Where the rule itself counts the money of other cases: enough is asked to know whether the link belongs there."""

BESIDE_THE_POINT = frozenset(
    {
        "escalation.case_ended",
        "extension.case_ended",
        "extension.no_clock",
        "pause.case_ended",
        "pause.none_open",
        "plan.not_negotiating",
        "grant.case_not_open",
        "redaction.no_picture",
        "redaction.is_redacted",
        "case.ended",
        "follow_up.ended",
        "follow_up.not_due",
        "follow_up.not_waiting",
        "follow_up.not_reached",
        "follow_up.by_phone",
        "follow_up.nobody_asked",
        "follow_up.no_discontent",
        "progress.not_due",
        "regular.ended",
        "regular.not_due",
        "regular.too_early",
        "regular.nobody_known",
        "regular.one_at_a_time",
        "escalation.not_open",
        "escalation.not_undecided",
        "improvement.not_open",
    }
)
"""Reasons that mean: the row as it is now does not know this action at all."""


def is_beside_the_point(violation: Violation) -> bool:
    """Whether the reason says that the action has nothing to do with the row."""
    return violation.code.endswith("not_possible_from") or violation.code in BESIDE_THE_POINT


def case_url(case_id: int, anchor: str = "") -> str:
    """The page of a case, or one of its parts."""
    return reverse("admin:complaints_complaint_change", args=[case_id]) + (f"#{anchor}" if anchor else "")


def evidence_url(case_id: int, piece_id: int | None = None, state: str = "") -> str:
    """The evidence room of a case, with one piece open, or with those in one state."""
    chosen = {name: value for name, value in (("piece", piece_id), ("state", state)) if value}
    address = reverse("admin:complaints_complaint_evidence", args=[case_id])
    return address + (f"?{urlencode(chosen)}" if chosen else "")


def entitlements_url(case_id: int, answer_id: int | None = None) -> str:
    """The page of what the customer of a case is owed, or of one answer that was written down."""
    if answer_id is None:
        return reverse("admin:complaints_complaint_entitlements", args=[case_id])
    return reverse("admin:complaints_complaint_entitlement", args=[case_id, answer_id])


def outside_url(case_id: int, anchor: str = "") -> str:
    """The page of outside routes and public reviews of a case, or one of its parts."""
    return reverse("admin:complaints_complaint_outside", args=[case_id]) + (f"#{anchor}" if anchor else "")


def action_url(row, name: str) -> str:
    """The address of an action on a row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_do", args=[row.pk, name])


def back_where_it_was_opened(request) -> str:
    """The desk, or the inbox of decisions as it was filtered, when a dialog was opened there; else ""."""
    if request.GET.get("back") == "desk":
        return reverse("admin:index")
    if request.GET.get("back") == "escalations":
        kept = {name: request.GET.get(name, "") for name in ("whose", "level", "age", "state", "team")}
        kept = {name: value for name, value in kept.items() if value.isalnum()}
        return reverse("desk:escalations") + (f"?{urlencode(kept)}" if kept else "")
    if request.GET.get("back") != "approvals":
        return ""
    kept = {name: request.GET[name] for name in ("kind", "team") if request.GET.get(name, "").isalnum()}
    return reverse("desk:approvals") + (f"?{urlencode(kept)}" if kept else "")


def back_to_evidence(request, case_id: int, row=None) -> str:
    """The evidence room, at the piece that was dealt with, when a dialog was opened there; else ""."""
    if request.GET.get("back") != "evidence":
        return ""
    return evidence_url(case_id, row.pk if isinstance(row, Evidence) else None)


def visible_cases(request):
    """The cases that the viewer may see, asked once for each request."""
    if not hasattr(request, "_visible_cases"):
        request._visible_cases = cases_visible_to(request.user, on=day_of(moment(request)))
    return request._visible_cases


def keys_of_visible_cases(request):
    """The keys of these cases for `case__in`, put into SQL once for each request: a frame asks with them ten times."""
    if not hasattr(request, "_keys_of_visible_cases"):
        request._keys_of_visible_cases = compiled_keys(visible_cases(request))
    return request._keys_of_visible_cases


class CasePartAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Rows that belong to a case: seen by whoever sees the case, acted on by whoever has the right there."""

    anchor = ""

    def case_of(self, row) -> Complaint:
        """The case of a row."""
        return row.case

    def get_queryset(self, request):
        """The rows of the cases that the viewer may see."""
        return super().get_queryset(request).filter(case__in=keys_of_visible_cases(request))

    def has_right(self, request, right, row):
        """By role and case, as the page of roles says."""
        return holds(request, right, self.case_of(row), moment(request))

    def is_beside_the_point(self, violation):
        """Also what a case that has ended does not know at all."""
        return is_beside_the_point(violation)

    def asides_for(self, request, action, row, at):
        """The articles of the knowledge that belong to what is done."""
        return asides_of(action.name, at)

    def url_after(self, request, row, result):
        """Back to the case, where the row stands, or to the inbox or desk from which the dialog was opened."""
        case = self.case_of(row)
        opened_at = back_where_it_was_opened(request) or back_to_evidence(request, case.pk, row)
        return opened_at or case_url(case.pk, self.anchor)

    def mend_url(self, request, row, mend_at):
        """An action of the row itself, of its case, or the place on the case page where it can be mended."""
        case = self.case_of(row)
        own = super().mend_url(request, row, mend_at)
        if own or case.pk is None:
            return own
        if any(action.name == mend_at for action in buttons.CASE):
            return action_url(case, mend_at)
        return case_url(case.pk, ANCHORS[mend_at]) if mend_at in ANCHORS else ""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A row is read where its case stands."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "change", object_id)
        row = self.get_object(request, object_id)
        if row is None:
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_view_permission(request, row):
            raise RightRefused("view", self.opts.label_lower, row.pk)
        return HttpResponseRedirect(case_url(self.case_of(row).pk, self.anchor))


def links_for(request, row, actions: tuple[CaseAction, ...], case: Complaint, at) -> tuple[Link, ...]:
    """What the viewer can do with this row now, as links that open their dialogs; blocked ones are tried there."""
    found = []
    for action in actions:
        if not holds(request, action.right, case, at):
            continue
        why_not = ASKED_INSTEAD.get(action.name, action.why_not)
        violations = why_not(row, by=request.user, at=at) if why_not else []
        if not any(is_beside_the_point(violation) for violation in violations):
            found.append(Link(action.label, action_url(row, action.name), sheet=True))
    return tuple(found)


def holds(request, right, case, at) -> bool:
    """Whether the viewer has the right on the case, asked once for each right and request."""
    known = request.__dict__.setdefault("_rights_on_cases", {})
    if case.pk not in known:
        known[case.pk] = is_about(request.user, case)
    if (right, case.pk) not in known:
        known[right, case.pk] = not known[case.pk] and may_in_scope(request.user, right, case, on=day_of(at))
    return known[right, case.pk]
