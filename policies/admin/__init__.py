"""Policies as pages: to read for everybody whom they bind, to draft and switch on for policy editors."""

from policies.admin.places import sidebar_of
from policies.admin.rows import PolicyRowAdmin
from policies.admin.suggestions import PolicySuggestionAdmin
from policies.landing import landing_of

__all__ = ["PolicyRowAdmin", "PolicySuggestionAdmin", "landing_of", "sidebar_of"]
