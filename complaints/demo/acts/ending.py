"""Going up, calling back, summing up, closing; and the other ends of a case."""

from datetime import datetime, timedelta

from complaints.actions.closing import close_case
from complaints.actions.escalating import acknowledge_escalation, decide_escalation, raise_by_hand
from complaints.actions.following_up import customer_came_first, record_attempt, record_result
from complaints.actions.improving import finish_improvement, set_improvement
from complaints.actions.merging import merge, unmerge
from complaints.actions.reopening import reopen
from complaints.actions.replying_to_discontent import leave_as_it_is
from complaints.actions.reviving import dissatisfied
from complaints.actions.summarising import write_summary
from complaints.actions.sweeping import put_follow_ups_on_lists
from complaints.actions.voiding import void
from complaints.actions.withdrawing import withdraw
from complaints.demo.acts.base import Acting
from complaints.models import Escalation, FollowUpCall, ImprovementAction
from complaints.states import EscalationState, FollowUpState
from complaints.vocabulary import ContactOutcome, MeasureKind, VoidReason


class Ending(Acting):
    """What leads out of a case, and sometimes back in."""

    def asks_superior(self, reason, *, who=None) -> Escalation:
        """Ask a superior for help."""
        return raise_by_hand(self.case_id, **self.acting(who), reason=reason)

    def superior_sees(self, who):
        """A supervisor takes note of what waits on this case."""
        for escalation in self.case.escalations.filter(state=EscalationState.OPEN):
            acknowledge_escalation(escalation.pk, **self.acting(who))

    def superior_answers(self, who, decision, answer, *, amount=None, until=None):
        """A supervisor answers whatever waits on this case; more authority says up to which amount and until when."""
        lent = {"amount": amount, "valid_until": self.days.instant(until)} if amount else {}
        waiting = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)
        for escalation in self.case.escalations.filter(state__in=waiting):
            decide_escalation(escalation.pk, **self.acting(who), decision=decision, answer=answer, **lent)
            if decision == "take_over":
                self.handler = self.person(who)
                return

    def when_to_call(self) -> datetime | timedelta:
        """Some minutes into the window of the follow-up that is on the calendar."""
        return self._follow_up().scheduled_for + timedelta(minutes=7)

    def _follow_up(self) -> FollowUpCall:
        open_states = (FollowUpState.SCHEDULED, FollowUpState.DUE, FollowUpState.REACHED)
        return self.case.follow_ups.get(state__in=open_states)

    def calls_back(self, words="", outcome=ContactOutcome.DELIVERED, **more):
        """The follow-up is on the list by now, and somebody dials."""
        put_follow_ups_on_lists(self.at)
        record_attempt(self._follow_up().pk, **self.acting(), outcome=outcome, words=words, **more)

    def customer_comes_first(self, words):
        """The customer speaks up before anybody called."""
        customer_came_first(self._follow_up().pk, **self.acting(), words=words)

    def writes_result(self, mark, experience, *, solved=True, suggestion=""):
        """What the customer said at the follow-up."""
        record_result(
            self._follow_up().pk,
            **self.acting(),
            satisfaction=mark,
            solved=solved,
            experience=experience,
            suggestion=suggestion,
        )

    def leaves_discontent(self, reason):
        """The customer is not content, and nothing more is done."""
        leave_as_it_is(self.case.follow_ups.latest("pk").pk, **self.acting(), reason=reason)

    def sums_up(self, lesson, cause, *, difficulty=""):
        """What was learnt."""
        write_summary(self.case_id, **self.acting(), lesson=lesson, root_cause=cause, difficulty=difficulty)

    def improves(self, kind, what, *, owner=None, who=None, concerns=None) -> ImprovementAction:
        """A measure, so that it does not happen again."""
        return set_improvement(
            self.case_id,
            **self.acting(who),
            kind=MeasureKind(kind),
            what=what,
            owner_id=self.person(owner).pk if owner else None,
            person_concerned_id=self.person(concerns).pk if concerns else None,
        )

    def finishes(self, measure, result):
        """The measure was carried out."""
        finish_improvement(measure.pk, **self.acting(), result=result)

    def closes(self):
        """Nothing is left open."""
        close_case(self.case_id, **self.acting())

    def ends_well(self, said, mark, experience, lesson, cause, measure, *, suggestion=""):
        """The follow-up reached the customer, the case is summed up, a measure set, and it closes."""
        self.calls_back(said)
        self.writes_result(mark, experience, suggestion=suggestion)
        self.sums_up(lesson, cause)
        self.improves(*measure)
        self.closes()

    def is_dissatisfied(self, what):
        """Something new is wrong."""
        dissatisfied(self.case_id, **self.acting(), what=what)

    def customer_withdraws(self, words, *, released=None, cancelled=()):
        """The customer takes it back."""
        withdraw(self.case_id, **self.acting(), words=words, released=released, cancelled=cancelled)

    def voids(self, who, why, reason):
        """It was no complaint at all."""
        void(self.case_id, **self.acting(who), why=VoidReason(why), reason=reason)

    def follows(self, who, leading, reason):
        """Another case of the same customer leads from now on."""
        merge(self.case_id, **self.acting(who), into_id=leading.case_id, reason=reason)

    def stands_alone(self, who, reason):
        """Two cases again."""
        unmerge(self.case_id, **self.acting(who), reason=reason)

    def reopens(self, who, reason):
        """A supervisor takes it up again."""
        reopen(self.case_id, **self.acting(who), reason=reason)
