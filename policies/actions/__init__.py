"""What can happen to a policy."""

from policies.actions.changing import activate_policy, draft_policy, redraft_policy, revoke_policy, try_policy
from policies.actions.drafting import discard_policy, draft_change, rewrite_draft
from policies.actions.dry_running import ask_dry_run, run_one, stop_dry_run
from policies.actions.loading import load_pack, load_packs
from policies.actions.reviewing import review_policy

__all__ = [
    "activate_policy",
    "ask_dry_run",
    "discard_policy",
    "draft_change",
    "draft_policy",
    "load_pack",
    "load_packs",
    "redraft_policy",
    "review_policy",
    "revoke_policy",
    "rewrite_draft",
    "run_one",
    "stop_dry_run",
    "try_policy",
]
