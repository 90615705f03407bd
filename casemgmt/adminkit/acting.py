"""Buttons as data: what can be done with a row, asked before it is offered and once more when it is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from casemgmt.adminkit.forms import ActionForm
from casemgmt.sentences import say, say_mend, sentence_for
from casemgmt.violations import Violation

Words = str | Promise


@dataclass(frozen=True, slots=True)
class CaseAction:
    """One thing that can be done with a row: a button, a right, a form and the action that does it.

    `run(pk, *, by, at, **cleaned_data)` is the action. `why_not(row, *, by, at)` gives the violations that do not
    depend on what is typed; a page shows them as blockers. `effects(row, at)` says before what will happen.
    `weight` orders the offers, the smallest allowed one is the primary. `checks_version` refuses when the row
    has changed since the form was opened, for acts that depend on what was seen. `group`: "next" may become the
    primary, "more" stands below it, "seldom" is folded away, "hidden" is reached by links alone. `hint(row, at)` is a
    word beside the button. `template` draws the dialog in a look of its own. `key` names the single key that presses
    it: assign, note, reply or call. `is_page` opens it as a page of its own, never as a sheet over another.
    """

    name: str
    label: Words
    right: str
    run: Callable
    form: type[ActionForm] = ActionForm
    why_not: Callable[..., list[Violation]] | None = None
    intro: Words = ""
    submit: Words = ""
    effects: Callable[..., Iterable[str]] | None = None
    weight: int = 100
    group: str = "more"
    checks_version: bool = False
    is_step: bool = False
    icon: str = ""
    template: str = ""
    hint: Callable[..., Words] | None = None
    key: str = ""
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why not, in words, with the way to mend it."""

    code: str
    field: str | None
    says: str
    mend: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as the page offers it: allowed, or blocked with every reason."""

    action: CaseAction
    url: str
    reasons: tuple[Reason, ...] = ()
    is_primary: bool = False
    extra: dict = field(default_factory=dict)
    hint: Words = ""

    @property
    def is_allowed(self) -> bool:
        """Whether nothing stands against it as far as can be told before."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Aside:
    """Something to read beside a dialog, folded away; `url` leads to more."""

    title: Words
    lines: tuple[Words, ...]
    url: str = ""


def in_words(violation: Violation, url_of: Callable[[str], str]) -> Reason:
    """A violation in the reader's language. `url_of` turns where to mend it into an address, "" if there is none."""
    mend_at = sentence_for(violation).mend_at
    return Reason(violation.code, violation.field, say(violation), say_mend(violation), url_of(mend_at or ""))
