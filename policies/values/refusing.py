"""What a no rests on and what forbids it: the shop's own rules as the customer may read them, and bars of the law."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation
from policies.values.parts import Label, fault


@dataclass(frozen=True, slots=True)
class CompanyRule:
    """A rule of the shop that a refusal may cite (S-REF-02), in the words that the customer may read (S-REF-07).

    `number` is what it is called by, such as "2.3"; it binds nobody where the law gives the customer more. `published`
    says where customers read it before they buy (S-POL-02); a rule without it was not made known.
    """

    policy_id: int
    code: str
    label: Label
    order: int
    number: str
    text: Label
    published: Label | None = None


@dataclass(frozen=True, slots=True)
class RefusalBar:
    """What the law does not let a shop refuse with, and the clause that says so.

    Without `grounds` it is a mere pretext: shown where grounds are chosen, and never chosen. With `grounds` it bars
    those, always, or while `entitlement` (a right that follows from the facts of the case) is with the customer.
    """

    policy_id: int
    code: str
    label: Label
    order: int
    why: Label
    law: tuple[str, ...]
    grounds: tuple[str, ...] = ()
    entitlement: str | None = None

    def violations_in_itself(self) -> Iterator[Violation]:
        """It cites law; what hangs on a right says which grounds it bars."""
        if not self.law:
            yield fault("policy.empty_list", "law")
        if self.entitlement and not self.grounds:
            yield fault("policy.empty_list", "grounds")
