"""What is said about escalations."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "escalation.case_ended": Sentence(_("The case has ended; there is nothing to escalate.")),
    "escalation.already_raised": Sentence(
        _("You have raised this case already and wait for the answer."),
        _("Ask the supervisor to decide it."),
        "decide-escalation",
    ),
    "escalation.reason_missing": Sentence(
        _("Nobody can help without knowing why."), _("Say what you need."), "field:reason"
    ),
    "escalation.level_unknown": Sentence(
        _("There is no such level; there are %(levels)s."), _("Choose a level."), "field:level"
    ),
    "escalation.not_open": Sentence(_("This escalation was seen already.")),
    "escalation.not_undecided": Sentence(_("This escalation was answered already.")),
    "escalation.about_oneself": Sentence(
        _("This escalation is about your own handling."), _("Another supervisor must answer it.")
    ),
    "escalation.decision_missing": Sentence(
        _("What you decide is missing."), _("Choose a decision."), "field:decision"
    ),
    "escalation.answer_missing": Sentence(
        _("The answer is missing."), _("Say in words what is to be done."), "field:answer"
    ),
    "escalation.cannot_take_over": Sentence(
        _("The case has ended; nobody can take it over."), _("Choose another decision."), "field:decision"
    ),
    "notice.escalated.clock": Sentence(_("A case is overdue and goes up to you (level %(level)s).")),
    "notice.escalated.commitment": Sentence(_("A promise was not kept in time (level %(level)s).")),
    "notice.escalated.grant": Sentence(_("A compensation was not paid in time (level %(level)s).")),
    "notice.escalated.approval": Sentence(_("A request for money waits too long for a decision (level %(level)s).")),
    "notice.escalated.refusal": Sentence(_("A proposed refusal waits too long for a decision (level %(level)s).")),
    "notice.escalated.wording": Sentence(_("Words to a customer wait too long for a decision (level %(level)s).")),
    "notice.escalated.extension": Sentence(_("A request for more time waits too long (level %(level)s).")),
    "notice.escalated.review": Sentence(_("A public answer waits too long for a decision (level %(level)s).")),
    "notice.escalated.hold": Sentence(
        _("The lifting of a legal hold waits too long for a decision (level %(level)s).")
    ),
    "notice.escalated.incident_plan": Sentence(
        _("The plan of an incident waits too long for a decision (level %(level)s).")
    ),
    "notice.escalated.public_notice": Sentence(
        _("A public announcement waits too long for a decision (level %(level)s).")
    ),
    "notice.request_waits.public_notice": Sentence(_("A public announcement still waits for your decision.")),
    "notice.request_waits.review": Sentence(_("A public answer still waits for your decision.")),
    "notice.request_waits.hold": Sentence(_("The lifting of a legal hold still waits for your decision.")),
    "notice.request_waits.incident_plan": Sentence(_("The plan of an incident still waits for your decision.")),
    "notice.request_waits.approval": Sentence(_("A request for money still waits for your decision.")),
    "notice.request_waits.refusal": Sentence(_("A proposed refusal still waits for your decision.")),
    "notice.request_waits.wording": Sentence(_("Words to a customer still wait for your decision.")),
    "notice.request_waits.extension": Sentence(_("A request for more time still waits for your decision.")),
    "notice.escalated.task": Sentence(_("Another department did not do its task in time (level %(level)s).")),
    "notice.escalated.many": Sentence(
        _("Many cases are overdue at once and went up to you; they stand in the list of escalations.")
    ),
    "notice.escalation_waits": Sentence(
        _("An escalation still waits until somebody takes note of it (level %(level)s).")
    ),
    "notice.escalation_waits.many": Sentence(
        _("Many escalations still wait until somebody takes note of them; they stand in the list of escalations.")
    ),
    "notice.task_due_soon": Sentence(_("A task of a department falls due soon.")),
    "notice.escalated.follow_up": Sentence(_("A follow-up call was not made (level %(level)s).")),
    "notice.escalated.progress": Sentence(
        _("A customer who waits for a department hears nothing from us (level %(level)s).")
    ),
    "notice.escalated.low_mark": Sentence(_("A customer gave a low mark after the case was handled.")),
    "notice.escalated.by_hand": Sentence(_("A colleague asks for your help with a case (level %(level)s).")),
    "notice.escalated.safety": Sentence(_("A case concerns safety (level %(level)s).")),
    "notice.escalated.legal": Sentence(_("A case may become a legal dispute (level %(level)s).")),
    "notice.escalated.backlog": Sentence(_("Cases from the backlog are overdue and go up to you.")),
    "notice.escalation_decided": Sentence(_("Your escalation was answered.")),
    "story.escalation.raised": Sentence(_("the case was escalated")),
    "story.escalation.raised_by_hand": Sentence(_("asked a superior for help")),
    "story.escalation.came_back": Sentence(_("the cause of the escalation came back")),
    "story.escalation.acknowledged": Sentence(_("took note of the escalation")),
    "story.escalation.decided": Sentence(_("answered the escalation")),
    "story.escalation.not_acknowledged": Sentence(_("reminded of an escalation that nobody took note of")),
    "story.escalation.answered_higher_up": Sentence(_("the escalation was answered one level higher")),
    "story.task.warned": Sentence(_("warned of a task that falls due")),
    "story.task.overdue": Sentence(_("a department's task was overdue")),
    "authority.nobody_handles": Sentence(
        _("Nobody handles the case, so nobody can be given more authority."), _("Choose another decision.")
    ),
    "authority.amount_missing": Sentence(
        _("It is not said up to which amount."), _("Enter the amount for the whole case."), "field:amount"
    ),
    "authority.amount_not_money": Sentence(
        _("The amount must be more than nothing, with at most two decimal places."), _("Change it."), "field:amount"
    ),
    "authority.not_higher": Sentence(
        _("The handler may grant %(own)s %(currency)s without asking anybody; this is not more."),
        _("Enter a higher amount, or choose another decision."),
        "field:amount",
    ),
    "authority.above_own": Sentence(
        _("You may approve %(limit)s %(currency)s at once yourself and cannot give away more."),
        _("Enter less, or let it go one level up."),
        "field:amount",
    ),
    "authority.above_own_day": Sentence(
        _("What you approved and gave away today leaves %(left)s %(currency)s."), _("Enter less."), "field:amount"
    ),
    "authority.end_missing": Sentence(
        _("It is not said until when."), _("Enter the end of the authority."), "field:valid_until"
    ),
    "authority.end_in_past": Sentence(
        _("The authority would be over already."), _("Enter an end that lies ahead."), "field:valid_until"
    ),
    "authority.lasts_too_long": Sentence(
        _("More authority for a case is given for %(days)s days at most."),
        _("Enter an earlier end."),
        "field:valid_until",
    ),
    "task.due_missing": Sentence(
        _("It is not said until when the department is to do it."), _("Enter the moment."), "field:due_at"
    ),
    "story.escalation.cause_gone": Sentence(_("the cause of the escalation is gone")),
}
