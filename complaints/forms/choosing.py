"""Choices that come from policies, people and the case itself."""

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casemgmt.people.models import Department, Person, Shop
from complaints.models import Complaint, Evidence
from complaints.roles import STAFF, SUPERVISORS, cases_visible_to, day_of

MOST_PAYEES = 20


def labelled(values) -> list[tuple[str, str]]:
    """Policy values as choices: code and label in the reader's language."""
    language = get_language() or "zh-hans"
    return [(code, value.label.in_language(language)) for code, value in values.items()]


def categories(values) -> list[tuple[str, str]]:
    """Categories under their parents' names."""
    language = get_language() or "zh-hans"
    names = {code: value.label.in_language(language) for code, value in values.items()}
    parents = {value.parent for value in values.values() if value.parent}
    return [
        (code, f"{names[value.parent]} · {names[code]}" if value.parent in names else names[code])
        for code, value in values.items()
        if code not in parents
    ]


def handlers() -> list[tuple[int, str]]:
    """People who can handle cases, by team and name."""
    people = (
        Person.objects.filter(groups__name__in=[STAFF, SUPERVISORS], is_active=True, is_service=False)
        .select_related("team")
        .distinct()
        .order_by("team__name", "name")
    )
    return [(person.pk, f"{person.name} · {person.team}" if person.team else person.name) for person in people]


def colleagues() -> list[tuple[int, str]]:
    """Everybody who works here."""
    people = Person.objects.filter(is_active=True, is_service=False).order_by("name")
    return [(person.pk, person.name) for person in people]


def departments() -> list[tuple[int, str]]:
    """The departments that can be given work."""
    return list(Department.objects.values_list("pk", "name"))


def shops() -> list[tuple[int, str]]:
    """The shops."""
    return list(Shop.objects.values_list("pk", "name"))


def evidence_of(case: Complaint) -> list[tuple[int, str]]:
    """The evidence of the case that counts."""
    rows = case.evidence.exclude(state="excluded").select_related("file_name")
    return [(row.pk, _piece(row)) for row in rows]


def evidence_that_counts_for(case: Complaint) -> list[tuple[int, str]]:
    """The evidence of the case, and what it cites from others with the number of where it stands."""
    rows = Evidence.objects.for_case(case).exclude(state="excluded").select_related("file_name", "case").order_by("pk")
    return [
        (row.pk, _piece(row) if row.case_id == case.pk else f"{_piece(row)} · {row.case.case_number}") for row in rows
    ]


def _piece(row: Evidence) -> str:
    return f"{row.get_evidence_type_display()} · {row.file_name}"


def payees_of(case: Complaint) -> list[tuple[int | str, str]]:
    """Where money of this customer went or was to go before, masked, the newest first; the first choice is none."""
    rows = case.customer.payees.select_related("key").order_by("-pk")[:MOST_PAYEES] if case.customer_id else ()
    return [("", _("Entered later")), *((row.pk, f"{row.name or ''} · {row}".strip(" ·")) for row in rows)]


def open_requests_of(case: Complaint) -> list[tuple[int, str]]:
    """Evidence that was asked for and has not come."""
    rows = case.evidence_requests.exclude(state="answered")
    return [(row.pk, f"{row.get_evidence_type_display()} · {_day(row.due_at)}") for row in rows]


def leading_cases_for(case: Complaint, person, at) -> list[tuple[int, str]]:
    """Other open cases of the same customer or order that could lead, as far as the person may see them."""
    same = Q(pk__in=[])
    if case.customer_id:
        same |= Q(customer=case.customer_id)
    if case.order_id:
        same |= Q(order=case.order_id)
    cases = (
        cases_visible_to(person, on=day_of(at)).open().filter(same).exclude(pk=case.pk).order_by("-registered_at")[:50]
    )
    return [(row.pk, f"{row.case_number} · {row.get_state_display()}") for row in cases]


def _day(instant) -> str:
    return date_format(localtime(instant), "SHORT_DATE_FORMAT")
