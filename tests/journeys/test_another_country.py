"""The British pack alone: other days, money, words and grounds carry a case from its registration to its end.

Nothing of China is loaded. What these journeys need and do not find in the pack would be hard-coded.
"""

import re
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from casemgmt.money import amount_shown
from casemgmt.people.accounts import service_account
from casemgmt.violations import RuleBroken
from complaints.actions.assigning import take_case
from complaints.actions.closing import close_case
from complaints.actions.contacting import record_contact
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.evidencing import add_evidence, verify_evidence
from complaints.actions.executing import accept, complete
from complaints.actions.granting import draft_grant, submit_grant
from complaints.actions.investigating import establish, record_finding
from complaints.actions.judging import judge
from complaints.actions.keeping import keep_commitment
from complaints.actions.planning import OptionDraft, accept_plan, draft_plan, offer_plan, walk_ladder
from complaints.actions.proposing_refusals import propose_refusal
from complaints.actions.refusing import approve_refusal
from complaints.actions.registering import Registration, register
from complaints.places import language_of
from complaints.states import CaseState
from complaints.vocabulary import (
    Acceptance,
    Channel,
    ContactPurpose,
    Direction,
    EvidenceType,
    GrantPurpose,
    Judgement,
    LadderStep,
    Reason,
    Remedy,
    ResponsibleParty,
    Severity,
    Side,
    Verdict,
)
from policies.actions import load_pack
from policies.lookup import templates_in_force
from tests.building import a_photo
from tests.emptying import forget_policies
from tests.following import follow_up, sum_up
from tests.house.reading import ROOT

LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 10, 5, 9, 30, tzinfo=LONDON)
"""A Monday in summer time; eight weeks later it is winter."""


@pytest.fixture
def firm(cast, settings):
    """The house as a British firm: no other policy was ever there."""
    settings.CURRENCY, settings.TIME_ZONE, settings.LANGUAGE_CODE = "GBP", "Europe/London", "en"
    forget_policies()
    load_pack("uk-fca-disp", service_account(), AT)
    return cast


def write(cast, case, words, purpose, at=AT):
    return record_contact(
        case.pk, by=cast.ana, at=at, channel=Channel.EMAIL, direction=Direction.OUTGOING, words=words, purpose=purpose
    )


def a_complaint(cast, category, verdict, party):
    customer = CustomerData(name="Jane Doe", phone="+44 20 7946 0991", email="jane@example.com")
    case = register(
        Registration(
            content="You took the fee twice and nobody answers.",
            channel=Channel.EMAIL,
            received_at=AT,
            customer=customer,
            shop_id=cast.shop.pk,
            order=OrderData(number="AC-20261005", product_name="Current account", paid_amount=30),
            reason=Reason.QUALITY,
            not_a_duplicate=True,
        ),
        by=cast.ana,
        at=AT,
    )
    case = take_case(case.pk, by=cast.ana, at=AT)
    write(cast, case, "Thank you for telling us. I am sorry, and I am looking into it.", ContactPurpose.FIRST_ANSWER)
    judge(
        case.pk, by=cast.ana, at=AT, reason=Reason.QUALITY, category=category, severity=Severity.ORDINARY,
        judgement=Judgement.REASONABLE,
    )  # fmt: skip
    kind = EvidenceType.COMMUNICATION
    proof = add_evidence(
        case.pk, by=cast.ana, at=AT, file=a_photo("e.png"), evidence_type=kind, supplied_by=Side.COMPANY
    )
    verify_evidence(proof.pk, by=cast.ana, at=AT)
    record_finding(
        case.pk, by=cast.ana, at=AT, words="The ledger shows both debits.", root_cause="A batch ran twice.",
        responsible_party=party,
    )  # fmt: skip
    return establish(case.pk, by=cast.ana, at=AT, verdict=verdict)


def deadlines(case):
    return {clock.kind: clock.first_due_at.astimezone(LONDON).isoformat() for clock in case.clocks.all()}


def test_a_complaint_is_remedied_and_closed(firm):
    case = a_complaint(firm, "fees", Verdict.SUBSTANTIATED, ResponsibleParty.SELLER)
    assert deadlines(case) == {
        "first_response": "2026-10-07T17:00:00+01:00",
        "summary_resolution": "2026-10-08T17:00:00+01:00",
        "resolution": "2026-12-01T00:00:00+00:00",
    }
    plan = draft_plan(
        case.pk, by=firm.ana, at=AT, explanation="A batch ran twice; the fault is ours.",
        follow_up="I ask in a week whether it is right.",
        options=[OptionDraft(Remedy.APOLOGY, words="A letter of apology"), OptionDraft(Remedy.GUIDANCE, words="Help")],
        deviation="The customer asked for just that.",
    )  # fmt: skip
    offer_plan(plan.pk, by=firm.ana, at=AT, channel=Channel.EMAIL, words="Which of these would put it right?")
    chosen = [plan.options.first().pk]
    accept_plan(plan.pk, by=firm.ana, at=AT, acceptance=Acceptance.SAID_YES, chosen=chosen, words="The letter, please.")
    accept(case.pk, by=firm.ana, at=AT, due_at=datetime(2026, 10, 8, 17, 0, tzinfo=LONDON))
    for commitment in case.commitments.pending():
        keep_commitment(commitment.pk, by=firm.ana, at=AT, words="The letter went out.")
    write(firm, case, "Your complaint is resolved. I am sorry.", ContactPurpose.OUTCOME)
    case = complete(case.pk, by=firm.ana, at=AT)
    called = follow_up(firm, case)
    assert called.scheduled_for.astimezone(LONDON).isoformat() == "2026-10-13T08:00:00+01:00"
    sum_up(firm, case, at=called.scheduled_for)
    closed = close_case(case.pk, by=firm.ana, at=called.scheduled_for)
    assert (closed.state, closed.order.currency) == (CaseState.CLOSED, "GBP")


def test_payments_have_fifteen_business_days(firm):
    case = a_complaint(firm, "payment.transfer", Verdict.SUBSTANTIATED, ResponsibleParty.SELLER)
    (clock,) = case.clocks.filter(kind="resolution")
    assert clock.due_at.astimezone(LONDON).isoformat() == "2026-10-26T17:00:00+00:00"


def test_a_grant_above_every_limit_is_refused_in_pounds(firm):
    case = a_complaint(firm, "fees", Verdict.SUBSTANTIATED, ResponsibleParty.SELLER)
    asked = {
        "kind": "goodwill_voucher", "purpose": GrantPurpose.RESTORE_TRUST, "fault": ResponsibleParty.SELLER,
        "basis": "The fee was taken twice.", "legal_reference": "disp-1-4-1",
    }  # fmt: skip
    grant = draft_grant(case.pk, by=firm.ana, at=AT, amount="30.00", **asked)
    assert (grant.currency, amount_shown(grant.amount, grant.currency)) == ("GBP", "£30.00")
    too_much = draft_grant(case.pk, by=firm.ana, at=AT, amount="25000.01", **asked)
    with pytest.raises(RuleBroken) as refused:
        submit_grant(too_much.pk, by=firm.ana, at=AT)
    above = next(found for found in refused.value.violations if found.code == "grant.above_every_limit")
    assert Decimal(above.params["limit"]) == Decimal("25000.00")


def test_yuan_are_no_money_here(firm):
    case = a_complaint(firm, "fees", Verdict.SUBSTANTIATED, ResponsibleParty.SELLER)
    with pytest.raises(RuleBroken) as refused:
        draft_grant(
            case.pk, by=firm.ana, at=AT, kind="goodwill_voucher", amount="30.00", currency="CNY",
            purpose=GrantPurpose.RESTORE_TRUST, fault=ResponsibleParty.SELLER, basis="The fee was taken twice.",
        )  # fmt: skip
    assert "grant.other_currency" in refused.value.codes


def test_a_lawful_refusal_cites_british_law_and_needs_two_people(firm):
    case = a_complaint(firm, "fees", Verdict.UNSUBSTANTIATED, ResponsibleParty.CUSTOMER)
    for step in LadderStep.values:
        walk_ladder(case.pk, by=firm.ana, at=AT, step=step, words="Talked it over; no agreement.")
    words = {
        "understood": "Jane wants the fee back.", "impact_on_customer": "No hardship.",
        "impact_on_opinion": "A bad review.", "impact_in_law": "The records carry it before the Ombudsman.",
        "company_rule": "terms_of_account",
        "relationship": "A customer of ten years.", "company_policy": "The fee stands in the terms of the account.",
        "explanation": "The records show that the fee was agreed on 1 May.",
        "routes": "The Financial Ombudsman Service, within six months, free of charge.",
    }  # fmt: skip
    evidence = list(case.evidence.values_list("pk", flat=True))
    with pytest.raises(RuleBroken) as refused:
        propose_refusal(
            case.pk, by=firm.ana, at=AT, ground="wrong_information", legal_reference="consumer-law-25",
            evidence_ids=evidence, **words,
        )  # fmt: skip
    assert {"refusal.ground_unknown", "refusal.law_unknown"} & set(refused.value.codes)
    proposal = propose_refusal(
        case.pk, by=firm.ana, at=AT, ground="not_upheld", legal_reference="disp-1-4-1", evidence_ids=evidence, **words
    )
    approve_refusal(proposal.pk, by=firm.sven, at=AT, remark="Agreed.")
    case.refresh_from_db()
    assert case.state == CaseState.REFUSED


def test_no_code_names_the_calendar_or_the_money_of_one_country():
    """Settings give the default, the demo tells of a Chinese shop; everywhere else it is policy."""
    allowed = {"casemgmt/settings.py", "casemgmt/checks.py", "casemgmt/money.py", "casemgmt/amounts.py"}
    allowed |= {"policies/holiday_days.py", "complaints/sentences/calling.py"}  # a table of countries; an example
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for room in ("casemgmt", "complaints", "policies")
        for path in (ROOT / room).rglob("*.py")
        if str(path.relative_to(ROOT)) not in allowed and "demo" not in path.parts and "migrations" not in path.parts
        for word in re.findall(r'cn-official|cn-national|"CNY"(?!, "GBP")|Asia/Shanghai|¥\{', path.read_text("utf-8"))
    ]
    assert found == []


def test_letters_are_in_the_language_of_the_house(firm):
    letter = templates_in_force(AT)["final_response"]
    text = letter.texts.in_language(language_of(None))
    assert text.startswith("Dear {{customer}}")
    assert "six months" in text
