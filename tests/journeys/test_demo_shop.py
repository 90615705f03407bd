"""The worked cases as the demo shop tells them, and the shop as it opens: each outcome that the sources name."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from casemgmt.ledger import drift
from casemgmt.people.models import Person
from complaints.actions.closing import close_case
from complaints.actions.judging import judge
from complaints.actions.noting import edit_facts
from complaints.actions.paying import pay_grant
from complaints.invariants import broken_invariants
from complaints.models import Assessment, Complaint, Escalation, ImportBatch, Statement
from complaints.roles import cases_visible_to, day_of, may
from complaints.states import CaseState, EscalationState, FollowUpState, GrantState, RefusalState
from complaints.vocabulary import Apology, Emotion, Outcome, Remedy, Verdict
from tests.journeys.conftest import NOW

pytestmark = pytest.mark.django_db


def verdicts(case):
    """What was judged at first sight, and what was verified."""
    first, verified = (case.assessments.filter(stage=stage).get() for stage in Assessment.Stage.values)
    return first.judgement, verified.verdict


def chosen(case):
    """The remedies that the customer took."""
    return list(case.plans.filter(options__chosen=True).values_list("options__remedy", flat=True))


def words(case, kind):
    """What was said of this kind."""
    return list(case.statements.filter(kind=kind).order_by("pk").values_list("words", flat=True))


def causes(case):
    """The kinds of what has gone up on a case and waits."""
    waiting = case.escalations.filter(state__in=(EscalationState.OPEN, EscalationState.ACKNOWLEDGED))
    waiting = waiting.values_list("cause", flat=True)
    return {cause.partition(":")[0] for cause in waiting}


def test_wc_01_a_forgotten_payout_rings_the_alarm(demo):
    """Promised across departments with a due date; not paid in time; the alarm rings and the review is bad."""
    case = demo.case("wc_01")
    fee = case.grants.get()
    assert (fee.state, fee.kind, fee.amount) == (GrantState.APPROVED, "expenses", Decimal("60.00"))
    assert fee.pay_by < NOW
    promise = case.commitments.get(grant=fee)
    assert (promise.owner, promise.department.kind) == (demo.house.people["hemin"], "operations")
    assert promise.state == "broken"
    assert {"grant", "commitment"} <= causes(case)
    assert case.opinion_risk


def test_wc_39_a_parcel_signed_for_is_the_shop_s_as_the_law_has_it(demo):
    """C-06: what was taught says the buyer bears it; the plan follows the law, and what is owed is written down."""
    case = demo.case("wc_39")
    assert case.order.signed_by == "customer"
    plan = case.plans.get()
    assert (plan.owed_by, plan.fitting["deviates"], chosen(case)) == ("law", [], [Remedy.RESHIP])
    answer = case.entitlement_answers.get()
    assert (answer.entitlement, answer.verdict, answer.amount) == ("faulty_return", "owed", Decimal("268.00"))


def test_wc_02_misuse_is_explained_and_no_return_is_granted(demo):
    case = demo.case("wc_02")
    assert (case.state, case.outcome) == (CaseState.CLOSED, Outcome.EXPLAINED)
    finding = case.findings.get()
    assert (finding.responsible_party, finding.damage_cause) == ("customer", "customer")
    assert not case.grants.exists()
    assert verdicts(case)[1] == Verdict.UNSUBSTANTIATED


def test_wc_03_a_conformant_product_is_shown_by_its_report(demo):
    case = demo.case("wc_03")
    assert case.outcome == Outcome.EXPLAINED
    assert case.evidence.filter(evidence_type="test_report", state="verified").exists()
    assert case.improvements.filter(kind="product_quality").exists()


def test_wc_04_the_verdict_turns_when_the_attitude_was_bad(demo):
    case = demo.case("wc_04")
    assert verdicts(case) == ("unreasonable", Verdict.SUBSTANTIATED)
    assert case.contacts.filter(apology=Apology.FOR_OUR_FAULT).exists()
    assert case.improvements.filter(kind="staff_education").exists()
    rude = demo.house.people["wanghao"]
    assert case.subjects.get().person == rude
    assert not cases_visible_to(rude, on=day_of(NOW)).filter(pk=case.pk).exists()


def test_wc_05_the_waiter_was_fine_and_the_guest_is_invited_back(demo):
    case = demo.case("wc_05")
    assert case.subjects.get().finding == Verdict.UNSUBSTANTIATED
    assert case.contacts.filter(apology=Apology.FOR_EXPERIENCE).exists()
    assert not case.contacts.filter(apology=Apology.FOR_OUR_FAULT).exists()
    assert case.outcome == Outcome.EXPLAINED


def test_wc_08_refund_and_exchange_are_both_offered_and_satisfaction_is_asked(demo):
    case = demo.case("wc_08")
    offered = set(case.plans.get().options.values_list("remedy", flat=True))
    assert offered == {Remedy.RETURN, Remedy.EXCHANGE_OTHER}
    assert case.follow_ups.get().satisfaction == 5


def test_wc_09_a_dish_is_made_again_and_the_guest_invited(demo):
    case = demo.case("wc_09")
    assert set(chosen(case)) == {Remedy.REDO, Remedy.INVITATION}
    assert case.state == CaseState.CLOSED


def test_wc_10_the_real_need_stands_apart_from_the_complaint(demo):
    case = demo.case("wc_10")
    (content,), (need,) = words(case, "content"), words(case, "real_need")
    assert "快递" in content
    assert "确认发货" in need


def test_wc_11_it_was_not_the_transport(demo):
    case = demo.case("wc_11")
    assert verdicts(case) == ("reasonable", Verdict.UNSUBSTANTIATED)
    assert set(case.evidence.values_list("supplied_by", flat=True)) == {"customer", "company"}


def test_wc_13_an_agitated_customer_is_calmed(demo):
    case = demo.case("wc_13")
    feelings = list(case.contacts.exclude(emotion="").order_by("pk").values_list("emotion", flat=True))
    assert (feelings[0], feelings[-1]) == (Emotion.OUT_OF_CONTROL, Emotion.CALM)
    assert chosen(case) == [Remedy.RESHIP]


def test_wc_14_a_day_of_silence_goes_up(demo):
    case = demo.case("wc_14")
    clock = case.clocks.get(kind="first_response")
    assert clock.stopped_at is None
    assert clock.due_at < NOW
    escalation = case.escalations.get(cause=f"clock:{clock.pk}", level=1)
    assert escalation.to_person == demo.house.people["chenjing"]


def test_wc_15_not_as_described_is_returned_compensated_and_mended(demo):
    case = demo.case("wc_15")
    assert set(case.grants.values_list("kind", "state")) == {("full_refund", "paid"), ("coupon", "paid")}
    assert case.improvements.exists()
    assert case.state == CaseState.CLOSED


def test_wc_16_after_the_refund_somebody_calls_and_asks(demo):
    case = demo.case("wc_16")
    call = case.follow_ups.get()
    assert (call.state, call.channel) == (FollowUpState.DONE, "phone")
    assert call.experience
    assert call.suggestion
    assert call.attempts.get().recorded_by == case.handler


def test_wc_17_three_departments_work_on_one_order(demo):
    case = demo.case("wc_17")
    assert set(case.tasks.values_list("department__kind", "state")) == {("warehouse", "done"), ("logistics", "done")}
    assert case.contacts.filter(purpose="progress").exists()


def test_wc_26_in_transit_and_unwanted_is_called_back(demo):
    case = demo.case("wc_26")
    assert chosen(case) == [Remedy.RETURN_IN_TRANSIT]
    assert case.plans.get().acceptance == "applied_for_it"


def test_wc_27_not_yet_shipped_is_refunded(demo):
    case = demo.case("wc_27")
    refund = case.grants.get()
    assert (refund.state, refund.amount) == (GrantState.PAID, Decimal("45.00"))
    assert refund.approved_by is None
    assert refund.paid_by != refund.asked_by


def test_wc_28_light_damage_is_exchanged(demo):
    assert chosen(demo.case("wc_28")) == [Remedy.EXCHANGE_NEW]


def test_wc_29_severe_damage_gets_a_coupon(demo):
    case = demo.case("wc_29")
    assert chosen(case) == [Remedy.COUPON]
    assert case.grants.get().goodwill


def test_wc_30_what_can_be_repaired_is_repaired(demo):
    assert chosen(demo.case("wc_30")) == [Remedy.REPLACE_PARTS]


def test_wc_31_beyond_authority_the_superior_offers_something_better(demo):
    case = demo.case("wc_31")
    superior = demo.house.people["zhouyan"]
    by_hand = case.escalations.get(cause__startswith="by_hand")
    assert (by_hand.decided_by, by_hand.decision) == (superior, "better_solution")
    grant = case.grants.get()
    assert (grant.approved_by, grant.asked_by) == (superior, demo.house.people["wufan"])


def test_wc_32_the_ladder_ends_at_the_principle(demo):
    case = demo.case("wc_32")
    steps = list(case.ladder.order_by("pk").values_list("step", flat=True))
    assert steps == ["talked_further", "superior", "other_options"]
    assert case.outcome == Outcome.REFUSED
    assert case.refusals.get().evidence_links.exists()


def test_wc_33_the_wrong_item_an_apology_and_the_right_one(demo):
    case = demo.case("wc_33")
    first = case.contacts.order_by("occurred_at", "pk").first()
    assert first.apology == Apology.FOR_OUR_FAULT
    assert chosen(case) == [Remedy.RESHIP]
    assert case.evidence.get().evidence_type == "photo"


def test_wc_34_what_was_not_shipped_is_refunded(demo):
    refund = demo.case("wc_34").grants.get()
    assert (refund.kind, refund.state, refund.amount) == ("refund_unshipped", GrantState.PAID, Decimal("58.00"))


def test_wc_35_a_part_of_the_price_and_the_goods_stay(demo):
    case = demo.case("wc_35")
    assert chosen(case) == [Remedy.PARTIAL_REFUND]
    assert case.commitments.get().state == "kept"


def test_wc_40_a_wrong_address_is_shipped_again(demo):
    case = demo.case("wc_40")
    assert case.findings.get().responsible_party == "customer"
    assert chosen(case) == [Remedy.RESHIP]


def test_wc_41_the_slip_is_looked_at_before_it_is_shipped_again(demo):
    case = demo.case("wc_41")
    slip = case.evidence.get()
    assert (slip.evidence_type, slip.supplied_by) == ("shipping_slip", "company")
    assert slip.received_at <= case.plans.get().offered_at
    assert chosen(case) == [Remedy.RESHIP]


def test_wc_42_a_misdelivered_parcel_is_answered(demo):
    case = demo.case("wc_42")
    assert case.contacts.filter(apology=Apology.FOR_EXPERIENCE).exists()
    assert case.evidence.get().evidence_type == "waybill"


def test_wc_46_a_complete_refusal_is_allowed_by_a_second_person(demo):
    case = demo.case("wc_46")
    refusal = case.refusals.get()
    assert (case.state, case.outcome) == (CaseState.CLOSED, Outcome.REFUSED)
    assert (refusal.proposed_by.username, refusal.decided_by.username) == ("limei", "zhaoqian")
    assert refusal.told is not None


def test_wc_47_a_refusal_that_lacks_something_comes_back(demo):
    case = demo.case("wc_47")
    states = list(case.refusals.order_by("pk").values_list("state", flat=True))
    assert states == [RefusalState.SENT_BACK, RefusalState.PROPOSED]


def test_wc_48_what_the_mediator_decided_is_a_promise_with_a_date(demo):
    case = demo.case("wc_48")
    promise = case.commitments.get(route__isnull=False)
    assert promise.due_at > NOW
    assert promise.route.state == "decided"
    assert case.state == CaseState.EXECUTING


def test_wc_52_a_repeat_is_summed_up_at_last(demo):
    case = demo.case("wc_52")
    assert "第三单" in words(case, "note")[0]
    assert case.summaries.exists()
    assert case.improvements.get().state == "done"


def test_nearly_every_state_stands_on_some_desk(demo):
    assert set(Complaint.objects.values_list("state", flat=True)) == set(CaseState)
    assert Complaint.objects.count() >= 60
    assert set(GrantState) - set(
        Complaint.objects.filter(grants__isnull=False).values_list("grants__state", flat=True)
    ) <= {GrantState.DRAFTED, GrantState.CANCELLED, GrantState.BOUNCED}


def test_every_story_was_told_to_its_end(demo):
    assert [tale for tale in demo.opened.tales if not tale.is_complete] == []


def test_imported_cases_are_on_the_desks(demo):
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.row_count, batch.good_count) == ("finished", 7, 6)
    assert Complaint.objects.filter(source="import").count() == 6


def test_the_shop_keeps_every_invariant_and_history_knows_every_row(demo):
    assert list(broken_invariants(NOW)) == []
    assert drift() == []


def test_nobody_holds_two_roles_that_exclude_each_other_and_all_have_one(demo):
    people = Person.objects.filter(pk__in=[person.pk for person in demo.house.people.values()])
    assert all(person.groups.count() == 1 for person in people)
    assert {group for _username, _name, group in demo.house.roles()} == set(
        people.values_list("groups__name", flat=True)
    )


def test_passwords_open_the_accounts_and_stand_nowhere(demo):
    for username, password in demo.house.passwords.items():
        assert demo.house.people[username].check_password(password)
        assert not Statement.objects.filter(words__contains=password).exists()
    assert len(set(demo.house.passwords.values())) == len(demo.house.people)


def test_the_second_time_changes_nothing_and_says_so(demo, capsys):
    before = (Complaint.objects.count(), Person.objects.count(), Statement.objects.count())
    call_command("load_demo")
    assert "nothing was changed" in capsys.readouterr().out
    assert (Complaint.objects.count(), Person.objects.count(), Statement.objects.count()) == before


def test_the_auditor_sees_everything_and_can_change_nothing(demo):
    auditor = demo.house.people["hanxue"]
    everything = cases_visible_to(auditor, on=day_of(NOW))
    assert everything.count() == Complaint.objects.count()
    case, grant = demo.case("wc_11"), demo.case("wc_01").grants.get()
    assert may(auditor, "case.view", case, on=day_of(NOW))
    for refused in (
        lambda: close_case(case.pk, by=auditor, at=NOW),
        lambda: edit_facts(case.pk, by=auditor, at=NOW, reason="想改", emotion="calm"),
        lambda: judge(
            case.pk, by=auditor, at=NOW, reason="quality", category="other", severity="low", judgement="reasonable"
        ),
        lambda: pay_grant(grant.pk, by=auditor, at=NOW, payment_key=grant.payment_key, reference="ZF1"),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_something_waits_for_every_kind_of_person(demo):
    assert Escalation.objects.filter(state=EscalationState.OPEN, to_person__username="chenjing").exists()
    assert demo.case("a_grant_that_awaits").grants.get().state == GrantState.AWAITING_APPROVAL
    assert demo.case("a_grant_for_two").grants.get().approved_by == demo.house.people["zhaoqian"]
    assert demo.case("a_payment_that_came_back").state == CaseState.EXECUTING
    assert demo.case("waiting_for_the_customer").pauses.get().ended_at is None
