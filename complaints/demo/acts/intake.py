"""Registering, taking, judging: how a story begins."""

from decimal import Decimal

from casemgmt.people.models import Department
from complaints.actions.assigning import assign_case, take_case
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.flagging import lower_flag, raise_flag
from complaints.actions.judging import judge, settle_directly
from complaints.actions.noting import add_fact, write_note
from complaints.actions.pausing import begin_pause, end_pause
from complaints.actions.registering import Registration, register
from complaints.actions.tasking import finish_task, make_task
from complaints.demo.acts.base import Acting
from complaints.models import DepartmentTask
from complaints.vocabulary import Channel, Judgement, PauseCategory, Reason, Severity, Side

WITH_ACCOUNT = (Channel.QIANNIU, Channel.ONLINE_CHAT, Channel.PLATFORM)


class Intake(Acting):
    """From the complaint to its first judgement, and what happens beside it."""

    def registers(
        self, who, words, *, customer, goods="", paid=None, shop="flagship", channel=Channel.QIANNIU, **facts
    ):
        """Somebody enters what the customer says. `customer`: a name, or the tale of another case of the same one."""
        number = next(self.house.numbers)
        known = {"customer": self._customer(customer, number, channel)}
        if isinstance(customer, Intake):
            known = {"customer_id": customer.case.customer_id}
        order = (
            OrderData(f"33{91770212 + number * 7919}", goods, None if paid is None else Decimal(paid))
            if goods
            else OrderData()
        )
        entered = known | {
            "content": words,
            "channel": channel,
            "received_at": self.at,
            "shop_id": self.house.shops[shop].pk,
            "order": order,
            "reason": Reason.QUALITY,
            "not_a_duplicate": True,
        }
        case = register(Registration(**entered | facts), **self.acting(who))
        self.case_id = case.pk
        return case

    def _customer(self, name, number, channel):
        if isinstance(name, Intake):
            return None
        account = f"tangxi_guest{7300 + number}" if channel in WITH_ACCOUNT else ""
        return CustomerData(name=name, phone=f"1380571{1000 + number * 37:04d}", account=account)

    def takes(self, who):
        """Somebody takes the case; from now on acts without a name are theirs."""
        take_case(self.case_id, **self.acting(who))
        self.handler = self.person(who)

    def assigns(self, who, to, reason):
        """A supervisor gives the case to somebody."""
        assign_case(self.case_id, **self.acting(who), handler_id=self.person(to).pk, reason=reason)
        self.handler = self.person(to)

    def judges(
        self, category, *, reason=Reason.QUALITY, severity=Severity.ORDINARY, judgement=Judgement.REASONABLE, **more
    ):
        """At first sight; the facts are looked into next."""
        facts = {"reason": reason, "category": category, "severity": severity, "judgement": judgement}
        judge(self.case_id, **self.acting(), **facts | more)

    def judges_unreasonable(self, category, kind, basis, **more):
        """At first sight unreasonable, with its type and the basis; no step is left out for it."""
        marks = {
            "judgement": Judgement.UNREASONABLE,
            "basis": basis,
            "unreasonable_type": kind,
            "unreasonable_definition": "contradicts_facts",
        }
        self.judges(category, **marks | more)

    def settles(self, category, *, reason=Reason.QUALITY, severity=Severity.MINOR, **more):
        """A simple matter: straight to a plan."""
        facts = {"reason": reason, "category": category, "severity": severity, "judgement": Judgement.REASONABLE}
        settle_directly(
            self.case_id, **self.acting(), **facts | {"simple_matter": True, "affects_others": False} | more
        )

    def notes(self, words, *, who=None):
        """An internal note."""
        write_note(self.case_id, **self.acting(who), words=words)

    def learns(self, kind, words):
        """A fact in words beside what was registered."""
        add_fact(self.case_id, **self.acting(), kind=kind, words=words)

    def flags(self, flag, reason, *, who=None):
        """Mark the case: safety, legal, opinion_risk."""
        raise_flag(self.case_id, **self.acting(who), flag=flag, reason=reason)

    def unflags(self, flag, reason, *, who):
        """A supervisor takes the mark away."""
        lower_flag(self.case_id, **self.acting(who), flag=flag, reason=reason)

    def asks_department(self, department, what, *, until=(1, "18:00"), who=None, to=None) -> DepartmentTask:
        """Give another department something to do."""
        place: Department = self.house.departments[department]
        return make_task(
            self.case_id,
            **self.acting(who),
            department_id=place.pk,
            what=what,
            due_at=self.days.instant(until),
            assignee_id=self.person(to).pk if to else None,
        )

    def department_answers(self, task, who, result):
        """Somebody of the department has done it."""
        finish_task(task.pk, **self.acting(who), result=result)

    def waits(self, category, reason, asked, *, of=Side.CUSTOMER, until=None):
        """Waiting for somebody stops the clocks that the policy lets it stop."""
        begin_pause(
            self.case_id,
            **self.acting(),
            category=PauseCategory(category),
            reason=reason,
            asked_of=of,
            asked_what=asked,
            until=until,
        )

    def goes_on(self):
        """The wait is over."""
        end_pause(self.case_id, **self.acting())
