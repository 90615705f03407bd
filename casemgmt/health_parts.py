"""What else must be well for the house to be well: an app says so here when it is ready."""

from collections.abc import Callable

_parts: dict[str, Callable[[], str]] = {}


def register_part(name: str, ask: Callable[[], str]) -> None:
    """Have `/healthz` ask for one part more: "ok", or what ails it, without names and secrets."""
    _parts[name] = ask


def answers() -> dict[str, str]:
    """What every registered part says now; asks the database."""
    return {name: ask() for name, ask in _parts.items()}
