"""Who is away, from which day to which."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import Guard, History
from casemgmt.people.models.substitution import Substitution


class AbsenceQuerySet(models.QuerySet):
    """Absences by day."""

    def standing(self):
        """Those that were not called off."""
        return self.filter(called_off_at__isnull=True)

    def in_force(self, on):
        """Those that count on the day `on`, first and last day included."""
        return self.standing().filter(starts_on__lte=on, ends_on__gte=on)

    def touching(self, first, last):
        """Those that share a day with the span, both ends included."""
        return self.standing().filter(starts_on__lte=last, ends_on__gte=first)


def _two_at_once(sql) -> str:
    """True when the person is away already on one of the days."""
    return f"""{sql.new("called_off_at")} IS NULL AND EXISTS (
        SELECT 1 FROM people_absence other
        WHERE other.person_id = {sql.new("person")} AND other.id <> {sql.new("id")}
        AND other.called_off_at IS NULL
        AND other.starts_on <= {sql.new("ends_on")} AND other.ends_on >= {sql.new("starts_on")})"""


class Absence(models.Model):
    """From the first to the last day, both included, a person is away and is given no new case.

    Why somebody is away is nobody's business here and is not kept. Who stands in is a `Substitution` of the same
    days. It ends early by an earlier last day; one that never began is called off. Written by
    `people.absences` alone.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("person")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    substitution = models.ForeignKey(
        Substitution, models.PROTECT, null=True, related_name="absences", verbose_name=_("substitution")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))
    called_off_at = models.DateTimeField(_("called off at"), null=True)
    begun_told_at = models.DateTimeField(_("beginning told at"), null=True, editable=False)
    over_told_at = models.DateTimeField(_("end told at"), null=True, editable=False)

    objects = AbsenceQuerySet.as_manager()
    history = History(guards=[Guard("absence.two_at_once", refuse_when=_two_at_once)])

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-starts_on", "pk"]
        default_permissions = ("view",)
        permissions = [("enter_absence", _("Enter absences"))]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts", condition=models.Q(ends_on__gte=models.F("starts_on"))
            )
        ]

    def __str__(self):
        return f"{self.person} {self.starts_on} – {self.ends_on}"
