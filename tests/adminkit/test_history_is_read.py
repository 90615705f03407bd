"""History pages are read: by GET and HEAD alone, and only by whoever may see the row."""

import pytest
from django.urls import reverse

from casemgmt import sentences
from casemgmt.ledger import signed
from casemgmt.privacy.models import AccessEvent
from casemgmt.sentences import Sentence
from tests.ledger.probe.models import Probe, Tag

pytestmark = pytest.mark.django_db
STORY = {"story.test.tagged": Sentence("The tag was chosen.")}


def history_of(row):
    return reverse(f"admin:probe_{row._meta.model_name}_history", args=[row.pk])


def version_of(row, number=None):
    number = row.history.first().pk if number is None else number
    return f"{history_of(row)}{number}/"


def test_both_pages_answer_get_and_head(client, reader, probe):
    for address in (history_of(probe), version_of(probe)):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200


def test_a_viewer_cannot_overwrite_the_row_through_a_version(client, reader, tag):
    Tag.objects.filter(pk=tag.pk).update(name="blue")
    first = tag.history.order_by("history_id").first()
    answer = client.post(version_of(tag, first.pk), {"name": "red", "_save": "1"})
    assert answer.status_code == 405
    tag.refresh_from_db()
    assert tag.name == "blue"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address_of", [history_of, version_of])
def test_other_methods_are_refused_whoever_asks(client, editor, tag, method, address_of):
    assert getattr(client, method)(address_of(tag)).status_code == 405
    assert AccessEvent.objects.count() == 1
    assert Tag.objects.get(pk=tag.pk).name == "red"


def test_a_post_leaves_one_access_event(client, editor, tag):
    client.post(history_of(tag))
    event = AccessEvent.objects.get()
    assert (event.kind, event.person_name, event.subject_label, event.subject_pk, event.reason) == (
        "refused_right",
        "edith 先生",
        "probe.tag",
        str(tag.pk),
        "rewrite_history",
    )


@pytest.mark.parametrize("version", ["abc", "-1", "0", "9" * 30, "1e3", "١٢"])
def test_a_version_that_is_none_is_not_found(client, reader, probe, version):
    assert client.get(version_of(probe, version)).status_code == 404


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30, "0"])
def test_a_key_that_is_none_is_not_found(client, reader, key):
    assert client.get(f"/admin/probe/probe/{key}/history/").status_code == 404
    assert client.get(f"/admin/probe/probe/{key}/history/1/").status_code == 404


def test_the_version_of_another_row_is_not_found(client, reader, probe):
    other = Probe.objects.create(name="beta")
    assert client.get(version_of(probe, other.history.first().pk)).status_code == 404


def test_what_the_viewer_may_not_see_has_no_history_for_them(client, reader):
    secret = Probe.objects.create(name="secret")
    assert client.get(history_of(secret)).status_code == 404
    assert client.get(version_of(secret)).status_code == 404


def test_without_the_right_to_view_there_is_no_history(client, reader, probe):
    reader.user_permissions.clear()
    assert client.get(history_of(probe)).status_code == 403
    assert AccessEvent.objects.count() == 1


def test_the_history_tells_who_why_and_what(client, reader, tag):
    Tag.objects.filter(pk=tag.pk).update(name="blue")
    page = client.get(history_of(tag)).content.decode()
    assert "试验员" in page
    assert "red" in page
    assert "blue" in page
    assert "<form" not in page.partition('id="content"')[2]


def test_values_stand_in_words(client, editor, tag, probe):
    """A name instead of a key, a sentence instead of a code, a door instead of its name in the code."""
    sentences.register(STORY)
    with signed(by=editor, reason="test.tagged", source="web"):
        Probe.objects.filter(pk=probe.pk).update(tag=tag)
    page = client.get(history_of(probe)).content.decode()
    assert "The tag was chosen." in page
    assert f"<strong>{tag}</strong>" in page
    assert "web page" in page
    assert str(tag) in client.get(version_of(probe)).content.decode()
