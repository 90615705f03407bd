"""The two judgements of a case, and what they rest on: accounts and findings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import History
from complaints.vocabulary import (
    DamageCause,
    Judgement,
    ResponsibleParty,
    Side,
    UnreasonableCause,
    UnreasonableDefinition,
    UnreasonableType,
    Verdict,
)


class Account(models.Model):
    """What one side says happened (S-INT-07, S-INV-08). Neither side alone carries a verdict."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="accounts", verbose_name=_("case"))
    side = models.CharField(_("given by"), max_length=12, choices=Side)
    statement = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("statement", "account")
    )
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("taken by"))
    given_at = models.DateTimeField(_("given at"))

    history = History()

    class Meta:
        verbose_name = pgettext_lazy("statement", "account")
        verbose_name_plural = _("accounts")
        ordering = ["given_at", "pk"]


class Finding(models.Model):
    """What our own investigation found (S-INV-08, 09, 13, 16). A better finding is a new row."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="findings", verbose_name=_("case"))
    statement = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("finding"))
    root_cause = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("root cause"), null=True
    )
    responsible_party = models.CharField(_("responsible party"), max_length=16, choices=ResponsibleParty)
    undetermined_because = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why undetermined"), null=True
    )
    damage_cause = models.CharField(_("cause of damage"), max_length=12, choices=DamageCause, blank=True)
    matches_account = models.BooleanField(_("matches the customer's account"), null=True)
    return_reasonable = models.BooleanField(_("return is reasonable"), null=True)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("found by"))
    found_at = models.DateTimeField(_("found at"))

    history = History()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["found_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="finding_names_a_party_or_why_not",
                condition=~models.Q(responsible_party=ResponsibleParty.UNDETERMINED)
                | models.Q(undetermined_because__isnull=False),
            )
        ]


class Assessment(models.Model):
    """A judgement of the case: preliminary at first sight, or verified after the facts (S-TRI-02, 03).

    A new judgement is a new row; the newest of its stage counts. The mark "unreasonable" never removes a
    step (S-UNR-17).
    """

    class Stage(models.TextChoices):
        PRELIMINARY = "preliminary", _("preliminary")
        VERIFIED = "verified", _("verified")

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="assessments", verbose_name=_("case"))
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    judgement = models.CharField(_("judgement"), max_length=16, choices=Judgement, blank=True)
    verdict = models.CharField(_("verdict"), max_length=24, choices=Verdict, blank=True)
    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="assessments", verbose_name=_("finding"), null=True
    )
    unreasonable_type = models.CharField(
        _("type of unreasonable complaint"), max_length=20, choices=UnreasonableType, blank=True
    )
    unreasonable_definition = models.CharField(
        _("in what sense unreasonable"), max_length=20, choices=UnreasonableDefinition, blank=True
    )
    unreasonable_cause = models.CharField(
        _("cause of the unreasonable complaint"), max_length=24, choices=UnreasonableCause, blank=True
    )
    strongly_subjective = models.BooleanField(_("strongly subjective"), default=False)
    emotional_expression = models.BooleanField(_("excessive expression"), default=False)
    no_clear_purpose = models.BooleanField(_("no clear purpose"), default=False)
    authentic = models.BooleanField(_("believed authentic"), null=True)
    basis = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("basis"), null=True
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("judged by")
    )
    judged_at = models.DateTimeField(_("judged at"))

    history = History()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["judged_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assessment_says_what_its_stage_asks",
                condition=models.Q(stage="preliminary", verdict="") & ~models.Q(judgement="")
                | models.Q(stage="verified", judgement="", finding__isnull=False) & ~models.Q(verdict=""),
            )
        ]
