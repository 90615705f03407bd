"""Two cases of one customer become one, and can become two again (design section 4, T13)."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class Follower:
    """What hangs on the case that is to be merged."""

    money_pending: bool = False
    approval_pending: bool = False
    route_pending: bool = False
    leads_others: bool = False
    scheduled_calls: int = 0


def violations_in_following(facts: Follower) -> Iterator[Violation]:
    """No money, approval, route or call pending; a leading case is not merged itself."""
    if facts.money_pending:
        yield Violation("merge.money_pending")
    if facts.approval_pending:
        yield Violation("merge.approval_pending")
    if facts.route_pending:
        yield Violation("merge.route_pending")
    if facts.leads_others:
        yield Violation("merge.leads_others")
    if facts.scheduled_calls:
        yield Violation("merge.scheduled_call_open", params={"number": facts.scheduled_calls})


@dataclass(frozen=True, slots=True)
class Pair:
    """The two cases. `leading` is None when there is no such case, or none that may be seen."""

    case: int
    leading: int | None
    customer: int | None = None
    leading_customer: int | None = None
    leading_open: bool = True
    leading_state: str = ""
    leading_follows_this: bool = False
    leading_follows_another: bool = False
    leading_handled_by_subject: bool = False


def violations_in_pair(pair: Pair) -> Iterator[Violation]:
    """Each way in which two cases do not belong together has its own sentence (T13)."""
    if pair.leading is None:
        yield Violation("merge.leading_unknown", field="into_id")
        return
    if pair.leading == pair.case:
        yield Violation("merge.into_itself", field="into_id")
        return
    if pair.leading_follows_this:
        yield Violation("merge.circular", field="into_id")
    elif pair.leading_follows_another:
        yield Violation("merge.leading_is_merged", field="into_id")
    elif not pair.leading_open:
        yield Violation("merge.leading_ended", field="into_id", params={"state": pair.leading_state})
    if pair.customer is None or pair.customer != pair.leading_customer:
        yield Violation("merge.different_customers", field="into_id")
    if pair.leading_handled_by_subject:
        yield Violation("merge.handled_by_subject", field="into_id")
