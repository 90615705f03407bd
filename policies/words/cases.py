"""What a case is about: a pack says it in both languages, an editor in the one that they write.

A stored case keeps its words as they are: a mapping by language, or a plain text.
"""

from collections.abc import Mapping

from django.utils.translation import get_language

LANGUAGES = ("en", "zh")


def about(case: Mapping, language: str | None = None) -> str:
    """What the case is about, for a reader of `language` ("zh-hans", "en", …), else of the active one.

    A plain text is shown as it was written, whoever reads it.
    """
    said = case.get("says") or ""
    if not isinstance(said, Mapping):
        return str(said)
    reads = "zh" if (language or get_language() or "").startswith("zh") else "en"
    return str(said.get(reads) or next((text for text in said.values() if text), ""))


def languages_missing(case: Mapping) -> list[str]:
    """The languages in which a case of a pack does not say what it is about; all of them for a plain text."""
    said = case.get("says")
    told = said if isinstance(said, Mapping) else {}
    return [name for name in LANGUAGES if not (isinstance(told.get(name), str) and told[name].strip())]


def reworded(case: Mapping, typed: str) -> object:
    """What to keep when an editor sends `typed`: both languages while nothing was changed, else the text alone.

    The other language would tell of a case that it does not describe any more.
    """
    said = case.get("says")
    return said if isinstance(said, Mapping) and typed in said.values() else typed
