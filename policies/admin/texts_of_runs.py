"""The texts behind the lines of a dry run: made anew for each reader, and kept in no table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.exporting import Column
from policies.dry_running import FoundWords, ToldText, texts_of
from policies.models import DryRun, DryRunLine, PolicyRow
from policies.readiness import digest
from policies.rules.wording import BLOCK, NEEDS_APPROVAL
from policies.words.phrases import SEVERITIES

AT_ONCE = 100
ICONS = {BLOCK: "block", NEEDS_APPROVAL: "lock", "warn": "warning"}


@dataclass(frozen=True, slots=True)
class Remark:
    """What the wording check says to one place of a text."""

    found: FoundWords
    says: str
    icon: str


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text before and after in one case, and the verdict of the wording check on the one after."""

    told: ToldText
    verdict: str
    remarks: tuple[Remark, ...]
    is_kept_back: bool


class TextsOfRun:
    """The texts of a run for one reader, asked for by line; many cases are looked at together.

    There are none for a kind without texts, for other sorts of lines, and once the draft was rewritten: the text that
    was run is nowhere any more.
    """

    def __init__(self, run: DryRun, lines: Sequence[DryRunLine], *, viewer, at: datetime):
        self._run, self._viewer, self._at = run, viewer, at
        self._tell = texts_of(run.row.kind)
        if self._tell is not None and digest(run.row) != run.digest:
            self._tell = None
        self._cases = list(dict.fromkeys(line.case_id for line in lines if line.what == "text"))
        self._known: Mapping[int, ToldText] = {}
        self._values = self._before_and_after() if self._tell and self._cases else ()

    def of(self, line: DryRunLine) -> ShownText | None:
        """The text of a line, None where it is about none."""
        if self._tell is None or line.what != "text":
            return None
        if line.case_id not in self._known:
            place = self._cases.index(line.case_id)
            self._known = self._tell(
                self._values,
                self._cases[place : place + AT_ONCE],
                viewer=self._viewer,
                at=self._run.asked_at,
                seen_at=self._at,
            )
        told = self._known.get(line.case_id)
        return None if told is None else shown(told)

    def _before_and_after(self):
        base = PolicyRow.objects.filter(pk=self._run.base_id).first()
        row = self._run.row
        return tuple(None if one is None or one.closing else one.value() for one in (base, row))


def shown(told: ToldText) -> ShownText:
    """The text with the verdict in words."""
    remarks = tuple(Remark(found, str(SEVERITIES[found.severity]), ICONS[found.severity]) for found in told.found)
    grave = sum(found.severity in (BLOCK, NEEDS_APPROVAL) for found in told.found)
    if not told.after:
        verdict = _("Not offered any more.")
    elif grave:
        verdict = ngettext(
            "Wording check: could not be sent like this, %(n)s place to mend.",
            "Wording check: could not be sent like this, %(n)s places to mend.",
            grave,
        ) % {"n": grave}
    elif told.found:
        verdict = ngettext(
            "Wording check: can be sent; mind %(n)s place.",
            "Wording check: can be sent; mind %(n)s places.",
            len(told.found),
        ) % {"n": len(told.found)}
    else:
        verdict = _("Wording check: nothing stands against it.")
    return ShownText(told, verdict, remarks, grave > 0)


def columns_of_texts(texts: TextsOfRun) -> tuple[Column, ...]:
    """What a file of a run with texts has beside the columns of every run."""
    return (
        Column("text_before", _("text before"), lambda line: _part(texts.of(line), "before")),
        Column("text_after", _("text after"), lambda line: _part(texts.of(line), "after")),
        Column("wording_check", _("wording check of the text after"), lambda line: _verdict(texts.of(line))),
    )


def _part(text: ShownText | None, which: str) -> str:
    return "" if text is None else getattr(text.told, which)


def _verdict(text: ShownText | None) -> str:
    if text is None:
        return ""
    remarks = (f"{one.found.words}: {one.says}, {one.found.title}" for one in text.remarks)
    return "\n".join((text.verdict, *remarks))
