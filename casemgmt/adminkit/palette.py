"""The palette: one box, by Ctrl-K on every page, over rows, places, saved filters, deeds and help.

A room registers finders when its admin is loaded. What stands still (places, deeds) is sent once, when the palette
opens, and narrowed in the browser; rows are looked for while somebody types. The text comes by POST, so that no
address, log or browser history keeps a name or a phone number, and nothing here writes it down.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from casemgmt.adminkit.audited import LONGEST_SEARCH
from casemgmt.adminkit.own_pages import register_page
from casemgmt.adminkit.pages import Words

FOUND_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the palette. `note` is small print, already masked; `sheet` opens a dialog over the page."""

    label: Words
    url: str
    note: Words = ""
    icon: str = "chevron_right"
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Lines under one heading."""

    title: Words
    rows: tuple[Found, ...]


Finder = Callable[[HttpRequest, str], Iterable[FoundGroup]]
_finders: dict[str, tuple[int, Finder]] = {}
_standing: dict[str, tuple[int, Callable[[HttpRequest], Iterable[FoundGroup]]]] = {}


def register_finder(room: str, finder: Finder, *, weight: int = 100) -> None:
    """Let a room look for rows: `finder(request, text)` with the text as typed, never empty.

    It gives only what the viewer may see. The smallest weight comes first; a room registered again is replaced.
    """
    _finders[room] = (weight, finder)


def register_entries(
    room: str, entries_for: Callable[[HttpRequest], Iterable[FoundGroup]], *, weight: int = 100
) -> None:
    """Let a room offer what does not depend on the text: places, deeds, saved filters, help."""
    _standing[room] = (weight, entries_for)


@sensitive_post_parameters()
def find(request: HttpRequest):
    """The lines for the typed text, as JSON; for an empty text what stands still. Only by POST; changes nothing."""
    if request.method != "POST":
        return HttpResponseNotAllowed(("POST",))
    text = request.POST.get("q", "").strip()
    if len(text) > LONGEST_SEARCH or "\x00" in text:
        return JsonResponse({"says": _("This cannot be searched for.")}, status=400)
    groups = _rows_for(request, text) if text else _entries_for(request)
    response = JsonResponse({"groups": [_drawn(group, keeps_words=not text) for group in groups if group.rows]})
    response["Cache-Control"] = "no-store"
    return response


def _rows_for(request, text):
    for _weight, finder in sorted(_finders.values(), key=lambda entry: entry[0]):
        yield from finder(request, text)


def _entries_for(request):
    for _weight, entries_for in sorted(_standing.values(), key=lambda entry: entry[0]):
        yield from entries_for(request)


def _drawn(group: FoundGroup, *, keeps_words: bool) -> dict:
    return {
        "title": str(group.title),
        "rows": [
            {
                "label": str(row.label),
                "note": str(row.note),
                "url": row.url,
                "icon": row.icon,
                "sheet": row.sheet,
                "also": _in_other_languages(row.label) if keeps_words else "",
            }
            for row in group.rows[: None if keeps_words else FOUND_AT_MOST]
        ],
    }


def _in_other_languages(words: Words) -> str:
    """The words as others call them, so that who thinks of "refusal" finds 拒绝."""
    if not isinstance(words, Promise):
        return ""
    said = []
    for code, _name in settings.LANGUAGES:
        if code != get_language():
            with override(code):
                said.append(str(words))
    return " ".join(said)


register_page("find/", find, "find")
