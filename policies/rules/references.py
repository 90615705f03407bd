"""Policies name each other: a clock its calendar, a ground its law. A name that leads nowhere is refused here."""

from collections.abc import Iterator, Mapping

from casemgmt.violations import Violation

NAMES = (
    ("clock", "calendar", "calendar"),
    ("clock", "escalation", "escalation"),
    ("clock", "law", "legal_reference"),
    ("clock", "categories", "category"),
    ("escalation", "calendar", "calendar"),
    ("follow_up", "calendar", "calendar"),
    ("follow_up", "escalation", "escalation"),
    ("follow_up", "template", "template"),
    ("period", "calendar", "calendar"),
    ("refusal_ground", "law", "legal_reference"),
    ("refusal_bar", "law", "legal_reference"),
    ("refusal_bar", "grounds", "refusal_ground"),
    ("refusal_bar", "entitlement", "entitlement"),
    ("entitlement", "calendar", "calendar"),
    ("entitlement", "law", "legal_reference"),
    ("remedy", "law", "legal_reference"),
    ("category", "parent", "category"),
    ("attempt_ladder", "calendar", "calendar"),
    ("phrase", "law", "legal_reference"),
    ("knowledge", "law", "legal_reference"),
    ("checklist", "categories", "category"),
    ("outside_body", "law", "legal_reference"),
    ("outside", "law", "legal_reference"),
)


def violations_in_references(values: Mapping[str, Mapping[str, object]]) -> Iterator[Violation]:
    """Every name in `values` (by kind, then by code) that no value of the named kind carries."""
    for kind, attribute, named_kind in NAMES:
        for code, value in values.get(kind, {}).items():
            named = getattr(value, attribute)
            for name in (named,) if isinstance(named, str) else named or ():
                if name not in values.get(named_kind, {}):
                    yield Violation(
                        "policy.name_leads_nowhere",
                        field="body",
                        params={"kind": kind, "code": code, "place": attribute, "name": name},
                    )
