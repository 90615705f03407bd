"""Who was named with @ in an internal note, so that a colleague is told and finds the place again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History


class Mention(models.Model):
    """A colleague named in a note. Only people who may see the case are; written with the note, never changed."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="mentions", verbose_name=_("case"))
    statement = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="mentions", verbose_name=_("words")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentions", verbose_name=_("person")
    )

    history = History()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["statement", "person"], name="mentioned_once_in_a_note")]
