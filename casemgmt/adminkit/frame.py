"""What the rooms put around every page: the entries of the sidebar and the landing page.

A room registers a function when its admin is loaded; this room calls it with the request, so that each viewer
gets their own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casemgmt.adminkit.landings import Landing
from casemgmt.adminkit.pages import Words


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the sidebar. `badge` is a finished value, drawn when it is not empty.

    `key` is the letter that leads there after "g"; one letter for one place.
    """

    label: Words
    url: str
    icon: str
    badge: str | int = ""
    is_active: bool | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of the sidebar under one heading; rooms that use the same heading share it."""

    title: Words
    places: tuple[Place, ...]


_sidebars: dict[str, tuple[int, Callable[[HttpRequest], Iterable[Group]]]] = {}
_landings: list[Callable[[HttpRequest], Landing | None]] = []


def register_sidebar(room: str, groups_for: Callable[[HttpRequest], Iterable[Group]], *, weight: int = 100) -> None:
    """Let a room add its entries; the smallest weight comes first. Registering a room again replaces its entries."""
    _sidebars[room] = (weight, groups_for)


def register_landing(landing_for: Callable[[HttpRequest], Landing | None]) -> None:
    """Let a room give the landing page. Who has several roles sees the first, with the others' below it."""
    if landing_for not in _landings:
        _landings.append(landing_for)


def sidebar(request: HttpRequest) -> list[dict]:
    """The sidebar of this viewer, as the theme wants it."""
    groups: dict[str, list[Place]] = {}
    for _weight, groups_for in sorted(_sidebars.values(), key=lambda entry: entry[0]):
        for group in groups_for(request):
            groups.setdefault(str(group.title), []).extend(group.places)
    if not groups:
        groups = _everything(request)
    chosen = _nearest(request.path, [place for places in groups.values() for place in places])
    return [
        {"title": title, "items": [_drawn(place, chosen) for place in places]}
        for title, places in groups.items()
        if places
    ]


def landing(request: HttpRequest, context: dict) -> dict:
    """What the landing page shows to this viewer."""
    found = [page for page in (landing_for(request) for landing_for in _landings) if page]
    page = _joined(found) if found else None
    title = page.title if page else _("Start page")
    return context | {"page": page, "title": title, "content_title": title}


def _joined(pages: list[Landing]) -> Landing:
    first, others = pages[0], pages[1:]
    return replace(
        first,
        counts=(*first.counts, *(count for page in others for count in page.counts)),
        piles=(*first.piles, *(pile for page in others for pile in page.piles)),
        cards=(*first.cards, *(card for page in others for card in page.cards)),
        buttons=(*first.buttons, *(button for page in others for button in page.buttons)),
    )


def _everything(request):
    return {
        str(app["name"]): [
            Place(model["name"], model["admin_url"], "folder_open") for model in app["models"] if model["admin_url"]
        ]
        for app in admin.site.get_app_list(request)
    }


def _nearest(path: str, places: list[Place]) -> Place | None:
    said = next((place for place in places if place.is_active), None)
    if said:
        return said
    candidates = [place for place in places if place.is_active is None and path.startswith(place.url.partition("?")[0])]
    return max(candidates, key=lambda place: (len(place.url.partition("?")[0]), "?" not in place.url), default=None)


def _drawn(place: Place, chosen: Place | None) -> dict:
    drawn = {"title": place.label, "link": place.url, "icon": place.icon, "active": place is chosen, "key": place.key}
    if place.badge:
        drawn["badge"] = str(place.badge)
    return drawn
