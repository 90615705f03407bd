"""How a notice reads, and where it leads: the same on the list, in a letter and by a person's own robot."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.sentences import say
from casemgmt.violations import Violation

FOR = "told_for"
"""The fact by which a word to a substitute names whom it is for."""
_ways: dict[str, dict[str, Callable[[str], str]]] = {}


def sentence_of(code: str, params: Mapping[str, object]) -> str:
    """The notice in the language that is active; who stands in reads for whom it is.

    Raises KeyError, TypeError or ValueError for what nobody can word.
    """
    said = say(Violation(code, params=params))
    name = params.get(FOR)
    return _("For %(name)s: %(words)s") % {"name": name, "words": said} if name else said


def register_ways(label: str, ways: Mapping[str, Callable[[str], str]]) -> None:
    """Say where notices about such rows lead: by the beginning of their code, "" for all others of the row.

    Each way makes an address of the row's key, to the place where what the notice says can be mended.
    """
    _ways.setdefault(label, {}).update(ways)


def way_of(code: str, label: str, pk: str) -> str:
    """The page that the notice leads to; "" when what it is about has none."""
    fitting = [start for start in _ways.get(label, {}) if code.startswith(start)]
    return _ways[label][max(fitting, key=len)](pk) if fitting else ""


def outside_address(path: str) -> str:
    """The path as it is opened from a letter or a message; "" when nobody told the house its own address."""
    return settings.PUBLIC_URL.rstrip("/") + path if settings.PUBLIC_URL and path else ""


def list_address(query: str = "") -> str:
    """The list of one's own notices, from outside."""
    return outside_address(reverse("admin:casemgmt_notice_changelist") + (f"?{query}" if query else ""))


def page_of(name: str) -> Callable[[str], str]:
    """A way to the page of the row itself: `name` is its model, as in "complaints_complaint"."""
    return lambda pk: reverse(f"admin:{name}_change", args=[pk])


register_ways("casemgmt.endpoint", {"": page_of("casemgmt_endpoint")})
