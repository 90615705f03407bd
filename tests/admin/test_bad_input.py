"""Bad input by the real dialogs: each row is answered with a sentence at its field, and nothing is written."""

import logging
from uuid import uuid4

import pytest

from casemgmt.people.models import Person
from complaints.actions.subjecting import name_subject
from complaints.models import Complaint, Customer
from complaints.states import GrantState
from tests.admin.counting import kept
from tests.admin.looking import FRAGMENT, case_page, dialog, send, signed_in, text_of, version_in
from tests.admin.typing_in import REGISTER, TYPED, errors_of, refused_at
from tests.admin.world import NOW
from tests.money import REQUEST

pytestmark = pytest.mark.django_db


def test_f1_null_characters(ana, world):
    url = dialog(world.cases["busy"], "write-note")
    assert "Null characters are not allowed" in refused_at(ana, url, "words", words="a\x00b")
    assert refused_at(ana, REGISTER, "customer_name", **TYPED | {"customer_name": "a\x00"})


@pytest.mark.parametrize("text", ["x" * 20_001, "e" + "\u0301" * 100_000, "漢" * 20_001])
def test_f3_very_much_text(ana, world, text):
    assert "20000" in refused_at(ana, dialog(world.cases["busy"], "write-note"), "words", words=text).replace(",", "")


def test_f3_ten_megabytes_are_not_even_read(ana, world):
    before = kept()
    assert send(ana, dialog(world.cases["busy"], "write-note"), words="x" * 10_000_000).status_code in (400, 413, 422)
    assert kept() == before


def test_f7_what_people_type_makes_no_line_in_the_log(ana, world, caplog):
    caplog.set_level(logging.DEBUG)
    send(ana, dialog(world.cases["busy"], "write-note"), words="\x1b[31mrot\r\n[INFO] fake")
    ana.get("/admin/complaints/complaint/?q=%0d%0a[INFO]%20fake%1b[31m")
    ana.get("/admin/%0d%0a[INFO]%20fake/")
    assert not [record for record in caplog.records if "\n[INFO] fake" in record.getMessage()]


@pytest.mark.parametrize(
    "amount", ["-1", "0", "-0", "NaN", "Infinity", "1E+400", "9" * 20, "1.005", "１２x", "", "1,2,3e", "0x10"]
)
def test_f9_f11_f13_amounts_of_a_grant(ana, world, amount):
    case = world.cases["negotiating"]
    assert refused_at(ana, dialog(case, "draft-grant"), "amount", **REQUEST | {"amount": amount})


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "1E+400", "9" * 20, "1.005", "abc"])
@pytest.mark.parametrize("field", ["paid_amount", "demanded_amount"])
def test_f9_f11_f13_amounts_of_a_registration(ana, field, amount):
    assert refused_at(ana, REGISTER, field, **TYPED | {field: amount})


@pytest.mark.parametrize("amount", ["-1", "NaN", "1E+400", "9" * 20])
def test_f9_f11_f13_amounts_of_a_plan(ana, world, amount):
    typed = {"explanation": "说明", "follow_up": "三天后", "remedy_1": "refund", "words_1": "退款", "amount_1": amount}
    before = kept()
    answer = send(ana, dialog(world.cases["negotiating"], "draft-plan"), **typed)
    assert answer.status_code == 422
    assert kept() == before


def test_f15_a_currency_cannot_be_chosen(ana, world):
    case = world.cases["negotiating"]
    assert send(ana, dialog(case, "draft-grant"), **REQUEST, currency="XXX").status_code == 204
    assert case.grants.latest("pk").currency == "CNY"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("received_at", "2027-01-01T10:00"),
        ("occurred_at", "2027-01-01T10:00"),
        ("received_at", "2026-13-45T99:99"),
        ("received_at", "0001-01-01T00:00"),
        ("received_at", "99999-01-01T00:00"),
        ("occurred_at", "gestern"),
    ],
)
def test_f17_days_that_cannot_be(ana, field, value):
    assert refused_at(ana, REGISTER, field, **TYPED | {field: value})


def test_f17_a_promise_for_yesterday(ana, world):
    url = dialog(world.cases["busy"], "make-commitment")
    assert refused_at(ana, url, "due_at", what="回电", due_at="2026-10-01T10:00")


@pytest.mark.parametrize("phone", ["abc", "1" * 40, "138-call-me", "+86 138 0013 800000", "١٢٣"])
def test_f19_phone_numbers_that_are_none(ana, phone):
    assert refused_at(ana, REGISTER, "customer_phone", **TYPED | {"customer_phone": phone})


@pytest.mark.parametrize("phone", ["+86 138 0013 8000", "１３８００１３８０００", "008613800138000", "138-0013-8000"])
def test_f19_phone_numbers_have_one_form(ana, phone):
    assert send(ana, REGISTER, **TYPED | {"customer_phone": phone}).status_code == 204
    found = ana.get("/admin/complaints/complaint/", {"queue": "all", "q": "13800138000"})
    assert [row.pk for row in found.context["cl"].result_list] == [Complaint.objects.latest("pk").pk]


def test_f25_the_handler_named_hands_over_first(ana, world):
    url = dialog(world.cases["busy"], "name-subject")
    before = kept()
    assert send(ana, url, person_id=str(world.cast.ana.pk)).status_code == 422
    assert kept() == before


def test_f31_rows_of_another_case_are_no_choice(ana, world):
    foreign = world.cases["negotiating"].evidence.first().pk
    own = world.cases["busy"]
    assert refused_at(ana, dialog(own, "record-contact"), "proof_id", channel="phone", proof_id=str(foreign))
    statement = world.cases["negotiating"].statements.first().pk
    assert refused_at(ana, dialog(own, "correct-statement"), "statement_id", statement_id=str(statement), words="x")


@pytest.mark.parametrize("body", ["words=a&words=b", "words=a&form_key=x&form_key=y"])
def test_f33_a_field_sent_twice(ana, world, body):
    before = kept()
    answer = ana.post(
        dialog(world.cases["busy"], "write-note"),
        f"form_key={uuid4()}&{body}",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 400
    assert kept() == before


def test_f35_a_note_is_corrected_by_a_new_one(ana, world):
    case = world.cases["busy"]
    send(ana, dialog(case, "write-note"), words="第一稿。")
    note = case.statements.get(words="第一稿。")
    assert send(ana, dialog(case, "correct-statement"), statement_id=str(note.pk), words="第二稿。").status_code == 204
    note.refresh_from_db()
    assert note.words == "第一稿。"
    assert case.statements.get(words="第二稿。").corrects_id == note.pk
    assert ana.post(f"/admin/complaints/statement/{note.pk}/change/", {"words": "x"}).status_code == 404


@pytest.mark.parametrize("username", ["ana ", "ANA", "Ana", "аna", " ana"])
def test_f37_user_names_that_look_alike(world, username):
    adam = signed_in(world.adam)
    before = Person.objects.count()
    answer = adam.post("/admin/people/person/add/", {"username": username, "name": "另一人", "language": "en"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert Person.objects.count() == before


@pytest.mark.parametrize("target", ["//evil.example", "https:///evil.example", "javascript:alert(1)"])
def test_q17_nobody_is_led_out_of_the_house(client, world, target):
    answer = client.post(f"/admin/login/?next={target}", {"username": "ana", "password": "ana", "next": target})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert "javascript" not in answer["Location"]


@pytest.mark.parametrize(
    ("name", "password"), [("nobody", "x"), ("ana", "' OR 1=1 --"), ("a\x00", "x"), ("x" * 10_000, "x")]
)
def test_q19_wrong_passwords_read_alike(client, world, name, password):
    answer = client.post("/admin/login/", {"username": name, "password": password})
    assert answer.status_code in (200, 400)
    assert "_auth_user_id" not in client.session


def test_t11_a_second_pause_waits_for_the_first(ana, world):
    before = kept()
    answer = send(
        ana,
        dialog(world.cases["paused"], "begin-pause"),
        category="awaiting_customer",
        reason="再等。",
        asked_of="customer",
        asked_what="照片",
    )
    assert answer.status_code == 422
    assert kept() == before


def test_t9_what_is_missing_is_listed_at_once(ana, world):
    answer = ana.get(dialog(world.cases["following_up"], "close"), **FRAGMENT)
    assert "Still missing" in text_of(answer)
    assert len(answer.context["blockers"]) >= 3


def test_what_is_chosen_must_be_among_the_choices(ana, world):
    """Every choice of every dialog of one case, sent with what it does not offer."""
    page = ana.get(case_page(world.cases["busy"])).context["page"]
    before = kept()
    for offer in page.offers:
        opened = ana.get(offer.url, **FRAGMENT)
        form = opened.context["form"]
        choices = [name for name, field in form.fields.items() if hasattr(field, "choices")]
        if choices:
            seen = {"seen_version": version_in(opened)} if offer.action.checks_version else {}
            answer = send(ana, offer.url, **seen, **dict.fromkeys(choices, "-99"))
            assert answer.status_code == 422, offer.url
            assert set(choices) <= set(errors_of(answer)), offer.url
    assert kept() == before


def test_states_cannot_be_sent(ana, world):
    """I5, T1: fields that no form has are not read."""
    case = world.cases["busy"]
    extra = {"state": "closed", "handler": "1", "version": "99", "history_user": "x", "approved_by": "1"}
    assert send(ana, dialog(case, "write-note"), words="备注。", **extra).status_code == 204
    stored = Complaint.objects.get(pk=case.pk)
    assert (stored.state, stored.handler_id) == (case.state, case.handler_id)
    assert stored.grants.filter(state=GrantState.PAID).count() == 0
    assert Customer.objects.filter(pk=case.customer_id).exists()
    assert stored.registered_at < NOW


def test_f25_naming_a_colleague_hides_the_case(ana, world):
    case = world.cases["investigating"]
    name_subject(case.pk, by=world.cast.ana, at=NOW, person_id=world.cast.ben.pk)
    assert signed_in(world.cast.ben).get(case_page(case)).status_code == 404
