"""Invariant 4: whatever a paper of a case names, words, evidence, plan or route, belongs to the same case."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from complaints.invariants.breaches import Check
from complaints.models import CaseLink, Citation, Complaint

OF_TWO_CASES = (CaseLink, Citation)
"""Papers whose very point is another case; they have checks of their own."""


def papers_of_their_case() -> Iterator[Check]:
    """4: one query for each kind of paper; a promise or task that a merge moved may name what it was made for."""
    for model in apps.get_app_config("complaints").get_models():
        if model in OF_TWO_CASES or model._meta.object_name.startswith("Historical") or not _has_case(model):
            continue
        foreign = Q()
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is not Complaint and _has_case(field.related_model):
                foreign |= _of_another_case(field.name, moved=_names_a_case(model, "made_for"))
        if foreign:
            yield Check(4, "invariant.paper_of_another_case", model.objects.filter(foreign))


def _has_case(model: type[models.Model]) -> bool:
    return _names_a_case(model, "case")


def _names_a_case(model: type[models.Model], name: str) -> bool:
    return any(field.name == name and field.related_model is Complaint for field in model._meta.concrete_fields)


def _of_another_case(name: str, *, moved: bool) -> Q:
    other = Q(**{f"{name}__isnull": False, f"{name}__case__isnull": False}) & ~Q(**{f"{name}__case": F("case")})
    return other & ~Q(**{f"{name}__case": F("made_for")}) if moved else other
