"""The page of roles says what the code allows, row by row."""

import pytest

from casemgmt.people.groups import GroupName
from complaints.models.rights import RIGHT_TITLES, code_of
from complaints.roles import RIGHTS, SYSTEM, Scope, permissions_of
from tests.house.reading import ROOT

WORDS = {
    "own": Scope.OWN,
    "team": Scope.TEAM,
    "unassigned": Scope.UNASSIGNED,
    "with work": Scope.WITH_WORK,
    "to decide": Scope.TO_DECIDE,
    "✓": Scope.ANY,
}
HOLDERS = (
    GroupName.STAFF,
    GroupName.SUPERVISORS,
    GroupName.OPERATIONS,
    GroupName.AUDITORS,
    GroupName.POLICY_EDITORS,
    GroupName.ADMINISTRATORS,
    SYSTEM,
)


def rows() -> dict[str, list[str]]:
    found = {}
    for line in (ROOT / "docs" / "roles.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[1].startswith("`"):
            found[cells[1].strip("`")] = cells[2:]
    return found


PAGE = rows()


def test_the_page_names_every_right_and_no_other():
    assert set(PAGE) == set(RIGHTS) == {right for right, _title in RIGHT_TITLES}


@pytest.mark.parametrize("right", RIGHTS)
def test_each_row_says_what_the_code_allows(right):
    for holder, cell in zip(HOLDERS, PAGE[right], strict=True):
        said = set() if cell == "–" else {WORDS[word.strip()] for word in cell.split(",")}
        assert said == RIGHTS[right].get(holder, frozenset()), f"{right} for {holder}"


@pytest.mark.parametrize("group", list(GroupName))
def test_permissions_follow_the_rights(group):
    held = {right for right in RIGHTS if f"complaints.{code_of(right)}" in permissions_of(group)}
    assert held == {right for right, holders in RIGHTS.items() if group in holders}


def test_nobody_deletes_and_no_page_gives_what_only_actions_give():
    for group in GroupName:
        codes = {code.partition(".")[2] for code in permissions_of(group)}
        assert not {code for code in codes if code.startswith("delete_")}
        assert not codes & {"add_complaint", "change_complaint", "change_compensationgrant", "change_refusalproposal"}


def test_auditors_change_nothing_in_a_case_but_their_own_findings():
    held = {right for right, holders in RIGHTS.items() if GroupName.AUDITORS in holders}
    assert held == {
        "case.view",
        "counsel.read",
        "evidence.read",
        "customer.reveal",
        "escalation.raise",
        "note.write",
        "export.cases",
        "export.payments",
    }


def test_administrators_and_policy_editors_see_no_case():
    for group in (GroupName.ADMINISTRATORS, GroupName.POLICY_EDITORS):
        assert not {right for right, holders in RIGHTS.items() if group in holders}
