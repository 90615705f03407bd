"""Dialogs of the cases end to end: what is typed stays, each act happens once, and whoever was too late is told."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgmt.adminkit.models import SpentFormKey
from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions.granting import change_grant
from complaints.actions.importing import register_staged
from complaints.actions.noting import edit_facts
from complaints.models import CompensationGrant, Complaint, ImportBatch, Statement
from complaints.states import GrantState, ImportState
from complaints.vocabulary import Reason, StatementKind
from tests.admin.counting import events, kept
from tests.admin.looking import case_page, dialog, hidden_in, send, signed_in, text_of, version_in
from tests.admin.world import CSV, NOW
from tests.building import a_photo
from tests.money import REQUEST

pytestmark = pytest.mark.django_db
REGISTER = "/admin/complaints/complaint/add/"
IMPORT = "/admin/complaints/importbatch/add/"


@pytest.fixture
def ana(world):
    return signed_in(world.cast.ana)


@pytest.fixture
def sven(world):
    return signed_in(world.cast.sven)


def grant_of(world, state) -> CompensationGrant:
    return world.cases["money"].grants.get(state=state)


def errors_of(answer) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in answer.context["form"].errors.items()}


TYPED = {
    "content": "衣服掉色<b>严重</b>，白衬衫都染蓝了。",
    "channel": "phone",
    "received_at": "2026-10-19T09:30",
    "complainant": "consumer",
    "customer_name": "欧阳新客",
    "customer_phone": "13911112222",
    "order_number": "ORD-NEW-1",
    "paid_amount": "99.00",
    "reason": "quality",
    "severity": "normal",
}


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
    assert send(olga, url, **form).status_code == 204
    again = send(olga, url, **form)
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


def test_a_look_at_personal_data_is_shown_once_and_logged_with_its_reason(ana, world):
    case = world.cases["busy"]
    url = f"{dialog(case.customer, 'reveal')}?case={case.pk}"
    noted = events()
    assert ana.get(url, HTTP_HX_REQUEST="true").status_code == 200
    assert events() == noted
    answer = send(ana, url, field="phone", reason="回拨客户。")
    assert answer.status_code == 200
    assert re.search(r"13800136\d{3}", text_of(answer))
    assert "no-store" in answer["Cache-Control"]
    event = AccessEvent.objects.latest("pk")
    assert events() == noted + 1
    assert (event.kind, event.person_name, event.subject_field) == (AccessKind.REVEALED, "安娜", "phone")
    assert Statement.objects.get(pk=event.statement_id).words == "回拨客户。"
    assert not re.search(r"13800136\d{3}", text_of(ana.get(url)))


@pytest.mark.parametrize(("name", "status"), [("ben", 403), ("olga", 403), ("wen", 404), ("edith", 404), ("adam", 404)])
def test_who_does_not_handle_the_case_reveals_nothing(world, name, status):
    case = world.cases["busy"]
    noted = events()
    browser = signed_in(world.person(name))
    answer = send(browser, f"{dialog(case.customer, 'reveal')}?case={case.pk}", field="phone", reason="好奇。")
    assert answer.status_code == status
    assert events() - noted == (1 if status == 403 else 0)
    assert not Statement.objects.filter(words="好奇。").exists()


@pytest.mark.parametrize("fields", [{}, {"field": "phone"}, {"field": "password", "reason": "x"}, {"reason": "x\x00"}])
def test_a_look_without_a_reason_shows_nothing(ana, world, fields):
    case = world.cases["busy"]
    noted = events()
    answer = send(ana, f"{dialog(case.customer, 'reveal')}?case={case.pk}", **fields)
    assert answer.status_code == 422
    assert events() == noted


def test_evidence_is_taken_in_opened_and_noted(ana, world, settings, tmp_path):
    """The whole way of a file: uploaded, on the page, taken away as an attachment, logged (U25, U35)."""
    case = world.cases["busy"]
    photo = a_photo("领口 近照.png", "blue")
    photo.content_type = "text/html; charset=utf-7"
    answer = send(ana, dialog(case, "add-evidence"), file=photo, evidence_type="photo", supplied_by="customer")
    assert answer.status_code == 204
    row = case.evidence.latest("pk")
    assert "领口 近照.png" in text_of(ana.get(case_page(case)))
    url = f"/admin/complaints/evidence/{row.pk}/file/"
    noted = events()
    found = ana.get(url)
    photo.seek(0)
    assert b"".join(found.streaming_content) == photo.read()
    assert found["Content-Type"] == "image/png"
    assert found["Content-Disposition"].startswith("attachment")
    assert found["X-Content-Type-Options"] == "nosniff"
    assert events() == noted + 1
    assert AccessEvent.objects.latest("pk").kind == AccessKind.DOWNLOADED
    for method in ("post", "put", "patch", "delete", "trace", "options"):
        assert getattr(ana, method)(url).status_code == 405, method
    assert signed_in(world.cast.wen).get(url).status_code == 404


def test_a_file_of_complaints_is_read_looked_over_and_registered(sven, world):
    """Upload, dry run with its broken row in words, yes, and the worker makes the cases."""
    before = Complaint.objects.count()
    file = SimpleUploadedFile("complaints.csv", CSV.replace("26981414", "99981414").encode("gb18030"))
    answer = send(sven, IMPORT, file=file, mode="live", shop_id=str(world.cast.shop.pk))
    batch = ImportBatch.objects.latest("pk")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/admin/complaints/importbatch/{batch.pk}/change/")
    page = text_of(sven.get(answer["HX-Redirect"]))
    assert "2 rows read" in page
    assert "1 can be registered, 1 cannot" in page
    assert "GB18030" in page
    assert "1553656" not in page
    assert Complaint.objects.count() == before
    for _click in range(2):
        assert send(sven, dialog(batch, "confirm")).status_code in (204, 422)
    assert register_staged(NOW)[:2] == (1, 1)
    batch.refresh_from_db()
    assert batch.state == ImportState.FINISHED
    assert Complaint.objects.count() == before + 1
    assert "1 of 1 registered" in text_of(sven.get(answer["HX-Redirect"]))


def test_only_who_uploaded_a_file_says_yes_to_it(world):
    """I15."""
    tara = signed_in(world.cast.tara)
    assert send(tara, dialog(world.batch, "confirm")).status_code == 404
    assert tara.get(f"/admin/complaints/importbatch/{world.batch.pk}/change/").status_code in (302, 404)
    world.batch.refresh_from_db()
    assert world.batch.state == ImportState.STAGED


def test_an_auditor_writes_a_note_and_nothing_else(world):
    axel = signed_in(world.cast.axel)
    case = world.cases["busy"]
    before = kept()
    assert send(axel, dialog(case, "write-note"), words="抽查：记录完整。").status_code == 204
    assert sum(kept()) == sum(before) + 1
    note = Statement.objects.get(words="抽查：记录完整。")
    assert (note.kind, note.said_by, note.said_at) == (StatementKind.NOTE, world.cast.axel, NOW)
