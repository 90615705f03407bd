"""Who stands in for whom, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History


class SubstitutionQuerySet(models.QuerySet):
    """Substitutions by day."""

    def in_force(self, on):
        """Those that count on the day `on`, first and last day included."""
        return self.filter(starts_on__lte=on, ends_on__gte=on)


class Substitution(models.Model):
    """From the first to the last day, both included, a person also acts for the team of another (roles.md).

    It widens which rows are seen and handled; it lends no group, no limit and no approval.
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

    objects = SubstitutionQuerySet.as_manager()
    history = History()

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
