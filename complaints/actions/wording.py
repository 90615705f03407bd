"""Checking words before they reach a customer, on every path that writes some (S-TAB, S-PRO-02, S-COM-17)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import get_language

from casemgmt.violations import Violation
from complaints.models import Complaint, HandlingPlan, WordingOverride
from complaints.rules.wording import Agreed, is_still_to_go_out, kept_back, violations_in_wording
from complaints.states import GrantState, OverrideState, PlanState, RefusalState
from policies.lookup import lexicon_in_force
from policies.rules.wording import BLOCK, Cover, Finding, standing

PROMISED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
ON_THE_TABLE = (PlanState.OFFERED, PlanState.ACCEPTED)


def findings_in(
    case: Complaint, words: str, *, at: datetime, channel: str = "", options: Iterable = (), plan_id: int | None = None
) -> list[Finding]:
    """What stands in the words and is covered by nothing approved, the gravest first.

    Covered by a grant that was approved, by an option of a plan that is before the customer or was accepted, by
    `options` of a plan that is being drafted, and by those of the plan `plan_id` that these words offer.
    """
    lexicon = lexicon_in_force(at)
    found = lexicon.findings_in(words or "", channel=channel)
    if any(finding.phrase.covered_by for finding in found):
        covers = [*covers_of(case, plan_id=plan_id), *(Cover(option.remedy, option.amount) for option in options)]
        found = lexicon.findings_in(words, channel=channel, covers=covers)
    return standing(found)


def covers_of(case: Complaint, *, plan_id: int | None = None) -> list[Cover]:
    """What may be promised in this case, up to which amount."""
    covers = [Cover(grant.kind, grant.amount) for grant in case.grants.all() if grant.state in PROMISED]
    for plan in case.plans.all():
        if plan.state in ON_THE_TABLE or plan.pk == plan_id:
            chosen = [option for option in plan.options.all() if option.chosen or plan.state != PlanState.ACCEPTED]
            covers += [Cover(option.remedy, option.amount) for option in chosen]
    return covers


def plain(words: str | None) -> str:
    """Words as they are compared: line ends and outer spaces make no difference, every other sign does."""
    return (words or "").replace("\r\n", "\n").strip()


def agreed_to(case: Complaint, words: str) -> Agreed:
    """What a second person agreed to: overrides of these very words, and the texts of the refusal that stands."""
    overrides = overrides_for(case, words)
    texts = []
    for refusal in case.refusals.select_related("explanation", "alternatives"):
        if refusal.state == RefusalState.APPROVED:
            texts += [said.words for said in (refusal.explanation, refusal.alternatives) if said and said.words]
    return Agreed(frozenset(override.phrase_policy_id for override in overrides), tuple(texts))


def overrides_for(case: Complaint, words: str, *states: str) -> list[WordingOverride]:
    """The overrides of these very words in these states, by default those that hold."""
    rows = case.wording_overrides.filter(state__in=states or (OverrideState.APPROVED,)).select_related("words")
    return [row for row in rows if plain(row.words.words) == plain(words)]


def violations_in_words(
    case: Complaint,
    field: str | None,
    words: str | None,
    *,
    at: datetime,
    channel: str = "",
    options: Iterable = (),
    plan_id: int | None = None,
    second_person_reads: bool = False,
) -> Iterator[Violation]:
    """What keeps these words from going out. With `second_person_reads`, only what nobody may agree to."""
    findings = findings_in(case, words or "", at=at, channel=channel, options=options, plan_id=plan_id)
    if second_person_reads:
        findings = [finding for finding in findings if finding.severity == BLOCK]
    if any(finding.severity != "warn" for finding in findings):
        yield from violations_in_wording(kept_back(findings, agreed_to(case, words or "")), field, told_of)


def violations_in_message(case: Complaint, draft, *, at: datetime) -> Iterator[Violation]:
    """What keeps an exchange back: only what still is to go out. `draft` is a ContactDraft."""
    if is_still_to_go_out(
        channel=draft.channel, direction=draft.direction, outcome=draft.outcome, occurred_at=draft.occurred_at, at=at
    ):
        yield from violations_in_words(case, "words", draft.words, at=at, channel=draft.channel, plan_id=draft.plan_id)


def noted_wording(case: Complaint, draft, *, at: datetime) -> list[dict]:
    """What is kept of the check with an exchange of ours: policy row, place, and whether it broke the policy.

    Places and numbers only: the words themselves are write-once elsewhere. What was said and should not have been
    is a breach; what a second person agreed to is none.
    """
    if draft.direction != "outgoing" or not draft.words or draft.outcome == "impossible":
        return []
    findings = findings_in(case, draft.words, at=at, channel=draft.channel, plan_id=draft.plan_id)
    if not findings:
        return []
    broken = kept_back(findings, agreed_to(case, draft.words))
    return [
        {
            "policy": finding.phrase.policy_id,
            "severity": finding.severity,
            "start": finding.start,
            "end": finding.end,
            "breach": finding in broken,
        }
        for finding in findings
    ]


def told_of(finding: Finding) -> dict[str, str]:
    """A finding in the reader's words. Numbers of persons are not repeated."""
    language = get_language() or "zh-hans"
    phrase = finding.phrase
    return {
        "words": shown_words(finding),
        "title": phrase.label.in_language(language),
        "why": phrase.why.in_language(language),
        "instead": phrase.instead.in_language(language),
    }


def shown_words(finding: Finding) -> str:
    """The words found, without their line ends; of a person's number the last two signs alone."""
    words = " ".join(finding.words.split())
    return f"…{words[-2:]}" if finding.phrase.detects else words


def violations_in_plan_words(
    case: Complaint, explanation: str | None, follow_up: str | None, options: Iterable, *, at: datetime
) -> Iterator[Violation]:
    """What keeps a plan from being put down in these words; its own options cover what it promises."""
    options = tuple(options)
    texts = [("explanation", explanation), ("follow_up", follow_up), *(("options", option.words) for option in options)]
    for field, words in texts:
        yield from violations_in_words(case, field, str(words or ""), at=at, options=options)


def violations_in_offering_words(plan: HandlingPlan, *, at: datetime) -> Iterator[Violation]:
    """What keeps a plan from being offered as it was put down: phrases that became forbidden since."""
    options = list(plan.options.select_related("words"))
    for found in violations_in_plan_words(plan.case, plan.explanation, plan.follow_up, options, at=at):
        yield Violation(found.code, params=found.params)
