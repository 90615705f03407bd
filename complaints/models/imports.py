"""Files on their way in: read into staging, matched, looked over, then registered row by row, or undone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.privacy.models import PersonKey
from casemgmt.stateful import StateField, Stateful
from complaints.states import ImportState

BEFORE_REGISTERING = (ImportState.MATCHING, ImportState.CHECKING, ImportState.STAGED)


class ImportBatch(Stateful):
    """One uploaded file. Only the person who uploaded it may register or undo it, within the period of the policy.

    `columns` and `words` are the matching that its rows were read by; a later change of what is remembered for
    files of its shape does not touch them. What may name people (headings, samples, the words of the columns) lies
    in `sealed_shape` under the key of the batch, and goes with it.
    """

    class Mode(models.TextChoices):
        LIVE = "live", _("live: clocks run from receipt")
        BACKLOG = "backlog", _("backlog: clocks start now, notices are grouped")

    state = StateField(_("state"), choices=ImportState, default=ImportState.MATCHING)
    mode = models.CharField(_("mode"), max_length=8, choices=Mode, default=Mode.LIVE)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    expires_at = models.DateTimeField(_("to be registered before"))
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    key = models.ForeignKey(
        PersonKey, models.SET_NULL, related_name="+", verbose_name=_("key"), null=True, db_constraint=False
    )
    sealed_shape = models.TextField(_("headings and samples"), blank=True)
    shape = models.CharField(_("shape"), max_length=64, blank=True)
    sheet = models.PositiveSmallIntegerField(_("sheet"), default=0)
    columns = models.JSONField(_("columns"), default=list)
    words = models.JSONField(_("words of the columns"), default=dict)
    ignored_columns = models.JSONField(_("columns left out"), default=list)
    encoding = models.CharField(_("encoding"), max_length=16)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    shop = models.ForeignKey("people.Shop", models.PROTECT, related_name="+", verbose_name=_("shop"), null=True)
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    checked_count = models.PositiveIntegerField(_("rows checked"), default=0)
    good_count = models.PositiveIntegerField(_("good rows"), default=0)
    registered_count = models.PositiveIntegerField(_("registered"), default=0)
    undone_count = models.PositiveIntegerField(_("undone"), default=0)
    left_count = models.PositiveIntegerField(_("touched since and left"), default=0)
    working_since = models.DateTimeField(_("worked on since"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("undone by"), null=True
    )
    sealed_reason = models.TextField(_("reason for undoing"), blank=True)

    history = History(excluded_fields=["sealed_shape", "sealed_reason"])

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-uploaded_at", "-pk"]

    @property
    def bad_count(self) -> int:
        """The rows that cannot be registered, as far as they were checked."""
        return self.checked_count - self.good_count

    @transition(field=state, source=[ImportState.MATCHING, ImportState.STAGED], target=ImportState.CHECKING)
    def match_columns(self):
        """It is said which column is what; the rows are being looked at."""

    @transition(field=state, source=ImportState.CHECKING, target=ImportState.STAGED)
    def stage(self):
        """Of every row it is known whether it can be registered."""

    @transition(field=state, source=ImportState.STAGED, target=ImportState.REGISTERING)
    def begin(self):
        """Its uploader said yes; rows are being registered."""

    @transition(field=state, source=ImportState.REGISTERING, target=ImportState.FINISHED)
    def finish(self, *, at):
        """Every good row is a case."""
        self.finished_at = at

    @transition(field=state, source=ImportState.REGISTERING, target=ImportState.STOPPED)
    def stop(self, *, at):
        """No further row is registered; what is a case stays one."""
        self.finished_at = at

    @transition(field=state, source=list(BEFORE_REGISTERING), target=ImportState.CANCELLED)
    def cancel(self):
        """Not registered after all."""

    @transition(field=state, source=[ImportState.FINISHED, ImportState.STOPPED], target=ImportState.UNDOING)
    def undo(self, *, by):
        """It should not have been: what nobody has touched is being voided."""
        self.undone_by = by

    @transition(field=state, source=ImportState.UNDOING, target=ImportState.UNDONE)
    def end_undoing(self, *, at):
        """Of every case it is known whether it was voided or left."""
        self.finished_at = at


class ImportRow(models.Model):
    """One row of a file in staging: its cells sealed, emptied once registered (design, personal data).

    `errors` are coded violations. Whether a row is registered is told by `case` alone, so that a killed run
    goes on where it stopped; no two rows of the same content are registered, unless the first was undone.
    Without history: staging is not a record of what happened.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows", verbose_name=_("import"))
    sheet = models.PositiveSmallIntegerField(_("sheet"), default=0)
    line = models.PositiveIntegerField(_("line"))
    sealed_cells = models.TextField(_("cells"), blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True, db_index=True)
    errors = models.JSONField(_("errors"), default=list)
    is_good = models.BooleanField(_("can be registered"), null=True)
    case = models.OneToOneField(
        "complaints.Complaint", models.PROTECT, related_name="import_row", verbose_name=_("case"), null=True
    )
    is_undone = models.BooleanField(_("undone"), null=True)
    left_because = models.JSONField(_("left because"), default=list)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["batch", "line"]
        indexes = [
            models.Index(
                fields=["batch", "line"], condition=models.Q(is_good=True, case__isnull=True), name="rows_to_register"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sheet", "line"], name="import_line_once"),
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=models.Q(case__isnull=False) & (models.Q(is_undone__isnull=True) | models.Q(is_undone=False)),
                name="import_row_registered_once",
            ),
        ]


class ImportMatching(models.Model):
    """What a team said the columns of files of one shape are, proposed again for the next such file.

    Only the last word is kept here; each batch keeps the matching that it was read by, and history keeps them all.
    """

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+", verbose_name=_("team"), null=True)
    shape = models.CharField(_("shape"), max_length=64)
    columns = models.JSONField(_("columns"), default=list)
    words = models.JSONField(_("words of the columns"), default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))

    history = History()

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints = [models.UniqueConstraint(fields=["team", "shape"], name="one_matching_per_shape")]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
