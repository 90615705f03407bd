"""Loading a pack: its rows are drafted, tried by the pack's own cases, and switched on by the release."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from policies.actions.changing import violations_in_policies_from
from policies.cases.faults import fault_in_words
from policies.cases.own import question_of
from policies.cases.questions import violations_in_cases
from policies.in_force import PackBook
from policies.models import PolicyRow, PolicyState
from policies.packs import Pack, PackRow, read_packs
from policies.reading import BodyRefused, read_body
from policies.rules.freshness import review_day
from policies.rules.references import violations_in_references
from policies.values import KINDS
from policies.words.cases import about


def load_packs(names: Iterable[str], by, at: datetime) -> dict[str, list[PolicyRow]]:
    """Load what is new in these released packs and in those that they need, signed by `by`; the new rows by pack.

    Nothing is new the second time. On an installation without any policy the rows begin where the packs say, in
    the past too. Later ones never begin before `at`. Where a shop has switched on a row of its own (or another pack
    has), the new edition waits as a draft for two people. Nothing that is there is changed. RuleBroken, and nothing
    loaded, when a released edition was rewritten, a body is faulty, a name leads nowhere, or a case of a pack fails.
    """
    return load(*read_packs(names), by=by, at=at)


def load_pack(name: str, by, at: datetime) -> list[PolicyRow]:
    """`load_packs` for one; the new rows of all that came with it."""
    return [row for rows in load_packs([name], by, at).values() for row in rows]


def load(*packs: Pack, by, at: datetime) -> dict[str, list[PolicyRow]]:
    """`load_packs` for packs that are already read, what is needed first."""
    with signed(by=by, reason="policy.loaded", at=at), transaction.atomic():
        is_first = not PolicyRow.objects.filter(state=PolicyState.ACTIVE).exists()
        new = {pack.name: _load_one(pack, packs, by=by, at=at, is_first=is_first) for pack in packs}
        if written := [row for rows in new.values() for row in rows]:
            demand(violations_in_policies_from(min(row.valid_from for row in written)))
    return new


def _load_one(pack: Pack, beside: Iterable[Pack], *, by, at: datetime, is_first: bool) -> list[PolicyRow]:
    demand(_violations_in_known_editions(pack))
    entries = _new_rows(pack, at, is_first)
    if not entries:
        return []
    rows = [_draft(pack, entry, by, at, is_first) for entry in entries]
    demand(_violations_in_entries(entries))
    demand(violations_in_pack_cases(pack, PackBook([*_needed_by(pack, beside), pack])))
    foreign = set(PolicyRow.objects.filter(state=PolicyState.ACTIVE).exclude(pack=pack.name).values_list("kind", "key"))
    _number(rows)
    PolicyRow.objects.bulk_create(rows)
    switched_on = PolicyRow.objects.filter(pk__in=[row.pk for row in rows if (row.kind, row.key) not in foreign])
    switched_on.update(state=PolicyState.TRIED, version=F("version") + 1)
    switched_on.update(state=PolicyState.ACTIVE, activated_by=by, activated_at=at, version=F("version") + 1)
    return list(PolicyRow.objects.filter(pk__in=[row.pk for row in rows]))


def violations_in_pack_cases(pack: Pack, book: PackBook) -> Iterator[Violation]:
    """Each case of the pack that fails, or that cannot be asked at all, with its file and line."""
    for case, place in zip(pack.cases, pack.case_places, strict=True):
        try:
            for found in violations_in_cases([case], book.on):
                yield replace(found, params={**found.params, "says": f"{place}: {found.params['says']}"})
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            question = question_of(case)
            told = fault_in_words(question, case.get(question), error)
            yield Violation("policy.case_broken", params={"place": place, "says": about(case, "en"), "fault": told})


def violations_in_packs(*packs: Pack) -> Iterator[Violation]:
    """Everything that keeps these packs from being loaded anywhere, what is needed first; asks no database."""
    for pack in packs:
        faults = list(_violations_in_entries(pack.rows))
        yield from faults
        if faults:
            continue
        book = PackBook([*_needed_by(pack, packs), pack])
        for change in book.changes:
            policies = book.on(change)
            yield from violations_in_references({kind: policies.of_kind(kind) for kind in KINDS})
        yield from violations_in_pack_cases(pack, book)


def _violations_in_entries(entries: Iterable[PackRow]) -> Iterator[Violation]:
    for entry in entries:
        try:
            if not entry.closing:
                read_body(KINDS[entry.kind], 0, entry.key, entry.body)
        except BodyRefused as refused:
            for found in refused.violations:
                where = entry.file_and_line(str(found.params["place"]))
                place = f"{where}: {entry.kind} {entry.key}: {found.params['place']}"
                yield replace(found, params={**found.params, "place": place})


def _needed_by(pack: Pack, beside: Iterable[Pack]) -> list[Pack]:
    known = {other.name: other for other in beside}
    found: list[Pack] = []
    for name in pack.needs:
        found += [other for other in (*_needed_by(known[name], beside), known[name]) if other not in found]
    return found


def _known(pack: Pack) -> dict[tuple[str, str, int], PolicyRow]:
    return {(row.kind, row.key, row.pack_edition): row for row in PolicyRow.objects.filter(pack=pack.name)}


def _violations_in_known_editions(pack: Pack):
    known = _known(pack)
    for row in pack.rows:
        loaded = known.get((row.kind, row.key, row.edition))
        if loaded is not None and (loaded.body, loaded.closing) != (row.body, row.closing):
            yield Violation(
                "policy.edition_rewritten", params={"kind": row.kind, "key": row.key, "edition": row.edition}
            )


def _new_rows(pack: Pack, at: datetime, is_first: bool) -> list[PackRow]:
    """Editions newer than those loaded; of several that begin before `at` only the newest can still begin."""
    newest: dict[tuple[str, str], int] = {}
    for kind, key, edition in _known(pack):
        newest[kind, key] = max(edition, newest.get((kind, key), 0))
    new = [row for row in pack.rows if row.edition > newest.get((row.kind, row.key), 0)]
    if is_first:
        return new
    begun = {(row.kind, row.key): row for row in new if row.valid_from <= at}
    return [row for row in new if row.valid_from > at or begun[row.kind, row.key] is row]


def _draft(pack: Pack, row: PackRow, by, at: datetime, is_first: bool) -> PolicyRow:
    return PolicyRow(
        kind=row.kind,
        key=row.key,
        title_en=row.title["en"],
        title_zh=row.title["zh"],
        source_en=row.source["en"],
        source_zh=row.source["zh"],
        valid_from=row.valid_from if is_first else max(row.valid_from, at),
        body=row.body,
        closing=row.closing,
        check_with_counsel=row.check_with_counsel,
        pack=pack.name,
        pack_edition=row.edition,
        review_on=None if row.closing else review_day(row.kind, at.date()),
        drafted_by=by,
    )


def _number(rows: list[PolicyRow]) -> None:
    newest = {
        (kind, key): edition
        for kind, key, edition in PolicyRow.objects.values_list("kind", "key").annotate(newest=Max("edition"))
    }
    for row in rows:
        row.edition = newest[row.kind, row.key] = newest.get((row.kind, row.key), 0) + 1
