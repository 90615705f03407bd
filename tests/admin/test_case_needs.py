"""What the case page says is missing, waited for and left: steps, evidence, decisions, limits, the next call."""

import pytest

from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.models import Complaint
from policies.lookup import categories_in_force
from tests.admin.looking import FRAGMENT, case_page, signed_in, text_of
from tests.cast import AT

pytestmark = pytest.mark.django_db


def page_for(world, name, case):
    return signed_in(world.person(name)).get(case_page(world.cases[case])).context["page"]


def step_list(page):
    return next((checklist for checklist in page.checklists if checklist.step), None)


def test_a_blocked_step_lists_what_is_missing_and_where_it_is_mended(world):
    browser = signed_in(world.cast.ana)
    page = browser.get(case_page(world.cases["investigating"])).context["page"]
    missing = step_list(page)
    blocked = next(offer for offer in page.offers if offer.action.name == "establish")
    assert missing.step == "establish"
    assert [item.label for item in missing.items] == [reason.says for reason in blocked.reasons]
    assert blocked not in page.blocked
    links = [item.link for item in missing.items if item.link is not None]
    assert links
    for link in links:
        assert browser.get(link.url, **FRAGMENT).status_code == 200
    codes = [item.code for item in missing.items]
    assert len(set(codes)) == len(codes)


def test_a_possible_step_has_no_such_list(world):
    page = page_for(world, "ana", "ready")
    assert step_list(page) is None
    assert page.primary.action.name == "close"


def test_a_side_road_is_never_the_next_step_while_a_step_is_blocked(world):
    for name, case in world.cases.items():
        answer = signed_in(world.cast.ana).get(case_page(case))
        page = answer.context["page"] if answer.status_code == 200 else None
        if page and step_list(page) and page.primary:
            mends = {reason.url for offer in page.offers if offer.action.is_step for reason in offer.reasons}
            assert page.primary.url in mends, name


def test_evidence_is_here_asked_for_or_missing(world):
    case = world.cases["investigating"]
    needed = categories_in_force(AT)[case.category].needs_evidence
    assert needed

    def states(answer):
        lists = [item for item in answer.context["page"].checklists if item.title == "Evidence for this category"]
        return [(item.is_done, item.is_asked) for item in lists[0].items]

    browser = signed_in(world.cast.ana)
    before = states(browser.get(case_page(case)))
    open_kind = next((kind for kind, state in zip(needed, before, strict=True) if state == (False, False)), None)
    here = set(case.evidence.exclude(state="excluded").values_list("evidence_type", flat=True))
    assert [done for done, _asked in before] == [kind in here for kind in needed]
    if open_kind is not None:
        ask_for_evidence(case.pk, by=world.cast.ana, at=AT, evidence_type=open_kind, what="近照")
        assert (False, True) in states(browser.get(case_page(case)))


def test_whose_yes_is_waited_for_never_names_who_asked(world):
    """The handler and asker cannot decide; supervisors can, by name."""
    page = page_for(world, "ana", "money")
    waiting = next(item for item in page.checklists if item.title == "Waits for a decision")
    notes = " ".join(str(item.note) for item in waiting.items)
    assert world.cast.sven.name in notes
    assert world.cast.ana.name not in notes


def test_limits_say_what_is_left(world):
    card = next(card for card in page_for(world, "ana", "money").cards if card.anchor == "limits")
    assert len(card.bars) == 3
    assert all("left of" in bar.note and 0 <= bar.percent <= 100 for bar in card.bars)
    spent = sum(
        grant.amount for grant in Complaint.objects.get(pk=world.cases["money"].pk).grants.exclude(state="drafted")
    )
    assert any(fact.value == f"¥{spent:,.0f}" for fact in card.facts)


def test_the_next_call_is_told_with_its_window(world):
    cards = [card for card in page_for(world, "ana", "following_up").cards if card.anchor == "next-call"]
    assert len(cards) == 1
    values = " ".join(str(fact.value) for fact in cards[0].facts)
    assert "–" in values
    assert world.cast.ana.name in values


def test_internal_and_outgoing_are_told_apart_in_words(world):
    browser = signed_in(world.cast.ana)
    page = text_of(browser.get(case_page(world.cases["paused"])))
    assert "to the customer" in page
    assert browser.get(case_page(world.cases["paused"]) + "?kind=<script>").context["page"].tabs[0].is_active
