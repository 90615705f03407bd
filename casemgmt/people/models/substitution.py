"""Who stands in for whom, and when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import Guard, History


class SubstitutionQuerySet(models.QuerySet):
    """Substitutions by day."""

    def in_force(self, on):
        """Those that count on the day `on`, first and last day included."""
        return self.filter(called_off_at__isnull=True, starts_on__lte=on, ends_on__gte=on)

    def touching(self, first, last):
        """Those that share a day with the span, both ends included, and were not called off."""
        return self.filter(called_off_at__isnull=True, starts_on__lte=last, ends_on__gte=first)


def _circle(sql) -> str:
    """True when the one who is stood in for stands in for this person on one of the days."""
    return f"""{sql.new("called_off_at")} IS NULL AND EXISTS (
        SELECT 1 FROM people_substitution other
        WHERE other.person_id = {sql.new("stands_in_for")} AND other.stands_in_for_id = {sql.new("person")}
        AND other.called_off_at IS NULL
        AND other.starts_on <= {sql.new("ends_on")} AND other.ends_on >= {sql.new("starts_on")})"""


class Substitution(models.Model):
    """From the first to the last day, both included, a person also acts for another and their team (roles.md).

    It widens which rows are seen and handled; it lends no group, no limit and no approval. One that belongs to an
    absence is changed with it; one that never began is called off.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="substitutions",
        verbose_name=_("person"),
    )
    stands_in_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="substituted_by",
        verbose_name=_("stands in for"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    called_off_at = models.DateTimeField(_("called off at"), null=True, editable=False)

    objects = SubstitutionQuerySet.as_manager()
    history = History(guards=[Guard("substitution.circle", refuse_when=_circle)])

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(person=models.F("stands_in_for")),
                name="substitution_needs_two_people",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="substitution_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(
                fields=["person", "stands_in_for", "starts_on"],
                name="substitution_once_per_first_day",
                violation_error_message=_("This substitution is already entered."),
            ),
        ]

    def __str__(self):
        return f"{self.person} → {self.stands_in_for}"

    def clean(self):
        """Refuse two people who would stand in for each other on the same day."""
        super().clean()
        if not all((self.person_id, self.stands_in_for_id, self.starts_on, self.ends_on)):
            return
        others = Substitution.objects.touching(self.starts_on, self.ends_on).exclude(pk=self.pk)
        if others.filter(person=self.stands_in_for_id, stands_in_for=self.person_id).exists():
            words = _("Two people would stand in for each other on the same day.")
            raise ValidationError({"stands_in_for": ValidationError(words, code="circle")})
