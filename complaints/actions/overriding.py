"""Asking a second person to agree to words that need approval, and their yes or no (S-TAB, S-PRO-02)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.wording import findings_in, overrides_for, plain, told_of
from complaints.models import Complaint, WordingOverride
from complaints.roles import demand_right
from complaints.rules.duties import violations_in_decision
from complaints.rules.paperwork import violations_in_required_words
from complaints.rules.wording import violations_in_asking, violations_in_wording
from complaints.states import OverrideState
from complaints.vocabulary import StatementKind
from policies.rules.wording import BLOCK, NEEDS_APPROVAL

UNREFUSED = (OverrideState.ASKED, OverrideState.APPROVED)


@transaction.atomic
def ask_for_wording(
    case_id: int, *, by, at: datetime, words: str, reason: str, channel: str = ""
) -> list[WordingOverride]:
    """Ask a supervisor to agree to these very words: one row for each phrase in them that needs approval.

    A blocked phrase cannot be asked for. What was asked or agreed to already is not asked again.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "wording.ask", case, at=at)
    findings = findings_in(case, words, at=at, channel=channel)
    blocked = [finding for finding in findings if finding.severity == BLOCK]
    known = {row.phrase_policy_id for row in overrides_for(case, words, *UNREFUSED)}
    phrases = {finding.phrase.policy_id for finding in findings if finding.severity == NEEDS_APPROVAL}
    demand(
        violations_in_wording(blocked, "words", told_of),
        violations_in_asking(findings, reason=reason, asked_already=bool(phrases) and phrases <= known),
    )
    with signed(by=by, reason="wording.asked", at=at):
        said = state_words(case, StatementKind.WORDING, plain(words), by=by, at=at)
        why = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        rows = [
            WordingOverride.objects.create(
                case=case,
                phrase_policy_id=policy_id,
                words=said,
                channel=channel,
                reason=why,
                asked_by=by,
                asked_at=at,
            )
            for policy_id in sorted(phrases - known)
        ]
    passed_over = subjects_of(case) | {by.pk, case.handler_id}
    told = Superiors(at).told(case.team_id, None, passed_over)
    notices.queue(case, "notice.wording_awaits_you", to=told, at=at, about=rows[0])
    return rows


def _lock(override_id):
    case = Complaint.objects.locked(wording_overrides__pk=override_id)
    return case, case.wording_overrides.select_related("words").get(pk=override_id)


def why_not_decide_wording(override: WordingOverride, *, by, at: datetime) -> list[Violation]:
    """What stands against this person's yes or no: it is decided, or they asked, handle it, or it is about them."""
    found = []
    if override.state != OverrideState.ASKED:
        found.append(Violation("wording.not_pending", params={"state": override.get_state_display()}))
    case = override.case
    found += violations_in_decision(
        asked_by=override.asked_by_id, decided_by=accounts_of(by), subjects=subjects_of(case), handler=case.handler_id
    )
    return found


def why_not_approve_wording(override: WordingOverride, *, by, at: datetime) -> list[Violation]:
    """As `why_not_decide_wording`; and words that hold a blocked phrase by now can be agreed to by nobody."""
    findings = findings_in(override.case, override.words.words or "", at=at, channel=override.channel)
    blocked = [finding for finding in findings if finding.severity == BLOCK]
    return [
        *why_not_decide_wording(override, by=by, at=at),
        *violations_in_wording(blocked, None, told_of),
    ]


@transaction.atomic
def approve_wording(override_id: int, *, by, at: datetime, remark: str) -> WordingOverride:
    """A supervisor agrees to these very words and says why. Never who asked, handles the case, or is its subject."""
    case, override = _lock(override_id)
    demand_right(by, "wording.decide", case, at=at)
    demand(why_not_approve_wording(override, by=by, at=at), _violations_in_remark(remark))
    with signed(by=by, reason="wording.approved", at=at):
        override.approve(by=by, at=at, remark=state_words(case, StatementKind.DECISION, remark, by=by, at=at))
        override.save()
    notices.queue(case, "notice.wording_approved", to=override.asked_by, at=at, about=override)
    return override


@transaction.atomic
def reject_wording(override_id: int, *, by, at: datetime, remark: str) -> WordingOverride:
    """Not in these words, and why. Other words are a new request."""
    case, override = _lock(override_id)
    demand_right(by, "wording.decide", case, at=at)
    demand(why_not_decide_wording(override, by=by, at=at), _violations_in_remark(remark))
    with signed(by=by, reason="wording.rejected", at=at):
        override.reject(by=by, at=at, remark=state_words(case, StatementKind.DECISION, remark, by=by, at=at))
        override.save()
    notices.queue(case, "notice.wording_rejected", to=override.asked_by, at=at, about=override)
    return override


def _violations_in_remark(remark: str):
    return violations_in_required_words(remark, code="wording.remark_missing", field="remark")
