"""What staff should know, and what they must not forget: articles with places where they are shown, and checklists."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.values.parts import Label, fault

Topic = Literal["principles", "sentences", "contingency", "handling", "talking", "money", "goods", "outside", "rights"]
Place = Literal["register", "judge", "investigate", "plan", "refuse", "talk", "pay", "follow_up", "close", "outside"]
ChecklistStage = Literal[
    "registered",
    "assessing",
    "investigating",
    "negotiating",
    "refusal_proposed",
    "refused",
    "executing",
    "following_up",
]
ChecklistStep = Literal["establish", "propose_refusal", "complete", "close"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """An article. `label` is its subject, `places` are where it stands beside what one does (S-TRN-05, S-UNR-16).

    `keywords` are further words by which it is found. Readable by everybody who works here; it decides nothing.
    """

    policy_id: int
    code: str
    label: Label
    order: int
    topic: Topic
    text: Label
    places: tuple[Place, ...] = ()
    keywords: tuple[str, ...] = ()
    law: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to be done or looked at; `code` is what a tick names, whatever the words become."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Checklist:
    """Items that are ticked on a case, by whom and when. Named categories or stages narrow it; none named: all.

    A category covers its subtypes. `needed_for` are steps that wait until every item is ticked; none: it reminds only.
    """

    policy_id: int
    code: str
    label: Label
    order: int
    items: tuple[ChecklistItem, ...]
    categories: tuple[str, ...] = ()
    stages: tuple[ChecklistStage, ...] = ()
    needed_for: tuple[ChecklistStep, ...] = ()

    def fits(self, category: str, stage: str) -> bool:
        """Whether a case of this category in this state has to do with it."""
        about = not self.categories or any(f"{category}.".startswith(f"{name}.") for name in self.categories)
        return about and (not self.stages or stage in self.stages)

    def violations_in_itself(self) -> Iterator[Violation]:
        """Something to tick, each thing once."""
        if not self.items:
            yield fault("policy.empty_list", "items")
        codes = [item.code for item in self.items]
        for number, code in enumerate(codes):
            if code in codes[:number]:
                yield fault("policy.named_twice", f"items[{number}].code")
