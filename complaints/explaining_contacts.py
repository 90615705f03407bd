"""Why a call was, or is, allowed or refused, and what the check of words said: asked again by the policies of then."""

from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation
from complaints.actions.planning_calls import newest_plan, why_plan_needed
from complaints.actions.reaching import calls_to, violations_in_consent, wish_of
from complaints.models import Complaint, Contact, Customer, StartedCall
from complaints.rules.contacting import CALLS
from complaints.vocabulary import Channel, ContactOutcome, ContactPurpose, Direction
from policies.lookup import call_plan_policy_in_force, calling_window_in_force, policy_by_id
from policies.rules.calling import CallingWish, NextCall, next_moment_to_call, violations_in_call, zone_of
from policies.rules.wording import lexicon_of
from policies.values import CallingWindow, Phrase


@dataclass(frozen=True, slots=True)
class CallExplained:
    """Everything that the rules of calling looked at. `calls` are the earlier ones that counted, the newest last.

    `is_same` is whether a call that was recorded comes out as it did then; None where nothing was recorded yet.
    """

    at: datetime
    window: CallingWindow
    wish: CallingWish
    calls: tuple[datetime, ...]
    broken: tuple[Violation, ...]
    following: NextCall | None = None
    plan_policy_id: int | None = None
    needs_plan: tuple[str, ...] = ()
    has_plan: bool = False
    is_same: bool | None = None

    @property
    def that_day(self) -> tuple[datetime, ...]:
        """The calls of the day that is asked about, as the customer's day counts."""
        zone = zone_of(self.window, self.wish)
        return tuple(call for call in self.calls if call.astimezone(zone).date() == self.at.astimezone(zone).date())

    @property
    def in_days(self) -> tuple[datetime, ...]:
        """Those of the last days that the window counts."""
        zone = zone_of(self.window, self.wish)
        today = self.at.astimezone(zone).date()
        return tuple(call for call in self.calls if (today - call.astimezone(zone).date()).days < self.window.days)


def a_call_now(case: Complaint, *, at: datetime, purpose: str = ContactPurpose.GENERAL) -> CallExplained:
    """What stands for and against calling this customer at `at`; nothing is written."""
    window, plans = calling_window_in_force(at), call_plan_policy_in_force(at)
    wish, calls = wish_of(case.customer), tuple(sorted(calls_to(case, window)))
    broken = (*violations_in_call(at, window, calls, wish=wish), *violations_in_consent(case, Channel.PHONE, purpose))
    return CallExplained(
        at,
        window,
        wish,
        calls,
        broken,
        following=next_moment_to_call(at, window, calls, wish=wish),
        plan_policy_id=plans.policy_id,
        needs_plan=why_plan_needed(case, purpose, plans),
        has_plan=newest_plan(case) is not None,
    )


def the_call_then(contact: Contact) -> CallExplained | None:
    """A call of ours that was recorded, asked again by the window that it names, on what was known then."""
    if contact.channel not in CALLS or "window" not in contact.working:
        return None
    at, window = contact.occurred_at, policy_by_id(contact.working["window"])
    wish = wish_of(_customer_then(contact))
    calls = tuple(sorted(call for call in _calls_known_then(contact, window) if call < at))
    found = tuple(violations_in_call(at, window, calls, wish=wish))
    stored = {one["code"] for one in contact.working.get("broken", ())}
    rules = {violation.code for violation in found}
    was_dialled = StartedCall.objects.filter(contact=contact).exists()
    is_same = was_dialled or {code for code in stored if code in RULES_OF_CALLING} == rules
    broken = tuple(Violation(one["code"], params=one["params"]) for one in contact.working.get("broken", ()))
    return CallExplained(at, window, wish, calls, broken, is_same=is_same)


RULES_OF_CALLING = frozenset(
    {
        "call.opted_out",
        "call.outside_window",
        "call.quiet_hour",
        "call.not_at_this_hour",
        "call.quiet_day",
        "call.cap_reached",
        "call.cap_in_days_reached",
        "call.too_soon",
    }
)
"""What `violations_in_call` may find; a no that the customer said in words of consent stands beside it."""


def _customer_then(contact: Contact) -> Customer | None:
    """The customer as they were when the contact was written down."""
    if contact.customer_id is None:
        return None
    versions = Customer.history.filter(id=contact.customer_id, history_at__lte=contact.recorded_at)
    return versions.order_by("-history_at", "-history_id").first() or contact.customer


def _calls_known_then(contact: Contact, window: CallingWindow) -> list[datetime]:
    earlier = Contact.objects.filter(
        direction=Direction.OUTGOING, channel__in=[*CALLS, *window.counted_channels], pk__lt=contact.pk
    ).exclude(outcome=ContactOutcome.IMPOSSIBLE)
    whose = {"customer": contact.customer_id} if contact.customer_id is not None else {"case": contact.case_id}
    return list(earlier.filter(**whose).order_by().values_list("occurred_at", flat=True))


@dataclass(frozen=True, slots=True)
class WordingExplained:
    """A phrase that the check found in words of ours; `is_same`: it is found there again by the edition of then."""

    phrase: Phrase
    severity: str
    found: str
    was_breach: bool
    is_same: bool


def the_words_then(contact: Contact) -> list[WordingExplained]:
    """Each phrase that was noted with the contact, looked for again; words that were erased are not looked through."""
    words = contact.words.words if contact.words else None
    noted = []
    for found in contact.working.get("wording", ()):
        phrase = policy_by_id(found["policy"])
        again = lexicon_of((phrase,)).findings_in(words, channel=contact.channel) if words else []
        places = {(finding.start, finding.end) for finding in again}
        noted.append(
            WordingExplained(
                phrase,
                found["severity"],
                words[found["start"] : found["end"]] if words and not phrase.detects else "",
                found["breach"],
                words is None or (found["start"], found["end"]) in places,
            )
        )
    return noted
