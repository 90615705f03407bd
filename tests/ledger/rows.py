"""One valid row of any tracked model: from its fields' metadata, or by a maker where that cannot know."""

import datetime
import hashlib
import itertools
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal

from django.apps import apps
from django.db import models

from casemgmt.ledger.tables import declaration_of
from tests.ledger.acting import ANN

NUMBERS = itertools.count(1)
MOMENT = datetime.datetime(2026, 3, 2, 2, 0, tzinfo=datetime.UTC)
LATER = MOMENT + datetime.timedelta(days=3)


def unsaved(model: type[models.Model]) -> models.Model:
    """A valid instance that is not saved yet; what it points to is."""
    values = {field.name: value for field in model._meta.concrete_fields for value in _value_of(field)}
    return model(**values | HELP.get(model._meta.label_lower, dict)())


def saved(model: type[models.Model]) -> models.Model:
    """A row of the model."""
    instance = unsaved(model)
    model._base_manager.bulk_create([instance])
    return instance


def changes(model: type[models.Model]) -> Iterator[tuple[models.Field, Callable[[object], object]]]:
    """Columns that history keeps, each with a way to another valid value; the plainest first."""
    excluded = declaration_of(model).excluded_fields
    fields = [f for f in model._meta.concrete_fields if f.name not in excluded and not f.primary_key]
    for field in sorted(fields, key=_plainness):
        another = _another(field)
        if another is not None:
            yield field, another


def _plainness(field: models.Field) -> int:
    order = (models.PositiveIntegerField, models.BooleanField, models.TextField, models.CharField, models.DateTimeField)
    return next((n for n, kind in enumerate(order) if isinstance(field, kind)), len(order))


def _another(field: models.Field) -> Callable[[object], object] | None:
    if field.is_relation:
        return lambda value: saved(field.related_model).pk
    if hasattr(field, "transitions"):
        return None
    if field.choices:
        keys = [key for key, _ in field.flatchoices]
        return lambda value: next((key for key in keys if key != value), value)
    if isinstance(field, models.BooleanField):
        return lambda value: not value
    if isinstance(field, models.DateTimeField):
        return lambda value: (value or MOMENT) + datetime.timedelta(hours=1)
    if isinstance(field, models.DateField):
        return lambda value: (value or MOMENT.date()) + datetime.timedelta(days=1)
    if isinstance(field, models.CharField | models.TextField):
        return lambda value: f"x{next(NUMBERS)}"[: field.max_length or 20]
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        return lambda value: (value or 0) + 1
    return None


def _value_of(field: models.Field) -> Iterator[object]:
    if isinstance(field, models.AutoField) or field.null:
        return
    if field.has_default() and not field.unique:
        return
    if field.is_relation:
        yield saved(field.related_model)
    elif field.choices:
        yield field.flatchoices[0][0]
    else:
        yield _plain_value(field)


def _plain_value(field: models.Field) -> object:
    number = next(NUMBERS)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.DateTimeField):
        return MOMENT
    if isinstance(field, models.DateField):
        return MOMENT.date() + datetime.timedelta(days=number)
    if isinstance(field, models.TimeField):
        return datetime.time(9)
    if isinstance(field, models.DurationField):
        return datetime.timedelta(hours=1)
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.DecimalField):
        return Decimal("1.00")
    if isinstance(field, models.IntegerField | models.FloatField):
        return number
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.BinaryField):
        return b"x"
    if isinstance(field, models.GenericIPAddressField):
        return "127.0.0.1"
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        return f"v{number}"[: field.max_length or 20]
    raise LookupError(f"tests/ledger/rows.py does not know a value for {field}: add it to HELP")


def a(label: str) -> models.Model:
    """A saved row of a model named by its label."""
    return saved(apps.get_model(label))


def words(salt: str) -> dict[str, object]:
    """Words with the digest that their guard checks, and the salt under the name of its column."""
    text, grain = "坏了", uuid.uuid4().hex
    return {"words": text, salt: grain, "digest": hashlib.sha256((grain + text).encode()).hexdigest()}


def _spoken() -> dict[str, object]:
    said = words("words_salt")
    return {"words_digest": said.pop("digest")} | said


def _whoever_signs() -> models.Model:
    """The account in whose name the tests of the ledger sign."""
    model, key = apps.get_model("people.person"), int(ANN.user_id)
    known = model._base_manager.filter(pk=key).first()
    if known is None:
        known = unsaved(model)
        known.pk = key
        model._base_manager.bulk_create([known])
    return known


def _statement() -> dict[str, object]:
    return {"case": a("complaints.complaint")} | _spoken()


# Values by "app.model" that metadata cannot tell: CHECK constraints and guards.
HELP: dict[str, Callable[[], dict[str, object]]] = {
    "adminkit.exportreason": _spoken,
    "complaints.assessment": lambda: {"stage": "preliminary", "judgement": "reasonable", "verdict": ""},
    "complaints.bulkwords": _spoken,
    "complaints.complaint": lambda: {"customer": a("complaints.customer")},
    "complaints.caseauthority": lambda: {"valid_until": LATER, "given_by": _whoever_signs()},
    "complaints.citation": lambda: {"statement": a("complaints.statement")},
    "complaints.contact": lambda: {"breach": ""},
    "complaints.duechange": lambda: {"due_before": MOMENT, "due_after": LATER},
    "complaints.evidencerequest": lambda: {"due_at": LATER},
    "complaints.followupcall": lambda: {"window_ends_at": LATER},
    "complaints.handover": lambda: {"given_to": a("people.person")},
    "complaints.handoverwords": _spoken,
    "complaints.incidentwords": _spoken,
    "complaints.pause": lambda: {"cap_at": LATER, "end_cause": ""},
    "complaints.returncheck": lambda: {"note": a("complaints.statement"), "evidence": a("complaints.evidence")},
    "complaints.review": lambda: {"stars": 2},
    "complaints.statement": _statement,
    "people.numberchange": lambda: {"number_before": "E1", "number": "E2", "proposed_by": _whoever_signs()},
    "people.rightschange": lambda: {"proposed_by": _whoever_signs()},
    "policies.policyrow": lambda: {"pack": "", "pack_edition": None},
    "policies.policysaid": _spoken,
    "probe.words": lambda: words("salt"),
}
# Tables where nothing that history keeps may change on a fresh row, by their guards or for want of a column.
WRITE_ONCE: set[str] = {
    "adminkit.exportreason",
    "complaints.assignment",
    "complaints.bulkwords",
    "complaints.caseauthority",
    "complaints.citation",
    "complaints.escalationreminder",
    "complaints.handoverwords",
    "complaints.incidentmessage",
    "complaints.incidentoption",
    "complaints.incidenttold",
    "complaints.incidentwords",
    "complaints.statement",
    "policies.policysaid",
    "probe.lamp",
    "probe.words",
}
