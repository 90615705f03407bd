"""Refunds and returns that wait are seen by age, person and step; after a big promotion shortage is told (S-SLA-11)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casemgmt.people.models import Substitution
from policies.actions import activate_policy, draft_policy, try_policy
from tests.admin.looking import signed_in, text_of
from tests.admin.test_landing import QUERIES_OF_THE_LANDING
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.money import a_request
from tests.returns import a_bought_case, a_return, an_agreed_return

pytestmark = pytest.mark.django_db
PAGE = "/admin/refund-backlog/"
DESK = "/admin/"


@pytest.fixture
def on(monkeypatch):
    """Turn the clock: `on(days=2)` is two days after the cast came together."""

    def turn(**span):
        monkeypatch.setattr(timezone, "now", lambda: later(**span))
        return later(**span)

    turn()
    return turn


def a_promotion(cast, *, begins=date(2026, 10, 1), ends=date(2026, 10, 8), most=12, oldest=3):
    """A big promotion, drafted and switched on by two people."""
    row = draft_policy(
        by=cast.sven,
        at=AT - timedelta(hours=2),
        kind="promotion",
        key="autumn",
        title={"en": "Autumn sale", "zh": "秋季大促"},
        source={"en": "the platform's calendar", "zh": "平台活动日历"},
        valid_from=AT - timedelta(hours=1),
        body={
            "label": {"en": "Autumn sale", "zh": "秋季大促"},
            "begins_on": begins.isoformat(),
            "ends_on": ends.isoformat(),
            "echo_days": 15,
            "waiting_per_person": most,
            "oldest_days": oldest,
        },
    )
    try_policy(row.pk, by=cast.sven, at=AT - timedelta(hours=2))
    return activate_policy(row.pk, by=cast.tara, at=AT - timedelta(hours=2))


def facts_of(group):
    return [fact.value for fact in group.facts]


def test_s_sla_11_the_backlog_is_seen_by_age_person_and_step(cast, on):
    a_return(cast, a_bought_case(cast))
    on(days=5)
    page = signed_in(cast.sven).get(PAGE)
    (row,) = page.context["rows"]
    assert (row.label, row.total, row.ages, row.oldest) == ("安娜", 1, (0, 0, 1, 0), 5)
    (steps,) = page.context["groups"]
    assert facts_of(steps) == ["1", "0", "0", "0", "0"]
    assert "安娜" in text_of(page)


def test_what_is_no_refund_is_left_out_and_what_the_customer_has_is_told_apart(cast, on):
    an_agreed_return(cast, a_bought_case(cast))
    a_request(cast, an_assessing_case(cast), "100.00")
    page = signed_in(cast.sven).get(PAGE)
    assert [row.total for row in page.context["rows"]] == [1]
    assert facts_of(page.context["groups"][-1]) == ["0", "1", "0", "0", "0"], "agreed: the goods are with the customer"


def test_a_refund_without_a_return_waits_for_its_approval(cast, on):
    a_request(cast, a_bought_case(cast), "300.00", kind="partial_refund", order_of_offers="")
    page = signed_in(cast.sven).get(PAGE)
    assert facts_of(page.context["groups"][-1]) == ["0", "0", "0", "1", "0"]


def test_wc_25_after_a_big_promotion_a_shortage_of_people_is_told(cast, on):
    """Volume surges, staff is short: how many more are wanted stands on the desk of who leads and who pays."""
    a_promotion(cast, most=1)
    get_user_model().objects.filter(pk__in=[cast.ben.pk, cast.tara.pk, cast.sven.pk]).update(team=cast.other_team)
    cast.sven.refresh_from_db()
    Substitution.objects.filter(person=cast.sven).delete()
    for number in range(3):
        case = a_bought_case(cast, content=f"衣服不合适，想退。第{number}件", quantity=5, paid="3445.00")
        a_return(cast, case)
    page = signed_in(cast.axel).get(PAGE)
    alarm = page.context["groups"][0]
    assert alarm.title == "Autumn sale: refunds and returns"
    assert facts_of(alarm) == ["3", "0", "1 / 3"]
    assert alarm.quote.startswith("2 more people are wanted")
    assert "2026-10-08" in alarm.note
    assert "2026-10-23" in alarm.note


def test_the_desk_of_who_leads_and_who_pays_warns_while_a_promotion_weighs(cast, on):
    a_return(cast, a_bought_case(cast))
    assert "Autumn sale" not in text_of(signed_in(cast.sven).get(DESK))
    a_promotion(cast)
    for person in (cast.sven, cast.olga):
        browser = signed_in(person)
        browser.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            desk = text_of(browser.get(DESK))
        assert "Autumn sale: refunds and returns" in desk
        assert PAGE in desk
        assert len(queries) <= QUERIES_OF_THE_LANDING
    assert "Autumn sale" not in text_of(signed_in(cast.ana).get(DESK))
    on(days=12)
    assert "Autumn sale" not in text_of(signed_in(cast.sven).get(DESK)), "its echo is over"


def test_what_waits_too_long_is_told_even_where_people_are_enough(cast, on):
    a_promotion(cast)
    a_return(cast, a_bought_case(cast))
    on(days=4)
    alarm = signed_in(cast.sven).get(PAGE).context["groups"][0]
    assert alarm.quote == "1 refund or return has waited longer than 3 days."


def test_staff_have_no_backlog_page_and_nobody_hears_of_cases_that_they_do_not_see(cast, on):
    a_return(cast, a_bought_case(cast))
    assert signed_in(cast.ana).get(PAGE).status_code == 403
    assert signed_in(cast.olga).get(PAGE).context["rows"] == []
    assert signed_in(cast.sven).get(f"{PAGE}?x=1").status_code == 400
    assert signed_in(cast.sven).post(PAGE).status_code == 405
