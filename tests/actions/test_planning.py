"""Plans: drafted in versions, offered, answered; and the ladder of non-acceptance."""

from datetime import timedelta
from decimal import Decimal

import pytest

from complaints.actions.planning import (
    OptionDraft,
    accept_plan,
    advice_on_offer,
    draft_plan,
    offer_plan,
    reject_plan,
    walk_ladder,
)
from complaints.rules.planning import missing_steps
from complaints.states import CaseState, PlanState
from complaints.vocabulary import Acceptance, Channel, ContactOutcome, LadderStep, OwedBy, Remedy, Verdict
from policies.lookup import periods_in_force
from tests.building import (
    a_case,
    a_drafted_plan,
    a_negotiating_case,
    an_accepted_plan,
    an_investigating_case,
    an_offered_plan,
    answer,
)
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

OFFER = {"channel": Channel.QIANNIU, "words": "给您两个方案，请选择。"}


@pytest.fixture
def case(cast):
    """Facts established, no plan yet."""
    return a_negotiating_case(cast)


def chosen(plan, count=1):
    """The first options of the plan."""
    return list(plan.options.values_list("pk", flat=True))[:count]


def test_a_plan_has_its_parts_and_all_versions_stay(cast, case):
    """S-UNR-15, S-SOL-23."""
    first = a_drafted_plan(cast, case)
    second = a_drafted_plan(cast, case, improvement="质检增加领口一项")
    first.refresh_from_db()
    assert (first.number, first.state) == (1, PlanState.SUPERSEDED)
    assert (second.number, second.state) == (2, PlanState.DRAFTED)
    assert (second.explanation.words, second.options.count()) == (first.explanation.words, 2)


def option(remedy=Remedy.COUPON, **changes):
    return {"options": [OptionDraft(remedy, **changes)]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"explanation": " "}, "plan.explanation_missing"),
        ({"follow_up": ""}, "plan.follow_up_missing"),
        (option("gold"), "plan.option_unknown"),
        (option(amount=Decimal(0)), "plan.amount_not_positive"),
        (option(amount=Decimal("-0.01")), "plan.amount_not_positive"),
        (option(amount=Decimal("NaN")), "plan.amount_not_positive"),
        (option(amount=Decimal("Infinity")), "plan.amount_not_positive"),
        (option(amount=Decimal("99999999999999999999")), "plan.amount_not_positive"),
        (option(amount=Decimal("0.005")), "plan.amount_not_money"),
        (option(amount=Decimal(5), currency="XXX"), "plan.currency_differs"),
        ({"owed_by": "fate"}, "plan.owed_by_unknown"),
    ],
)
def test_each_clause_of_a_draft_alone_refuses(cast, case, changes, code):
    with refused(code):
        a_drafted_plan(cast, case, **changes)


def test_a_full_remedy_against_the_facts_says_why_it_can_be_kept(cast):
    """S-PRO-02, WC-12; WC-28: a new one for light damage may still be right."""
    case = a_negotiating_case(cast, verdict=Verdict.UNSUBSTANTIATED, responsible_party="customer")
    with refused("plan.hard_to_keep"):
        a_drafted_plan(cast, case, **option(Remedy.EXCHANGE_NEW))
    a_drafted_plan(cast, case, **option(Remedy.EXCHANGE_NEW, words="损坏较轻，店内有货，直接换新"))


def test_an_offer_is_an_exchange_with_the_customer_and_has_an_end(cast, case):
    plan = a_drafted_plan(cast, case)
    plan = offer_plan(plan.pk, by=cast.ana, at=AT, **OFFER)
    assert plan.state == PlanState.OFFERED
    assert plan.offer.words.words == OFFER["words"]
    assert plan.on_offer_until == AT + timedelta(days=periods_in_force(AT).offer_stands_days)
    with refused("case.not_possible_from"):
        offer_plan(plan.pk, by=cast.ana, at=AT, **OFFER)


def test_the_next_offer_supersedes_the_earlier_one_and_not_before(cast, case):
    first = an_offered_plan(cast, case)
    a_drafted_plan(cast, case)
    first.refresh_from_db()
    assert first.state == PlanState.OFFERED
    an_offered_plan(cast, case)
    first.refresh_from_db()
    assert first.state == PlanState.SUPERSEDED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"outcome": ContactOutcome.NO_ANSWER}, "plan.not_delivered"),
        ({"on_offer_until": AT}, "plan.offer_until_past"),
    ],
)
def test_each_clause_of_an_offer_alone_refuses(cast, case, changes, code):
    plan = a_drafted_plan(cast, case)
    with refused(code):
        offer_plan(plan.pk, by=cast.ana, at=AT, **OFFER | changes)


def test_a_plan_without_a_remedy_is_not_offered(cast, case):
    plan = a_drafted_plan(cast, case, options=[])
    with refused("plan.remedy_missing"):
        offer_plan(plan.pk, by=cast.ana, at=AT, **OFFER)


def test_nothing_is_offered_before_the_facts(cast):
    """S-INV-01."""
    plan = a_drafted_plan(cast, an_investigating_case(cast))
    with refused("plan.not_negotiating"):
        offer_plan(plan.pk, by=cast.ana, at=AT, **OFFER)


def test_one_option_alone_is_advised_against_and_allowed(cast, case):
    """S-SOL-21."""
    plan = a_drafted_plan(cast, case, **option())
    assert [advice.code for advice in advice_on_offer(plan)] == ["plan.only_one_option"]
    assert offer_plan(plan.pk, by=cast.ana, at=AT, **OFFER).state == PlanState.OFFERED


def test_the_customers_yes_is_recorded_with_what_was_chosen(cast, case):
    """S-SOL-22."""
    plan = an_accepted_plan(cast, case, chosen=2)
    assert (plan.state, plan.acceptance) == (PlanState.ACCEPTED, Acceptance.SAID_YES)
    assert plan.answer.side == "customer"
    assert plan.options.filter(chosen=True).count() == 2


def test_each_clause_of_a_yes_alone_refuses(cast, case):
    plan = an_offered_plan(cast, case)
    for code, changes in {
        "plan.nothing_chosen": {"chosen": []},
        "plan.option_of_another_plan": {"chosen": [*chosen(plan), 999999]},
        "plan.acceptance_missing": {"acceptance": "nodded"},
        "plan.yes_missing": {"words": ""},
        "plan.application_differs": {"acceptance": Acceptance.APPLIED_FOR_IT},
        "plan.not_owed": {"acceptance": Acceptance.OWED},
    }.items():
        with refused(code):
            accept_plan(
                plan.pk,
                by=cast.ana,
                at=AT,
                **{"acceptance": Acceptance.SAID_YES, "chosen": chosen(plan), "words": "好"} | changes,
            )


@pytest.mark.parametrize(
    ("demanded", "offered", "is_the_yes"),
    [(Decimal("30"), Decimal("30"), True), (Decimal("30.01"), Decimal("30"), False), (None, Decimal("30"), True)],
)
def test_an_application_that_asks_for_just_that_is_the_yes(cast, demanded, offered, is_the_yes):
    case = a_negotiating_case(cast, demanded_remedy=Remedy.PARTIAL_REFUND, demanded_amount=demanded)
    plan = an_offered_plan(cast, case, **option(Remedy.PARTIAL_REFUND, amount=offered))
    act = {"by": cast.ana, "at": AT, "acceptance": Acceptance.APPLIED_FOR_IT, "chosen": chosen(plan)}
    if is_the_yes:
        assert accept_plan(plan.pk, **act).state == PlanState.ACCEPTED
    else:
        with refused("plan.application_differs"):
            accept_plan(plan.pk, **act)


@pytest.mark.parametrize("owed_by", [OwedBy.LAW, OwedBy.OUR_FAULT])
def test_what_is_owed_is_carried_out_without_a_yes(cast, case, owed_by):
    plan = an_offered_plan(cast, case, owed_by=owed_by)
    plan = accept_plan(plan.pk, by=cast.ana, at=AT, acceptance=Acceptance.OWED, chosen=chosen(plan))
    assert (plan.state, plan.answer) == (PlanState.ACCEPTED, None)


def test_a_plan_is_answered_once(cast, case):
    plan = an_accepted_plan(cast, case)
    with refused("case.not_possible_from"):
        accept_plan(plan.pk, by=cast.ana, at=AT, acceptance=Acceptance.SAID_YES, chosen=chosen(plan), words="好")


def test_a_no_says_why_and_another_version_follows(cast, case):
    """S-COM-30, S-SOL-23."""
    plan = an_offered_plan(cast, case)
    with refused("plan.rejected_without_words"):
        reject_plan(plan.pk, by=cast.ana, at=AT, words="")
    plan = reject_plan(plan.pk, by=cast.ana, at=AT, words="不想再等一周")
    assert (plan.state, plan.answer.words) == (PlanState.REJECTED, "不想再等一周")
    assert an_offered_plan(cast, case).number == 2
    with refused("case.not_possible_from"):
        reject_plan(plan.pk, by=cast.ana, at=AT, words="还是不要")


def test_the_ladder_is_walked_in_order(cast, case):
    """S-SOL-24, WC-32."""
    with refused("ladder.out_of_order"):
        walk_ladder(case.pk, by=cast.ana, at=AT, step=LadderStep.SUPERIOR, words="主管建议再让一步")
    for step in LadderStep.values:
        walk_ladder(case.pk, by=cast.ana, at=AT, step=step, words="已做")
    assert missing_steps(frozenset(case.ladder.values_list("step", flat=True))) == ()
    walk_ladder(case.pk, by=cast.ana, at=AT, step=LadderStep.TALKED_FURTHER, words="又谈了一次")


@pytest.mark.parametrize(
    ("changes", "code"), [({"step": "shout"}, "ladder.step_unknown"), ({"words": " "}, "ladder.words_missing")]
)
def test_each_clause_of_the_ladder_alone_refuses(cast, case, changes, code):
    with refused(code):
        walk_ladder(case.pk, by=cast.ana, at=AT, **{"step": LadderStep.TALKED_FURTHER, "words": "已做"} | changes)


def test_the_ladder_is_walked_while_negotiating(cast):
    case = a_case(cast, CaseState.INVESTIGATING)
    with refused("plan.not_negotiating"):
        walk_ladder(case.pk, by=cast.ana, at=AT, step=LadderStep.TALKED_FURTHER, words="已做")


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_others_may_not(cast, case, name):
    plan = an_offered_plan(cast, case)
    by = getattr(cast, name)
    with denied():
        draft_plan(case.pk, by=by, at=AT, explanation="……", follow_up="……")
    with denied():
        offer_plan(plan.pk, by=by, at=AT, **OFFER)
    with denied():
        accept_plan(plan.pk, by=by, at=AT, acceptance=Acceptance.SAID_YES, chosen=chosen(plan), words="好")
    with denied():
        reject_plan(plan.pk, by=by, at=AT, words="不")
    with denied():
        walk_ladder(case.pk, by=by, at=AT, step=LadderStep.TALKED_FURTHER, words="已做")


def test_a_call_out_of_hours_is_an_offer_and_a_breach(cast, case):
    """What happened is recorded, with the reason (S-COM-01, S-COM-11)."""
    plan = a_drafted_plan(cast, case)
    night = later(hours=12)
    with refused("call.outside_window"):
        offer_plan(plan.pk, by=cast.ana, at=night, channel=Channel.PHONE, words="电话告知")
    plan = offer_plan(
        plan.pk, by=cast.ana, at=night, channel=Channel.PHONE, words="电话告知", breach_reason="客户要求晚上来电"
    )
    assert plan.offer.breach == "call.outside_window"
    assert answer(cast, case).breach == ""
