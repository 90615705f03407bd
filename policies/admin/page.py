"""What the page of a policy shows: the change in words, its own cases, the dry run, its editions and suggestions."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Step
from policies.cases.own import CaseResult, asked, book_with, cases_for
from policies.dry_running import can_change_cases
from policies.models import PolicyRow, PolicyState, PolicySuggestion, SuggestionState
from policies.reading import BodyRefused
from policies.telling_changes import ToldChange, change_in_a_line, changes_between, told_of

DRAFTS = (PolicyState.DRAFTED, PolicyState.TRIED)
SHOWN_EDITIONS = 30


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the key in its timeline; `until` is where the next one begins."""

    row: PolicyRow
    url: str
    until: datetime | None
    holds_now: bool
    is_this: bool


@dataclass(frozen=True, slots=True)
class ToldCase:
    """An own case in words, with the address at which it is changed."""

    result: CaseResult
    expected: str
    found: str
    number: int


@dataclass(frozen=True, slots=True)
class ToldCases:
    """Own cases with their answers. `asks_url` is given instead of answers where they were not asked yet."""

    cases: tuple[ToldCase, ...] = ()
    held: int = 0
    failed: int = 0
    asks_url: str = ""


def page_url(row: PolicyRow) -> str:
    """The page of a row."""
    return reverse("admin:policies_policyrow_change", args=[row.pk])


def editions_of(row: PolicyRow, at: datetime) -> list[Edition]:
    """Every edition of the key, the newest beginning first; drafts on top, discarded and revoked ones by their day."""
    rows = PolicyRow.objects.filter(kind=row.kind, key=row.key).select_related("drafted_by", "activated_by")
    rows = list(rows.defer("body", "cases").order_by("-valid_from", "-edition")[:SHOWN_EDITIONS])
    found, next_begins = [], None
    for other in rows:
        is_active = other.state == PolicyState.ACTIVE
        holds = is_active and other.valid_from <= at and (next_begins is None or next_begins > at)
        until, holds_now = next_begins if is_active else None, holds and not other.closing
        found.append(Edition(other, page_url(other), until, holds_now, other == row))
        next_begins = other.valid_from if is_active else next_begins
    return found


def edition_before(row: PolicyRow, at: datetime) -> PolicyRow | None:
    """What a draft is compared with: the edition in force; for an edition that was switched on, the one before it."""
    rows = PolicyRow.objects.filter(kind=row.kind, key=row.key, state=PolicyState.ACTIVE).exclude(pk=row.pk)
    until = at if row.state in (*DRAFTS, PolicyState.DISCARDED) else row.valid_from
    newest = rows.filter(valid_from__lte=until).order_by("-valid_from").first()
    return None if newest is None or newest.closing else newest


def told_cases(row: PolicyRow, *, is_asked: bool) -> ToldCases:
    """The own cases of a draft, or of its pack; those of an edition in force are asked behind a button."""
    is_draft = row.state in DRAFTS
    if row.closing or (not is_draft and not is_asked):
        return ToldCases(asks_url="" if row.closing else f"{page_url(row)}?ask=1#cases")
    cases = row.cases if is_draft else cases_for(row)
    try:
        results = list(asked(cases, book_with(row)))
    except BodyRefused:
        return ToldCases()
    results.sort(key=lambda result: result.holds)
    told = tuple(ToldCase(result, result.expected_told, result.found_told, result.number) for result in results)
    held = sum(case.result.holds for case in told)
    return ToldCases(told, held, len(told) - held)


def steps_of(row: PolicyRow, cases: ToldCases, run, is_fresh: bool) -> tuple[Step, ...]:
    """The way of a draft into force."""
    is_on = row.state in (PolicyState.ACTIVE, PolicyState.REVOKED)
    is_tried = is_on or row.state == PolicyState.TRIED
    done = [True, is_on or not cases.failed]
    labels = [_("Drafted"), _("Own cases hold")]
    if can_change_cases(row.kind):
        labels.append(_("Dry run"))
        done.append(is_on or (run is not None and run.state == run.State.DONE and is_fresh))
    labels += [_("Words fixed"), _("Second person")]
    done += [is_tried, is_on]
    current = next((place for place, is_done in enumerate(done) if not is_done), len(done))
    return tuple(
        Step(label, is_done, is_current=place == current)
        for place, (label, is_done) in enumerate(zip(labels, done, strict=True))
    )


def suggestions_for(row: PolicyRow) -> list[PolicySuggestion]:
    """What is suggested for this policy and not answered yet."""
    rows = PolicySuggestion.objects.filter(kind=row.kind, key=row.key, state=SuggestionState.OPEN)
    return list(rows.select_related("words", "made_by")[:10])


def context_of(row: PolicyRow, at: datetime, *, is_asked: bool) -> dict:
    """Everything that does not depend on the viewer."""
    base = edition_before(row, at)
    changed, same = changes_between(base, row) if base else ([], [])
    cases = told_cases(row, is_asked=is_asked)
    return {
        "row": row,
        "base": base,
        "headline": change_in_a_line(base, row) if row.state in DRAFTS else row.title,
        "changed": changed,
        "same": same,
        "told": told_of(row),
        "cases": cases,
        "editions": editions_of(row, at),
        "suggestions": suggestions_for(row),
        "is_draft": row.state in DRAFTS,
        "needs_dry_run": can_change_cases(row.kind),
    }


__all__ = ["ToldChange", "context_of", "edition_before", "page_url", "steps_of"]
