"""Why a case went to somebody: the figures that the rule saw, kept as they were."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import Guard, History


def _rewritten(sql):
    """What the rule saw, and what came of it, never changes."""
    return sql.changed("case", "person", "how", "at", "policy_id", "facts")


class Assignment(models.Model):
    """A case was given to somebody by rule, or handed out as the next one (S-ESC-14, S-ESC-16).

    `facts` are codes, figures, instants and ids of people, enough for `complaints.actions.sharing_out.replay` to come
    to the same person again under the same policy row. Written once.
    """

    class How(models.TextChoices):
        RULE = "rule", _("given by rule")
        NEXT = "next", _("taken as the next case")

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="assignments", verbose_name=_("case"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name=_("person")
    )
    how = models.CharField(pgettext_lazy("assignment", "how"), max_length=4, choices=How)
    at = models.DateTimeField(pgettext_lazy("assignment", "given at"))
    policy_id = models.BigIntegerField(_("policy"))
    facts = models.JSONField(_("what the rule saw"))

    history = History(guards=[Guard("assignment.rewritten", on=("update",), refuse_when=_rewritten)])

    class Meta:
        verbose_name = _("assignment by rule")
        verbose_name_plural = _("assignments by rule")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["person", "at"])]
        constraints = [models.UniqueConstraint(fields=["case", "at"], name="assignment_once_an_instant")]

    def __str__(self):
        return f"{self.case} → {self.person}"
