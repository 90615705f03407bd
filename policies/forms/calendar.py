"""The form of a calendar: hours by weekday, holidays and make-up days by line, and a year filled from the list."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import number_field, yes_field
from policies.forms.drafting import DraftForm
from policies.holiday_days import COUNTRIES, FIRST_YEAR, LAST_YEAR, body_with_year, days_of_year

YEAR, OFFICIAL = "body__fill__year", "body__fill__official"


class CalendarForm(DraftForm):
    """A draft of a calendar. Naming a year puts its public holidays and make-up days in place of those it had.

    What was put in is shown after saving and can be changed like everything typed; nothing holds before a second
    person has switched it on.
    """

    def add_body_fields(self, body: dict) -> None:
        """The year to fill above the entries, where the list knows the country of the calendar."""
        if not isinstance(body, dict) or body.get("zone", settings.TIME_ZONE) in COUNTRIES:
            self.fields[YEAR] = _year_field()
            self.fields[OFFICIAL] = yes_field(
                _("The holidays of this year are announced"),
                help_text=_("Only an announced year is official; deadlines in any other year say that they may move."),
            )
        super().add_body_fields(body)

    def typed_body(self) -> dict:
        """What was typed, with the days of the year that is to be filled."""
        body = super().typed_body()
        year = self.cleaned_data.get(YEAR)
        if not year:
            return body
        zone = body.get("zone")
        if zone not in COUNTRIES:
            self.add_error(
                YEAR, ValidationError(_("There is no list of holidays for this time zone."), "policy.no_list")
            )
            return body
        return body_with_year(body, days_of_year(zone, year), is_official=self.cleaned_data.get(OFFICIAL, False))


def _year_field() -> forms.IntegerField:
    return number_field(
        _("Year"),
        required=False,
        least=FIRST_YEAR,
        most=LAST_YEAR,
        help_text=_("Empty: nothing is filled in. Holidays and make-up days of the year are replaced."),
    )
