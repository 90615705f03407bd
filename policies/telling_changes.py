"""What a draft changes, in words: entry by entry beside the edition that it follows, and in one line."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.models import PolicyRow
from policies.reading import BodyRefused
from policies.titles import with_titles
from policies.words.bodies import NAMES, entries_in_words

SHORT = 60


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line of an entry; `is_changed` when the other edition has no such line."""

    words: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ToldChange:
    """An entry that differs, with the lines of both editions; no lines where it did not, or does no more, exist."""

    name: str
    old: tuple[ToldLine, ...]
    new: tuple[ToldLine, ...]


def told_of(row: PolicyRow) -> list[tuple[str, list[str]]]:
    """The body in words; of a body that does not read, nothing: its faults are told where it is written."""
    try:
        if row.closing:
            return []
        entries = entries_in_words(row.value())
    except BodyRefused:
        return []
    return [(str(NAMES[entry]), lines) for entry, lines in with_titles(entries)]


def _head_of(row: PolicyRow) -> list[tuple[str, list[str]]]:
    counsel = [_("yes") if row.check_with_counsel else _("no")]
    return [(_("title"), [row.title]), (_("source"), [row.source]), (_("check with counsel"), counsel)]


def changes_between(old: PolicyRow | None, new: PolicyRow) -> tuple[list[ToldChange], list[str]]:
    """What differs, and the names of the entries that do not. Without an older edition everything is new."""
    before = dict(_head_of(old) + told_of(old)) if old else {}
    after = dict(_head_of(new) + told_of(new))
    names = [*after, *(name for name in before if name not in after)]
    if new.closing:
        names = [name for name in names if name not in after or after[name] != before.get(name)]
    changed, same = [], []
    for name in names:
        was, is_now = before.get(name, []), after.get(name, [])
        if was == is_now:
            same.append(name)
        else:
            changed.append(
                ToldChange(
                    name,
                    tuple(ToldLine(line, line not in is_now) for line in was),
                    tuple(ToldLine(line, line not in was) for line in is_now),
                )
            )
    return changed, same


def change_in_a_line(old: PolicyRow | None, new: PolicyRow) -> str:
    """The change as a title: "From 2026-10-20 00:00, First response: length from “24 hours” to “4 hours”"."""
    from_when = date_format(localtime(new.valid_from), "Y-m-d H:i")
    if new.closing:
        return _("%(title)s ends at %(at)s") % {"title": new.title, "at": from_when}
    if old is None:
        return _("New from %(at)s: %(title)s") % {"title": new.title, "at": from_when}
    changed, _same = changes_between(old, new)
    if not changed:
        return _("%(title)s from %(at)s: nothing is changed yet") % {"title": new.title, "at": from_when}
    first = changed[0]
    words = {
        "title": new.title,
        "at": from_when,
        "name": first.name,
        "old": _short(line.words for line in first.old if line.is_changed),
        "new": _short(line.words for line in first.new if line.is_changed),
    }
    if len(changed) == 1:
        return _("%(title)s from %(at)s: %(name)s becomes “%(new)s” instead of “%(old)s”") % words
    more = ngettext("and %(n)s more change", "and %(n)s more changes", len(changed) - 1) % {"n": len(changed) - 1}
    return (_("%(title)s from %(at)s: %(name)s becomes “%(new)s” instead of “%(old)s”, %(more)s")) % {
        **words,
        "more": more,
    }


def _short(lines) -> str:
    told = _(", ").join(lines) or "—"
    return told if len(told) <= SHORT else f"{told[: SHORT - 1]}…"
