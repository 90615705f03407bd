"""The inbox of decisions: one line a request, decided from there by the usual actions, one's own only to look at."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.actions.approving import return_grant
from complaints.actions.escalating import raise_by_hand, raise_escalation
from complaints.actions.granting import change_grant, submit_grant
from complaints.models import Escalation, RefusalProposal
from complaints.states import EscalationState, GrantState, RefusalState
from tests.admin.looking import dialog, hidden_in, send, signed_in, text_of, version_in
from tests.admin.world import somebody
from tests.building import a_negotiating_case, an_assessing_case
from tests.cast import AT, later
from tests.money import a_request, say_yes
from tests.refusals import a_proposal, an_unreasonable_case

pytestmark = pytest.mark.django_db
INBOX = "/admin/approvals/"
QUERIES_OF_THE_INBOX = 32


def lines(browser, **filters) -> dict:
    answer = browser.get(INBOX, filters)
    assert answer.status_code == 200
    return {line.key: line for line in answer.context["lines"]}


@pytest.fixture
def grant(world):
    """Ana asks for 260 yuan."""
    return a_request(world.cast, a_negotiating_case(world.cast, **somebody()), "260.00")


def test_a_line_says_what_a_decision_needs(sven, grant, world):
    line = lines(sven)[f"grant-{grant.pk}"]
    assert line.amount == "¥260.00"
    assert line.asker == world.cast.ana.name
    assert line.limit.most.startswith("¥")
    assert 0 < line.limit.percent <= 100
    assert "edition" in line.policy
    assert line.evidence >= 1
    assert str(line.change) == "first request"
    assert [str(deed.label) for deed in line.deeds] == ["Approve", "Send back", "Refuse"]
    text = text_of(sven.get(INBOX))
    assert "¥260.00" in text
    assert "all verified" in text or "not verified" in text


def test_the_earliest_deadline_stands_on_top(sven, world):
    found = list(lines(sven).values())
    due = [line.clock.due_at for line in found if line.clock]
    assert due == sorted(due)
    assert len(found) >= 3
    assert {line.kind for line in found} == {"grant", "refusal", "escalation"}


def test_approving_from_the_line_acts_and_comes_back_to_the_list(sven, grant):
    url = lines(sven, kind="grant")[f"grant-{grant.pk}"].deeds[0].url
    shown = sven.get(url, HTTP_HX_REQUEST="true")
    answer = send(sven, url, seen_digest=hidden_in(shown, "seen_digest"), seen_version=version_in(shown))
    assert answer.status_code == 204, text_of(answer)
    assert answer["HX-Redirect"] == f"{INBOX}?kind=grant"
    grant.refresh_from_db()
    assert grant.state == GrantState.APPROVED
    assert f"grant-{grant.pk}" not in lines(sven)
    assert "¥260.00" in text_of(sven.get(INBOX))


@pytest.mark.parametrize(("place", "state"), [(1, GrantState.DRAFTED), (2, GrantState.REJECTED)])
def test_sending_back_and_refusing_need_words(sven, grant, place, state):
    url = lines(sven)[f"grant-{grant.pk}"].deeds[place].url
    assert send(sven, url, reason=" ").status_code == 422
    assert send(sven, url, reason="请先补充检测报告。").status_code == 204
    grant.refresh_from_db()
    assert grant.state == state


def test_what_comes_again_says_what_has_changed(sven, grant, world):
    cast = world.cast
    return_grant(grant.pk, by=cast.sven, at=later(hours=1), reason="金额偏高。")
    facts = {"kind": grant.kind, "purpose": grant.purpose, "fault": grant.fault, "basis": "已核对。"}
    change_grant(grant.pk, by=cast.ana, at=later(hours=2), amount="240.00", order_of_offers="客户不要优惠券。", **facts)
    submit_grant(grant.pk, by=cast.ana, at=later(hours=3))
    assert str(lines(sven)[f"grant-{grant.pk}"].change) == "was ¥260.00, is ¥240.00"


def test_ones_own_request_is_seen_with_the_reason_and_cannot_be_decided(world):
    """Sven leads and asks for money himself: he sees it, tara decides."""
    cast = world.cast
    case = a_negotiating_case(cast, **somebody())
    raise_by_hand(case.pk, by=cast.sven, at=AT, reason="需要法务意见。")
    escalation = Escalation.objects.latest("pk")
    line = lines(signed_in(cast.sven))[f"escalation-{escalation.pk}"]
    assert line.is_own
    assert line.deeds == ()
    assert line.why_not
    text = text_of(signed_in(cast.sven).get(INBOX, {"kind": "escalation"}))
    assert str(line.why_not[0]) in text
    answer = send(signed_in(cast.sven), dialog(escalation, "decide-escalation"), decision="support", answer="同意。")
    assert answer.status_code == 422
    escalation.refresh_from_db()
    assert escalation.state == EscalationState.OPEN


def test_two_supervisors_are_told_who_is_first_and_second(world):
    cast = world.cast
    case = an_assessing_case(cast, **somebody())
    grant = a_request(cast, case, "600.00")
    assert grant.approvals_needed == 2
    first = lines(signed_in(cast.sven))[f"grant-{grant.pk}"]
    assert "first of two" in str(first.place)
    say_yes(grant, cast.sven)
    again = lines(signed_in(cast.sven))[f"grant-{grant.pk}"]
    assert again.deeds == ()
    assert "second supervisor" in str(again.why_not[0])
    second = lines(signed_in(cast.tara))[f"grant-{grant.pk}"]
    assert cast.sven.name in str(second.place)
    assert second.deeds


def test_two_levels_of_one_cause_to_one_person_are_one_line(world):
    cast = world.cast
    case = a_negotiating_case(cast, **somebody())
    facts = {"cause": "low_mark:7", "due_at": AT, "by": cast.system, "at": AT}
    low, high = (raise_escalation(case, level=level, **facts) for level in (1, 2))
    Escalation.objects.filter(pk__in=[low.pk, high.pk]).update(to_person=cast.sven)
    mine = lines(signed_in(cast.sven), kind="escalation")
    assert f"escalation-{high.pk}" in mine
    assert f"escalation-{low.pk}" not in mine
    Escalation.objects.filter(pk=high.pk).update(to_person=cast.tara)
    assert f"escalation-{low.pk}" in lines(signed_in(cast.sven), kind="escalation")


def test_a_refusal_and_an_escalation_are_decided_from_here(sven, world):
    proposal = a_proposal(world.cast, an_unreasonable_case(world.cast, **somebody()))
    line = lines(sven, kind="refusal")[f"refusal-{proposal.pk}"]
    assert "edition" in line.policy
    shown = sven.get(line.deeds[0].url, HTTP_HX_REQUEST="true")
    answer = send(sven, line.deeds[0].url, remark="依据充分。", seen_version=version_in(shown))
    assert answer["HX-Redirect"] == f"{INBOX}?kind=refusal"
    assert RefusalProposal.objects.get(pk=proposal.pk).state == RefusalState.APPROVED
    case = an_assessing_case(world.cast, **somebody())
    raise_by_hand(case.pk, by=world.cast.ana, at=AT, reason="顾客仍不接受。")
    escalation = Escalation.objects.latest("pk")
    line = lines(sven, kind="escalation")[f"escalation-{escalation.pk}"]
    assert send(sven, line.deeds[0].url).status_code == 204
    escalation.refresh_from_db()
    assert escalation.state == EscalationState.ACKNOWLEDGED


def test_filters_narrow_and_nonsense_is_refused(sven, world):
    assert {line.kind for line in lines(sven, kind="grant").values()} == {"grant"}
    assert lines(sven, team=world.cast.other_team.pk) == {}
    assert "No decision waits here." in text_of(sven.get(INBOX, {"team": world.cast.other_team.pk}))
    for query in ("kind=x", "team=abc", "p=0", "p=-1", "other=1", "kind=grant&kind=refusal", "team=" + "9" * 40):
        assert sven.get(f"{INBOX}?{query}").status_code == 400, query
    assert sven.get(INBOX, {"p": "99"}).status_code == 200
    assert sven.post(INBOX).status_code == 405


def test_only_who_decides_comes_in_and_auditors_only_look(world):
    for name in ("ana", "olga", "edith", "adam"):
        assert signed_in(world.person(name)).get(INBOX).status_code == 403
    auditor = signed_in(world.cast.axel)
    assert lines(auditor)
    assert all(line.deeds == () for line in lines(auditor).values())
    assert "data-sheet" not in text_of(auditor.get(INBOX)).partition("cm-inbox")[2]


def test_the_menu_counts_what_waits_and_is_quiet_without(sven, world):
    def badge(browser):
        groups = browser.get(INBOX).context["sidebar_navigation"]
        items = [item for group in groups for item in group["items"]]
        return next(item.get("badge") for item in items if item["link"] == reverse("desk:approvals"))

    waiting = [line for line in lines(sven).values() if line.deeds]
    assert badge(sven) == str(len(waiting))
    assert badge(signed_in(world.cast.axel)) is None


def test_the_inbox_takes_few_queries_however_long(sven, world):
    def queries() -> int:
        sven.get(INBOX)
        with CaptureQueriesContext(connection) as found:
            sven.get(INBOX)
        return len(found)

    few = queries()
    for _number in range(4):
        a_request(world.cast, a_negotiating_case(world.cast, **somebody()), "255.00")
    assert queries() == few <= QUERIES_OF_THE_INBOX
