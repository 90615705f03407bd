"""What the first page after signing in shows, as plain values: see `casemgmt.adminkit.pages`."""

from dataclasses import dataclass, field

from casemgmt.adminkit.pages import ClockCard, FactGroup, Link, Piece, Severity, StateChip, Words


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of the day as a bar with a mark at now; `words` say the same. Percentages of the shown stretch."""

    title: Words
    words: Words
    begins: str
    ends: str
    now_percent: int | None = None
    is_open: bool = False
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """So much of so much: `used` and `most` as words, the bar in percent."""

    title: Words
    used: Words
    most: Words
    percent: int
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Square:
    """One row: late, today, later or paused; `at` is where it begins in the picture."""

    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class SquareCell:
    """Squares of one cell, one for each row that is counted, in the order of their urgency."""

    squares: tuple[Square, ...] = ()
    words: Words = ""
    more: int = 0

    @property
    def width(self) -> int:
        """How wide the picture is, in its own units."""
        return 13 * len(self.squares)


@dataclass(frozen=True, slots=True)
class SquareRow:
    """One line: who, how many, how many late, the cells, the most urgent one."""

    label: Words
    total: int
    late: int
    cells: tuple[SquareCell, ...]
    url: str
    note: Words = ""
    clock: ClockCard | None = None
    first_url: str = ""
    first_label: Words = ""


@dataclass(frozen=True, slots=True)
class SquareTable:
    """Who has how much, how old it is, and what is late: one square for each row."""

    title: Words
    columns: tuple[Words, ...]
    rows: tuple[SquareRow, ...]
    total: int
    column_totals: tuple[int, ...]
    late: int


@dataclass(frozen=True, slots=True)
class Stair:
    """One step on the first day: done, here, or to come; who may take it."""

    title: Words
    note: Words = ""
    who: Words = ""
    link: Link | None = None
    is_done: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """The one thing to do first, on the landing page."""

    title: Words
    why: Words
    primary: Link
    secondary: Link | None = None
    clock: ClockCard | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number with one click to what it counts."""

    label: Words
    number: int | str
    url: str
    note: Words = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class PileRow:
    """One row of a pile: when, what, for whom, how grave, where it stands, what to do next.

    `when` says an instant of the past in words, where no clock runs.
    """

    title: Words
    url: str
    note: Words = ""
    clock: ClockCard | None = None
    severity: Severity | None = None
    state: StateChip | None = None
    amount: Words = ""
    deed: Link | None = None
    when: Words = ""


@dataclass(frozen=True, slots=True)
class Pile:
    """The first rows of a queue, with the way to all of them."""

    title: Words
    rows: tuple[PileRow, ...]
    count: int | str
    all_of_them: Link
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Landing:
    """The first page after signing in: what do I do now.

    `done` is a sentence: everything is done, and the deed card says it in green, without a solid button. `stairs`
    are the steps of the first day. `load` is a table of `adminkit.squares`; `strips` and `meters` stand at the side.
    """

    title: Words
    deed: Deed | None = None
    counts: tuple[Count, ...] = ()
    piles: tuple[Pile, ...] = ()
    cards: tuple[FactGroup, ...] = ()
    buttons: tuple[Link, ...] = ()
    small_print: Words = ""
    nothing_to_do: Words = ""
    notices: tuple[Piece, ...] = field(default=())
    done: Words = ""
    stairs: tuple[Stair, ...] = ()
    strips: tuple[Strip, ...] = ()
    meters: tuple[Meter, ...] = ()
    load: SquareTable | None = None
