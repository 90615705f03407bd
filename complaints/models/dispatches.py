"""What was said to the customer and left the house by machine, and whether it arrived there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import Guard, History
from complaints.vocabulary import Channel


def _rewritten(sql):
    return sql.changed("case", "contact", "channel", "queued_at")


class Dispatch(models.Model):
    """A message to the customer that the house itself sends: one for a contact, written with it and its outbox row.

    `sent_at` and `failed_at` are copied from the outbox by a sweep; a message that was given up told the customer
    nothing, so its contact counts for no step that asks whether they were told. `failure` is a code of the outbox.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="dispatches", verbose_name=_("case"))
    contact = models.OneToOneField(
        "complaints.Contact", models.PROTECT, related_name="dispatch", verbose_name=_("contact")
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    queued_at = models.DateTimeField(_("handed in at"))
    not_before = models.DateTimeField(_("not before"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    failed_at = models.DateTimeField(_("given up at"), null=True)
    failure = models.CharField(_("failure"), max_length=32, blank=True)

    history = History(
        guards=[Guard("dispatch.rewritten", _rewritten, on=("update",), message="what was handed in never changes")],
    )

    class Meta:
        verbose_name = _("sending to the customer")
        verbose_name_plural = _("sendings to customers")
        ordering = ["queued_at", "pk"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True),
                name="dispatches_under_way",
            ),
            models.Index(fields=["case"], condition=models.Q(failed_at__isnull=False), name="dispatches_given_up"),
        ]
        constraints = [
            models.CheckConstraint(
                name="dispatch_sent_or_given_up",
                condition=~models.Q(sent_at__isnull=False, failed_at__isnull=False),
            )
        ]
