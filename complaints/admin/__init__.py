"""The pages of complaints: cases and their paperwork, customers, imports, the landing page."""

from complaints import help_tours
from complaints.admin import (
    approvals,
    cases,
    code_words,
    customers,
    extensions,
    finding,
    framing,
    grants,
    holds,
    imports,
    incidents,
    outside_lists,
    overseeing,
    oversight,
    paperwork,
    returns,
    wording,
)

__all__ = [
    "approvals",
    "cases",
    "code_words",
    "customers",
    "extensions",
    "finding",
    "framing",
    "grants",
    "help_tours",
    "holds",
    "imports",
    "incidents",
    "outside_lists",
    "overseeing",
    "oversight",
    "paperwork",
    "returns",
    "wording",
]
