"""What can happen to a policy."""

from policies.actions.changing import activate_policy, draft_policy, redraft_policy, revoke_policy, try_policy
from policies.actions.loading import load_pack, load_packs

__all__ = [
    "activate_policy",
    "draft_policy",
    "load_pack",
    "load_packs",
    "redraft_policy",
    "revoke_policy",
    "try_policy",
]
