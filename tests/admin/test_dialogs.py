"""Dialogs of the cases end to end: what is typed stays, each act happens once, and whoever was too late is told."""

from decimal import Decimal
from uuid import uuid4

import pytest

from casemgmt.adminkit.models import SpentFormKey
from complaints.actions.granting import change_grant
from complaints.actions.noting import FACT_FIELDS, edit_facts
from complaints.models import CompensationGrant, Complaint, Statement
from complaints.states import GrantState
from complaints.vocabulary import Emotion, Reason
from tests.admin.counting import events, kept
from tests.admin.looking import case_page, dialog, hidden_in, send, signed_in, text_of, version_in
from tests.admin.typing_in import REGISTER, TYPED, errors_of
from tests.admin.world import NOW
from tests.money import REQUEST, a_receipt

pytestmark = pytest.mark.django_db


def grant_of(world, state) -> CompensationGrant:
    return world.cases["money"].grants.get(state=state)


def test_registering_makes_one_case_and_leads_to_it(ana):
    form = {"form_key": str(uuid4()), **TYPED}
    answers = [ana.post(REGISTER, form) for _click in range(2)]
    case = Complaint.objects.latest("pk")
    assert [answer["Location"] for answer in answers] == [case_page(case)] * 2
    assert Complaint.objects.filter(order__number="ORD-NEW-1").count() == 1
    page = ana.get(case_page(case))
    assert page.status_code == 200
    assert "13911112222" not in text_of(page)
    assert "139****2222" in text_of(page)
    assert "<b>严重</b>" not in page.content.decode()


def test_likely_duplicates_are_told_and_can_be_overruled(ana):
    assert send(ana, REGISTER, **TYPED).status_code == 204
    first = Complaint.objects.latest("pk")
    again = send(ana, REGISTER, **TYPED)
    assert again.status_code == 422
    assert first.case_number in text_of(again)
    assert TYPED["content"] in text_of(again)
    assert Complaint.objects.filter(order__number="ORD-NEW-1").count() == 1
    assert send(ana, REGISTER, **TYPED, not_a_duplicate="on").status_code == 204
    assert Complaint.objects.filter(order__number="ORD-NEW-1").count() == 2


def test_what_was_typed_stays_and_every_reason_stands_at_its_field(ana):
    before = kept()
    answer = send(ana, REGISTER, **TYPED | {"customer_phone": "abc", "paid_amount": "-1", "channel": ""})
    page = text_of(answer)
    assert answer.status_code == 422
    assert {"customer_phone", "paid_amount", "channel"} == set(errors_of(answer))
    for typed in ("衣服掉色<b>严重</b>", "欧阳新客", "ORD-NEW-1", 'value="abc"', 'value="-1"'):
        assert typed in page
    assert kept() == before
    assert not SpentFormKey.objects.exists()


def test_a_fragment_is_the_form_and_a_page_has_its_frame(ana, world):
    url = dialog(world.cases["busy"], "write-note")
    fragment, page = ana.get(url, HTTP_HX_REQUEST="true"), ana.get(url)
    assert "<html" not in text_of(fragment)
    assert "<html" in text_of(page)
    assert 'action="' + url in text_of(fragment)


def test_a_note_is_written_once_however_often_it_is_sent(ana, world):
    """F29: the second click with the same key gives the result of the first."""
    url = dialog(world.cases["busy"], "write-note")
    form = {"form_key": str(uuid4()), "words": "已致电仓库。"}
    answers = [ana.post(url, form) for _click in range(3)]
    assert {answer["Location"] for answer in answers} == {case_page(world.cases["busy"])}
    assert Statement.objects.filter(words="已致电仓库。").count() == 1


def test_the_key_of_another_person_opens_nothing(ana, sven, world):
    """F29."""
    url = dialog(world.cases["busy"], "write-note")
    form = {"form_key": str(uuid4()), "words": "沈文的备注。"}
    assert sven.post(url, form).status_code == 302
    before = kept()
    assert ana.post(url, form).status_code == 400
    assert kept() == before


@pytest.mark.parametrize("key", [None, "", "abc", "00000000"])
def test_a_form_without_a_key_is_refused(ana, world, key):
    """F29."""
    before = kept()
    form = {"words": "x"} | ({} if key is None else {"form_key": key})
    assert ana.post(dialog(world.cases["busy"], "write-note"), form).status_code == 400
    assert kept() == before


def test_facts_that_somebody_changed_meanwhile_are_not_overwritten(ana, world):
    """F27: the form was opened, then somebody else put the facts right."""
    case = world.cases["busy"]
    url = dialog(case, "edit-facts")
    seen = version_in(ana.get(url))
    fields = {"stated_reason": Reason.QUALITY, "emotion": "", "reason": "客户补充。", "demanded_amount": "12.50"}
    edit_facts(
        case.pk,
        by=world.cast.sven,
        at=NOW,
        stated_reason=Reason.NOT_STATED,
        claim_type="",
        return_branch="",
        demanded_remedy="",
        demanded_amount=None,
        occurred_at=None,
        emotion="",
        simple_matter=False,
        affects_others=False,
        reason="先改。",
    )
    before = kept()
    for version in (seen, "", "-1", "abc", "999999"):
        answer = send(ana, url, seen_version=version, **fields)
        assert answer.status_code == 409
        assert 'value="12.50"' in text_of(answer)
    assert kept() == before
    assert send(ana, url, seen_version=version_in(answer), **fields).status_code == 204


def test_sent_again_it_takes_back_nothing_that_another_changed(ana, world):
    """F27: ana corrects the amount, sven the emotion; both stand in the end."""
    case = world.cases["busy"]
    url = dialog(case, "edit-facts")
    opened = ana.get(url)
    shown = {name: opened.context["form"][name].value() or "" for name in opened.context["form"].fields}
    facts = {name: getattr(case, name) for name in FACT_FIELDS if name not in ("emotion", "reason")}
    edit_facts(
        case.pk,
        by=world.cast.sven,
        at=NOW,
        stated_reason=case.reason,
        emotion=Emotion.AGITATED,
        reason="听录音。",
        **facts,
    )
    typed = {name: value for name, value in shown.items() if value is not False} | {
        "demanded_amount": "12.50",
        "reason": "客户补充。",
    }
    answer = send(ana, url, seen_version=version_in(opened), **typed)
    assert answer.status_code == 409
    again = answer.context["form"]
    assert (again["emotion"].value(), again["demanded_amount"].value()) == (Emotion.AGITATED, "12.50")
    resent = {name: again[name].value() or "" for name in again.fields if again[name].value() is not False}
    assert send(ana, url, seen_version=version_in(answer), **resent).status_code == 204
    case.refresh_from_db()
    assert (case.emotion, case.demanded_amount) == (Emotion.AGITATED, Decimal("12.50"))


def test_a_grant_that_changed_after_it_was_seen_is_not_approved(sven, world):
    """T5: approving means this amount for this payee."""
    tara = signed_in(world.cast.tara)
    grant = grant_of(world, GrantState.AWAITING_APPROVAL)
    url = dialog(grant, "approve-grant")
    opened = tara.get(url)
    seen = {"seen_version": version_in(opened), "seen_digest": hidden_in(opened, "seen_digest")}
    assert grant.content_digest == seen["seen_digest"]
    change_grant(
        grant.pk,
        by=world.cast.ana,
        at=NOW,
        **REQUEST | {"kind": "red_packet", "amount": "210.00", "order_of_offers": "客户不要券。"},
    )
    before = kept()
    answer = send(tara, url, **seen)
    assert answer.status_code == 409
    assert kept() == before
    fresh = tara.get(url)
    stale_digest = seen["seen_digest"]
    answer = send(tara, url, seen_version=version_in(fresh), seen_digest=stale_digest)
    assert answer.status_code in (409, 422)
    assert kept() == before


def test_a_draft_says_why_it_cannot_be_approved(ana, world):
    """Not by naming a field that nobody sees."""
    tara = signed_in(world.cast.tara)
    url = dialog(grant_of(world, GrantState.DRAFTED), "approve-grant")
    before = kept()
    answer = send(tara, url, seen_version=version_in(tara.get(url)), seen_digest="")
    assert answer.status_code == 422
    assert "None" not in text_of(answer)
    assert 'href="#id_seen_digest"' not in text_of(answer)
    assert kept() == before


def test_nobody_approves_what_they_asked_for(ana, world):
    """T3: a member of staff has no such right, and it is noted."""
    noted = events()
    answer = send(ana, dialog(grant_of(world, GrantState.AWAITING_APPROVAL), "approve-grant"), seen_digest="x")
    assert answer.status_code == 403
    assert events() == noted + 1


def test_a_grant_is_paid_once_by_a_third_person(world):
    olga = signed_in(world.cast.olga)
    grant = grant_of(world, GrantState.APPROVED)
    url = dialog(grant, "pay-grant")
    form = {"payment_key": hidden_in(olga.get(url), "payment_key"), "reference": "ZF-9"}
    assert send(olga, url, **form, file=a_receipt()).status_code == 204
    again = send(olga, url, **form, file=a_receipt())
    assert again.status_code in (204, 409, 422)
    grant.refresh_from_db()
    assert (grant.state, grant.payment_reference) == (GrantState.PAID, "ZF-9")
    assert grant.history.filter(state=GrantState.PAID).count() == 1


def test_broken_rules_come_back_with_links_that_mend_them(ana, world):
    """T9: all that stands against closing, at once, each with its way out."""
    answer = send(ana, dialog(world.cases["following_up"], "close"))
    assert answer.status_code == 422
    reasons = answer.context["form"].reasons
    assert len(reasons) >= 3
    links = {reason.url for reason in reasons if reason.url and not reason.url.startswith("#")}
    assert links
    assert {ana.get(url, follow=True, HTTP_HX_REQUEST="true").status_code for url in links} == {200}
    for reason in reasons:
        assert reason.says in text_of(answer)


SKIPS = [
    ("registered", "close"),
    ("assessing", "close"),
    ("assessing", "establish"),
    ("assessing", "complete"),
    ("investigating", "accept"),
    ("refusal_proposed", "close"),
    ("refusal_proposed", "accept"),
    ("executing", "judge"),
    ("closed", "complete"),
    ("withdrawn", "judge"),
    ("voided", "judge"),
    ("external", "close"),
]


@pytest.mark.parametrize(("state", "name"), SKIPS)
def test_no_step_is_skipped(sven, world, state, name):
    """T1: an arrow that the diagram does not have is refused with the state named, and nothing is written."""
    before = kept()
    case = world.cases[state]
    answer = sven.get(dialog(case, name))
    fields = {
        field.html_name: next((value for value, _label in field.field.choices if value), "")
        if hasattr(field.field, "choices")
        else "2026-10-20T10:00"
        if "datetime-local" in str(field)
        else "字"
        for field in answer.context["form"]
    }
    answer = send(sven, dialog(case, name), **fields)
    assert answer.status_code in (409, 422)
    assert "form" in answer.context
    assert kept() == before


def test_a_reason_is_missing_where_one_is_needed(sven, world):
    """T7."""
    for row, name in (
        (world.cases["closed"], "reopen"),
        (world.cases["assessing"], "void"),
        (grant_of(world, GrantState.AWAITING_APPROVAL), "reject-grant"),
    ):
        answer = send(sven, dialog(row, name), reason="   ", why="entered_in_error")
        assert answer.status_code == 422
        assert "reason" in errors_of(answer)


def test_a_case_cannot_be_merged_into_itself_or_an_ended_one(sven, world):
    """T13: neither is on the list, and sent all the same it is refused at the field."""
    case = world.cases["assessing"]
    for target in (case, world.cases["closed"], world.cases["merged"], world.cases["negotiating"]):
        answer = send(sven, dialog(case, "merge"), into_id=str(target.pk), reason="同一件事。")
        assert answer.status_code == 422
        assert "into_id" in errors_of(answer)
