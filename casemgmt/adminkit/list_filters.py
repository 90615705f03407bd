"""Filters that take several values, spans of days and spans of amounts; each value is a chip that can be removed.

They are drawn in one form and sent together. A value that makes no sense is refused, never ignored: the list would
show more than its reader believes.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Words
from casemgmt.amounts import storable_amount_in
from casemgmt.money import amount_shown

VALUES_AT_MOST = 50
FEW = 12
"""More choices than this get a box to narrow them."""
FROM, TO = "_from", "_to"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter and whether it is on."""

    value: str
    label: Words
    is_on: bool


class PanelFilter(admin.ListFilter):
    """What the filters of this room share: parameters of their own, and chips."""

    kind = ""
    parameter_name = ""
    template = "adminkit/parts/no_filter.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.request = request
        self.given = {name: params.pop(name) for name in self.expected_parameters() if name in params}

    @classmethod
    def taken(cls) -> list[str]:
        """The names that may stand in an address."""
        return [cls.parameter_name]

    def expected_parameters(self):
        """As Django asks for them."""
        return self.taken()

    def has_output(self):
        """Always, so that its parameters are taken."""
        return True

    def choices(self, changelist):
        """Drawn by the panel, not by the theme."""
        return []

    def chips(self) -> Iterable[tuple[str, str, Words]]:
        """(parameter, value, words) for each value that is on."""
        return ()


class ManyFilter(PanelFilter):
    """Any of several values: `?name=a&name=b`. Old addresses with `name__exact` and the like still work.

    `options` gives (value, label) for the viewer; "none" may be among them for rows without a value.
    """

    kind = "many"
    options: Callable = staticmethod(lambda request: ())
    aliases: tuple[str, ...] = ()
    none_value = "none"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.values = list(dict.fromkeys(value for values in self.given.values() for value in values if value))
        if len(self.values) > VALUES_AT_MOST or (self.values and not set(self.values) <= set(self.known)):
            raise IncorrectLookupParameters(self.parameter_name)

    @cached_property
    def known(self) -> dict[str, Words]:
        """All values with their words; asked for when one is on, or the form is opened."""
        return {str(value): label for value, label in self.options(self.request)}

    @classmethod
    def taken(cls):
        """The name, and what older addresses call it."""
        return [cls.parameter_name, *cls.aliases]

    def queryset(self, request, queryset):
        """The rows that have one of the values."""
        if not self.values:
            return queryset
        values = [value for value in self.values if value != self.none_value]
        wanted = Q(**{f"{self.parameter_name}__in": values})
        if self.none_value in self.values:
            wanted |= Q(**{f"{self.parameter_name}__isnull": True})
        return queryset.filter(wanted)

    @property
    def fields(self) -> list[Choice]:
        """All values, those that are on first when there are many."""
        found = [Choice(value, label, value in self.values) for value, label in self.known.items()]
        return sorted(found, key=lambda choice: not choice.is_on) if self.is_long else found

    @property
    def is_long(self) -> bool:
        """Whether a box to narrow the values helps."""
        return len(self.known) > FEW

    def chips(self):
        """One for each value."""
        for name, values in self.given.items():
            yield from ((name, value, self.known[value]) for value in dict.fromkeys(values) if value)


class RangeFilter(PanelFilter, ABC):
    """From and to, both included, either may be missing."""

    field_name = ""

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.texts = {name: self.given.get(name, [""])[-1].strip() for name in self.expected_parameters()}
        self.first, self.last = (self._read(text) if text else None for text in self.texts.values())
        if self.first is not None and self.last is not None and self.first > self.last:
            raise IncorrectLookupParameters(self.parameter_name)

    @classmethod
    def taken(cls):
        """The two ends."""
        return [cls.parameter_name + FROM, cls.parameter_name + TO]

    @abstractmethod
    def _read(self, text):
        """The value that one end names; IncorrectLookupParameters for what names none."""

    @abstractmethod
    def _told(self, value) -> str:
        """The value as a chip shows it."""

    @property
    def fields(self) -> list[Choice]:
        """The two boxes with what stands in them."""
        labels = (_("from"), _("up to"))
        return [Choice(text, label, bool(text)) for label, text in zip(labels, self.texts.values(), strict=True)]

    @property
    def boxes(self) -> list[tuple[str, Choice]]:
        """The two boxes with their names."""
        return list(zip(self.texts, self.fields, strict=True))

    def chips(self):
        """One for each end."""
        for name, said, value in zip(self.texts, (_("from"), _("up to")), (self.first, self.last), strict=True):
            if value is not None:
                yield name, self.texts[name], f"{said} {self._told(value)}"


class DayRangeFilter(RangeFilter):
    """Days where the shop works; the last day counts to its end."""

    kind = "days"

    def _read(self, text):
        try:
            day = date.fromisoformat(text)
        except ValueError as wrong:
            raise IncorrectLookupParameters(self.parameter_name) from wrong
        if not 1970 <= day.year <= 9000:
            raise IncorrectLookupParameters(self.parameter_name)
        return day

    def _told(self, value):
        return formats.date_format(value, "SHORT_DATE_FORMAT")

    def queryset(self, request, queryset):
        """The rows whose instant falls on one of the days."""
        if self.first is not None:
            queryset = queryset.filter(**{f"{self.field_name}__gte": _midnight(self.first)})
        if self.last is not None:
            queryset = queryset.filter(**{f"{self.field_name}__lt": _midnight(self.last + timedelta(days=1))})
        return queryset


class AmountRangeFilter(RangeFilter):
    """Amounts with at most two places. `field_name` is a field or an annotation of the list's rows."""

    kind = "amounts"

    def _read(self, text):
        amount = storable_amount_in(text)
        if amount is None:
            raise IncorrectLookupParameters(self.parameter_name)
        return amount

    def _told(self, value):
        return amount_shown(value)

    def with_amount(self, queryset):
        """The rows with the amount that is asked for; a room that works it out overrides this."""
        return queryset

    def queryset(self, request, queryset):
        """The rows whose amount lies within."""
        if self.first is None and self.last is None:
            return queryset
        queryset = self.with_amount(queryset)
        if self.first is not None:
            queryset = queryset.filter(**{f"{self.field_name}__gte": self.first})
        if self.last is not None:
            queryset = queryset.filter(**{f"{self.field_name}__lte": self.last})
        return queryset


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
