"""The codes of access events in words: the parts of a subject, and the rights that were refused."""

import re
from collections.abc import Iterable

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ADDRESS = re.compile(r"(?:admin:)?([a-z]+)_([a-z]+)_[a-z_]+")
METHOD = re.compile(r"method\.([a-z]+)")
_words: dict[str, str | Promise] = {
    "approvals": gettext_lazy("inbox of decisions"),
    "case.print": gettext_lazy("Take a case out on paper"),
    "conduct": gettext_lazy("page of conduct"),
    "copy": gettext_lazy("copy"),
    "delete": gettext_lazy("delete"),
    "escalations": gettext_lazy("page of escalations"),
    "evidence": gettext_lazy("evidence"),
    "export": gettext_lazy("take rows out"),
    "file": gettext_lazy("file"),
    "letter": gettext_lazy("enclosed with a letter"),
    "list": gettext_lazy("list of evidence"),
    "oversight": gettext_lazy("page of findings"),
    "refund_backlog": gettext_lazy("page of open refunds"),
    "refund_speed": gettext_lazy("page of refund speed"),
    "refusal": gettext_lazy("enclosed with a refusal"),
    "register": gettext_lazy("shift register"),
    "review": gettext_lazy("enclosed with a request to the platform"),
    "saved_filter.remove": gettext_lazy("remove a shared filter"),
    "saved_filter.rename": gettext_lazy("rename a shared filter"),
    "sums": gettext_lazy("sums of money"),
    "team_load": gettext_lazy("page of the team's load"),
    "text": gettext_lazy("text"),
    "view": gettext_lazy("look at it"),
}


def lend_words(words: Iterable[tuple[str, str | Promise]]) -> None:
    """Let the access log say the codes of a room in words; a code named again gets the new words."""
    _words.update(words)


def subject_in_words(label: str) -> str:
    """What was looked at, as people call it: the model of a label or of an admin page; else as it stands."""
    of_a_page = ADDRESS.fullmatch(label)
    try:
        return str(capfirst(apps.get_model(".".join(of_a_page.groups()) if of_a_page else label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label


def code_in_words(code: str) -> str:
    """A right, a page or a part of a subject; what nobody has words for stays as it is."""
    if code in _words:
        return str(_words[code])
    if method := METHOD.fullmatch(code):
        return _("a request that the page does not know: %(method)s") % {"method": method[1].upper()}
    if ADDRESS.fullmatch(code):
        return _("page: %(subject)s") % {"subject": subject_in_words(code)}
    return code
