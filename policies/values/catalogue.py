"""What there is to choose from: categories, and files that may be uploaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.values.parts import Label, fault


@dataclass(frozen=True, slots=True)
class Category:
    """What a complaint is about, and what must be known before it is settled. All of `needs_evidence` is needed."""

    policy_id: int
    code: str
    label: Label
    order: int
    severity: Literal["low", "normal", "high", "critical"]
    parent: str | None = None
    required_facts: tuple[str, ...] = ()
    needs_evidence: tuple[str, ...] = ()
    direct_settlement: bool = False


@dataclass(frozen=True, slots=True)
class UploadPolicy:
    """Which files are taken as evidence: types by content, sizes in bytes, names in characters.

    `files_max` is how many are sent at a time. Quotas: `case_*` for everything that a case holds, `day_*` for what
    one person adds on one day.
    """

    policy_id: int
    code: str
    content_types: tuple[str, ...]
    bytes_max: int
    files_max: int
    name_max: int
    case_files_max: int
    case_bytes_max: int
    day_files_max: int
    day_bytes_max: int

    def violations_in_itself(self) -> Iterator[Violation]:
        """Something may be uploaded."""
        if not self.content_types:
            yield fault("policy.empty_list", "content_types")
        for name in (
            "bytes_max", "files_max", "name_max",
            "case_files_max", "case_bytes_max", "day_files_max", "day_bytes_max",
        ):  # fmt: skip
            if getattr(self, name) < 1:
                yield fault("policy.below_one", name)
