"""The evidence room of a case: what its category asks for, every piece, and one of them with its custody log."""

import uuid

from django.http import Http404, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Link, Tab
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.exporting import Column, in_csv, label_of
from casemgmt.refusing import page as refusal_page
from complaints.actions.checking_evidence import last_check
from complaints.actions.evidencing import same_bytes, why_not_add_evidence
from complaints.actions.holding import standing_hold
from complaints.actions.showing_evidence import export_list, look_at, why_not_show
from complaints.admin import buttons
from complaints.admin.base import action_url, case_url, evidence_url, holds, links_for
from complaints.admin.case_page import head_of, reading_line
from complaints.admin.custody import judged_in, log_of, versions_of
from complaints.admin.evidence_values import (
    checklist_of,
    facts_about,
    facts_of,
    line_of,
    on_the_way_back,
    requests_of,
)
from complaints.evidence_files import derived
from complaints.forms.facts import AddEvidenceForm
from complaints.models import Evidence
from complaints.roles import AUDITORS, SUPERVISORS, groups_of
from complaints.states import EvidenceState
from policies.lookup import policies_in_force, uploads_in_force

PARAMETERS = {"piece", "state"}
STATES = ("", EvidenceState.RECEIVED, EvidenceState.VERIFIED, EvidenceState.DISPUTED, EvidenceState.EXCLUDED)
LIST_COLUMNS = (
    Column("number", pgettext_lazy("evidence", "Number"), lambda row: row.pk),
    Column("file_name", gettext_lazy("File name"), lambda row: str(row.file_name)),
    Column("type", gettext_lazy("Type"), label_of(Evidence, "evidence_type")),
    Column("content_type", gettext_lazy("Content"), lambda row: row.content_type),
    Column("size", gettext_lazy("Bytes"), lambda row: row.size),
    Column("sha256", gettext_lazy("SHA-256"), lambda row: row.sha256),
    Column("supplied_by", gettext_lazy("Supplied by"), label_of(Evidence, "supplied_by")),
    Column("received_at", gettext_lazy("Received"), lambda row: row.received_at, is_time=True),
    Column("received_by", gettext_lazy("Taken in by"), lambda row: row.received_by.name),
    Column("state", gettext_lazy("State"), label_of(Evidence, "state")),
    Column("judged_by", gettext_lazy("Judged by"), lambda row: row.judged_by.name if row.judged_by else ""),
    Column("reason", gettext_lazy("Reason"), lambda row: str(row.reason or "")),
)


class EvidenceRoom:
    """Adds `<pk>/evidence/` and `<pk>/evidence/list/` to the admin of cases. Stands before its other pages."""

    def get_urls(self):
        """The room, and its list for outside."""
        room = self.admin_site.admin_view(self.evidence_view)
        listed = self.admin_site.admin_view(self.evidence_list_view)
        return [
            path("<int:object_id>/evidence/", room, name="complaints_complaint_evidence"),
            path("<int:object_id>/evidence/list/", listed, name="complaints_complaint_evidence_list"),
            *super().get_urls(),
        ]

    def _case_with_evidence(self, request, object_id: int):
        case = self.seen_or_404(request, object_id)
        if not holds(request, "evidence.read", case, moment(request)):
            raise RightRefused("evidence.read", self.opts.label_lower, case.pk)
        return case

    def evidence_view(self, request, object_id: int):
        """Read alone: everything is done by the dialogs of the actions, and the look is noted."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "evidence", object_id)
        case = self._case_with_evidence(request, object_id)
        chosen = _chosen(request)
        if chosen is None:
            return refusal_page(400, _("The value of the filter is not valid."))
        key, state = chosen
        at = moment(request)
        pieces = list(
            case.evidence.select_related("file_name", "description", "received_by", "judged_by", "reason", "case")
        )
        shown = [piece for piece in pieces if not state or piece.state == state]
        piece = _piece_in(pieces, shown, key)
        look_at(case, by=request.user, at=at, piece=piece)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Evidence"),
            "content_title": _("Evidence"),
            "opts": self.opts,
            "case": case,
            "back_url": case_url(case.pk),
            "head": head_of(case),
            "read_only": reading_line(request.user),
            "hold": standing_hold(case),
            **self._filled(request, case, pieces, shown, piece, state, at),
        }
        return TemplateResponse(request, "complaints/evidence.html", context)

    def _filled(self, request, case, pieces, shown, piece, state, at) -> dict:
        policies = policies_in_force(at)
        category = policies.categories.get(case.category)
        requests = list(case.evidence_requests.select_related("what", "asked_by"))
        versions = versions_of(case)
        judged = judged_in(versions)
        same = same_bytes(pieces, by=request.user, at=at)
        may_ask = case.is_open and holds(request, "case.handle", case, at)
        ask = Link(_("Ask for evidence"), action_url(case, "ask-for-evidence"), sheet=True)
        lines = [line_of(case, row, judged, same, at, chosen=piece, state=state) for row in shown]
        return {
            "checklist": checklist_of(request, case, category, pieces, requests, judged, at),
            "facts_needed": facts_of(case, category),
            "requests": requests_of(request, case, requests, at),
            "ask": on_the_way_back(ask) if may_ask else None,
            "tabs": _tabs(case, pieces, state),
            "lines": lines,
            "list_url": f"{evidence_url(case.pk)}list/" if pieces else "",
            "adding": self._adding(request, case, at),
            "one": self._one(request, case, piece, versions, lines, at) if piece else None,
        }

    def _one(self, request, case, piece, versions, lines, at) -> dict:
        sees_all = bool(groups_of(request.user) & {AUDITORS, SUPERVISORS}) or request.user.is_superuser
        locked = self._reasons(request, case, why_not_show(piece))
        is_recording = derived.is_recording(piece.content_type)
        pages = 0 if locked or is_recording else derived.pages_to_see(piece)
        plays = not locked and derived.can_be_played(piece)
        return {
            "piece": piece,
            "line": next((line for line in lines if line.piece.pk == piece.pk), None),
            "name": str(piece.file_name),
            "locked": locked,
            "waits": piece.state in (EvidenceState.RECEIVED, EvidenceState.DISPUTED) and not locked,
            "pages": pages,
            "further_pages": range(2, pages + 1),
            "plays": plays,
            "is_video": piece.content_type.startswith("video/"),
            "cannot_be_played": is_recording and not locked and not plays,
            "can_be_copied": plays
            if is_recording
            else not locked and derived.can_draw(piece.content_type, derived.COPY),
            "text": "" if locked else derived.beginning_of(piece),
            "facts": facts_about(piece, _checked(piece, at)),
            "links": [on_the_way_back(link) for link in links_for(request, piece, buttons.EVIDENCE, case, at)],
            "custody": log_of(piece, versions, sees_all=sees_all, person=request.user),
            "sees_all": sees_all,
        }

    def _adding(self, request, case, at) -> dict | None:
        """The form for new files, for who may add some now; what it takes comes from the policy."""
        if not holds(request, "evidence.add", case, at) or why_not_add_evidence(case, by=request.user, at=at):
            return None
        policy = uploads_in_force(at)
        form = AddEvidenceForm(row=case, person=request.user, at=at, auto_id="add_%s")
        return {
            "form": form,
            "url": action_url(case, "add-evidence") + "?back=evidence",
            "token": get_token(request),
            "key": uuid.uuid4(),
            "most": policy.files_max,
            "largest": policy.bytes_max,
            "megabytes": policy.bytes_max // 1048576,
        }

    def evidence_list_view(self, request, object_id: int):
        """Every piece with its digest as a table that leaves the house; each is noted as exported."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "evidence", object_id)
        case = self._case_with_evidence(request, object_id)
        at = moment(request)
        rows = export_list(case, by=request.user, at=at)
        about = [(_("Evidence of case"), case.case_number), (_("exported by"), request.user.name), ("", at)]
        response = StreamingHttpResponse(in_csv(rows, LIST_COLUMNS, about), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="evidence-{case.case_number}.csv"'
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


def _chosen(request) -> tuple[int | None, str] | None:
    """Piece and state as the address says; None when it makes no sense."""
    given = request.GET
    key, state = given.get("piece", ""), given.get("state", "")
    if set(given) - PARAMETERS or any(len(given.getlist(name)) > 1 for name in given):
        return None
    if state not in STATES or (key and not (key.isascii() and key.isdecimal() and len(key) < 19)):
        return None
    return (int(key) if key else None), state


def _piece_in(pieces, shown, key: int | None) -> Evidence | None:
    """The piece asked for, or the first that waits to be looked at. Raises Http404 for one of another case."""
    if key is not None:
        found = next((piece for piece in pieces if piece.pk == key), None)
        if found is None:
            raise Http404
        return found
    waiting = (piece for piece in shown if piece.state == EvidenceState.RECEIVED)
    return next(waiting, shown[0] if shown else None)


def _tabs(case, pieces, state: str) -> list[Tab]:
    labels = {
        "": _("All"),
        EvidenceState.RECEIVED: _("To be looked at"),
        EvidenceState.VERIFIED: EvidenceState.VERIFIED.label,
        EvidenceState.DISPUTED: EvidenceState.DISPUTED.label,
        EvidenceState.EXCLUDED: EvidenceState.EXCLUDED.label,
    }
    counts = {name: sum(1 for piece in pieces if not name or piece.state == name) for name in STATES}
    return [
        Tab(labels[name], evidence_url(case.pk, None, name), str(counts[name]), is_active=name == state)
        for name in STATES
        if counts[name] or name in ("", state)
    ]


def _checked(piece: Evidence, at) -> str:
    """What the last nightly look found of this piece."""
    check = last_check()
    if check is None or piece.received_at > check.started_at:
        return _("sealed on arrival; compared every night")
    wrong = {key: kind for kind, key, _path in check.findings}
    if piece.pk in wrong:
        return _("missing or changed, found %(at)s: tell the administrators") % {"at": instant(check.started_at, at)}
    return _("as sealed, compared %(at)s") % {"at": instant(check.started_at, at)}
