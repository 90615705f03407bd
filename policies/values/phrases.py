"""What must not be written or said to customers, why, and what to say instead (S-TAB, section 5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.rules.phrase_forms import fault_of_form, has_form_within
from policies.values.parts import Label, fault
from policies.values.templates import TemplateChannel

MOST_FORMS = 80


@dataclass(frozen=True, slots=True)
class Phrase:
    """A taboo or minefield. `forms` are its wordings and `unless` the wordings in which it is harmless.

    Both are plain words; "…" between two words leaves room for a few characters. Case, width, spacing, accents,
    traditional forms and look-alikes make no difference. `detects` names numbers that are found by their check
    digits instead of by words. `covered_by` are kinds of compensation or remedies: an approved grant or a plan
    with one of them makes the phrase fit. `channels` narrows it to some; empty means everywhere. A taboo that is
    conduct, not wording, has `kept_by`: what in the product keeps it. `arises_in` as in S-TAB-21.

    block: never goes out. needs_approval: goes out once somebody else agreed to these very words. warn: is shown.
    """

    policy_id: int
    code: str
    label: Label
    order: int
    group: Literal[
        "taboo",
        "over_promise",
        "blame",
        "insult",
        "threat",
        "refusal",
        "fobbing_off",
        "impatience",
        "jargon",
        "unfair_term",
        "obstacle",
        "personal_data",
        "off_platform",
        "conduct",
    ]
    gravity: Literal["block", "needs_approval", "warn"]
    arises_in: Literal["words", "rules", "communication"]
    why: Label
    instead: Label
    forms: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    detects: tuple[Literal["id_number", "bank_card", "mobile_number"], ...] = ()
    covered_by: tuple[str, ...] = ()
    channels: tuple[TemplateChannel, ...] = ()
    law: tuple[str, ...] = ()
    kept_by: Label | None = None

    def violations_in_itself(self) -> Iterator[Violation]:
        """Wordings that can be found, that are not in every letter, and exceptions that belong to one of them."""
        if not self.forms and not self.detects and self.kept_by is None:
            yield fault("policy.phrase_finds_nothing", "forms")
        for name in ("forms", "unless"):
            entries = getattr(self, name)
            if len(entries) > MOST_FORMS:
                yield fault("policy.too_many_forms", name, most=MOST_FORMS)
            for number, form in enumerate(entries):
                code = fault_of_form(form)
                if code:
                    yield fault(code, f"{name}[{number}]", form=form)
        for number, exception in enumerate(self.unless):
            if not fault_of_form(exception) and not has_form_within(exception, self.forms):
                yield fault("policy.exception_without_phrase", f"unless[{number}]", form=exception)
