"""What follows from an escalation: reminders until somebody takes note, and what its answer allows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import Guard, History
from casemgmt.people.models.guards import one_human
from complaints.models.escalation_guards import any_change


class EscalationReminder(models.Model):
    """One reminder of an escalation that nobody took note of: when it fell due, and when it was made."""

    escalation = models.ForeignKey(
        "complaints.Escalation", models.PROTECT, related_name="reminded", verbose_name=_("escalation")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    due_at = models.DateTimeField(_("fell due at"))
    made_at = models.DateTimeField(pgettext_lazy("reminder", "made at"))
    goes_higher = models.BooleanField(_("goes to the next level"), default=False)

    history = History(guards=[Guard("escalation_reminder.rewritten", on=("update",), refuse_when=any_change)])

    class Meta:
        verbose_name = _("reminder of an escalation")
        verbose_name_plural = _("reminders of escalations")
        ordering = ["escalation", "number"]
        constraints = [models.UniqueConstraint(fields=["escalation", "number"], name="escalation_reminded_once_each")]

    def __str__(self):
        return f"{self.escalation_id} · {self.number}"


def _given_to_oneself(sql):
    """By a second account neither; and whoever gives it signs it."""
    return f"{one_human(sql.new('given_by'), sql.new('person'))} OR NOT {sql.signs('given_by')}"


class CaseAuthority(models.Model):
    """More authority for one person on one case, until an instant: the answer of a superior (S-ESC-03).

    `amount` is the most that all grants of the case may add up to on this person's own word. It counts what was
    granted before, and lends nothing on other cases. `limit_policy_id` is the row of the superior's own limits, which
    it never exceeds.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="authorities", verbose_name=_("case"))
    escalation = models.OneToOneField(
        "complaints.Escalation", models.PROTECT, related_name="authority", verbose_name=_("escalation")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("authority", "given to")
    )
    amount = models.DecimalField(pgettext_lazy("authority", "up to"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("authority", "given by")
    )
    given_at = models.DateTimeField(pgettext_lazy("authority", "given at"))
    valid_until = models.DateTimeField(_("valid until"))
    limit_policy_id = models.BigIntegerField(_("limit of whoever gave it"))

    history = History(
        guards=[
            Guard("case_authority.rewritten", on=("update",), refuse_when=any_change),
            Guard(
                "duty.one_person", on=("insert",), refuse_when=_given_to_oneself, message="nobody empowers themselves"
            ),
        ]
    )

    class Meta:
        verbose_name = _("authority for a case")
        verbose_name_plural = _("authorities for cases")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(name="case_authority_is_money", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(
                name="case_authority_ends", condition=models.Q(valid_until__gt=models.F("given_at"))
            ),
            models.CheckConstraint(name="case_authority_by_another", condition=~models.Q(given_by=models.F("person"))),
        ]

    def __str__(self):
        return f"{self.amount} {self.currency}"
