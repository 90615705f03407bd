"""When something said about a policy has grown old: a dry run of another text, a row not looked at for long."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from casemgmt.violations import Violation

REVIEW_AFTER_DAYS: Mapping[str, int] = MappingProxyType(
    {"calendar": 300, "legal_reference": 180, "phrase": 180, "template": 180, "limit": 180}
)
"""How long a row of a kind is trusted before somebody looks at it again; of other kinds a year."""

A_YEAR = 365


def digest_of(kind: str, key: str, body: object, *, closing: bool) -> str:
    """What a dry run was made for: the same digest, the same effect on cases."""
    told = json.dumps([kind, key, closing, body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def review_day(kind: str, on: date) -> date:
    """The day on which a row of this kind that is drafted on `on` should be looked at again."""
    return on + timedelta(days=REVIEW_AFTER_DAYS.get(kind, A_YEAR))


def violations_in_dry_run(
    *, is_needed: bool, finished: bool, digest: str, digest_now: str, base_id: int | None, base_now: int | None
) -> Iterator[Violation]:
    """Why a dry run does not do to switch a row on: there is none, it is not finished, or it was of another text."""
    if not is_needed:
        return
    if not finished:
        yield Violation("policy.dry_run_missing")
    elif digest != digest_now or base_id != base_now:
        yield Violation("policy.dry_run_stale")
