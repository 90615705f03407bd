"""The plan offered and one message written to everybody: a dry run, a result for each case, nobody told twice."""

import pytest
from django.db import IntegrityError, transaction

from casemgmt.ledger import signed
from complaints.actions.bulk import choose_cases, confirm_run, plan_run, stop_run
from complaints.actions.bulk_running import run_lines
from complaints.actions.consenting import record_consent
from complaints.actions.customers import CustomerData
from complaints.actions.incident_runs import prepare_message, prepare_offers
from complaints.actions.incidents import note_member
from complaints.actions.planning import accept_plan
from complaints.models import BulkRun, IncidentTold
from complaints.vocabulary import Acceptance, Channel
from tests.building import an_assessing_case
from tests.cast import AT
from tests.incidents import a_member, a_negotiating_member, an_agreed_plan, an_incident
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
WORDS = "尊敬的顾客，您的订单{{order_number}}属于固色不足的批次，原因是我们出厂检验不严，方案会随后发给您。"


@pytest.fixture
def incident(cast):
    return an_incident(cast)


def run(cast, planned):
    if planned.lines.filter(outcome="will").exists():
        confirm_run(planned.pk, by=cast.sven, at=AT)
        run_lines(planned.pk, at=AT)
    return {line.case_id: (line.outcome, [found["code"] for found in line.reasons]) for line in planned.lines.all()}


def tell(cast, incident, **message):
    return run(cast, prepare_message(incident.pk, by=cast.sven, at=AT, **message or {"words": WORDS}))


def test_each_case_gets_a_plan_of_its_own(cast, incident):
    first, second = a_negotiating_member(cast, incident), a_negotiating_member(cast, incident)
    early, apart = a_member(cast, incident), a_negotiating_member(cast, incident)
    note_member(apart.pk, by=cast.sven, at=AT, words="顾客只要道歉，已单独答复。")
    with refused("incident.no_plan_agreed"):
        prepare_offers(incident.pk, by=cast.sven, at=AT)
    an_agreed_plan(cast, incident)
    with denied():
        prepare_offers(incident.pk, by=cast.ana, at=AT)
    found = run(cast, prepare_offers(incident.pk, by=cast.sven, at=AT))
    assert found == {
        first.case_id: ("done", []),
        second.case_id: ("done", []),
        early.case_id: ("will_not", ["plan.not_negotiating"]),
        apart.case_id: ("will_not", ["incident.noted_apart"]),
    }
    plans = [member.case.plans.get() for member in (first, second)]
    assert plans[0].explanation.case == first.case
    assert [plan.state for plan in plans] == ["offered", "offered"]
    assert first.case.order.number in plans[0].offer.words.words
    chosen = plans[0].options.values_list("pk", flat=True)[:1]
    accept_plan(plans[0].pk, by=cast.ana, at=AT, acceptance=Acceptance.SAID_YES, chosen=list(chosen), words="换一件。")
    assert second.case.plans.get().state == "offered", "each case keeps its own answer"
    again = prepare_offers(incident.pk, by=cast.sven, at=AT)
    codes = {line.case_id: line.reasons[0]["code"] for line in again.lines.all()}
    assert codes[first.case_id] == codes[second.case_id] == "incident.offered_already"


def test_every_customer_hears_a_message_once(cast, incident):
    """Two cases of one customer are one letter; who joins later gets it by the same message, and nobody twice."""
    first = a_member(cast, incident)
    same = an_assessing_case(cast, customer_id=first.case.customer_id, content="还有一件也掉色。")
    a_member(cast, incident, case=same)
    found = tell(cast, incident)
    assert found == {first.case_id: ("done", []), same.pk: ("will_not", ["incident.told_already"])}
    letter = first.case.contacts.get()
    assert (letter.channel, letter.purpose) == (Channel.EMAIL, "progress")
    assert first.case.order.number in letter.words.words
    late, message = a_member(cast, incident), incident.messages.get()
    found = tell(cast, incident, message_id=message.pk)
    assert found[late.case_id] == ("done", [])
    assert IncidentTold.objects.filter(message=message).count() == 2
    assert first.case.contacts.count() == 1
    with signed(by=cast.sven, reason="test", at=AT), pytest.raises(IntegrityError), transaction.atomic():
        IncidentTold.objects.create(message=message, customer=first.case.customer, contact=letter, told_at=AT)


def test_the_channel_is_the_customers(cast, incident):
    phone = a_member(
        cast, incident, case=an_assessing_case(cast, customer=CustomerData(name="林", phone="13800136021"))
    )
    chat = a_member(cast, incident, case=an_assessing_case(cast, customer=CustomerData(name="于", account="tb_yu")))
    nobody = a_member(
        cast,
        incident,
        case=an_assessing_case(cast, customer=CustomerData(), complainant="unknown", unknown_because="匿名"),
    )
    found = tell(cast, incident, words="同一批次的原因已查明，方案随后告知。")
    assert phone.case.contacts.get().channel == Channel.SMS
    assert chat.case.contacts.get().channel == Channel.QIANNIU
    assert found[nobody.case_id] == ("will_not", ["incident.customer_unknown"])


def test_who_wants_no_contact_is_left_alone(cast, incident):
    member = a_member(cast, incident)
    record_consent(
        member.case_id,
        by=cast.ana,
        at=AT,
        channel=Channel.EMAIL,
        scope="everything",
        decision="refused",
        words="不要再给我发邮件。",
    )
    found = tell(cast, incident)
    assert found == {member.case_id: ("will_not", ["incident.no_written_channel"])}
    assert not member.case.contacts.filter(direction="outgoing").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [(" ", "words.missing"), ("您好，{{密码}}。", "incident.gap_unknown"), ("您好{{", "incident.gap_unknown")],
)
def test_what_a_message_needs(cast, incident, words, code):
    a_member(cast, incident)
    with refused(code):
        prepare_message(incident.pk, by=cast.sven, at=AT, words=words)


def test_a_gap_that_a_case_cannot_fill_goes_out_nowhere(cast, incident):
    member = a_member(cast, incident)
    found = tell(cast, incident, words="您好，赔付金额{{amount}}已到账。")
    assert found == {member.case_id: ("failed", ["contact.gap_left"])}
    assert not member.case.contacts.exists()


def test_a_run_goes_on_where_it_stopped(cast, incident):
    members = [a_member(cast, incident) for _ in range(3)]
    planned = prepare_message(incident.pk, by=cast.sven, at=AT, words=WORDS)
    confirm_run(planned.pk, by=cast.sven, at=AT)
    stop_run(planned.pk, by=cast.sven, at=AT)
    run_lines(planned.pk, at=AT)
    assert not IncidentTold.objects.exists()
    tell(cast, incident, message_id=incident.messages.get().pk)
    assert IncidentTold.objects.count() == len(members)
    run_lines(planned.pk, at=AT)
    assert IncidentTold.objects.count() == len(members)


def test_many_cases_are_linked_at_once(cast, incident):
    cases = [an_assessing_case(cast) for _ in range(2)]
    a_member(cast, incident, case=cases[1])
    chosen = choose_cases(BulkRun.Kind.LINK, [case.pk for case in cases], by=cast.ana, at=AT)
    with refused("incident.unknown"):
        plan_run(chosen.pk, by=cast.ana, at=AT, incident_id=987654, words="同批次。")
    plan_run(chosen.pk, by=cast.ana, at=AT, incident_id=incident.pk, words="同批次。")
    confirm_run(chosen.pk, by=cast.ana, at=AT)
    run_lines(chosen.pk, at=AT)
    assert incident.members.filter(case=cases[0], reason__words="同批次。").exists()
    assert chosen.lines.get(case=cases[1]).reasons[0]["code"] == "incident.member_already"
