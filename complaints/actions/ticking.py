"""Checklists of the policies on a case: ticked, taken back, and waited for by the steps that need them (S-RET-06)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import get_language

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.models import ChecklistTick, Complaint
from complaints.roles import demand_right
from complaints.rules.paperwork import violations_in_writing
from policies.lookup import checklists_in_force
from policies.values import Checklist, Label

_in_words = lazy(lambda label: label.in_language(get_language() or "zh-hans"), str)


def checklists_for(case: Complaint, *, at: datetime) -> list[Checklist]:
    """The checklists in force that fit the category and state of the case."""
    return [found for found in checklists_in_force(at).values() if found.fits(case.category, case.state)]


def ticks_on(case: Complaint) -> dict[tuple[str, str], ChecklistTick]:
    """What is done, by checklist and item."""
    return {(tick.checklist, tick.item): tick for tick in case.ticks.all() if tick.is_done}


def violations_in_checklists(case: Complaint, step: str, *, at: datetime) -> Iterator[Violation]:
    """One for each item that is not ticked on a checklist which this step waits for, whatever the stage."""
    waiting = [
        found
        for found in checklists_in_force(at).values()
        if step in found.needed_for and found.fits(case.category, found.stages[0] if found.stages else case.state)
    ]
    done = ticks_on(case) if waiting else {}
    for checklist in waiting:
        for item in checklist.items:
            if (checklist.code, item.code) not in done:
                yield Violation("checklist.not_ticked", params=_named(checklist.label, item.label))


def _named(checklist: Label, item: Label) -> Mapping[str, object]:
    return {"checklist": _in_words(checklist), "item": _in_words(item)}


def why_not_tick(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Whether there is anything to tick."""
    closed = list(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))
    if not closed and not checklists_for(case, at=at):
        return [Violation("checklist.not_possible_from")]
    return closed


@transaction.atomic
def tick_checklists(case_id: int, *, by, at: datetime, ticked: Mapping[str, Iterable[str]]) -> list[ChecklistTick]:
    """Just these items of the named checklists are done; what was ticked and is not named is taken back.

    For whoever handles the case. What is as it was keeps who ticked it and when; a second time changes nothing.
    Returns what changed.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    fitting = {found.code: found for found in checklists_for(case, at=at)}
    demand(why_not_tick(case, by=by, at=at), _violations_in_ticks(fitting, ticked))
    known = {(tick.checklist, tick.item): tick for tick in case.ticks.all()}
    changed = []
    with signed(by=by, reason="checklist.ticked", at=at):
        for code, items in ticked.items():
            wanted = set(items)
            for item in fitting[code].items:
                tick = known.get((code, item.code)) or ChecklistTick(
                    case=case, checklist=code, item=item.code, is_done=False
                )
                if tick.is_done != (item.code in wanted):
                    tick.is_done = item.code in wanted
                    tick.policy_id, tick.ticked_by, tick.ticked_at = fitting[code].policy_id, by, at
                    tick.save()
                    changed.append(tick)
    return changed


def _violations_in_ticks(fitting, ticked):
    for code, items in ticked.items():
        known = {item.code for item in fitting[code].items} if code in fitting else set()
        if not set(items) <= known or code not in fitting:
            yield Violation("checklist.unknown_item", params={"checklist": code})
