"""How the house runs: the page, the red line on every page, endpoints kept by administrators, second tries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from casemgmt.adminkit.forms import LONGEST_WORDS
from casemgmt.models import Delivery, Endpoint, OutboxMessage, Pulse, Retry, Sweep
from complaints.models import SetAside
from tests.admin.looking import signed_in
from tests.admin.world import NOW
from tests.running.endpoints import SECRET, an_endpoint, happens

PAGE = reverse("desk:operation")
TYPED = {
    "name": "Warehouse",
    "kind": "webhook",
    "is_on": "on",
    "address": "https://hooks.example/cases?token=hidden-path",
    "secret": SECRET,
    "events": ["escalations", "moves"],
}


@pytest.fixture
def adam(world):
    """A browser in which the administrator is signed in."""
    return signed_in(world.adam)


def swept(minutes: int, name="escalate_overdue", **more):
    ended = NOW - timedelta(minutes=minutes)
    return Sweep.objects.create(name=name, started_at=ended, finished_at=ended, **more)


def do(browser, url, **data):
    return browser.post(url, {"form_key": str(uuid4()), **data}, follow=True)


def a_dead_message(endpoint=None):
    happens("clock:dead:1", at=NOW)
    message = OutboxMessage.objects.get(endpoint=endpoint)
    OutboxMessage.objects.filter(pk=message.pk).update(failed_at=NOW, attempts=13, last_error="refused")
    return message


@pytest.mark.parametrize(("minutes", "words"), [(0, "just now"), (1, "1 min ago")])
def test_what_ran_within_a_minute_ran_just_now(adam, minutes, words):
    swept(minutes)
    (age,) = [run["age"] for run in adam.get(PAGE).context["sweeps"] if run["name"] == "escalate_overdue"]
    assert age == words


def test_the_page_says_what_runs_and_what_does_not(adam):
    swept(1, selected=3, done=3)
    swept(9, "warn_of_clocks", error="1 set aside: ValueError")
    Pulse.objects.create(name="beat", at=NOW - timedelta(minutes=7))
    SetAside.objects.create(
        sweep="warn_of_clocks", row=4, subject_label="complaints.clock", reason="ValueError", since=NOW, retry_at=NOW
    )
    text = adam.get(PAGE).content.decode()
    engine = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    for words in ("Escalate overdue cases", "1 set aside: ValueError", "silent", "Rows set aside by sweeps", engine):
        assert words in text


@pytest.mark.parametrize(("name", "status"), [("adam", 200), ("sven", 200), ("axel", 200), ("ana", 403), ("olga", 403)])
def test_administrators_supervisors_and_auditors_may_look(world, name, status):
    assert signed_in(world.person(name)).get(PAGE).status_code == status


def test_the_page_costs_the_same_however_much_there_is(adam, django_assert_max_num_queries):
    with django_assert_max_num_queries(36):
        adam.get(PAGE)


def test_a_late_sweep_is_a_red_line_for_who_can_do_something(sven, ana):
    start = reverse("admin:index")
    assert "cm-operation-banner" not in sven.get(start).content.decode()
    swept(12)
    assert "cm-operation-banner" in sven.get(start).content.decode()
    assert "cm-operation-banner" not in ana.get(start).content.decode()
    swept(2)
    assert "cm-operation-banner" not in sven.get(start).content.decode()


def test_an_endpoint_is_made_and_its_secrets_are_never_shown_again(adam):
    answer = adam.post(reverse("admin:casemgmt_endpoint_add"), TYPED, follow=True)
    assert answer.status_code == 200
    endpoint = Endpoint.objects.get()
    assert (endpoint.host, endpoint.events) == ("hooks.example", ["escalations", "moves"])
    change = reverse("admin:casemgmt_endpoint_change", args=[endpoint.pk])
    text = adam.get(change).content.decode() + adam.get(reverse("admin:casemgmt_endpoint_changelist")).content.decode()
    assert "hidden-path" not in text
    assert SECRET not in text
    kept = {**TYPED, "name": "Depot", "address": str(endpoint.address), "secret": str(endpoint.secret)}
    page = adam.get(change)
    adam.post(change, {**kept, "seen_version": page.context["seen_version"]})
    endpoint.refresh_from_db()
    assert endpoint.name == "Depot"
    assert endpoint.secret.same_text_as(SECRET)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"address": "javascript:alert(1)"}, "address"),
        ({"address": "http://169.254.169.254/"}, "address"),
        ({"address": "https://10.0.0.8/"}, "address"),
        ({"address": "https://localhost/x"}, "address"),
        ({"address": "https://a.example/" + "x" * LONGEST_WORDS}, "address"),
        ({"secret": "short"}, "secret"),
        ({"secret": ""}, "secret"),
        ({"events": []}, "events"),
        ({"events": ["nonsense"]}, "events"),
        ({"kind": "carrier pigeon"}, "kind"),
        ({"kind": "sms", "numbers": "abc", "access_key": "a", "sign_name": "b", "template_code": "c"}, "numbers"),
        ({"name": ""}, "name"),
    ],
)
def test_what_cannot_be_an_endpoint_is_told_at_its_field(adam, typed, field):
    answer = adam.post(reverse("admin:casemgmt_endpoint_add"), {**TYPED, **typed})
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not Endpoint.objects.exists()


def test_a_test_goes_into_the_outbox_even_of_one_that_is_off(adam, ana):
    endpoint = an_endpoint("https://hooks.example/", is_on=False)
    url = reverse("admin:casemgmt_endpoint_do", args=[endpoint.pk, "test"])
    assert do(ana, url).status_code in (403, 404)
    assert do(adam, url).status_code == 200
    assert OutboxMessage.objects.get(endpoint=endpoint).kind == "notice.endpoint_test"
    assert Retry.objects.get().history.get().history_change_reason == "endpoint.tested"


def test_a_dead_letter_is_tried_again_once_and_the_ledger_knows_who(adam, sven):
    message = a_dead_message(an_endpoint("https://hooks.example/"))
    url = reverse("admin:casemgmt_outboxmessage_do", args=[message.pk, "retry"])
    assert do(sven, url).status_code in (403, 404), "supervisors do not read messages"
    assert "Try again" in adam.get(reverse("admin:casemgmt_outboxmessage_change", args=[message.pk])).content.decode()
    assert do(adam, url).status_code == 200
    message.refresh_from_db()
    assert (message.failed_at, message.attempts, message.last_error) == (None, 0, "")
    assert do(adam, url).status_code == 422
    said = Retry.objects.get().history.get()
    assert (said.history_change_reason, said.failure) == ("retry.asked", "refused")


def test_a_webhook_that_has_gone_out_is_sent_once_more(adam):
    endpoint = an_endpoint("https://hooks.example/")
    message = a_dead_message(endpoint)
    OutboxMessage.objects.filter(pk=message.pk).update(failed_at=None, sent_at=NOW)
    Delivery.objects.create(
        endpoint=endpoint, message=message, at=NOW, milliseconds=5, status=200, answer="<script>x</script>"
    )
    page = adam.get(reverse("admin:casemgmt_endpoint_change", args=[endpoint.pk])).content.decode()
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page
    do(adam, reverse("admin:casemgmt_outboxmessage_do", args=[message.pk, "send-again"]))
    assert OutboxMessage.objects.waiting().filter(pk=message.pk).exists()


def test_everything_given_up_for_an_endpoint_is_tried_again(adam):
    endpoint = an_endpoint("https://hooks.example/")
    message = a_dead_message(endpoint)
    do(adam, reverse("admin:casemgmt_endpoint_do", args=[endpoint.pk, "retry-all"]))
    assert OutboxMessage.objects.waiting().filter(pk=message.pk).exists()


def test_a_row_set_aside_is_tried_again_at_once(adam):
    aside = SetAside.objects.create(
        sweep="warn_of_clocks",
        row=4,
        subject_label="complaints.clock",
        reason="ValueError",
        since=NOW,
        retry_at=NOW + timedelta(hours=1),
    )
    do(adam, reverse("admin:complaints_setaside_do", args=[aside.pk, "retry"]))
    aside.refresh_from_db()
    assert aside.retry_at == NOW
    assert Retry.objects.get().failure == "ValueError"
