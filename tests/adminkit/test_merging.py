"""Two people on one form: what collides is chosen, what does not is merged, and what was typed stays."""

from html import unescape

import pytest
from django import forms
from django.http import QueryDict

from casemgmt.adminkit.editing import version_of
from casemgmt.adminkit.merging import merge_of, with_choices
from tests.adminkit.test_editing_carefully import form_of, seen_in
from tests.ledger.probe.models import Probe, Tag

pytestmark = pytest.mark.django_db
ProbeForm = forms.modelform_factory(Probe, fields=["name", "tag"])


def typed(**fields):
    return QueryDict("&".join(f"{name}={value}" for name, value in fields.items()))


def test_what_only_the_other_one_changed_is_merged_by_itself(probe, tag):
    seen = version_of(probe)
    Probe.objects.filter(pk=probe.pk).update(tag=tag)
    probe = Probe.objects.get(pk=probe.pk)
    merge = merge_of(ProbeForm, probe, typed(name="beta", tag=""), seen)
    assert merge.collisions == ()
    assert [(change.label, change.old, change.new) for change in merge.settled] == [("Tag", "", str(tag))]
    assert (merge.data["name"], merge.data["tag"]) == ("beta", str(tag.pk))
    assert len(merge.told) == 1


def test_what_both_changed_collides_and_keeps_what_was_typed(probe):
    seen = version_of(probe)
    Probe.objects.filter(pk=probe.pk).update(name="gamma")
    probe = Probe.objects.get(pk=probe.pk)
    merge = merge_of(ProbeForm, probe, typed(name="beta", tag=""), seen)
    (collision,) = merge.collisions
    assert (collision.name, collision.stored, collision.typed) == ("name", "gamma", "beta")
    assert collision.joined == "gamma\nbeta"
    assert merge.data["name"] == "beta"
    assert merge.settled == ()


def test_both_wrote_the_same(probe):
    seen = version_of(probe)
    Probe.objects.filter(pk=probe.pk).update(name="beta")
    probe = Probe.objects.get(pk=probe.pk)
    merge = merge_of(ProbeForm, probe, typed(name="beta", tag=""), seen)
    assert (merge.collisions, merge.settled) == ((), ())


@pytest.mark.parametrize(
    ("choice", "result"), [("mine", "beta"), ("theirs", "alpha"), ("both", "alpha beta"), ("x", "beta")]
)
def test_a_choice_decides_what_is_sent(probe, choice, result):
    data = typed(name="beta", tag="", _merge_name=choice, _both_name="alpha beta", _merge_nonsense="theirs")
    assert with_choices(ProbeForm, probe, data)["name"] == result


def test_the_page_offers_the_choice_and_takes_it(client, editor, tag):
    seen = seen_in(client.get(form_of(tag)))
    Tag.objects.filter(pk=tag.pk).update(name="blue")
    answer = client.post(form_of(tag), {"name": "green", "seen_version": seen})
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    for piece in (
        "Nothing you typed is lost",
        'name="_merge_name" value="theirs"',
        'value="mine" checked',
        "_both_name",
    ):
        assert piece in page
    again = {"name": "green", "seen_version": seen_in(answer), "_merge_name": "both", "_both_name": "blue green"}
    assert client.post(form_of(tag), again).status_code == 302
    assert Tag.objects.get(pk=tag.pk).name == "blue green"


def test_a_third_one_in_between_is_shown_again(client, editor, tag):
    seen = seen_in(client.get(form_of(tag)))
    Tag.objects.filter(pk=tag.pk).update(name="blue")
    answer = client.post(form_of(tag), {"name": "green", "seen_version": seen})
    Tag.objects.filter(pk=tag.pk).update(name="black")
    again = {"name": "green", "seen_version": seen_in(answer), "_merge_name": "theirs"}
    answer = client.post(form_of(tag), again)
    assert answer.status_code in (302, 409)
    assert Tag.objects.get(pk=tag.pk).name == "black"
