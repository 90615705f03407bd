"""Finding cases: by number, order, parcel, phone, name, goods and words, in one box.

What has a key is looked for first, each kind by its own index. Only when nothing has that key, or when the text
stands in quotation marks, are goods and the words of the texts read through, the newest first and no further than
WORDS_FOUND_AT_MOST. Names and phones are found whole, by their blind index, or not at all.
"""

from datetime import datetime

from django.db.models import F, Q, Subquery

from casemgmt.adminkit.counting import firsts_of
from casemgmt.privacy.normal_forms import normal_text
from casemgmt.privacy.sealed import blind_tokens
from complaints.models import Customer, Order, Product, Statement
from complaints.models.case_queries import ComplaintQuerySet
from complaints.roles import day_of
from complaints.rules.case_numbers import as_case_number
from complaints.rules.typed_numbers import numbers_between, numbers_ending_in, written_forms
from complaints.vocabulary import StatementKind

SHORTEST_WORDS = 2
FOUND_AT_MOST = 1_000
WORDS_FOUND_AT_MOST = 500
NEWEST_READ = 20_000
SEARCHED_WORDS = (StatementKind.CONTENT, StatementKind.DEMAND, StatementKind.COURSE, StatementKind.MESSAGE)
QUOTES = ('""', "“”", "「」", "『』", "＂＂")
TAIL_OF_A_PHONE = 4


def matching(cases: ComplaintQuerySet, text: str, at: datetime) -> ComplaintQuerySet:
    """The cases among these that the text finds at the instant `at`; all of them for an empty text."""
    text = text.strip()
    if not text:
        return cases
    quoted = in_quotes(text)
    if quoted is not None:
        return cases.filter(pk__in=ids_by_words(cases, quoted))
    keys = ids_by_key(cases, text, at)
    if keys:
        return cases.filter(pk__in=keys)
    stretch = numbers_between(text)
    if stretch is not None:
        numbered = cases.filter(case_number__gte=stretch[0], case_number__lt=stretch[1])
        if numbered.order_by().values("pk")[:1]:
            return numbered
    return cases.filter(pk__in=ids_by_words(cases, text))


def in_quotes(text: str) -> str | None:
    """What stands in quotation marks: somebody asks for the words alone. None for a text without."""
    is_quoted = len(text) > 2 and text[0] + text[-1] in QUOTES
    return text[1:-1].strip() or None if is_quoted else None


def ids_by_key(cases: ComplaintQuerySet, text: str, at: datetime, at_most: int = FOUND_AT_MOST) -> list[int]:
    """The cases that have this text as their number, order, parcel, or as something about their customer. One query.

    A union of one search for each kind, because a database reads a whole table for an OR over several.
    """
    number = as_case_number(text)
    numbers = [number] if number else numbers_ending_in(text, day_of(at))
    forms = written_forms(text)
    searches = [Q(case_number__in=numbers)] if numbers else []
    searches += [Q(order__in=Order.objects.filter(number__in=forms).values("pk"))] if forms else []
    searches += [Q(order__in=Order.objects.filter(waybill_number__in=forms).values("pk"))] if forms else []
    searches += [
        Q(customer__in=Customer.objects.filter(**{f"{kind}_index": token}).values("pk"))
        for kind, token in tokens_of(text).items()
    ]
    rows = cases.order_by().values_list("pk", flat=True)
    if not searches or rows.query.is_empty():
        return []
    first, *others = [rows.filter(search) for search in searches]
    return list(first.union(*others)[:at_most])


def tokens_of(text: str) -> dict[str, str]:
    """The blind tokens under which a customer may be known by this text, by kind."""
    tokens = blind_tokens(text, "phone", "phone_tail", "name", "account", "email")
    typed = normal_text(text)
    if not (typed.isdecimal() and len(typed) == TAIL_OF_A_PHONE):
        tokens.pop("phone_tail", None)
    return tokens


def ids_by_words(cases: ComplaintQuerySet, text: str, at_most: int = WORDS_FOUND_AT_MOST) -> list[int]:
    """The cases whose goods or texts hold these words, the newest first. One query.

    By a sum instead of the key itself, or PostgreSQL goes through all cases backwards and asks each for its goods.
    """
    inside = cases.order_by().values("pk")
    if len(text.strip()) < SHORTEST_WORDS or inside.query.is_empty():
        return []
    said = Statement.objects.filter(_holds("words", text), kind__in=SEARCHED_WORDS, case__in=inside)
    goods = Product.objects.filter(_holds("name", text)).values("pk")
    by_goods = cases.order_by(-(F("pk") + 0)).filter(product__in=goods)
    found = firsts_of({"words": said.order_by("-pk"), "goods": by_goods}, at_most, key={"words": "case"})
    return list(dict.fromkeys([*found["words"], *found["goods"]]))[:at_most]


def ids_by_newest_words(cases: ComplaintQuerySet, text: str, at_most: int) -> list[int]:
    """As `ids_by_words`, among the newest texts alone: for answers that must come while somebody types. One query."""
    inside = cases.order_by().values("pk")
    if len(text.strip()) < SHORTEST_WORDS or inside.query.is_empty():
        return []
    newest = Statement.objects.order_by("-pk").values("pk")[:1]
    said = Statement.objects.filter(
        _holds("words", text) | _holds("case__product__name", text),
        pk__gt=Subquery(newest) - NEWEST_READ,
        kind__in=SEARCHED_WORDS,
        case__in=inside,
    )
    return list(dict.fromkeys(said.order_by("-pk").values_list("case", flat=True)[: at_most * 3]))[:at_most]


def _holds(field: str, text: str) -> Q:
    """As it was typed, or with widths unified: texts keep the widths that people wrote.

    Only what has upper and lower case is looked for in both: PostgreSQL takes four times as long for that.
    """
    holds = Q()
    for form in {form.casefold(): form for form in (text.strip(), normal_text(text))}.values():
        lookup = "contains" if form.upper() == form.lower() else "icontains"
        holds |= Q(**{f"{field}__{lookup}": form})
    return holds
