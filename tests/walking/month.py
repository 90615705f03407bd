"""Thirty days of a shop in virtual time: customers arrive, people work, beat rings, rings twice, or does not.

Every midnight is looked at: the invariants, the ledger, the ladders, the lists, what was told to whom and when.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from django.db.models import Count, F
from django.utils.timezone import localtime

from casemgmt.models import Notice, NoticeSettings, OutboxMessage
from casemgmt.notice_kinds import kind_of
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.registering import register
from complaints.invariants import broken_invariants
from complaints.models import Complaint, Dispatch, Escalation, FollowUpCall
from complaints.states import ENDED, FollowUpState
from tests.building import a_registration
from tests.cast import AT, Cast
from tests.walking.sweeping import ring, sweep_everything
from tests.walking.walk import Walk

SLOT = timedelta(minutes=30)
OPENS, SHUTS = time(9), time(18)
ACTS_IN_A_SLOT = 5
RINGS = (2, 6, 9, 10, 12, 14, 15, 17, 19, 22)
"""Hours in which beat is looked at; in between it rings for nobody."""
QUIET = time(21), time(8)
SILENCED = ["cases", "mentions", "moves"]


@dataclass
class Report:
    """What the month was: cases, steps done and refused, ticks of beat, letters, and everything that broke."""

    cases: int = 0
    ticks: Counter = field(default_factory=Counter)
    answers: Counter = field(default_factory=Counter)
    done: Counter = field(default_factory=Counter)
    states: Counter = field(default_factory=Counter)
    notices: int = 0
    letters: int = 0
    midnights: int = 0
    broken: list[str] = field(default_factory=list)


class Month(Walk):
    """A walk over many cases that lasts days. `outage_at` is when everything stops for 36 hours; None for never."""

    def __init__(self, cast: Cast, chance: Random, *, outage_at: datetime | None = None):
        super().__init__(cast, chance)
        self.outage_at = outage_at
        self.report = Report()
        self.swept_at = AT
        NoticeSettings.objects.create(person=cast.ana, quiet_from=QUIET[0], quiet_until=QUIET[1])
        NoticeSettings.objects.create(person=cast.ben, silent=SILENCED, unmailed=SILENCED)
        NoticeSettings.objects.create(person=cast.tara, letters=NoticeSettings.Letters.DAILY)

    def live(self, days: int) -> Report:
        """So many days from AT on; stops at the first midnight at which something is broken."""
        end = AT + timedelta(days=days)
        now = AT
        while now < end and not self.report.broken:
            before, now = now, now + SLOT
            self._slot(before)
            if localtime(now).date() != localtime(before).date():
                self._midnight(now)
        self._count()
        return self.report

    def case(self) -> Complaint:
        """Any case that is still going on, mostly; now and then one that has ended."""
        going_on = Complaint.objects.filter(pk__in=self.cases).exclude(state__in=ENDED)
        keys = list(going_on.order_by("pk").values_list("pk", flat=True))
        keys = keys if keys and self.pick(True, True, True, True, False) else self.cases
        return Complaint.objects.get(pk=self.pick(*keys))

    def take(self, name, case, *, by=""):
        """The handler acts on the own case, whoever that is; time does not run away from the slot."""
        at = self.at
        handler = case.handler.username if by == "ana" and case.handler_id else by
        answer = super().take(name, case, by=handler if hasattr(self.cast, handler) else by)
        self.at = at + timedelta(seconds=40)
        return answer

    def _slot(self, start: datetime) -> None:
        self.at = start
        if self._is_out(start):
            self.report.ticks["outage"] += 1
            return
        hour = localtime(start).time()
        works = OPENS <= hour < SHUTS and localtime(start).weekday() < 6
        if works and self.pick(True, True, False):
            self._somebody_complains()
        for _act in range(ACTS_IN_A_SLOT if works else self.pick(0, 0, 0, 1)):
            self.try_something()
        self.at = start + timedelta(minutes=29)
        if localtime(start).minute == 0 and localtime(start).hour in RINGS:
            self._tick()

    def _tick(self) -> None:
        how = self.pick("once", "once", "once", "once", "twice", "missed", "partly")
        self.report.ticks[how] += 1
        if how == "partly":
            ring(self.at, ("warn_of_clocks", "put_follow_ups_on_lists", "relay_outbox"))
        for _time in range({"once": 1, "twice": 2}.get(how, 0)):
            sweep_everything(self.at)
            self.swept_at = self.at

    def _is_out(self, at: datetime) -> bool:
        return self.outage_at is not None and self.outage_at <= at < self.outage_at + timedelta(hours=36)

    def _somebody_complains(self) -> None:
        number = self.report.cases = self.report.cases + 1
        case = register(
            a_registration(
                self.cast,
                received_at=self.at,
                customer=CustomerData(
                    name=f"旅客{number}", phone=f"138{number:08}", email=f"person{number}@example.com"
                ),
                order=OrderData(number=f"MM{number:08}", product_name="羊毛混纺大衣 驼色 M", paid_amount=689),
            ),
            by=self.cast.ana,
            at=self.at,
        )
        self.cases.append(case.pk)

    def _midnight(self, at: datetime) -> None:
        """Beat has rung, but for an outage; then everything is looked at."""
        if not self._is_out(at):
            sweep_everything(at)
            self.swept_at = at
        self.report.midnights += 1
        found = [f"{breach.invariant} {breach.code}: {breach.what}" for breach in broken_invariants(self.swept_at)]
        found += [*_calls_on_no_list(), *_told_too_often(), *self._told_against_wishes()]
        if found:
            self.report.broken = [f"{at:%m-%d}", *found, "after", *self.told[-400:]]

    def _told_against_wishes(self) -> list[str]:
        """Letters in quiet hours, or of kinds that somebody does not want; messages to customers before their hours."""
        wish = NoticeSettings.objects.get(person=self.cast.ana)
        mailed = OutboxMessage.objects.filter(sent_at__isnull=False)
        sent = mailed.filter(recipient=self.cast.ana).values_list("key", "kind", "sent_at")
        wrong = [f"sent in quiet hours: {key}" for key, _kind, at in sent if wish.quiet_end(at) is not None]
        to_ben = mailed.filter(recipient=self.cast.ben).values_list("key", "kind")
        shown = Notice.objects.filter(person=self.cast.ben).values_list("key", "code")
        wrong += [
            f"told against a wish: {key}"
            for key, code in (*to_ben, *shown)
            if kind_of(code).name in SILENCED and not kind_of(code).is_duty
        ]
        early = Dispatch.objects.filter(sent_at__lt=F("not_before"))
        return wrong + [f"dispatch {pk} went out early" for pk in early.values_list("pk", flat=True)]

    def _count(self) -> None:
        self.report.answers, self.report.done = self.answers, self.done
        self.report.states = Counter(Complaint.objects.values_list("state", flat=True))
        self.report.cases = Complaint.objects.count()
        self.report.notices = Notice.objects.count()
        self.report.letters = OutboxMessage.objects.filter(sent_at__isnull=False).count()


def _calls_on_no_list() -> list[str]:
    """Each follow-up that is due stands on the list of one person who works here, and on no second one."""
    due = FollowUpCall.objects.filter(state=FollowUpState.DUE)
    lost = due.exclude(owner__is_active=True).values_list("pk", flat=True)
    twice = due.order_by().values("case").annotate(calls=Count("pk")).filter(calls__gt=1).values_list("case", flat=True)
    return [*(f"follow-up {pk} is on no list" for pk in lost), *(f"case {pk} has two calls due" for pk in twice)]


def _told_too_often() -> list[str]:
    """Nobody hears of one level of one cause more often than it was raised or came back."""
    raised = Counter(
        f"{cause}:{level}:{due_at.isoformat()}"
        for cause, level, due_at in Escalation.objects.values_list("cause", "level", "due_at")
    )
    keys = Notice.objects.filter(code="notice.escalated.clock").values_list("key", "person")
    told = Counter((key.removeprefix("notice.escalated:").rpartition(":")[0], person) for key, person in keys)
    return [f"told {times} times of {what}" for (what, _person), times in told.items() if times > max(raised[what], 1)]
