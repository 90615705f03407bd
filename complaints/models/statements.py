"""What people say: every typed word of a case is one write-once row here, and nowhere else."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History
from casemgmt.privacy.words import SPOKEN_GUARDS, Spoken
from complaints.models.holds import NOT_WHILE_HELD
from complaints.vocabulary import Side, StatementKind


class Statement(Spoken):
    """A text that somebody typed or said, kept as it was.

    Never edited: a correction is a new row that names the one it corrects. The history keeps the salted
    digest alone, so that the words can be erased and the history still verifies (design, personal data).
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="statements", verbose_name=_("case"), null=True
    )
    customer = models.ForeignKey(
        "complaints.Customer", models.PROTECT, related_name="statements", verbose_name=_("customer"), null=True
    )
    kind = models.CharField(_("kind"), max_length=20, choices=StatementKind)
    side = models.CharField(_("whose words"), max_length=12, choices=Side, default=Side.COMPANY)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    said_at = models.DateTimeField(_("said at"))
    corrects = models.ForeignKey(
        "self", models.PROTECT, related_name="corrections", verbose_name=_("corrects"), null=True
    )

    history = History(excluded_fields=["words", "words_salt"], guards=[*SPOKEN_GUARDS, NOT_WHILE_HELD])

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["said_at", "pk"]
        indexes = [models.Index(fields=["case", "kind"])]
        constraints = [
            models.CheckConstraint(
                name="statement_of_a_case_or_customer",
                condition=models.Q(case__isnull=False) | models.Q(customer__isnull=False),
            )
        ]

    def __str__(self):
        return self.words or _("(erased)").__str__()
