"""What people do every working evening: supervisors answer what went up, and everybody reads what came."""

from datetime import datetime

from casemgmt.models import Notice
from complaints.actions.escalating import (
    acknowledge_escalation,
    decide_escalation,
    why_not_acknowledge_escalation,
    why_not_decide_escalation,
)
from complaints.models import Complaint, Escalation
from complaints.states import EscalationState
from complaints.vocabulary import EscalationDecision

ANSWERS = {
    "clock": (EscalationDecision.RETURN, "已看过：请当天联系客户说明进度，明天上班前给我结果。"),
    "follow_up": (EscalationDecision.BETTER_SOLUTION, "换个时段再打一次；还是打不通就发短信，请客户回电。"),
}
"""What is routine. Of all else they take note."""
BY_HAND = "by_hand"
"""What handlers ask: the stories tell what becomes of it."""


def answer_what_went_up(at: datetime) -> None:
    """Each routine escalation is answered by whom it went to; money, promises, safety and marks want more thought."""
    waiting = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)
    found = Escalation.objects.filter(state__in=waiting, case__in=Complaint.objects.open())
    for escalation in found.select_related("to_person").order_by("pk"):
        cause, by = escalation.cause.partition(":")[0], escalation.to_person
        decision, answer = ANSWERS.get(cause, (None, ""))
        if decision and not why_not_decide_escalation(escalation, by=by, at=at):
            decide_escalation(escalation.pk, by=by, at=at, decision=decision, answer=answer)
        elif not decision and cause != BY_HAND and not why_not_acknowledge_escalation(escalation, by=by, at=at):
            acknowledge_escalation(escalation.pk, by=by, at=at)


def read_what_came(at: datetime) -> None:
    """The notices of the day are read; what comes afterwards is new in the morning."""
    Notice.objects.unread().visible(at).update(read_at=at)
