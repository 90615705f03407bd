"""Work on many cases at once: choose, try dry, say yes to what was shown, stop, try again what can still succeed."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person, Team
from casemgmt.violations import Violation, demand
from complaints.actions.bulk_kinds import DEEDS, Known, forecasts
from complaints.models import (
    BulkLine,
    BulkRun,
    BulkWords,
    Complaint,
    Incident,
    IncidentMessage,
    IncidentPlan,
    Tag,
)
from complaints.roles import STAFF, SUPERVISORS, cases_visible_to, day_of, demand_right
from complaints.rules.bulk import MOST_CASES, MOST_HANDLERS, can_help, violations_in_choice
from complaints.states import BulkState

CASES_AT_ONCE = 500
Outcome = BulkLine.Outcome


def violation_as_json(violation: Violation) -> dict:
    """A coded reason as a line keeps it."""
    params = {name: str(value) for name, value in violation.params.items()}
    return {"code": violation.code, "field": violation.field, "params": params}


def reasons_of(line: BulkLine) -> list[Violation]:
    """Why a case did not or will not change, to be said in the reader's language."""
    return [Violation(found["code"], found["field"], found["params"]) for found in line.reasons]


def can_retry(line: BulkLine) -> bool:
    """Whether trying this case again may succeed."""
    return line.outcome in (Outcome.FAILED, Outcome.STOPPED) and can_help(found["code"] for found in line.reasons)


@transaction.atomic
def choose_cases(
    kind: str,
    cases: Iterable[int],
    *,
    by,
    at: datetime,
    retry_of: BulkRun | None = None,
    incident: Incident | None = None,
    incident_plan: IncidentPlan | None = None,
    message: IncidentMessage | None = None,
) -> BulkRun:
    """Note which cases are meant, as far as `by` sees them. Nothing is done; the order of the keys is kept.

    `incident_plan` and `message` are what the cases of an incident are offered or told.

    Whoever has the right for any case may; raises RuleBroken for none and for more than MOST_CASES.
    """
    demand_right(by, DEEDS[kind].right, at=at)
    keys = list(dict.fromkeys(cases))
    demand(violations_in_choice(len(keys)))
    seen = _seen_by(by, keys, at)
    demand(violations_in_choice(len(seen)))
    with signed(by=by, reason="bulk.chosen", at=at):
        run = BulkRun.objects.create(
            kind=kind,
            made_by=by,
            team_id=by.team_id,
            made_at=at,
            retry_of=retry_of,
            incident=incident,
            incident_plan=incident_plan,
            message=message,
        )
    kept = [key for key in keys if key in seen]
    lines = [BulkLine(run=run, place=place, case_id=key, seen_version=seen[key]) for place, key in enumerate(kept, 1)]
    BulkLine.objects.bulk_create(lines, batch_size=CASES_AT_ONCE)
    return run


def _seen_by(by, keys: list[int], at) -> dict[int, int]:
    visible, found = cases_visible_to(by, on=day_of(at)), {}
    for start in range(0, len(keys), CASES_AT_ONCE):
        found |= dict(visible.filter(pk__in=keys[start : start + CASES_AT_ONCE]).values_list("pk", "version"))
    return found


@transaction.atomic
def plan_run(
    run_id: int,
    *,
    by,
    at: datetime,
    handler_ids: Iterable[int] = (),
    team_id: int | None = None,
    tag_id: int | None = None,
    incident_id: int | None = None,
    words: str = "",
) -> BulkRun:
    """Try the run dry: say of each case what will become of it or why not. Changes no case; may be done again.

    Only the maker, whose rights are asked for each case. A case the maker no longer sees falls out without a word.
    """
    run = _own(run_id, by, at)
    demand(_violations_in_phase(run, BulkState.CHOSEN, BulkState.PLANNED))
    handlers = _handlers(handler_ids)
    team = Team.objects.filter(pk=team_id).first()
    tag = Tag.objects.filter(pk=tag_id).first()
    demand(_violations_in_plan(run, handlers, team, tag, words), _violations_in_incident(run, incident_id))
    with signed(by=by, reason="bulk.planned", at=at):
        run.handler_ids, run.to_team, run.tag = [person.pk for person in handlers], team, tag
        if run.kind == BulkRun.Kind.LINK:
            run.incident_id = incident_id
        run.words = _spoken(words, by, at)
        run.plan()
        run.save()
    _forecast_lines(run, handlers, by, at)
    return run


def _own(run_id, by, at) -> BulkRun:
    run = BulkRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.made_by_id != by.pk:
        raise PermissionDenied("bulk")
    demand_right(by, DEEDS[run.kind].right, at=at)
    return run


def _violations_in_phase(run, *states):
    if run.state not in states:
        yield Violation("bulk.not_planned", params={"state": run.get_state_display()})


def _handlers(keys) -> list[Person]:
    people = Person.objects.filter(
        pk__in=list(keys)[:MOST_HANDLERS],
        is_active=True,
        is_service=False,
        groups__name__in=[STAFF, SUPERVISORS],
    )
    return list(people.select_related("team").distinct().order_by("name", "pk"))


def _violations_in_plan(run, handlers, team, tag, words):
    kind = run.kind
    if kind == BulkRun.Kind.ASSIGN and not handlers:
        yield Violation("bulk.handlers_missing", field="handler_ids")
    if kind == BulkRun.Kind.MOVE:
        if team is None:
            yield Violation("team.unknown", field="team_id")
        strangers = [person.name for person in handlers if team is not None and person.team_id != team.pk]
        if strangers:
            yield Violation("bulk.handler_elsewhere", field="handler_ids", params={"names": ", ".join(strangers)})
    if kind in (BulkRun.Kind.TAG, BulkRun.Kind.UNTAG) and tag is None:
        yield Violation("tag.not_in_use", field="tag_id")
    if DEEDS[kind].needs_words and not words.strip():
        is_reminder = kind == BulkRun.Kind.REMIND
        yield Violation("words.missing" if is_reminder else "reason.missing", field="words")


def _violations_in_incident(run, incident_id):
    if run.kind == BulkRun.Kind.LINK and not Incident.objects.filter(pk=incident_id).exists():
        yield Violation("incident.unknown", field="incident_id")


def _spoken(words, by, at) -> BulkWords | None:
    if not words.strip():
        return None
    said = BulkWords(said_by=by, said_at=at).speak(words)
    said.save()
    return said


def _forecast_lines(run, handlers, by, at) -> None:
    """New lines for the old ones, in their order; whoever runs them sees what stands here, never hidden keys."""
    visible = cases_visible_to(by, on=day_of(at)).select_related("handler", "team")
    known = Known(run, by, at, handlers)
    places = list(run.lines.order_by("place").values_list("place", "case_id"))
    run.lines.all().delete()
    for start in range(0, len(places), CASES_AT_ONCE):
        part = places[start : start + CASES_AT_ONCE]
        cases = {case.pk: case for case in visible.filter(pk__in=[key for _place, key in part])}
        place_of = {key: place for place, key in part}
        told = forecasts([cases[key] for _place, key in part if key in cases], known)
        BulkLine.objects.bulk_create(_line(run, place_of[case.pk], case, found) for case, found in told)


def _line(run, place, case, found) -> BulkLine:
    return BulkLine(
        run=run,
        place=place,
        case=case,
        seen_version=case.version,
        outcome=Outcome.WILL_NOT if found.violations else Outcome.WILL,
        reasons=[violation_as_json(violation) for violation in found.violations],
        before=found.before,
        after=found.after,
        handler=found.handler,
    )


@transaction.atomic
def confirm_run(run_id: int, *, by, at: datetime) -> BulkRun:
    """Say yes to what the dry run showed. Saying it twice is the same as once. The cases change afterwards, each in
    a transaction of its own (`bulk_running.run_lines`)."""
    run = _own(run_id, by, at)
    if run.state in (BulkState.RUNNING, BulkState.FINISHED, BulkState.STOPPED):
        return run
    demand(_violations_in_phase(run, BulkState.PLANNED), _violations_in_confirming(run))
    with signed(by=by, reason="bulk.started", at=at):
        run.begin(at=at)
        run.save()
    return run


def _violations_in_confirming(run):
    if run.state == BulkState.PLANNED and not run.lines.filter(outcome=Outcome.WILL).exists():
        yield Violation("bulk.nothing_will_change")


@transaction.atomic
def throw_away(run_id: int, *, by, at: datetime) -> BulkRun:
    """A choice or a dry run is not wanted after all; no case was touched."""
    run = _own(run_id, by, at)
    demand(_violations_in_phase(run, BulkState.CHOSEN, BulkState.PLANNED))
    with signed(by=by, reason="bulk.cancelled", at=at):
        run.cancel()
        run.save()
    return run


@transaction.atomic
def stop_run(run_id: int, *, by, at: datetime) -> BulkRun:
    """Stop a run on its way: what is done stays done, the rest stays as it was and can be tried again."""
    run = _own(run_id, by, at)
    if run.state != BulkState.RUNNING:
        demand([Violation("bulk.not_running", params={"state": run.get_state_display()})])
    with signed(by=by, reason="bulk.stopped", at=at):
        run.stop(at=at)
        run.save()
    stopped = [violation_as_json(Violation("bulk.stopped"))]
    run.lines.filter(outcome=Outcome.WILL).update(outcome=Outcome.STOPPED, reasons=stopped)
    return run


@transaction.atomic
def retry_run(run_id: int, *, by, at: datetime) -> BulkRun:
    """A new dry run over the cases that failed and may succeed now, with the same choice; they are shown as they
    stand today before anything is done."""
    run = _own(run_id, by, at)
    keys = [
        line.case_id
        for line in run.lines.filter(outcome__in=[Outcome.FAILED, Outcome.STOPPED]).order_by("place")
        if can_retry(line)
    ]
    seen = Complaint.objects.filter(pk__in=_seen_by(by, keys, at)).values_list("pk", flat=True)
    if not seen:
        demand([Violation("bulk.nothing_to_retry")])
    again = choose_cases(
        run.kind,
        [key for key in keys if key in set(seen)],
        by=by,
        at=at,
        retry_of=run,
        incident=run.incident,
        incident_plan=run.incident_plan,
        message=run.message,
    )
    return plan_run(
        again.pk,
        by=by,
        at=at,
        handler_ids=run.handler_ids,
        team_id=run.to_team_id,
        tag_id=run.tag_id,
        incident_id=run.incident_id,
        words=str(run.words) if run.words else "",
    )


MOST_CHOSEN = MOST_CASES + 1
"""How many keys to read of a queue, so that one too many is noticed."""
