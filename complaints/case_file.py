"""The whole file of a case (案卷), read at once: for its page, which shows all of it and asks every rule about it.

Three statements read what hangs on the case, every version of it, and whom and what these rows name; without this a
page would ask some sixty times. Rules and pages ask the case as ever and are answered from the file. It is for
looking: actions read under their lock and never see it.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.db import models

from casemgmt.gathering import gather
from casemgmt.held_rows import hold
from complaints.models import (
    CallStep,
    Complaint,
    ContactConsent,
    Customer,
    HandlingPlan,
    Payee,
    PlanOption,
    RegularContact,
    Statement,
)

SEALED = (Customer, Payee)
"""Whose values are sealed: read with the key, or each value would ask for it."""

OF_THE_CUSTOMER = {"consents": ContactConsent, "regular_contacts": RegularContact}
"""What a customer agreed to in whatever case, as rules ask the customer for it."""

UNTOLD_COLUMNS = frozenset(
    """
    case_number registered_at registered_by_id source content_digest payment_key made_for next_due_at
    closed_at withdrawn_at state_before state_before_external act_reason_id
    """.split()
)
"""Columns of versions that no story tells; a statement may not have too many columns."""


@dataclass
class CaseFile:
    """What hangs on a case, by model; the versions of what `told` names; and everything these rows point to."""

    case: Complaint
    rows: dict[type[models.Model], list] = field(default_factory=dict)
    versions: dict[type[models.Model], list] = field(default_factory=dict)
    things: dict[tuple[type[models.Model], object], models.Model] = field(default_factory=dict)

    def thing(self, model: type[models.Model], key) -> models.Model | None:
        """A row that something in the file points to."""
        return self.things.get((model, key))


def open_file(case: Complaint, told: tuple[type[models.Model], ...] = ()) -> CaseFile:
    """Read the file, and let `case` and its rows answer from it from now on.

    `told` are the models whose versions are wanted, oldest first. Of statements only the first versions are.
    """
    file = CaseFile(case)
    hanging = {relation.get_accessor_name(): relation.related_model for relation in _hanging()}
    wanted = [
        *(model._base_manager.filter(case=case) for model in hanging.values()),
        PlanOption.objects.filter(plan__case=case),
        CallStep.objects.filter(contact__case=case),
        Complaint.objects.filter(merged_into=case),
        *(model._base_manager.filter(customer=case.customer_id) for model in OF_THE_CUSTOMER.values()),
    ]
    *found, options, steps, followers, consents, series = gather(wanted)
    file.rows = dict(zip(hanging.values(), found, strict=True)) | {PlanOption: options, CallStep: steps}
    file.versions = _versions(case, told)
    file.things = _things(file, followers)
    for row in file.things.values():
        _attach(row, file)
    for accessor, model in hanging.items():
        hold(case, accessor, file.rows[model])
    hold(case, "followers", followers)
    if case.customer_id is not None:
        for accessor, rows in zip(OF_THE_CUSTOMER, (consents, series), strict=True):
            hold(case.customer, accessor, rows)
    _hold_options(file)
    return file


def _hanging() -> list:
    return [
        relation
        for relation in Complaint._meta.related_objects
        if relation.one_to_many and relation.field.name == "case" and relation.get_accessor_name()
    ]


def _versions(case, told) -> dict[type[models.Model], list]:
    asked = [
        model.history.filter(**({"id": case.pk} if model is Complaint else {"case_id": case.pk})) for model in told
    ]
    asked = [
        queryset.filter(history_type="+") if model is Statement else queryset
        for model, queryset in zip(told, asked, strict=True)
    ]
    found = gather(asked, without=UNTOLD_COLUMNS)
    return {model: sorted(rows, key=lambda row: row.history_id) for model, rows in zip(told, found, strict=True)}


def _things(file: CaseFile, followers) -> dict:
    """What the rows and versions point to, as far as it does not hang on the case itself; two statements at most."""
    known = {(type(row), row.pk): row for rows in file.rows.values() for row in rows}
    known |= {(Complaint, row.pk): row for row in (*followers, file.case)}
    wanted: dict[type[models.Model], set] = defaultdict(set)
    live = [file.case, *followers, *(row for rows in file.rows.values() for row in rows)]
    for row in (*live, *(row for rows in file.versions.values() for row in rows)):
        for pointer, key in _pointers(row):
            if (pointer.related_model, key) not in known:
                wanted[pointer.related_model].add(key)
    sealed = {model: wanted.pop(model) for model in SEALED if model in wanted}
    for model, keys in sealed.items():
        known |= {(model, row.pk): row for row in model._base_manager.select_related("key").filter(pk__in=keys)}
    asked = [model._base_manager.filter(pk__in=keys) for model, keys in sorted(wanted.items(), key=_by_name)]
    for rows in gather(asked, without=frozenset({"password"})):
        known |= {(type(row), row.pk): row for row in rows}
    return known


def _by_name(item) -> str:
    return item[0]._meta.label


def _pointers(row):
    model = getattr(row, "instance_type", type(row))
    deferred = row.get_deferred_fields()
    for pointer in model._meta.concrete_fields:
        if pointer.is_relation and pointer.attname not in deferred and isinstance(pointer.related_model, type):
            key = getattr(row, pointer.attname, None)
            if key is not None:
                yield pointer, key


def _attach(row, file: CaseFile) -> None:
    for pointer, key in _pointers(row):
        thing = file.things.get((pointer.related_model, key))
        if thing is not None:
            pointer.set_cached_value(row, thing)


def _hold_options(file: CaseFile) -> None:
    options = defaultdict(list)
    for option in file.rows[PlanOption]:
        options[option.plan_id].append(option)
    for plan in file.rows.get(HandlingPlan, ()):
        hold(plan, "options", options[plan.pk])


def name_of(thing: models.Model) -> str:
    """What a reader calls it: people by their name."""
    return thing.name if isinstance(thing, get_user_model()) else str(thing)
