"""Change forms: nobody overwrites what they have not seen, nothing is sent twice, Django's own log stays empty."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry

from casemgmt.privacy.models import AccessEvent
from tests.ledger.probe.models import Tag

pytestmark = pytest.mark.django_db


def form_of(tag):
    return f"/admin/probe/tag/{tag.pk}/change/"


def seen_in(answer):
    return re.search(r'name="seen_version" value="([^"]*)"', answer.content.decode())[1]


def test_the_version_that_was_seen_is_saved_over(client, editor, tag):
    seen = seen_in(client.get(form_of(tag)))
    assert client.post(form_of(tag), {"name": "blue", "seen_version": seen}).status_code == 302
    assert Tag.objects.get(pk=tag.pk).name == "blue"


@pytest.mark.parametrize("seen", [None, "", "-1", "abc", "999999999"])
def test_a_wrong_version_gets_both_and_changes_nothing(client, editor, tag, seen):
    form = {"name": "green"} | ({} if seen is None else {"seen_version": seen})
    answer = client.post(form_of(tag), form)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "Somebody changed this while you were writing." in page
    assert "stored is “red”, you typed “green”" in page
    assert 'value="green"' in page
    assert Tag.objects.get(pk=tag.pk).name == "red"


def test_somebody_was_faster_and_the_second_save_goes(client, editor, tag):
    seen = seen_in(client.get(form_of(tag)))
    Tag.objects.filter(pk=tag.pk).update(name="blue")
    answer = client.post(form_of(tag), {"name": "green", "seen_version": seen})
    assert answer.status_code == 409
    assert client.post(form_of(tag), {"name": "green", "seen_version": seen_in(answer)}).status_code == 302
    assert Tag.objects.get(pk=tag.pk).name == "green"


def test_a_field_that_is_sent_twice_is_refused(client, editor, tag):
    seen = seen_in(client.get(form_of(tag)))
    answer = client.post(form_of(tag), {"name": ["blue", "green"], "seen_version": seen})
    assert answer.status_code == 400
    assert Tag.objects.get(pk=tag.pk).name == "red"
    assert client.post("/admin/probe/tag/add/", {"name": ["one", "two"]}).status_code == 400


def test_null_characters_are_refused_at_the_field(client, editor, tag):
    answer = client.post(form_of(tag), {"name": "a\x00b", "seen_version": seen_in(client.get(form_of(tag)))})
    assert answer.status_code == 200
    assert "Null characters are not allowed." in answer.content.decode()


@pytest.mark.parametrize("query", ["_to_field=name", "_popup=1&_to_field=id"])
def test_a_pop_up_cannot_choose_its_key(client, editor, tag, query):
    assert client.get(f"{form_of(tag)}?{query}").status_code == 400
    assert client.post(f"/admin/probe/tag/add/?{query}", {"name": "x"}).status_code == 400


def test_the_admin_log_stays_empty_and_the_ledger_has_the_person(client, editor):
    assert client.post("/admin/probe/tag/add/", {"name": "new"}).status_code == 302
    assert not LogEntry.objects.exists()
    assert Tag.objects.get(name="new").history.get().history_actor == "edith 先生"


def test_a_reader_changes_nothing_and_is_noted(client, reader, tag):
    answer = client.post(form_of(tag), {"name": "blue", "seen_version": "1"})
    assert answer.status_code == 403
    assert Tag.objects.get(pk=tag.pk).name == "red"
    assert AccessEvent.objects.count() == 1


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30, "1%00"])
def test_a_key_that_names_nothing_leads_away(client, reader, key):
    assert client.get(f"/admin/probe/tag/{key}/change/").status_code in (302, 404)
    assert client.get(f"/admin/probe/lamp/{key}/change/").status_code in (302, 403, 404)


def test_a_form_that_is_only_looked_at_writes_nothing(client, editor, tag):
    before = tag.history.count()
    client.get(form_of(tag))
    client.head(form_of(tag))
    assert tag.history.count() == before
