"""What a customer is owed: facts that somebody stated for it, and answers that somebody wrote down with them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import History


class StatedFact(models.Model):
    """A fact of the case that no other record holds, and who stated it on what ground.

    `name` is one of `policies.values.case_facts`, `value` its text; empty says that it is not known after all. Never
    changed: the newest row of a name counts.
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="stated_facts", verbose_name=_("case")
    )
    name = models.CharField(_("fact"), max_length=40)
    value = models.CharField(pgettext_lazy("entitlement", "answer"), max_length=40, blank=True)
    known_from = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("how this is known")
    )
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("stated by")
    )
    stated_at = models.DateTimeField(_("stated at"))

    history = History()

    class Meta:
        verbose_name = _("stated fact")
        verbose_name_plural = _("stated facts")
        ordering = ["stated_at", "pk"]
        constraints = [models.CheckConstraint(name="stated_fact_has_a_name", condition=~models.Q(name=""))]


class EntitlementAnswer(models.Model):
    """An answer to what the customer is owed, written down for a plan or a finding.

    `policy_id` names the row that gave it, `inputs` the facts as they were known then, `days_policy_id` the calendar
    that was asked for days off, if any: the same give the same answer for ever. It is a reading of the law for staff,
    to be confirmed by counsel.
    """

    class Verdict(models.TextChoices):
        OWED = "owed", pgettext_lazy("answer", "owed")
        NOT_OWED = "not_owed", pgettext_lazy("answer", "not owed")
        UNKNOWN = "unknown", _("cannot be told yet")

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="entitlement_answers", verbose_name=_("case")
    )
    entitlement = models.CharField(_("entitlement"), max_length=64)
    policy_id = models.BigIntegerField(_("policy"))
    days_policy_id = models.BigIntegerField(_("calendar"), null=True)
    verdict = models.CharField(pgettext_lazy("entitlement", "answer"), max_length=8, choices=Verdict)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    as_of = models.DateField(_("as of"))
    inputs = models.JSONField(_("facts used"), default=dict)
    law_policy_ids = models.JSONField(_("clauses"), default=list)
    plan = models.ForeignKey(
        "complaints.HandlingPlan",
        models.PROTECT,
        related_name="entitlement_answers",
        verbose_name=_("plan"),
        null=True,
    )
    finding = models.ForeignKey(
        "complaints.Finding", models.PROTECT, related_name="entitlement_answers", verbose_name=_("finding"), null=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    history = History()

    class Meta:
        verbose_name = _("answer on an entitlement")
        verbose_name_plural = _("answers on entitlements")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="entitlement_amount_only_when_owed",
                condition=models.Q(amount__isnull=True) | models.Q(verdict="owed", currency__gt=""),
            )
        ]
