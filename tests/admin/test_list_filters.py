"""Filters of the list of cases: several values at once, spans, chips that take one value away, and bad values."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from casemgmt.adminkit.templatetags.desk import chips
from complaints.models import Complaint
from tests.admin.looking import text_of

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"


def listed(browser, query):
    answer = browser.get(f"{CASES}?queue=all&{query}")
    assert answer.status_code == 200
    return {row.pk for row in answer.context["cl"].result_list}


def expected(**lookup):
    return set(Complaint.objects.filter(**lookup).values_list("pk", flat=True))


def test_several_values_of_one_filter_add_up_and_two_filters_narrow(ana, world):
    states = ["negotiating", "closed"]
    seen = listed(ana, "")
    assert listed(ana, "state=negotiating&state=closed") == expected(state__in=states) & seen
    grave = expected(state="negotiating", severity="critical") & seen
    assert listed(ana, "state=negotiating&severity=critical") == grave
    assert listed(ana, "handler=none") == expected(handler__isnull=True) & seen
    both = f"handler=none&handler={world.cast.ana.pk}"
    assert listed(ana, both) == (expected(handler__isnull=True) | expected(handler=world.cast.ana)) & seen


def test_older_addresses_still_work(ana, world):
    assert listed(ana, "state__exact=closed") == listed(ana, "state=closed")
    assert listed(ana, f"handler__id__exact={world.cast.ana.pk}") == listed(ana, f"handler={world.cast.ana.pk}")


def test_spans_of_days_hold_both_ends(ana, world):
    case = world.cases["busy"]
    day = localtime(case.received_at).date()
    assert case.pk in listed(ana, f"received_from={day}&received_to={day}")
    assert case.pk not in listed(ana, f"received_from={day + timedelta(days=1)}")
    assert case.pk not in listed(ana, f"received_to={day - timedelta(days=1)}")


def test_money_at_stake_holds_both_ends(ana, world):
    """Case "money" has grants of 200.00 and 120.00 beside its draft."""
    rows = ana.get(f"{CASES}?queue=all").context["cl"].result_list
    amount = next(row.at_stake for row in rows if row.pk == world.cases["money"].pk)
    assert world.cases["money"].pk in listed(ana, f"money_from={amount}&money_to={amount}")
    assert world.cases["money"].pk not in listed(ana, f"money_from={amount + 1}")
    assert world.cases["registered"].pk not in listed(ana, "money_from=0.01")


def test_each_chip_takes_only_its_own_value_away(ana):
    answer = ana.get(f"{CASES}?queue=all&state=negotiating&state=closed&received_from=2026-01-01")
    assert [chip["url"] for chip in chips(answer.context["cl"])] == [
        "?queue=all&received_from=2026-01-01&state=closed",
        "?queue=all&received_from=2026-01-01&state=negotiating",
        "?queue=all&state=negotiating&state=closed",
    ]
    assert answer.context["cl"].clear_url == "?queue=all"


@pytest.mark.parametrize(
    "query",
    [
        "state=nonsense",
        "state=closed&state=x",
        "severity=%27",
        "handler=999999",
        "handler=abc",
        "team=-1",
        "shop=x",
        "customer=abc",
        "customer=99999999999999999999999",
        "customer=1&customer=2",
        "received_from=tomorrow",
        "received_from=2026-02-30",
        "received_to=0001-01-01",
        "received_to=9999-12-31",
        "received_from=2026-02-02&received_to=2026-02-01",
        "due_from=１２",
        "money_from=abc",
        "money_from=NaN",
        "money_from=-1",
        "money_to=1e9",
        "money_to=1.001",
        "money_from=2&money_to=1",
        "state=closed" + "&state=closed1" * 60,
    ],
)
def test_a_value_that_makes_no_sense_is_refused_in_words(ana, query):
    answer = ana.get(f"{CASES}?queue=all&{query}")
    assert answer.status_code == 400
    assert 'id="changelist"' not in text_of(answer)
    assert ana.get(f"{CASES}filters/?queue=all&{query}").status_code == 400


def test_the_form_carries_queue_and_search_and_shows_what_is_on(ana, world):
    page = text_of(ana.get(f"{CASES}filters/?queue=all&q=大衣&state=closed", headers={"HX-Request": "true"}))
    assert '<input type="hidden" name="queue" value="all">' in page
    assert '<input type="hidden" name="q" value="大衣">' in page
    assert 'name="state" value="closed" checked' in page
    assert 'name="state" value="negotiating" checked' not in page
    assert "<html" not in page
    assert "<html" in text_of(ana.get(f"{CASES}filters/"))
