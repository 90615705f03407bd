"""Which big promotion weighs on a day, and whether the people there are can carry what waits (S-SLA-11)."""

from collections.abc import Iterable, Mapping
from datetime import date

from policies.values import Promotion


def promotions_on(promotions: Iterable[Promotion], day: date) -> list[Promotion]:
    """Those whose days or echo hold the day, the one that began last first."""
    found = [promotion for promotion in promotions if promotion.weighs_on(day)]
    return sorted(found, key=lambda promotion: (promotion.begins_on, promotion.code), reverse=True)


def people_wanted(promotion: Promotion, waiting: int) -> int:
    """How many people it takes to have no more waiting for each than the policy says."""
    return -(-waiting // promotion.waiting_per_person)


def shortage(promotion: Promotion, waiting: Mapping[object, int]) -> int:
    """How many more people are wanted; `waiting` holds each person that is there, with what waits for them.

    What waits for nobody (None) counts, the nobody does not.
    """
    there = sum(person is not None for person in waiting)
    return max(0, people_wanted(promotion, sum(waiting.values())) - there)
