"""Two people at the same moment: one wins, and no limit, duty or payment is broken by being quick."""

import pytest

from casemgmt.violations import RuleBroken
from complaints.actions.approving import approve_grant
from complaints.actions.assigning import assign_case
from complaints.actions.customers import OrderData
from complaints.actions.entering_payees import enter_payee
from complaints.actions.granting import change_grant, submit_grant
from complaints.actions.paying import pay_grant
from complaints.actions.refusing import approve_refusal, take_back_refusal
from complaints.models import CompensationGrant, RefusalProposal
from complaints.states import CaseState, GrantState, RefusalState
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.money import PAYEE, REQUEST, a_draft, a_receipt, a_request, an_approved_grant, say_yes
from tests.racing import race
from tests.refusals import a_proposal, a_second_case

pytestmark = pytest.mark.django_db(transaction=True)

LAW = {"legal_reference": "consumer-law-55"}


def codes_of(outcomes):
    return [outcome.codes if isinstance(outcome, RuleBroken) else None for outcome in outcomes]


def test_two_approvers_do_not_overspend_a_customers_limit_together(cast):
    """1,500 are granted; two requests of 500 fit alone, and together they do not."""
    first, second, third = (case := an_assessing_case(cast)), a_second_case(cast, case), a_second_case(cast, case)
    early = a_request(cast, first, "500", **LAW)
    now = later(days=31)
    for case in (second, second, third):
        an_approved_grant(cast, case, "500", at=now, **LAW)
    late = a_request(cast, third, "500", at=now, **LAW)
    assert (early.approvals_needed, late.approvals_needed) == (1, 1)
    outcomes = race(
        lambda: approve_grant(early.pk, by=cast.sven, at=now, seen_digest=early.content_digest),
        lambda: approve_grant(late.pk, by=cast.tara, at=now, seen_digest=late.content_digest),
    )
    assert sorted(map(str, codes_of(outcomes))) == ["None", "['grant.above_per_customer']"]
    assert CompensationGrant.objects.filter(state=GrantState.APPROVED).count() == 4


def test_two_requests_do_not_overspend_the_askers_day_together(cast):
    """500 a day by own authority: of two requests at the 480th yuan only one passes without a supervisor."""
    spent = ["50"] * 9 + ["30"]
    cases = [an_assessing_case(cast, order=OrderData(number=f"7{number}", paid_amount=689)) for number in range(12)]
    for case, amount in zip(cases, spent, strict=False):
        submit_grant(a_draft(cast, case, amount=amount).pk, by=cast.ana, at=AT)
    drafts = [a_draft(cast, case, amount="20") for case in cases[10:]]
    outcomes = race(*(lambda pk=draft.pk: submit_grant(pk, by=cast.ana, at=AT) for draft in drafts))
    assert sorted(grant.state for grant in outcomes) == [GrantState.APPROVED, GrantState.AWAITING_APPROVAL]


def test_two_payers_pay_once(cast):
    grant = an_approved_grant(cast, an_assessing_case(cast))
    outcomes = race(
        *(
            lambda who=who, reference=reference: pay_grant(
                grant.pk, by=who, at=AT, payment_key=grant.payment_key, reference=reference, file=a_receipt()
            )
            for who, reference in ((cast.olga, "ZF1"), (cast.petra, "ZF2"))
        )
    )
    assert sorted(map(str, codes_of(outcomes))) == ["None", "['grant.already_paid']"]
    assert grant.history.filter(state=GrantState.PAID).count() == 1


def test_two_payers_do_not_share_a_reference(cast):
    """Nothing links the two grants, so that only the database can tell."""
    mine = an_approved_grant(cast, an_assessing_case(cast))
    case = an_assessing_case(cast, order=OrderData(number="66", paid_amount=689))
    assign_case(case.pk, by=cast.sven, at=AT, handler_id=cast.ben.pk, reason="分担。")
    draft = a_draft(cast, case, by=cast.ben, kind="red_packet", amount="300", order_of_offers="客户不要券")
    enter_payee(draft.pk, by=cast.ben, at=AT, **PAYEE)
    theirs = say_yes(submit_grant(draft.pk, by=cast.ben, at=AT), cast.sven)
    outcomes = race(
        *(
            lambda who=who, grant=grant: pay_grant(
                grant.pk, by=who, at=AT, payment_key=grant.payment_key, reference="ZF1", file=a_receipt()
            )
            for who, grant in ((cast.olga, mine), (cast.petra, theirs))
        )
    )
    assert sorted(map(str, codes_of(outcomes))) == ["None", "['grant.reference_used']"]


def test_a_change_and_an_approval_at_once_never_approve_what_was_not_seen(cast):
    grant = a_request(cast, an_assessing_case(cast))
    changed = REQUEST | {"kind": "red_packet", "amount": "490", "order_of_offers": "客户不要券"}
    race(
        lambda: approve_grant(grant.pk, by=cast.tara, at=AT, seen_digest=grant.content_digest),
        lambda: change_grant(grant.pk, by=cast.ana, at=AT, **changed),
    )
    grant.refresh_from_db()
    assert (grant.state, str(grant.amount), grant.approved_by) == (GrantState.DRAFTED, "490.00", None)


def test_people_who_approve_each_others_requests_do_not_wait_for_each_other(cast):
    """Locks of people are taken in the order of their ids, whoever asked."""
    grants = []
    for asker, number in ((cast.sven, "91"), (cast.tara, "92")):
        case = an_assessing_case(cast, order=OrderData(number=number, paid_amount=689))
        draft = a_draft(cast, case, by=asker, kind="red_packet", amount="300", order_of_offers="客户不要券")
        enter_payee(draft.pk, by=cast.ana, at=AT, **PAYEE)
        grants.append(submit_grant(draft.pk, by=asker, at=AT))
    outcomes = race(
        *(
            lambda who=who, grant=grant: approve_grant(grant.pk, by=who, at=AT, seen_digest=grant.content_digest)
            for who, grant in zip((cast.tara, cast.sven), grants, strict=True)
        )
    )
    assert [outcome.state for outcome in outcomes] == [GrantState.APPROVED] * 2


def test_taking_back_and_approving_a_refusal_at_once_has_one_winner(cast):
    refusal = a_proposal(cast)
    race(
        lambda: approve_refusal(refusal.pk, by=cast.sven, at=AT, remark="同意。"),
        lambda: take_back_refusal(refusal.pk, by=cast.ana, at=AT),
    )
    stands = RefusalProposal.objects.select_related("case").get(pk=refusal.pk)
    assert (stands.state, stands.case.state) in {
        (RefusalState.APPROVED, CaseState.REFUSED),
        (RefusalState.WITHDRAWN, CaseState.NEGOTIATING),
    }
