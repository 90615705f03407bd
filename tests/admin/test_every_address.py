"""Every address for every role, by every method: no 500, reading writes nothing and shows nothing personal."""

import logging

import pytest
from django.db import connection, transaction
from django.template.base import Template
from django.test import Client

from casemgmt.models import Notice
from tests.admin.addresses import all_about, dialogs_on, others, pages, paperwork_of, row_pages, rows_of
from tests.admin.counting import events, kept, watched
from tests.admin.looking import personal_values, text_of
from tests.cast import AT

ROLES = ("ana", "ben", "wen", "sven", "olga", "axel", "edith", "adam", "anonymous")
ANSWERS = {200, 204, 302, 400, 403, 404, 405, 409, 422}
FRAGMENT = {"HTTP_HX_REQUEST": "true"}
READERS = ("axel", "edith", "anonymous")
SEE_ALL_OF_A_CASE = ("ana", "sven", "olga", "axel")
LEAVES_EVENTS = ("file", "paper")
NOTED_WHEN_AUDITORS_LOOK = "admin:complaints_complaint_change"


@pytest.fixture(autouse=True)
def without_ceremony(monkeypatch):
    """Thousands of requests: no log of each refusal, no copy of each template's context."""
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def a_browser(person) -> Client:
    """Signed in as this person; an error is an answer, so that one does not hide the next."""
    browser = Client(raise_request_exception=False)
    if person is not None:
        browser.force_login(person)
    return browser


def addresses_for(world, turn: int) -> list:
    """Every page, every row page, and every dialog on rows that change from role to role."""
    cases = list(world.cases.values())
    found = [*pages(), *others(world)]
    for row in rows_of(world):
        found += row_pages(row)
    for number, address in enumerate(dialogs_on(cases[0])):
        row = cases[(number + turn * 5) % len(cases)]
        found.append(next(other for other in dialogs_on(row) if other.action is address.action))
    by_kind = {}
    for case in cases:
        for row in paperwork_of(case):
            by_kind.setdefault(type(row), {}).setdefault(getattr(row, "state", ""), row)
    for states in by_kind.values():
        rows = list(states.values())
        for number, address in enumerate(dialogs_on(rows[0])):
            row = rows[(number + turn) % len(rows)]
            found.append(next(other for other in dialogs_on(row) if other.action is address.action))
    found += dialogs_on(world.cases["money"].customer)
    return found


def to_be_read(world, turn: int) -> list:
    """The addresses for a role, and for those who look into cases all that hangs on the one about money."""
    found = addresses_for(world, turn)
    if ROLES[turn] in SEE_ALL_OF_A_CASE:
        known = {address.url for address in found}
        found += [address for address in all_about(world.cases["money"]) if address.url not in known]
    return found


def told(answer) -> str:
    """Why an answer is an error, in one line."""
    return repr(getattr(answer, "exc_info", None) and answer.exc_info[1])


@pytest.mark.parametrize("turn", range(len(ROLES)), ids=ROLES)
def test_reading_never_writes_never_fails_and_shows_no_personal_data(world, turn):
    """Whoever reads what: every page is searched for every personal value of the house."""
    browser = a_browser(world.person(ROLES[turn]))
    wrong, secrets = [], personal_values()
    assert len(secrets) > 50
    with watched() as watch:
        for number, address in enumerate(to_be_read(world, turn)):
            noted = events()
            answer = browser.get(address.url, **FRAGMENT)
            refused = answer.status_code == 403
            if answer.status_code not in ANSWERS:
                wrong.append((address.url, answer.status_code, told(answer)))
            if watch.grew():
                wrong.append((address.url, "wrote"))
            text = "" if answer.streaming else text_of(answer)
            if shown := {secret for secret in secrets if secret in text}:
                wrong.append((address.url, "shows", shown))
            leaves = address.name in LEAVES_EVENTS or (ROLES[turn], address.name) == ("axel", NOTED_WHEN_AUDITORS_LOOK)
            expected = 1 if refused or (leaves and answer.status_code == 200) else 0
            if events() - noted != expected:
                wrong.append((address.url, answer.status_code, f"{events() - noted} access events"))
            if number % 7 == turn % 7 and address.name not in LEAVES_EVENTS:
                head = browser.head(address.url, **FRAGMENT)
                if (head.status_code, head.content) != (answer.status_code, b"") or watch.grew():
                    wrong.append((address.url, "HEAD", head.status_code, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("turn", range(len(ROLES)), ids=ROLES)
def test_other_methods_are_answered_405_everywhere(world, turn):
    browser = a_browser(world.person(ROLES[turn]))
    before, noted = kept(), events()
    answers = {
        (address.url, method): browser.generic(method, address.url).status_code
        for number, address in enumerate(addresses_for(world, turn))
        for method in [("PUT", "PATCH", "DELETE", "TRACE")[(number + turn) % 4]]
    }
    assert {key: status for key, status in answers.items() if status != 405} == {}
    assert kept() == before
    assert events() - noted == (0 if ROLES[turn] == "anonymous" else len(answers))


@pytest.mark.parametrize("turn", range(len(ROLES)), ids=ROLES)
def test_what_nobody_meant_to_send_changes_nothing(world, turn):
    browser = a_browser(world.person(ROLES[turn]))
    wrong, noted = [], events()
    requests = [
        (address, data)
        for number, address in enumerate(addresses_for(world, turn))
        for data in ({}, address.rubbish(number + turn))
    ]
    with watched() as watch:
        for address, data in requests:
            mark = transaction.savepoint()
            answer = browser.post(address.url, data, **FRAGMENT)
            changed, refused = watch.grew(), events() - noted
            transaction.savepoint_rollback(mark)
            watch.forget()
            status = answer.status_code
            if status not in ANSWERS:
                wrong.append((address.url, status, told(answer)))
            if not data and changed:
                wrong.append((address.url, status, "changed by nothing"))
            if address.action and not data and status not in (400, 302, 403, 404, 422):
                wrong.append((address.url, status, "no key"))
            if changed and status != 204:
                wrong.append((address.url, status, "changed, but did not say so"))
            is_own = address.name.endswith(":write-note") or (
                ROLES[turn] == "edith" and address.name.startswith(("admin:policies_", "policy_"))
            )
            if changed and ROLES[turn] in READERS and not is_own:
                wrong.append((address.url, status, "changed by a reader"))
            if refused not in {403: (1,), 405: (0, 1)}.get(status, (0,)):
                wrong.append((address.url, status, f"{refused} access events"))
    assert wrong == []
    assert not connection.needs_rollback


def test_the_watch_sees_what_grows_and_nothing_else(world):
    """A statement that changes no kept table, and one that does."""
    with watched() as watch:
        world.cast.ana.__class__.objects.filter(pk=0).delete()
        assert not watch.grew()
        mark = transaction.savepoint()
        Notice.objects.create(
            person=world.cast.ana, code="notice.mentioned", key="watched", created_at=AT, shown_from=AT
        )
        assert watch.grew()
        transaction.savepoint_rollback(mark)
        watch.forget()
        assert not watch.grew()
