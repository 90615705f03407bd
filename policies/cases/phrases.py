"""The cases of a pack about wording: a text, and the phrases that must be found in it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from policies.rules.wording import Cover, standing

USUAL_DAY = "2026-10-12T10:00:00+08:00"


def _wording(facts: dict, policies_on: Callable) -> tuple[object, object]:
    lexicon = policies_on(datetime.fromisoformat(facts.get("at", USUAL_DAY))).lexicon
    covers = [
        Cover(cover["kind"], Decimal(cover["amount"]) if "amount" in cover else None)
        for cover in facts.get("covers", [])
    ]
    found = lexicon.findings_in(facts["text"], channel=facts.get("channel", ""), covers=covers)
    return sorted(facts["finds"]), sorted({finding.phrase.code for finding in standing(found)})


QUESTIONS_OF_WORDING: Mapping[str, Callable] = MappingProxyType({"wording": _wording})
