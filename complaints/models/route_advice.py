"""That a customer has to be told where else to turn, and when it was done (S-TPR-16, S-SLA-08, S-REF-08)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History
from complaints.vocabulary import AdviceCause


class RouteAdvice(models.Model):
    """One duty to name the routes, once for each cause and round of a case; done by the exchange that named them."""

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="route_advice", verbose_name=_("case")
    )
    cause = models.CharField(_("cause"), max_length=12, choices=AdviceCause)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    arose_at = models.DateTimeField(_("arose at"))
    contact = models.ForeignKey(
        "complaints.Contact", models.PROTECT, related_name="+", verbose_name=_("told by contact"), null=True
    )
    told_at = models.DateTimeField(_("told at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("advice of routes")
        verbose_name_plural = _("advice of routes")
        ordering = ["arose_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "cause", "round"], name="advised_once_for_each_cause"),
            models.CheckConstraint(
                name="advice_told_by_a_contact",
                condition=models.Q(told_at__isnull=True, contact__isnull=True)
                | models.Q(told_at__isnull=False, contact__isnull=False),
            ),
        ]
