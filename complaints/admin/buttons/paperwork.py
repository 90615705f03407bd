"""What can be done with the rest of the paperwork: promises, tasks, evidence, follow-ups, escalations and more."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.forms import ActionForm
from casemgmt.violations import Violation
from complaints.actions import (
    escalating,
    evidencing,
    following_up,
    improving,
    keeping,
    redacting,
    requesting_evidence,
    subjecting,
    tasking,
)
from complaints.admin.buttons.conditions import only_in
from complaints.forms import ends, facts, promises, talking
from complaints.states import CommitmentState, EvidenceState, TaskState


def _not_lifted(subject, *, by, at) -> list[Violation]:
    return [] if subject.lifted_at is None else [Violation("case.not_possible_from", params={"state": "—"})]


COMMITMENT = (
    CaseAction(
        "keep-commitment",
        _("Kept"),
        "commitment.keep",
        keeping.keep_commitment,
        promises.KeepForm,
        keeping.why_not_keep_commitment,
        weight=10,
    ),
    CaseAction(
        "release-commitment",
        _("Release"),
        "commitment.release",
        keeping.release_commitment,
        promises.ReleaseForm,
        only_in(CommitmentState.OPEN, CommitmentState.BROKEN),
        weight=11,
    ),
    CaseAction(
        "break-commitment",
        _("Not kept"),
        "commitment.keep",
        keeping.break_commitment,
        ActionForm,
        keeping.why_not_break_commitment,
        weight=12,
    ),
)

TASK = (
    CaseAction(
        "finish-task",
        _("Done"),
        "task.do",
        tasking.finish_task,
        promises.ResultForm,
        tasking.why_not_finish_task,
        weight=10,
    ),
    CaseAction(
        "cancel-task",
        _("Cancel"),
        "task.make",
        tasking.cancel_task,
        facts.ReasonForm,
        only_in(TaskState.OPEN),
        weight=11,
    ),
)

EVIDENCE = (
    CaseAction(
        "verify-evidence",
        _("Verify"),
        "evidence.judge",
        evidencing.verify_evidence,
        ActionForm,
        only_in(EvidenceState.RECEIVED, EvidenceState.DISPUTED),
        weight=10,
    ),
    CaseAction(
        "dispute-evidence",
        _("Dispute"),
        "evidence.judge",
        evidencing.dispute_evidence,
        facts.ReasonForm,
        only_in(EvidenceState.RECEIVED, EvidenceState.VERIFIED),
        weight=11,
    ),
    CaseAction(
        "exclude-evidence",
        _("Exclude"),
        "evidence.judge",
        evidencing.exclude_evidence,
        facts.ReasonForm,
        only_in(EvidenceState.RECEIVED, EvidenceState.VERIFIED, EvidenceState.DISPUTED),
        weight=12,
    ),
    CaseAction(
        "redact-evidence",
        _("Redacted copy"),
        "evidence.add",
        redacting.redact_evidence,
        facts.RedactForm,
        redacting.why_not_redact,
        intro=_("A copy with parts covered, to be shown to the other side. The original stays as it is."),
        template="complaints/dialog_redact.html",
        weight=13,
    ),
)

EVIDENCE_REQUEST = (
    CaseAction(
        "answer-evidence-request",
        _("Answered"),
        "case.handle",
        requesting_evidence.answer_evidence_request,
        ActionForm,
        requesting_evidence.why_not_answer_evidence_request,
        weight=10,
    ),
    CaseAction(
        "give-up-evidence-request",
        _("Not answered"),
        "case.handle",
        requesting_evidence.give_up_evidence_request,
        ActionForm,
        requesting_evidence.why_not_give_up_evidence_request,
        weight=11,
    ),
)

CALLED_BACK = (
    CaseAction(
        "record-attempt",
        _("Record the attempt"),
        "follow_up.record",
        following_up.record_attempt,
        talking.AttemptForm,
        following_up.why_not_record_attempt,
        submit=_("Reached: save what was said"),
        weight=10,
        template="complaints/composer_call.html",
    ),
    CaseAction(
        "record-result",
        _("Write down the result"),
        "follow_up.record",
        following_up.record_result,
        ends.FollowUpResultForm,
        following_up.why_not_record_result,
        weight=11,
    ),
    CaseAction(
        "customer-came-first",
        _("The customer came first"),
        "follow_up.record",
        following_up.customer_came_first,
        ends.CameFirstForm,
        following_up.why_not_customer_came_first,
        weight=12,
    ),
    CaseAction(
        "cancel-follow-up",
        _("Cancel"),
        "follow_up.record",
        following_up.cancel_follow_up,
        facts.ReasonForm,
        following_up.why_not_cancel_follow_up,
        weight=13,
    ),
)

ESCALATION = (
    CaseAction(
        "acknowledge-escalation",
        _("Acknowledge"),
        "escalation.decide",
        escalating.acknowledge_escalation,
        ActionForm,
        escalating.why_not_acknowledge_escalation,
        weight=10,
    ),
    CaseAction(
        "decide-escalation",
        _("Decide"),
        "escalation.decide",
        escalating.decide_escalation,
        ends.DecideEscalationForm,
        escalating.why_not_decide_escalation,
        weight=11,
    ),
)

SUBJECT = (
    CaseAction(
        "find-conduct",
        _("Conduct found"),
        "case.handle",
        subjecting.find_conduct,
        facts.ConductForm,
        _not_lifted,
        weight=10,
    ),
    CaseAction(
        "lift-subject",
        _("Not about this person"),
        "case.handle",
        subjecting.lift_subject,
        facts.ReasonForm,
        _not_lifted,
        weight=11,
    ),
)

IMPROVEMENT = (
    CaseAction(
        "finish-improvement",
        _("Carried out"),
        "case.handle",
        improving.finish_improvement,
        promises.ResultForm,
        improving.why_not_finish_improvement,
        weight=10,
    ),
    CaseAction(
        "cancel-improvement",
        _("Give up"),
        "case.handle",
        improving.cancel_improvement,
        promises.ResultForm,
        improving.why_not_finish_improvement,
        weight=11,
    ),
)
