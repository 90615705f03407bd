"""What a case has to do with others: side by side before a merge, links from both sides, a case made two."""

import pytest
from django.urls import reverse

from complaints.actions.linking import link_cases
from complaints.actions.merging import merge
from complaints.models import CaseLink, Complaint
from tests.admin.looking import case_page, dialog, signed_in, text_of
from tests.admin.looking import send as send_piece
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.money import a_draft
from tests.refusals import a_second_case

pytestmark = pytest.mark.django_db


def send(browser, url, **fields):
    return send_piece(browser, url, headers={}, **fields)


def related(case) -> str:
    return reverse("admin:complaints_complaint_related", args=[case.pk])


def compare(case, other) -> str:
    return f"{reverse('admin:complaints_complaint_compare', args=[case.pk])}?with={getattr(other, 'pk', other)}"


@pytest.fixture
def case(cast):
    return an_assessing_case(cast, received_at=later(hours=-5))


@pytest.fixture
def other(cast, case):
    return a_second_case(cast, case)


def test_the_case_page_leads_to_likely_duplicates_and_side_by_side(cast, case, other):
    sven = signed_in(cast.sven)
    assert "1 open case like it" in text_of(sven.get(case_page(case)))
    assert compare(case, other) in text_of(sven.get(related(case)))
    shown = text_of(sven.get(compare(case, other)))
    for told in (case, other):
        assert told.statements.get(kind="content").words in shown
    assert f"{dialog(case, 'merge')}?into_id={other.pk}" in shown
    assert "becomes due on" in shown
    assert f"{dialog(case, 'propose-merge')}?into_id={other.pk}" in text_of(
        signed_in(cast.ana).get(compare(case, other))
    )


def test_reasons_why_not_stand_instead_of_the_button(cast, case, other):
    a_draft(cast, case)
    shown = text_of(signed_in(cast.sven).get(compare(case, other)))
    assert "Money of this case is pending." in shown
    assert f"{dialog(case, 'merge')}?into_id" not in shown


@pytest.mark.parametrize("asked", ["", "abc", "987654", "9" * 40])
def test_a_case_that_is_not_there_leads_back(cast, case, asked):
    answer = signed_in(cast.sven).get(compare(case, asked))
    assert (answer.status_code, answer.url) == (302, related(case))
    assert signed_in(cast.wen).get(compare(case, case)).status_code in (403, 404)


def test_sources_stand_on_the_leading_case_and_the_follower_says_where_it_went(cast, case, other):
    merge(other.pk, by=cast.sven, at=AT, into_id=case.pk, reason="同一件事。")
    ana = signed_in(cast.ana)
    shown = text_of(ana.get(related(case)))
    assert other.statements.get(kind="content").words in shown
    assert "同一件事。" in shown
    assert case_page(case) in text_of(ana.get(related(other)))


def test_a_link_is_seen_from_both_sides_and_undone_from_either(cast, case, other):
    ana = signed_in(cast.ana)
    answer = send(ana, dialog(case, "link-case"), other_id=other.pk, kind="follows", reason="换货之后又坏了。")
    assert answer.status_code == 302
    link = CaseLink.objects.get()
    for side in (case, other):
        assert "换货之后又坏了。" in text_of(ana.get(related(side)))
    assert send(ana, dialog(case, "link-case"), other_id=other.pk, kind="", reason="x").status_code == 422
    assert send(signed_in(cast.wen), dialog(link, "unlink-case"), reason="…").status_code in (403, 404)
    assert send(ana, dialog(link, "unlink-case"), reason="弄错了。").status_code == 302
    assert "换货之后又坏了。" not in text_of(ana.get(related(case)))


def test_a_case_is_made_two_from_its_dialog(cast, case):
    ana = signed_in(cast.ana)
    said = case.statements.get(kind="content")
    answer = send(ana, dialog(case, "split-case"), matter="围巾没有发货。", reason="两件事。", statements=[said.pk])
    new = Complaint.objects.latest("pk")
    assert answer.url == case_page(new)
    shown = text_of(ana.get(related(new)))
    assert said.words in shown
    assert case.case_number in shown
    assert send(ana, dialog(case, "split-case"), matter="", reason="两件事。", statements=[said.pk]).status_code == 422


def test_nobody_learns_of_cases_they_may_not_see(cast, case):
    hidden = an_assessing_case(cast, customer_id=case.customer_id, shop_id=None)
    Complaint.objects.filter(pk=hidden.pk)
    link_cases(case.pk, by=cast.ana, at=AT, other_id=hidden.pk, kind="follows", reason="同一位顾客。")
    shown = text_of(signed_in(cast.ben).get(related(case)))
    assert (hidden.case_number in shown) == (signed_in(cast.ben).get(case_page(hidden)).status_code == 200)
    assert signed_in(cast.ana).post(related(case)).status_code == 405
