"""Files on their way in: read into staging, looked over, then registered row by row."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.privacy.models import PersonKey
from casemgmt.stateful import StateField, Stateful
from complaints.states import ImportState


class ImportBatch(Stateful):
    """One uploaded file. Only the person who uploaded it may register it, within the period of the policy."""

    class Mode(models.TextChoices):
        LIVE = "live", _("live: clocks run from receipt")
        BACKLOG = "backlog", _("backlog: clocks start now, notices are grouped")

    state = StateField(_("state"), choices=ImportState, default=ImportState.STAGED)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.LIVE)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    expires_at = models.DateTimeField(_("to be registered before"))
    key = models.ForeignKey(
        PersonKey, models.SET_NULL, related_name="+", verbose_name=_("key"), null=True, db_constraint=False
    )
    ignored_columns = models.JSONField(_("columns left out"), default=list)
    encoding = models.CharField(_("encoding"), max_length=16)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    shop = models.ForeignKey("people.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"), null=True)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    good_count = models.PositiveIntegerField(_("good rows"), default=0)
    registered_count = models.PositiveIntegerField(_("registered"), default=0)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-pk"]

    @transition(field=state, source=ImportState.STAGED, target=ImportState.REGISTERING)
    def begin(self):
        """Its uploader said yes; rows are being registered."""

    @transition(field=state, source=ImportState.REGISTERING, target=ImportState.FINISHED)
    def finish(self, *, at):
        """Every good row is a case."""
        self.finished_at = at

    @transition(field=state, source=ImportState.STAGED, target=ImportState.CANCELLED)
    def cancel(self):
        """Not registered after all."""


class ImportRow(models.Model):
    """One row of a file in staging: its cells sealed, emptied once registered (design, personal data).

    `errors` are coded violations. Whether a row is registered is told by `case` alone, so that a killed run
    goes on where it stopped. Without history: staging is not a record of what happened.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"))
    sealed_cells = models.TextField(_("cells"), blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, db_index=True)
    errors = models.JSONField(_("errors"), default=list)
    is_good = models.BooleanField(_("can be registered"), default=False)
    case = models.OneToOneField(
        "complaints.Complaint", models.PROTECT, related_name="import_row", verbose_name=_("case"), null=True
    )

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["batch", "line"]
        indexes = [
            models.Index(
                fields=["batch", "line"], condition=models.Q(is_good=True, case__isnull=True), name="rows_to_register"
            )
        ]
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="import_line_once")]
