"""A case for paper: black on white, everything unfolded, and said what was left out and who printed it when."""

from datetime import datetime

from casemgmt.adminkit.templatetags.desk import long_instant
from complaints.admin.base import case_url
from complaints.admin.case_facts import groups_of
from complaints.admin.case_page import head_of
from complaints.admin.case_story import Shown, timeline_of
from complaints.admin.drawing import clocks_of
from complaints.case_file import CaseFile
from policies.lookup import policies_in_force


def printed_case(request, file: CaseFile, at: datetime, *, with_notes: bool) -> dict:
    """What the printed page needs: the same facts and masks as on the screen, the story from its beginning."""
    case = file.case
    policies = policies_in_force(at)
    shown = Shown(everything=True, with_notes=with_notes)
    entries, _tabs, _cut = timeline_of(file, policies, shown, person=request.user, at=at, address=lambda **_query: "")
    return {
        "case": case,
        "head": head_of(case),
        "clocks": clocks_of(case.clocks.all(), at, lambda clock: None),
        "groups": groups_of(request, case, at, policies),
        "entries": entries[::-1],
        "with_notes": with_notes,
        "other_url": "?notes=0" if with_notes else "?notes=1",
        "back_url": case_url(case.pk),
        "printed_at": long_instant(at),
        "printed_by": request.user.name or request.user.get_username(),
        "now": at,
    }
