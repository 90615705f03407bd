"""Finding cases: by number, order, phone, name, goods and words, in one box."""

from django.db.models import Exists, OuterRef, Q

from casemgmt.privacy.normal_forms import NotRecognised
from casemgmt.privacy.sealed import blind
from complaints.models import Customer, Statement
from complaints.rules.case_numbers import as_case_number
from complaints.vocabulary import StatementKind

SHORTEST_WORDS = 2
SEARCHED_WORDS = (StatementKind.CONTENT, StatementKind.DEMAND, StatementKind.COURSE, StatementKind.MESSAGE)


def matching(cases, text: str):
    """The cases that the text finds. A full case number finds that case alone; personal data is found whole."""
    text = text.strip()
    if not text:
        return cases
    number = as_case_number(text)
    if number is not None:
        return cases.filter(case_number=number)
    found = Q(order__number=text) | Q(case_number__icontains=text.upper()) | Q(order__waybill_number=text)
    customers = _customers(text)
    if customers is not None:
        found |= Q(customer__in=customers)
    if len(text) >= SHORTEST_WORDS:
        words = Statement.objects.filter(case=OuterRef("pk"), kind__in=SEARCHED_WORDS, words__icontains=text)
        found |= Q(product__name__icontains=text) | Exists(words)
    return cases.filter(found)


def _customers(text: str):
    wanted = Q()
    for field, kind in (("phone", "phone"), ("phone_tail", "phone_tail"), ("name", "name"), ("account", "account")):
        if kind == "phone_tail" and not (text.isdecimal() and len(text) == 4):
            continue
        try:
            wanted |= Q(**{f"{field}_index": blind(kind, text)})
        except NotRecognised:
            continue
    return Customer.objects.filter(wanted).values("pk") if wanted else None
