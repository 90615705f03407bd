"""Help as plain values: chapters by role, a glossary, and tours over the real pages. Rooms register what they know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Link, Words

ENGLISH, CHINESE = "en", "zh-hans"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter: sentences, and ways to where it is done."""

    title: Words
    paragraphs: tuple[Words, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of help. `is_for(request)` says for whom it stands on top; everybody may read every chapter."""

    name: str
    title: Words
    summary: Words
    sections: tuple[Section, ...]
    is_for: Callable[[HttpRequest], bool]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field: what it means, and where one meets it. `code` names its place on the page."""

    code: str
    term: Words
    meaning: Words
    where: Words = ""
    url: Callable[[], str] | None = None

    @property
    def english(self) -> str:
        """The term in English, whatever the reader's language."""
        with translation.override(ENGLISH):
            return str(self.term)

    @property
    def chinese(self) -> str:
        """The term in Chinese, whatever the reader's language."""
        with translation.override(CHINESE):
            return str(self.term)


@dataclass(frozen=True, slots=True)
class TourStep:
    """One stop of a tour: a page, what to look at there, and why. `target` is a CSS selector of what is marked."""

    title: Words
    words: Words
    url: Callable[[], str]
    target: str = ""


@dataclass(frozen=True, slots=True)
class Tour:
    """Stops over the real pages. `is_for(request)` says whom it is offered to."""

    name: str
    title: Words
    steps: tuple[TourStep, ...]
    is_for: Callable[[HttpRequest], bool]


class HelpEntry(NamedTuple):
    """One place of the help, for whoever searches: its title, its address, the words to find it by."""

    title: str
    url: str
    words: str


_chapters: dict[str, Chapter] = {}
_terms: dict[str, Term] = {}
_tours: dict[str, Tour] = {}


def register_help(chapters: Iterable[Chapter] = (), terms: Iterable[Term] = (), tours: Iterable[Tour] = ()) -> None:
    """Let a room add its help. Registering a name again replaces it."""
    _chapters.update({chapter.name: chapter for chapter in chapters})
    _terms.update({term.code: term for term in terms})
    _tours.update({tour.name: tour for tour in tours})


def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in the order of registration."""
    return tuple(_chapters.values())


def chapter_named(name: str) -> Chapter | None:
    """The chapter of this name."""
    return _chapters.get(name)


def terms() -> list[Term]:
    """The glossary in the alphabet of the reader's language, as far as a computer knows it."""
    return sorted(_terms.values(), key=lambda term: str(term.term).casefold())


def tour_named(name: str) -> Tour | None:
    """The tour of this name."""
    return _tours.get(name)


def tours_for(request: HttpRequest) -> tuple[Tour, ...]:
    """The tours of this viewer's roles."""
    return tuple(tour for tour in _tours.values() if tour.is_for(request))


def help_entries() -> list[HelpEntry]:
    """Every chapter, section and term in the reader's language, for a search over the help."""
    found = [HelpEntry(_("Glossary"), reverse("desk:help_glossary"), "")]
    for chapter in chapters():
        url = reverse("desk:help_chapter", args=[chapter.name])
        found.append(HelpEntry(str(chapter.title), url, str(chapter.summary)))
        found += [
            HelpEntry(str(section.title), f"{url}#s{number}", " ".join(map(str, section.paragraphs)))
            for number, section in enumerate(chapter.sections, start=1)
        ]
    glossary = reverse("desk:help_glossary")
    found += [
        HelpEntry(str(term.term), f"{glossary}#{term.code}", f"{term.english} {term.chinese} {term.meaning}")
        for term in terms()
    ]
    return found
