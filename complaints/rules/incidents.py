"""Mass incidents: what may be opened, who belongs to it, which plan holds for all, and when it is over (S-COM-31)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from casemgmt.violations import Violation

LONGEST_TITLE = 120
LONGEST_LINK = 500
MOST_AFFECTED = 200
"""Lines of affected people that are registered at a time."""


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """An incident as it is typed; `about` says whether goods, batch, service, shop or category are named."""

    title: str
    cause: str
    since: datetime | None
    about: bool
    owner_known: bool
    at: datetime


def violations_in_opening(facts: OpeningFacts) -> Iterator[Violation]:
    """A name, what is known of the cause, since when, what it is about, and somebody who answers for it."""
    if not facts.title.strip():
        yield Violation("incident.title_missing", field="title")
    elif len(facts.title.strip()) > LONGEST_TITLE:
        yield Violation("incident.title_too_long", field="title", params={"most": LONGEST_TITLE})
    if not facts.cause.strip():
        yield Violation("incident.cause_missing", field="cause")
    if facts.since is None:
        yield Violation("incident.since_missing", field="since")
    elif facts.since > facts.at:
        yield Violation("incident.since_in_the_future", field="since")
    if not facts.about:
        yield Violation("incident.about_nothing", field="product")
    if not facts.owner_known:
        yield Violation("incident.owner_unknown", field="owner_id")


def violations_in_joining(
    *, is_open: bool, case_open: bool, case_state: str, here_already: bool, elsewhere: str, reason: str
) -> Iterator[Violation]:
    """An open case joins an open incident, with a reason; `elsewhere` names the one that it belongs to."""
    if not is_open:
        yield Violation("incident.closed", field="incident_id")
    if not case_open:
        yield Violation("case.ended", params={"state": case_state})
    if here_already:
        yield Violation("incident.member_already", field="incident_id")
    elif elsewhere:
        yield Violation("incident.member_elsewhere", field="incident_id", params={"incident": elsewhere})
    if not reason.strip():
        yield Violation("reason.missing", field="reason")


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """One remedy for everybody."""

    known: bool
    amount: Decimal | None


def violations_in_plan(
    *, is_open: bool, state: str, proposed_already: bool, texts: dict[str, str], options: Collection[OptionFacts]
) -> Iterator[Violation]:
    """Explanation, follow-up, words to the customers and at least one remedy; one proposal at a time."""
    if not is_open:
        yield Violation("incident.plan_not_now", params={"state": state})
    if proposed_already:
        yield Violation("incident.plan_waits_already")
    for field, words in texts.items():
        if not words.strip():
            yield Violation(f"incident.{field}_missing", field=field)
    if not options:
        yield Violation("incident.remedy_missing", field="remedy_1")
    for number, option in enumerate(options, start=1):
        if not option.known:
            yield Violation("plan.option_unknown", field=f"remedy_{number}", params={"number": number})
        if option.amount is not None and not Decimal(0) < option.amount < Decimal("10000000000"):
            yield Violation("plan.amount_not_positive", field=f"amount_{number}", params={"number": number})
        elif option.amount is not None and option.amount != round(option.amount, 2):
            yield Violation("plan.amount_not_money", field=f"amount_{number}", params={"number": number})


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A case when its turn comes to be offered the plan or told a message."""

    negotiating: bool = True
    state: str = ""
    noted: bool = False
    offered: bool = False
    told: bool = False
    customer_known: bool = True
    channel: str = ""
    is_member: bool = True


def violations_in_reaching_member(facts: MemberFacts) -> Iterator[Violation]:
    """Somebody known, on a channel that keeps what was written."""
    if not facts.is_member:
        yield Violation("incident.no_member")
    if not facts.customer_known:
        yield Violation("incident.customer_unknown")
    elif not facts.channel:
        yield Violation("incident.no_written_channel")


def violations_in_offering_to(facts: MemberFacts) -> Iterator[Violation]:
    """The case negotiates, was not set apart, and has not got this very plan before it already."""
    if facts.noted:
        yield Violation("incident.noted_apart")
    elif facts.offered:
        yield Violation("incident.offered_already")
    elif not facts.negotiating:
        yield Violation("plan.not_negotiating", params={"state": facts.state})
    yield from violations_in_reaching_member(facts)


def violations_in_telling_to(facts: MemberFacts) -> Iterator[Violation]:
    """Each customer hears each message once, however many cases or runs there are."""
    if facts.told:
        yield Violation("incident.told_already")
    else:
        yield from violations_in_reaching_member(facts)


def violations_in_carrying_out(waiting: int) -> Iterator[Violation]:
    """Everybody has the plan before them, or was noted one by one."""
    if waiting:
        yield Violation("incident.not_offered_yet", params={"number": waiting})


def violations_in_announcement(words: str) -> Iterator[Violation]:
    """Words for everybody; a gap cannot be filled for nobody in particular."""
    if not words.strip():
        yield Violation("words.missing", field="words")
    if "{{" in words:
        yield Violation("public_notice.has_gaps", field="words")


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    """Where an announcement stands and since when; `agreed_at` is the yes of the second person."""

    link: str
    published_at: datetime
    agreed_at: datetime
    at: datetime


def violations_in_publication(facts: PublicationFacts) -> Iterator[Violation]:
    """An address that others can open, and a moment between the yes and now."""
    if not facts.link.startswith(("https://", "http://")):
        yield Violation("public_notice.link_missing", field="link")
    elif len(facts.link) > LONGEST_LINK:
        yield Violation("route.too_long", field="link", params={"most": LONGEST_LINK})
    if facts.published_at > facts.at:
        yield Violation("public_notice.in_future", field="published_at")
    elif facts.published_at < facts.agreed_at:
        yield Violation("public_notice.before_the_yes", field="published_at")


def violations_in_closing(
    *, unfinished: int, proposed: bool, members: int, has_measure: bool, words: str | None, announced: bool = False
) -> Iterator[Violation]:
    """Each case has ended or was noted, a measure was set, no plan or announcement waits; `words` None asks before."""
    if unfinished:
        yield Violation("incident.members_open", params={"number": unfinished})
    if proposed:
        yield Violation("incident.plan_waits_already")
    if announced:
        yield Violation("incident.announcement_waits")
    if members and not has_measure:
        yield Violation("incident.measure_missing")
    if words is not None and not words.strip():
        yield Violation("incident.closing_missing", field="words")


def grew_too_fast(cases_in_a_day: int, most: int) -> bool:
    """Whether more cases joined within a day than a supervisor deals with alone."""
    return cases_in_a_day > most
