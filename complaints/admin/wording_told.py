"""Findings in a text, and the policies behind them, as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from complaints.actions.wording import agreed_to, told_of
from complaints.models import Complaint, WordingOverride
from policies.lookup import PolicyWords, policies_in_words, policy_by_id
from policies.rules.wording import BLOCK, NEEDS_APPROVAL, Finding
from policies.words.phrases import SEVERITIES, WORDS

MOST_SHOWN = 20
ICONS = {BLOCK: "block", NEEDS_APPROVAL: "lock", "warn": "warning"}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: what, how grave in words, why, what to say instead, by which policy."""

    severity: str
    says: str
    icon: str
    words: str
    title: str
    why: str
    instead: str
    policy: str
    start: int
    end: int
    is_agreed: bool
    can_be_asked: bool


def lines_of(case: Complaint, words: str, findings: Iterable[Finding]) -> list[FindingLine]:
    """The findings of a text as lines; two queries when there is any."""
    shown = list(findings)[:MOST_SHOWN]
    if not shown:
        return []
    policies = policies_in_words(finding.phrase.policy_id for finding in shown)
    agreed = agreed_to(case, words)
    return [_line(finding, policies.get(finding.phrase.policy_id), agreed.covers(finding)) for finding in shown]


def _line(finding, policy, is_agreed) -> FindingLine:
    needs_yes = finding.severity == NEEDS_APPROVAL and not is_agreed
    says = _("agreed to by a supervisor") if is_agreed else str(SEVERITIES[finding.severity])
    return FindingLine(
        severity="agreed" if is_agreed else finding.severity,
        says=says,
        icon="check" if is_agreed else ICONS[finding.severity],
        **told_of(finding),
        policy=edition_of(policy) if policy else "",
        start=finding.start,
        end=finding.end,
        is_agreed=is_agreed,
        can_be_asked=needs_yes,
    )


def edition_of(policy: PolicyWords) -> str:
    """A policy by name, edition and source."""
    named = _("%(title)s, edition %(edition)s") % {"title": policy.title, "edition": policy.edition}
    return f"{named} · {policy.source}"


def told_before_deciding(override: WordingOverride, at: datetime) -> list[str]:
    """What whoever decides should know: the phrase, why it needs a yes, the reason of who asks, what a yes does."""
    language = get_language() or "zh-hans"
    phrase = policy_by_id(override.phrase_policy_id)
    return [
        _("The phrase: %(title)s (%(group)s). %(why)s")
        % {
            "title": phrase.label.in_language(language),
            "group": WORDS[phrase.group],
            "why": phrase.why.in_language(language),
        },
        _("%(name)s asks because: %(reason)s") % {"name": override.asked_by.name, "reason": str(override.reason)},
        _("Say instead: %(instead)s") % {"instead": phrase.instead.in_language(language)},
        _("A yes covers just these words; whoever asked is told."),
    ]


def noted_in_words(noted: Iterable[dict], policies: Mapping[int, PolicyWords]) -> list[str]:
    """What was found in the words of a contact when it was recorded, each phrase once, by policy and edition."""
    told = [_noted(found, policies[found["policy"]]) for found in noted if found["policy"] in policies]
    return list(dict.fromkeys(told))


def _noted(found: dict, policy: PolicyWords) -> str:
    says = _("broke the wording policy") if found["breach"] else str(SEVERITIES[found["severity"]])
    if found["severity"] == NEEDS_APPROVAL and not found["breach"]:
        says = _("agreed to by a supervisor")
    named = _("%(title)s, edition %(edition)s") % {"title": policy.title, "edition": policy.edition}
    return f"{says}{_(': ')}{named}"
