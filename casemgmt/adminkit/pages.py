"""What the pages show, as plain values: a room fills them, the templates of this room draw them.

No noun of the domain stands here. Words are already in the reader's language, personal data already masked,
instants are aware. What a page leaves empty is not drawn.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from casemgmt.adminkit.acting import Offer

Words = str | Promise
SHOWN_OFFERS = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A way to somewhere. `sheet` opens an action's dialog over the page; `icon` is a Material Symbols name.

    `key` is the single key that presses it (note, reply, call).
    """

    label: Words
    url: str
    sheet: bool = False
    icon: str = ""
    note: Words = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class StateChip:
    """Where a row stands: a word, and how far it is from 0 to 1; None draws a side state, outlined, without bar."""

    label: Words
    progress: float | None = None

    @property
    def percent(self) -> int:
        """The bar in whole percent."""
        return round(100 * (self.progress or 0))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the main road, in the head of a record."""

    label: Words
    is_done: bool = False
    is_current: bool = False
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Severity:
    """How grave it is: the level gives shape and colour (critical, serious, normal, minor), the label the word."""

    level: str
    label: Words


@dataclass(frozen=True, slots=True)
class ClockCard:
    """A deadline, in words. `why` leads to its arithmetic; `note` says what it waits for while paused.

    `is_provisional`: it hangs on a year whose holidays nobody has announced yet.
    """

    label: Words
    due_at: datetime | None
    is_paused: bool = False
    is_met: bool = False
    why: Link | None = None
    note: Words = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known; an empty value is shown as a dash."""

    label: Words
    value: Words
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One line in a list: a file, a promise, an earlier record; `links` are what can be done with it."""

    label: Words
    note: Words = ""
    url: str = ""
    icon: str = ""
    is_struck: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of something is used: said in words, and drawn as a share from 0 to 1."""

    label: Words
    note: Words
    share: float

    @property
    def percent(self) -> int:
        """The drawn part in whole percent, never more than all."""
        return round(100 * min(1, max(0, self.share)))


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under one heading, with what the customer or somebody else said, bars, and a list of pieces.

    `note` is a line of small print under all of it.
    """

    title: Words
    facts: tuple[Fact, ...] = ()
    quote: Words = ""
    pieces: tuple[Piece, ...] = ()
    count: int | None = None
    link: Link | None = None
    anchor: str = ""
    bars: tuple[Bar, ...] = ()
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a field was and became, in words; an empty old value reads as new."""

    label: Words
    old: Words = ""
    new: Words = ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One act: when, who, in a sentence; what was said; what changed; files that came with it.

    `side` colours what was said: "customer", "us", "internal" (yellow, dashed, with a lock) or "". `kind` is what
    the filters sort by. `recorded_at` is given when it was written down much later than it happened. `naming` are
    the names of colleagues that stand behind an @ in the words.
    """

    kind: str
    at: datetime
    who: Words
    title: Words
    words: Words = ""
    changes: tuple[Change, ...] = ()
    icon: str = ""
    side: str = ""
    aside: Words = ""
    note: Words = ""
    files: tuple[Link, ...] = ()
    recorded_at: datetime | None = None
    is_grave: bool = False
    naming: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    """A filter of the timeline or a queue of a list: a link with a count; `is_late` makes the count red."""

    label: Words
    url: str
    count: int | str | None = None
    is_active: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """Something that is needed: here, asked for, or missing and how to get it.

    `code` names it for the page, which ticks what was missing a moment ago and no longer is.
    """

    label: Words
    is_done: bool = False
    note: Words = ""
    link: Link | None = None
    code: str = ""
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is needed for one thing. `step` is given when it is the next step of the record."""

    title: Words
    items: tuple[ChecklistItem, ...]
    step: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark in the head of a record: a word with an icon. `tone`: late, soon, paused or none."""

    label: Words
    icon: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The top of a record page."""

    number: str
    title: Words
    state: StateChip
    steps: tuple[Step, ...] = ()
    severity: Severity | None = None
    marks: tuple[Words, ...] = ()
    owner: Words = ""
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """What everybody who opens the record must see first: a line across the page, with what can be done about it."""

    title: Words
    notes: tuple[Words, ...] = ()
    links: tuple[Link, ...] = ()
    icon: str = "trending_up"


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A whole record: head and clocks, the actions, one timeline, the facts.

    `offers` come from CaseActionsMixin.offers. `read_only` is a sentence; when it is given, nothing can be done here
    and the sentence stands above the timeline. `composers` are the buttons above the timeline. `cards` stand right,
    under the actions. `back` and `forward` lead to the neighbours in the list that the viewer came from. `checklists`
    stand under the next step. `here_url` is where the page says that it is open (adminkit.presence); `print_url`
    leads to the same record for paper. `bands` stand across the page under the head.
    """

    head: RecordHead
    clocks: tuple[ClockCard, ...] = ()
    offers: tuple[Offer, ...] = ()
    groups: tuple[FactGroup, ...] = ()
    entries: tuple[TimelineEntry, ...] = ()
    tabs: tuple[Tab, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    checklist_title: Words = ""
    cards: tuple[FactGroup, ...] = ()
    composers: tuple[Link, ...] = ()
    read_only: Words = ""
    notice: Words = ""
    position: Words = ""
    position_url: str = ""
    back: str = ""
    forward: str = ""
    more: Link | None = None
    checklists: tuple[Checklist, ...] = ()
    here_url: str = ""
    print_url: str = ""
    bands: tuple[Band, ...] = ()

    @property
    def primary(self) -> Offer | None:
        """The one solid button."""
        return next((offer for offer in self.offers if offer.is_primary), None)

    @property
    def possible(self) -> list[Offer]:
        """What else can be done now, without what has a button of its own above the timeline."""
        return self._often()[:SHOWN_OFFERS]

    @property
    def seldom(self) -> list[Offer]:
        """What can be done too, and seldom is; folded away."""
        rare = [offer for offer in self._allowed() if offer.action.group == "seldom"]
        return [*self._often()[SHOWN_OFFERS:], *rare]

    def _often(self) -> list[Offer]:
        composed = {link.url for link in self.composers}
        return [offer for offer in self._allowed() if offer.action.group != "seldom" and offer.url not in composed]

    def _allowed(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.is_allowed and not offer.is_primary]

    @property
    def blocked(self) -> list[Offer]:
        """What cannot be done yet, and why; the next step has a checklist of its own."""
        told = {checklist.step for checklist in self.checklists}
        return [offer for offer in self.offers if not offer.is_allowed and offer.action.name not in told]
