"""Policies as dated rows, the dry runs of their drafts, and what people suggest to change."""

from policies.models.rows import SWITCHED_ON, PolicyKind, PolicyRow, PolicyState
from policies.models.suggestions import PolicySaid, PolicySuggestion, SuggestionState
from policies.models.trials import DryRun, DryRunLine

__all__ = [
    "SWITCHED_ON",
    "DryRun",
    "DryRunLine",
    "PolicyKind",
    "PolicyRow",
    "PolicySaid",
    "PolicyState",
    "PolicySuggestion",
    "SuggestionState",
]
