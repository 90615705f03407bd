"""Sums close under a limit are shown to whoever approves and audits, and to nobody else."""

import pytest
from django.urls import reverse
from django.utils import translation

from complaints.actions.granting import submit_grant
from complaints.actions.subjecting import name_subject
from complaints.admin.request_lines import grant_lines
from complaints.admin.waiting import with_evidence
from complaints.models import CompensationGrant
from policies.lookup import policies_in_force
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW, somebody
from tests.building import a_negotiating_case
from tests.money import a_draft, a_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world):
    """49 yuan within ana's own authority, then 300 that wait; both for one customer."""
    case = a_negotiating_case(world.cast, **somebody())
    submit_grant(a_draft(world.cast, case, amount="49", at=NOW).pk, by=world.cast.ana, at=NOW)
    return case


@pytest.fixture
def split(world, case):
    """Another 50 of the same order: above the case's 100 only with the third."""
    submit_grant(a_draft(world.cast, case, amount="50", at=NOW).pk, by=world.cast.ana, at=NOW)
    return submit_grant(a_draft(world.cast, case, amount="45", at=NOW).pk, by=world.cast.ana, at=NOW)


def line_for(person, grant):
    rows = with_evidence(CompensationGrant.objects.filter(pk=grant.pk)).select_related(
        "asked_by", "approved_by", "basis"
    )
    return grant_lines(rows, person, policies_in_force(NOW), NOW, "")[0]


def test_the_line_of_the_inbox_says_it_to_the_approver_and_not_to_the_asker(world, split):
    with translation.override("en"):
        (told,) = map(str, line_for(world.cast.sven, split).splits)
    assert told.startswith("3 ")
    assert "close under the limit of ¥50.00 to this customer" in told
    assert line_for(world.cast.ana, split).splits == ()


def test_one_sum_alone_is_no_pattern(world, case):
    waiting = a_request(world.cast, case, "120.00", at=NOW)
    assert line_for(world.cast.sven, waiting).splits == ()


def test_the_page_of_the_grant_says_it_to_approvers_and_auditors(world, ana, sven, split):
    url = reverse("admin:complaints_compensationgrant_why", args=[split.pk])
    for reader in (sven, signed_in(world.cast.axel)):
        assert "Looks like a sum that was split" in text_of(reader.get(url))
    assert "Looks like a sum that was split" not in text_of(ana.get(url))


def test_cases_about_the_reader_do_not_count(world, case, split):
    """Whom a complaint is about learns nothing of it, not even by a number."""
    name_subject(case.pk, by=world.cast.ana, at=NOW, person_id=world.cast.tara.pk, reason="被投诉。")
    assert line_for(world.cast.tara, split).splits == ()
