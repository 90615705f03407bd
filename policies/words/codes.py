"""What the codes in policies are called: the rooms that know a vocabulary lend its words, and forms offer them."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise

from policies.rules.filling import filled

_words: dict[str, dict[str, str | Promise]] = {}


def register_words(entry: str, choices: Iterable[tuple[str, str | Promise]]) -> None:
    """Lend the words for the codes of an entry of bodies ("severity", "paused_by"). Again adds to what is known."""
    _words.setdefault(entry, {}).update(choices)


def words_of(entry: str) -> Mapping[str, str | Promise]:
    """The words by code, empty where nobody knows the entry."""
    return _words.get(entry, {})


def word_for(entry: str, code: object) -> str:
    """What a code is called; the code itself where nobody has words for it."""
    return str(words_of(entry).get(str(code), code))


def gaps_in_words(text: str) -> str:
    """A template's text with its {{variables}} as readers call them."""
    return filled(text, {}, {name: str(word) for name, word in words_of("variables").items()})
