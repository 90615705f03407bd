"""Dialogs of actions: shown by GET, done by POST, once; every reason at its field; what was typed stays."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casemgmt.adminkit.models import SpentFormKey
from casemgmt.privacy.models import AccessEvent
from tests.adminkit.people import a_person
from tests.adminkit.site import ProbeAdmin, site
from tests.ledger.probe.models import Probe

pytestmark = pytest.mark.django_db
TYPED = {"name": "gamma", "words": "typed <b>words</b>", "colours": ["r", "g"]}
FRAGMENT = {"HTTP_HX_REQUEST": "true"}


def address_of(probe, name="rename"):
    return f"/admin/probe/probe/{probe.pk}/do/{name}/"


def sent(**fields):
    return {"form_key": str(uuid4()), **TYPED, **fields}


def body_of(answer):
    return unescape(answer.content.decode())


def test_a_get_shows_the_whole_page_and_never_acts(client, editor, probe):
    before = list(Probe.objects.values())
    answer = client.get(address_of(probe))
    assert "<html" in body_of(answer)
    assert "What will happen" in body_of(answer)
    assert client.head(address_of(probe)).status_code == 200
    assert list(Probe.objects.values()) == before
    assert not SpentFormKey.objects.exists()


def test_a_fragment_is_the_form_alone(client, editor, probe):
    answer = client.get(address_of(probe), **FRAGMENT)
    assert "<html" not in body_of(answer)
    assert 'id="dialog"' in body_of(answer)
    assert "HX-Request" in answer["Vary"]


def test_a_post_acts_and_leads_back(client, editor, probe):
    answer = client.post(address_of(probe), sent())
    assert answer.status_code == 302
    assert answer["Location"] == f"/admin/probe/probe/{probe.pk}/change/"
    probe = Probe.objects.get(pk=probe.pk)
    assert (probe.name, probe.amount) == ("gamma", 1)
    last = probe.history.first()
    assert (last.history_actor, last.history_change_reason, last.history_source) == (
        "edith 先生",
        "test.renamed",
        "web",
    )


def test_a_fragment_is_led_back_by_a_header(client, editor, probe):
    answer = client.post(address_of(probe), sent(), **FRAGMENT)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/admin/probe/probe/{probe.pk}/change/")


def test_all_reasons_come_back_with_what_was_typed(client, editor, probe):
    answer = client.post(address_of(probe), sent(name="wrong"), **FRAGMENT)
    page = body_of(answer)
    assert answer.status_code == 422
    assert "2 things to mend" in page
    assert page.count("This name is taken.") == 2  # in the summary and at the field
    assert '<a href="#id_name">Name</a>' in page
    assert 'aria-invalid="true"' in page
    assert f'<a href="/admin/probe/probe/{probe.pk}/do/careful-rename/">Rename it first.</a>' in page
    assert 'value="wrong"' in page
    assert "typed <b>words</b>" in page
    assert len(re.findall(r'value="[rg]"[^>]*checked', page)) == 2
    probe = Probe.objects.get(pk=probe.pk)
    assert (probe.name, probe.amount) == ("alpha", 0)
    assert not SpentFormKey.objects.exists()


def test_what_was_typed_is_shown_as_text(client, editor, probe):
    answer = client.post(address_of(probe), sent(name="wrong"))
    assert b"typed <b>words</b>" not in answer.content
    assert b"typed &lt;b&gt;words&lt;/b&gt;" in answer.content


def test_an_empty_field_says_so_and_nothing_runs(client, editor, probe):
    answer = client.post(address_of(probe), sent(name=""))
    assert answer.status_code == 422
    assert probe.history.count() == 1


@pytest.mark.parametrize("text", ["a\x00b", "x" * 201])
def test_text_that_no_field_takes_is_refused_at_the_field(client, editor, probe, text):
    answer = client.post(address_of(probe), sent(name=text))
    assert answer.status_code == 422
    assert "cm-field-wrong" in body_of(answer)


def test_a_double_click_does_it_once_and_leads_to_the_same_place(client, editor, probe):
    form = sent()
    answers = [client.post(address_of(probe), form) for _click in range(3)]
    assert {answer["Location"] for answer in answers} == {f"/admin/probe/probe/{probe.pk}/change/"}
    probe = Probe.objects.get(pk=probe.pk)
    assert probe.amount == 1
    assert SpentFormKey.objects.count() == 1


def test_a_refused_form_may_be_mended_and_sent_with_the_same_key(client, editor, probe):
    form = sent(name="wrong")
    client.post(address_of(probe), form)
    assert client.post(address_of(probe), form | {"name": "delta"}).status_code == 302
    probe = Probe.objects.get(pk=probe.pk)
    assert probe.name == "delta"


def test_the_key_of_somebody_else_opens_nothing(client, editor, probe):
    form = sent()
    SpentFormKey.objects.create(
        key=form["form_key"], person=a_person("mallory"), led_to="/elsewhere/", at=timezone.now()
    )
    answer = client.post(address_of(probe), form)
    assert answer.status_code == 400
    probe = Probe.objects.get(pk=probe.pk)
    assert probe.amount == 0


def test_keys_of_long_ago_are_cleared_away(client, editor, probe):
    long_ago = SpentFormKey.objects.create(
        key=uuid4(), person=editor, led_to="/x/", at=timezone.now() - timedelta(days=8)
    )
    lately = SpentFormKey.objects.create(
        key=uuid4(), person=editor, led_to="/x/", at=timezone.now() - timedelta(days=6)
    )
    client.post(address_of(probe), sent())
    assert not SpentFormKey.objects.filter(pk=long_ago.pk).exists()
    assert SpentFormKey.objects.filter(pk=lately.pk).exists()


@pytest.mark.parametrize("key", [None, "", "abc", "0"])
def test_a_form_without_a_key_is_refused(client, editor, probe, key):
    form = sent()
    form.pop("form_key")
    if key is not None:
        form["form_key"] = key
    assert client.post(address_of(probe), form).status_code == 400
    assert probe.history.count() == 1


def test_a_field_sent_twice_is_refused(client, editor, probe):
    assert client.post(address_of(probe), sent() | {"name": ["one", "two"]}).status_code == 400
    assert probe.history.count() == 1


def test_somebody_was_faster(client, editor, probe):
    answer = client.post(address_of(probe), sent(name="moved"), **FRAGMENT)
    assert answer.status_code == 409
    assert "Somebody changed this" in body_of(answer)
    assert 'value="moved"' in body_of(answer)


@pytest.mark.parametrize("seen", [None, "", "-1", "abc", "999999"])
def test_an_act_on_what_was_seen_wants_the_version_that_was_seen(client, editor, probe, seen):
    form = sent()
    if seen is not None:
        form["seen_version"] = seen
    answer = client.post(address_of(probe, "careful-rename"), form)
    assert answer.status_code == 409
    assert 'value="gamma"' in body_of(answer)
    probe = Probe.objects.get(pk=probe.pk)
    assert probe.name == "alpha"


def test_with_the_version_that_is_stored_it_goes(client, editor, probe):
    shown = body_of(client.get(address_of(probe, "careful-rename")))
    seen = re.search(r'name="seen_version" value="(\d+)"', shown)[1]
    assert client.post(address_of(probe, "careful-rename"), sent(seen_version=seen)).status_code == 302


def test_who_may_not_is_refused_and_noted_once(client, editor, probe):
    for ask in (client.get, client.post):
        before = AccessEvent.objects.count()
        assert ask(address_of(probe, "forbidden")).status_code == 403
        assert AccessEvent.objects.count() == before + 1
    event = AccessEvent.objects.order_by("pk").last()
    assert (event.reason, event.subject_label, event.subject_pk) == (
        "probe.nobody_has_this",
        "probe.probe",
        str(probe.pk),
    )


def test_an_action_that_refuses_the_person_is_noted_once_after_the_rollback(client, editor, probe):
    answer = client.post(address_of(probe), sent(name="forbidden"))
    assert answer.status_code == 403
    assert AccessEvent.objects.count() == 1
    probe = Probe.objects.get(pk=probe.pk)
    assert (probe.name, probe.amount) == ("alpha", 0)


def test_a_reader_opens_no_dialog(client, reader, probe):
    assert client.get(address_of(probe)).status_code == 403
    assert client.post(address_of(probe), sent()).status_code == 403
    assert AccessEvent.objects.count() == 2


def test_a_row_that_is_not_seen_has_no_dialog(client, editor):
    secret = Probe.objects.create(name="secret")
    assert client.get(address_of(secret)).status_code == 404
    assert client.post(address_of(secret), sent()).status_code == 404


@pytest.mark.parametrize("path", ["/admin/probe/probe/1/do/unknown/", f"/admin/probe/probe/{'9' * 30}/do/rename/"])
def test_an_address_that_names_nothing_is_not_found(client, editor, probe, path):
    assert client.get(path).status_code == 404


def test_a_visitor_signs_in_first(client, probe):
    answer = client.get(address_of(probe))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
    assert not AccessEvent.objects.exists()


def test_a_file_arrives(client, editor, probe):
    file = SimpleUploadedFile("photo.png", b"12345")
    answer = client.post(address_of(probe, "take-file"), {"form_key": str(uuid4()), "file": file})
    assert answer.status_code == 302
    probe = Probe.objects.get(pk=probe.pk)
    assert probe.amount == 5


def test_blocked_actions_open_and_say_why(client, editor, probe):
    page = body_of(client.get(address_of(probe, "blocked")))
    assert "Still missing:" in page
    assert "Nothing goes today." in page


def test_offers_put_the_primary_first_and_give_every_reason(rf, editor, probe):
    request = rf.get("/")
    request.user = editor
    offers = ProbeAdmin(Probe, site).offers(request, probe)
    assert [offer.action.name for offer in offers] == ["rename", "careful-rename", "take-file", "blocked"]
    assert [offer.is_primary for offer in offers] == [True, False, False, False]
    blocked = offers[-1]
    assert not blocked.is_allowed
    assert [(reason.says, reason.mend, reason.url) for reason in blocked.reasons] == [
        ("Nothing goes today.", "Rename it first.", f"/admin/probe/probe/{probe.pk}/do/careful-rename/")
    ]
