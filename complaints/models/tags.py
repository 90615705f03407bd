"""Marking cases, so that what went wrong reaches whoever can mend it (S-CLO-03)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History


class Tag(models.Model):
    """A mark that supervisors keep; the link says which part of the chain should hear of it."""

    class Link(models.TextChoices):
        PRODUCT = "product", _("product")
        LOGISTICS = "logistics", _("logistics")
        SERVICE = "service", _("service")
        OPERATIONS = "operations", _("operations")
        POLICY = "policy", _("policy")

    name = models.CharField(_("name"), max_length=40, unique=True)
    link = models.CharField(_("part of the chain"), max_length=12, choices=Link)
    retired = models.BooleanField(_("no longer used"), default=False)

    history = History()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self):
        return self.name


class CaseTag(models.Model):
    """A tag on a case."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="case_tags", verbose_name=_("case"))
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="case_tags", verbose_name=_("tag"))
    tagged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("tagged by")
    )

    history = History(deletable=True)

    class Meta:
        verbose_name = _("tag of a case")
        verbose_name_plural = _("tags of cases")
        constraints = [models.UniqueConstraint(fields=["case", "tag"], name="tag_once_a_case")]

    def __str__(self):
        return str(self.tag)
