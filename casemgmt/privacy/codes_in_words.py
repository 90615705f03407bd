"""The codes of access events in words: the parts of a subject, and the rights that were refused."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ADDRESS = re.compile(r"(?:admin:)?([a-z]+)_([a-z]+)_[a-z_]+")
METHOD = re.compile(r"method\.([a-z]+)")
PARTS: Mapping[str, Promise] = MappingProxyType(
    {
        "copy": gettext_lazy("copy"),
        "evidence": gettext_lazy("evidence"),
        "file": gettext_lazy("file"),
        "letter": gettext_lazy("enclosed with a letter"),
        "list": gettext_lazy("list of evidence"),
        "refusal": gettext_lazy("enclosed with a refusal"),
        "review": gettext_lazy("enclosed with a request to the platform"),
        "text": gettext_lazy("text"),
    }
)
"""The parts of a subject that are no fields of it, or ways in which it left."""

_rights: dict[str, str | Promise] = {
    "approvals": gettext_lazy("inbox of decisions"),
    "case.print": gettext_lazy("Take a case out on paper"),
    "conduct": gettext_lazy("page of conduct"),
    "delete": gettext_lazy("delete"),
    "escalations": gettext_lazy("page of escalations"),
    "export": gettext_lazy("take rows out"),
    "oversight": gettext_lazy("page of findings"),
    "refund_backlog": gettext_lazy("page of open refunds"),
    "refund_speed": gettext_lazy("page of refund speed"),
    "register": gettext_lazy("shift register"),
    "saved_filter.remove": gettext_lazy("remove a shared filter"),
    "saved_filter.rename": gettext_lazy("rename a shared filter"),
    "sums": gettext_lazy("sums of money"),
    "team_load": gettext_lazy("page of the team's load"),
    "view": gettext_lazy("look at it"),
}


def lend_rights(words: Iterable[tuple[str, str | Promise]]) -> None:
    """Let the access log say the rights of a room in words; a right named again gets the new words."""
    _rights.update(words)


def subject_in_words(label: str) -> str:
    """What was looked at, as people call it: the model of a label or of an admin page; else as it stands."""
    of_a_page = ADDRESS.fullmatch(label)
    try:
        return str(capfirst(apps.get_model(".".join(of_a_page.groups()) if of_a_page else label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label


def part_in_words(part: str) -> str:
    """Which part of a subject was seen, or with what it left; a field stays as it is called."""
    return str(PARTS.get(part, part))


def reason_in_words(code: str) -> str:
    """A right, a page or a method that was refused; what nobody has words for stays as it is."""
    if code in _rights:
        return str(_rights[code])
    if method := METHOD.fullmatch(code):
        return _("a request that the page does not know: %(method)s") % {"method": method[1].upper()}
    if ADDRESS.fullmatch(code):
        return _("page: %(subject)s") % {"subject": subject_in_words(code)}
    return code
