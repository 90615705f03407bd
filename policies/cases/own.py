"""The cases that a draft must answer rightly, asked with the draft in place of the row in force."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casemgmt.violations import Violation
from policies.cases.faults import fault_in_words
from policies.cases.questions import QUESTIONS
from policies.in_force import PolicyBook
from policies.models import PolicyRow
from policies.packs import PackRefused, read_packs
from policies.values import KINDS, ClockPolicy
from policies.words.answers import AnswerWords
from policies.words.cases import about


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: what it is about, what is expected, what was found. `fault` says why it could not be asked."""

    number: int
    says: str
    question: str
    facts: Mapping[str, object]
    expected: object
    found: object
    words: AnswerWords = field(compare=False, repr=False)
    fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether the answer is the expected one."""
        return not self.fault and self.expected == self.found

    @property
    def expected_told(self) -> str:
        """The expected answer for a reader."""
        return self.words.told(self.question, self.expected)

    @property
    def found_told(self) -> str:
        """The answer that was found, or why there is none."""
        return self.fault or self.words.told(self.question, self.found)


def question_of(case: Mapping) -> str:
    """What is asked in a case: its one name beside "says"."""
    return next((name for name in case if name in QUESTIONS), "")


def asked(cases: Iterable[Mapping], book: PolicyBook) -> Iterator[CaseResult]:
    """Every case with its answer under the policies of `book`; one that cannot be asked is a fault, not an error.

    What a case is about is told in the language that is active.
    """
    words = AnswerWords(book)
    for number, case in enumerate(cases):
        question = question_of(case)
        facts = case.get(question, {})
        try:
            expected, found = QUESTIONS[question](facts, book.on)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            yield CaseResult(
                number, about(case), question, facts, "", "", words, fault_in_words(question, facts, error)
            )
        else:
            yield CaseResult(number, about(case), question, facts, expected, found, words)


def results_for(row: PolicyRow) -> list[CaseResult]:
    """The own cases of a row, asked with this row in place of the one in force. Raises BodyRefused."""
    if row.closing:
        return []
    return list(asked(row.cases, book_with(row)))


def book_with(row: PolicyRow) -> PolicyBook:
    """What would be in force if this row held at all times. Raises BodyRefused for a body that is none."""
    if not row.closing:
        row.value()
    return PolicyBook().with_row(row)


def violations_in_own_cases(row: PolicyRow) -> Iterator[Violation]:
    """Each own case whose answer is not the expected one."""
    for result in results_for(row):
        if not result.holds:
            yield Violation(
                "policy.own_case_failed",
                params={"says": result.says, "expected": result.expected_told, "found": result.found_told},
            )


def cases_for(row: PolicyRow) -> list[dict]:
    """The cases that a new edition of this row starts with: the row's own, or those of its pack that touch it."""
    if row.cases:
        return list(row.cases)
    try:
        packs = read_packs([row.pack]) if row.pack else []
    except PackRefused:
        return []
    cases = [case for pack in packs for case in pack.cases]
    if not cases:
        return []
    book = PolicyBook().with_row(row) if not row.closing else PolicyBook()
    return [case for case in cases if touches(case, row, book)]


def touches(case: Mapping, row: PolicyRow, book: PolicyBook) -> bool:
    """Whether the answer of a case looks at this row, of which the book knows."""
    watch = _Watch(book)
    question = question_of(case)
    try:
        QUESTIONS[question](case[question], watch.on)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        return False
    if (KINDS[row.kind], row.key) not in watch.looked_at:
        return False
    named = case[question].get("clock") if row.kind == "clock" else None
    value = row.value()
    return named is None or not isinstance(value, ClockPolicy) or value.clock == named


class _Watch:
    """A book that notes which values were looked at."""

    def __init__(self, book: PolicyBook):
        self._book, self.looked_at = book, set()

    def on(self, instant: datetime):
        """What is in force, watched."""
        return _Watched(self._book.on(instant), self.looked_at)


class _Watched:
    def __init__(self, policies, looked_at: set):
        self._policies, self._looked_at = policies, looked_at

    def __getattr__(self, name):
        found = getattr(self._policies, name)
        return _WatchedMapping(found, self._looked_at) if isinstance(found, Mapping) else found


class _WatchedMapping(Mapping):
    def __init__(self, values, looked_at: set):
        self._values, self._looked_at = values, looked_at

    def __getitem__(self, code):
        value = self._values[code]
        self._looked_at.add((type(value), code))
        return value

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)
