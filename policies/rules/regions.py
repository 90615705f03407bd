"""Where a policy holds: a row that names regions holds for their shops alone, "CN" for every part of it."""

from collections.abc import Iterable, Mapping

SEPARATOR = "-"


def holds_in(regions: Iterable[str], region: str | None) -> bool:
    """Whether a row with these regions holds for a shop of `region`; one that names none holds everywhere."""
    parts = (region or "").split(SEPARATOR)
    above = {SEPARATOR.join(parts[:length]) for length in range(1, len(parts) + 1)}
    return not (named := set(regions)) or bool(named & above)


def holding_in(values: Mapping[str, object], region: str | None) -> dict[str, object]:
    """Those of the values (each with `regions`) that hold there, by code, in their order."""
    return {code: value for code, value in values.items() if holds_in(value.regions, region)}
