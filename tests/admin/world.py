"""A shop house in full swing for the tests of the pages: a case in every state, and every kind of paperwork on them."""

from dataclasses import dataclass, field
from itertools import count

from django.contrib.auth.models import Group

from casemgmt.models import Notice
from casemgmt.people.models import Person
from complaints.actions.bulk import choose_cases, plan_run
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.escalating import raise_by_hand
from complaints.actions.improving import set_improvement
from complaints.actions.pausing import begin_pause
from complaints.actions.paying import bounce_grant
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.actions.staging import stage_file
from complaints.actions.subjecting import name_subject
from complaints.actions.sweeping import put_follow_ups_on_lists
from complaints.actions.tasking import make_task
from complaints.models import BulkRun, Complaint, FollowUpCall, ImportBatch
from complaints.states import CaseState
from complaints.vocabulary import EvidenceType, MeasureKind, PauseCategory, Side
from policies.actions import ask_dry_run, draft_change, run_one, try_policy
from policies.models import PolicyRow, PolicySuggestion
from policies.suggesting import suggest_change
from tests.building import (
    a_case,
    a_drafted_plan,
    a_negotiating_case,
    a_registered_case,
    an_assessing_case,
    an_investigating_case,
    an_offered_plan,
    answer,
)
from tests.cast import AT, Cast, later
from tests.following import a_case_ready_to_close
from tests.money import a_draft, a_paid_grant, a_request, an_approved_grant, pay
from tests.outside import a_letter, an_answered_review, counsel
from tests.refusals import a_route
from tests.returns import a_drafted_agreement, a_return

_numbers = count(1)

NOW = later(days=7)
"""The Monday on which somebody looks: a week after everything happened, at ten in the morning."""

CSV = (
    "投诉时间,渠道,客户姓名,手机号,订单号,商品类目,投诉内容\n"
    "2026-10-01 08:28,store,严女士,13571462049,2698141437919189,水果,第二次有好几个上面都有指甲印记\n"
    "2026-10-01 09:00,电话,王先生,1553656,2648321929823610,酒店,酒店设施太过老旧，价格还贵\n"
)


@dataclass
class World:
    """The people, the cases by state and by name, and everything else that has an address."""

    cast: Cast
    edith: Person
    adam: Person
    cases: dict[str, Complaint] = field(default_factory=dict)
    batch: ImportBatch | None = None
    run: BulkRun | None = None
    notice: Notice | None = None
    policies: list[PolicyRow] = field(default_factory=list)
    suggestion: PolicySuggestion | None = None

    def person(self, name: str) -> Person | None:
        """Somebody by their sign-in name; None is a visitor."""
        if name == "anonymous":
            return None
        return getattr(self, name, None) or getattr(self.cast, name)


def a_world(cast: Cast) -> World:
    """Everything once: thirteen states, grants in every desk, a plan on offer, a call on a list, an import."""
    world = World(cast, an_outsider("edith", "Policy editors"), an_outsider("adam", "Administrators"))
    cases = world.cases
    cases |= {str(state): a_case(cast, state, **somebody()) for state in CaseState}
    cases["money"] = money = a_negotiating_case(cast, **somebody())
    a_draft(cast, money)
    a_request(cast, money, "200.00")
    an_approved_grant(cast, money, "120.00")
    cases["paid"] = paid = a_negotiating_case(cast, **somebody())
    a_paid_grant(cast, paid, "150.00")
    bounced = pay(an_approved_grant(cast, paid, "110.00"), cast.olga, reference="ZF20261012002")
    bounce_grant(bounced.pk, by=cast.olga, at=AT, reason="账号与姓名不符。")
    cases["planned"] = planned = a_negotiating_case(cast, **somebody())
    a_drafted_plan(cast, planned)
    cases["offered"] = offered = a_negotiating_case(cast, **somebody())
    a_drafted_agreement(cast, an_offered_plan(cast, offered))
    a_return(cast, offered, entitlement="")
    cases["busy"] = _a_busy_case(cast)
    cases["paused"] = paused = an_investigating_case(cast, **somebody())
    answer(cast, paused, words="请补发照片。", purpose="enquiry")
    begin_pause(
        paused.pk,
        by=cast.ana,
        at=AT,
        category=PauseCategory.AWAITING_CUSTOMER,
        reason="等客户补充照片。",
        asked_of=Side.CUSTOMER,
        asked_what="领口的近照",
    )
    cases["ready"] = a_case_ready_to_close(cast, **somebody())
    cases["queue"] = a_registered_case(cast, shop_id=None, **somebody())
    cases["about ben"] = about_ben = an_assessing_case(cast, **somebody())
    name_subject(about_ben.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    put_follow_ups_on_lists(FollowUpCall.objects.latest("scheduled_for").scheduled_for)
    world.batch = stage_file(by=cast.sven, at=AT, content=CSV.encode(), mode="live", shop_id=cast.shop.pk)
    run = choose_cases("assign", [cases["queue"].pk, cases["registered"].pk], by=cast.sven, at=AT)
    world.run = plan_run(run.pk, by=cast.sven, at=AT, handler_ids=[cast.ben.pk], words="一组今天只有两个人。")
    world.policies = _policies_on_their_way(world)
    world.suggestion = suggest_change("limit:staff", by=cast.sven, at=AT, words="员工额度太低。")
    world.notice = Notice.objects.filter(person=cast.sven).first()
    for case in cases.values():
        case.refresh_from_db()
    return world


def _policies_on_their_way(world: World) -> list[PolicyRow]:
    """One in force, a draft of it with a dry run, and one that was fixed for the second person."""
    base = PolicyRow.objects.filter(kind="clock", key="resolution", state="active").order_by("-valid_from").first()
    drafts = [
        draft_change(base.pk, by=world.edith, at=AT, valid_from=later(days=days), reason="缩短期限。")
        for days in (9, 10)
    ]
    run_one(ask_dry_run(drafts[0].pk, by=world.edith, at=AT).pk, at=AT)
    return [base, drafts[0], try_policy(drafts[1].pk, by=world.edith, at=AT)]


def an_outsider(username: str, group: str) -> Person:
    """Somebody who works in this house and sees no case."""
    person = Person(username=username, name=f"{username} 女士", email=f"{username}@example.com", is_staff=True)
    person.save()
    person.groups.add(Group.objects.get(name=group))
    return person


def somebody() -> dict:
    """A customer and an order of their own, with values that no page may show in clear."""
    number = next(_numbers)
    return {
        "customer": CustomerData(
            name=f"欧阳晓{chr(0x4E00 + number)}", phone=f"13800{136000 + number}", account=f"tb_secret_{number}"
        ),
        "order": OrderData(
            number=f"33917{number:05}",
            product_name="羊毛混纺大衣 驼色 M",
            paid_amount=689,
            waybill_number=f"SF77{number:08}",
        ),
    }


def _a_busy_case(cast: Cast) -> Complaint:
    """One case with every kind of work that hangs on others."""
    case = an_investigating_case(cast, **somebody())
    ask_for_evidence(case.pk, by=cast.ana, at=AT, evidence_type=EvidenceType.PHOTO, what="领口近照")
    make_task(case.pk, by=cast.ana, at=AT, department_id=cast.warehouse.pk, what="查出库监控", due_at=later(days=2))
    make_task(case.pk, by=cast.ana, at=AT, department_id=cast.operations.pk, what="核对付款", due_at=later(days=2))
    raise_by_hand(case.pk, by=cast.ana, at=AT, reason="客户要求与主管沟通。")
    set_improvement(case.pk, by=cast.ana, at=AT, kind=MeasureKind.PROCESS, what="出库质检增加复核一步。")
    route = a_route(cast, case)
    a_letter(cast, route)
    counsel(cast, case, route)
    an_answered_review(cast, case)
    return case
