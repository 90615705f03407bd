"""Policies as pages: to read for everybody whom they bind, to draft and switch on for policy editors."""

from policies.admin.rows import PolicyRowAdmin
from policies.admin.suggestions import PolicySuggestionAdmin
from policies.knowledge_page import knowledge_view
from policies.landing import landing_of

__all__ = ["PolicyRowAdmin", "PolicySuggestionAdmin", "knowledge_view", "landing_of"]
