"""For each task of the schedule a subject that falls due, and what comes of it when nothing rang for a while."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.test import override_settings

from casemgmt.channels import Unsendable
from casemgmt.models import OutboxMessage
from casemgmt.people.absences import enter_absence
from casemgmt.people.groups import GroupName
from casemgmt.relaying import relay_due
from complaints.actions.asking_in_writing import ask_in_writing
from complaints.actions.bulk import choose_cases, confirm_run, plan_run
from complaints.actions.committing import make_commitment
from complaints.actions.contacting import record_message
from complaints.actions.customers import CustomerData
from complaints.actions.escalating import raise_by_hand
from complaints.actions.following_up import cancel_follow_up, schedule_follow_up
from complaints.actions.handing_over import hand_over
from complaints.actions.importing import confirm_import
from complaints.actions.keeping_in_touch import agree_on_regular_contact
from complaints.actions.overdue import escalate_overdue
from complaints.actions.pausing import begin_pause
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.actions.staging import stage_file
from complaints.actions.tasking import make_task
from complaints.actions.timing import stop_clock
from complaints.models import Clock
from complaints.roles import day_of
from complaints.vocabulary import Channel, ContactPurpose
from complaints.vocabulary.returning import ReturnKind
from policies.actions import ask_dry_run, draft_change
from policies.models import PolicyRow
from tests.building import CUSTOMER, a_negotiating_case, a_registered_case, add_photo, an_assessing_case, answer
from tests.cast import AT, Cast, later
from tests.clamd import nobody_listens
from tests.following import a_closed_case, a_due_follow_up, a_following_up_case
from tests.money import an_approved_grant
from tests.new_editions import a_holiday, a_new_edition
from tests.outside import a_review
from tests.policies.drafting import AT as NOVEMBER
from tests.policies.drafting import an_active_row
from tests.refusals import a_proposal, a_route
from tests.returns import a_bought_case, a_return

HOUR = timedelta(hours=1)
LONG, LONGEST = timedelta(hours=36), timedelta(days=40)
MAILED = CustomerData(name=CUSTOMER.name, phone=CUSTOMER.phone, email="lin@example.com", account=CUSTOMER.account)
FOR_PHOTOS = {"category": "awaiting_customer", "reason": "等照片", "asked_of": "customer", "asked_what": "照片"}
ONE_FILE = (
    "投诉时间,渠道,客户姓名,手机号,订单号,商品类目,投诉内容\n"
    "2026-10-01 08:28,store,严女士,13571462049,2698141437919189,水果,第二次有好几个上面都有指甲印记\n"
)


class Due(NamedTuple):
    """How a subject is made that falls due, and how many rows come of it in which table.

    `make` answers with the moment at which it falls due. Of a tracked table the rows of its history are counted, so
    that a second change of one row is seen; all other tables stay as they are, but for the outbox. `comes_late` holds
    what forty days make different.
    """

    make: Callable[[Cast], datetime]
    comes: dict[str, int]
    comes_late: dict[str, int] | None = None

    def expected(self, outage: timedelta) -> Counter[str]:
        """What comes after the sweep did not run for so long."""
        late = outage > LONG and self.comes_late is not None
        return Counter(self.comes_late if late else self.comes)


def _clock(kind: str, moment: str) -> Callable[[Cast], datetime]:
    return lambda cast: getattr(an_assessing_case(cast).clocks.get(kind=kind), moment)


def _gone_cause(cast):
    case = an_assessing_case(cast)
    clock = case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE)
    at = clock.due_at + timedelta(seconds=1)
    escalate_overdue(at)
    stop_clock(case, Clock.Kind.FIRST_RESPONSE, at=at)
    case.save()
    return at


def _escalation(cast):
    return raise_by_hand(an_assessing_case(cast).pk, by=cast.ana, at=AT, reason="需要主管出面").remind_at


def _task(days: int) -> Callable[[Cast], datetime]:
    def make(cast):
        case, due_at = an_assessing_case(cast), later(days=days)
        facts = {"department_id": cast.operations.pk, "what": "核对出库记录", "due_at": due_at}
        return make_task(case.pk, by=cast.ana, at=AT, **facts).due_at

    return make


def _progress(cast):
    _task(30)(cast)
    return later(days=1)


def _follow_up(cast):
    return a_following_up_case(cast).follow_ups.get().scheduled_for


def _unanswered_follow_up(cast):
    case = a_following_up_case(cast, customer=MAILED)
    cancel_follow_up(case.follow_ups.get().pk, by=cast.ana, at=AT, reason="顾客要求邮件联系")
    schedule_follow_up(case.pk, by=cast.ana, at=AT, channel=Channel.EMAIL)
    due = a_due_follow_up(cast, case)
    words = "想问问您穿着怎么样？您打几分（1到5分），有什么建议直接说。"
    return ask_in_writing(due.pk, by=cast.ana, at=due.scheduled_for, words=words).answer_due_at


def _series(cast):
    facts = {"channel": "qianniu", "words": "行，过几天问问我。", "every_days": 10}
    return agree_on_regular_contact(a_closed_case(cast).pk, by=cast.ana, at=later(days=4), **facts).next_at


def _question(cast):
    case = an_assessing_case(cast)
    answer(cast, case, purpose=ContactPurpose.ENQUIRY, words="请您发一张领口的照片，谢谢。")
    return later(hours=48)


def _letter(cast):
    case = an_assessing_case(cast, customer=MAILED)
    facts = {"channel": "email", "words": "新大衣今天寄出。", "purpose": ContactPurpose.OUTCOME, "send": True}
    record_message(case.pk, by=cast.ana, at=AT, **facts)
    return AT


def _refuses(*_messages):
    raise Unsendable(OutboxMessage.Failure.REFUSED)


def _letter_given_up(cast):
    at = _letter(cast)
    while OutboxMessage.objects.waiting().filter(kind="customer.message").exists():
        relay_due(at, _refuses)
        at += 7 * HOUR
    return at


def _promise(cast):
    return make_commitment(an_assessing_case(cast).pk, by=cast.ana, at=AT, what="付干洗费", due_at=later(days=3)).due_at


def _payment(cast):
    return an_approved_grant(cast, a_negotiating_case(cast), "120.00").pay_by


def _money_without_goods(cast):
    return a_return(cast, a_bought_case(cast), kind=ReturnKind.REFUND_ONLY, entitlement="").decide_by


def _pause(moment: str) -> Callable[[Cast], datetime]:
    def make(cast):
        case = an_assessing_case(cast)
        answer(cast, case, purpose=ContactPurpose.ENQUIRY, words="麻烦补一张照片")
        return getattr(begin_pause(case.pk, by=cast.ana, at=AT, **FOR_PHOTOS), moment)

    return make


def _refusal(cast):
    a_proposal(cast)
    return later(days=1)


def _stale_clocks(cast):
    an_assessing_case(cast)
    return a_new_edition(cast, **a_holiday("2026-10-15")).valid_from


def _evidence_request(cast):
    facts = {"evidence_type": "photo", "what": "污渍照片", "due_at": later(days=3)}
    return ask_for_evidence(an_assessing_case(cast).pk, by=cast.ana, at=AT, **facts).due_at


def _unresolved(cast):
    an_assessing_case(cast)
    return later(days=15)


def _route(cast):
    return a_route(cast, an_assessing_case(cast), answer_due_at=later(days=4)).answer_due_at


def _unassigned(cast):
    a_new_edition(cast, kind="assignment", key="default", at=AT, assigns_itself=True, wait_minutes=30)
    a_registered_case(cast)
    return later(minutes=30)


def _handover(cast):
    cases = [an_assessing_case(cast).pk]
    return hand_over(by=cast.ana, at=AT, cases=cases, given_to_id=cast.ben.pk).escalate_at


def _absence(cast):
    days = {"starts_on": day_of(AT), "ends_on": day_of(later(days=60)), "substitute_id": cast.tara.pk}
    enter_absence(None, by=cast.ben, at=AT, **days)
    return AT


def _unscanned(cast):
    with override_settings(CLAMD_URL=nobody_listens()):
        add_photo(cast, an_assessing_case(cast))
    return AT


def _stored(cast):
    add_photo(cast, an_assessing_case(cast))
    return AT


def _import(cast):
    batch = stage_file(by=cast.sven, at=AT, content=ONE_FILE.encode(), mode="live", shop_id=cast.shop.pk)
    confirm_import(batch.pk, by=cast.sven, at=AT)
    return AT


def _bulk_run(cast):
    run = choose_cases("assign", [a_registered_case(cast).pk], by=cast.sven, at=AT)
    plan_run(run.pk, by=cast.sven, at=AT, handler_ids=[cast.ben.pk], words="一组只有两个人上班。")
    confirm_run(run.pk, by=cast.sven, at=AT)
    return AT


def _dry_run(cast):
    an_assessing_case(cast)
    base = PolicyRow.objects.filter(kind="clock", key="resolution", state="active").order_by("-valid_from").first()
    draft = draft_change(base.pk, by=cast.sven, at=AT, valid_from=later(days=50), reason="试一试")
    ask_dry_run(draft.pk, by=cast.sven, at=AT)
    return AT


def _policy_to_look_at(cast):
    cast.tara.groups.add(Group.objects.get(name=GroupName.POLICY_EDITORS))
    an_active_row(cast.sven, cast.tara, review_on=NOVEMBER.date() + timedelta(days=2))
    return NOVEMBER + timedelta(days=2)


DUE = {
    "escalate_overdue": Due(
        _clock(Clock.Kind.FIRST_RESPONSE, "due_at"),
        {"clock": 1, "escalation": 2, "notice": 2},
        {"clock": 3, "escalation": 8, "notice": 11},
    ),
    "close_escalations": Due(_gone_cause, {"escalation": 1}),
    "remind_of_escalations": Due(_escalation, {"escalationreminder": 3, "notice": 1}),
    "warn_of_tasks": Due(_task(3), {"escalation": 1, "notice": 1}),
    "put_follow_ups_on_lists": Due(_follow_up, {"escalation": 1, "followupcall": 2, "notice": 1}),
    "send_follow_ups": Due(_unanswered_follow_up, {"followupcall": 2}),
    "owe_progress": Due(_progress, {"escalation": 1, "notice": 2, "progressnotice": 1}),
    "keep_in_touch": Due(_series, {"notice": 1}),
    "remind_of_quiet_customers": Due(_question, {"notice": 1}, {"notice": 3}),
    "note_dispatches": Due(_letter_given_up, {"dispatch": 1, "notice": 1}),
    "warn_of_commitments": Due(_promise, {"commitment": 1, "escalation": 1, "notice": 1}),
    "warn_of_clocks": Due(_clock(Clock.Kind.RESOLUTION, "warn_at"), {"clock": 2}, {"clock": 3}),
    "warn_of_payments": Due(_payment, {"escalation": 1, "notice": 1}),
    "remind_of_refund_only": Due(_money_without_goods, {"notice": 1}),
    "end_capped_pauses": Due(_pause("cap_at"), {"clock": 1, "complaint": 1, "duechange": 1, "notice": 1, "pause": 1}),
    "remind_of_pauses": Due(_pause("remind_at"), {"notice": 1, "pause": 1}, {"notice": 3, "pause": 1}),
    "remind_of_requests": Due(_refusal, {"escalation": 1, "notice": 1}, {"escalation": 1, "notice": 3}),
    "recompute_clocks": Due(_stale_clocks, {"clock": 3, "complaint": 1, "duechange": 1, "notice": 1}),
    "give_up_evidence_requests": Due(_evidence_request, {"evidencerequest": 1, "notice": 1}),
    "advise_of_routes": Due(_unresolved, {"notice": 1, "routeadvice": 1}),
    "remind_of_routes": Due(_route, {"escalation": 1, "notice": 1}),
    "remind_of_reviews": Due(
        lambda cast: a_review(cast, an_assessing_case(cast)).answer_due_at, {"notice": 1, "review": 1}
    ),
    "assign_waiting": Due(_unassigned, {"assignment": 1, "complaint": 1, "notice": 1}),
    "remind_of_handovers": Due(_handover, {"escalation": 1, "handover": 1, "notice": 3}),
    "tell_of_absences": Due(_absence, {"absence": 1, "notice": 1}),
    "scan_evidence": Due(_unscanned, {"evidence": 1}),
    "verify_evidence": Due(_stored, {"evidencecheck": 1}),
    "register_imports": Due(
        _import,
        {
            "casenumberseries": 1,
            "clock": 3,
            "complaint": 1,
            "customer": 1,
            "importbatch": 3,
            "notice": 1,
            "order": 1,
            "product": 1,
            "statement": 1,
        },
    ),
    "run_bulk_runs": Due(_bulk_run, {"bulkrun": 1, "complaint": 1, "notice": 1, "statement": 1}),
    "run_policy_dry_runs": Due(_dry_run, {"notice": 1}),
    "remind_of_policy_reviews": Due(_policy_to_look_at, {"notice": 1}),
    "relay_outbox": Due(_letter, {"letters": 2}),
    "check_ledger": Due(lambda cast: AT.replace(hour=16), {"looks": 1}),
}
"""The name of a task of the schedule → its subject."""
