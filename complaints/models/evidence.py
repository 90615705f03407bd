"""What can be shown: asked for, received, looked at, and never changed after arrival."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.stateful import StateField, Stateful
from complaints.states import EvidenceRequestState, EvidenceState, ScanState
from complaints.vocabulary import EvidenceType, Side


class EvidenceRequest(Stateful):
    """Evidence asked for from somebody, with a deadline; a late answer still counts (S-INV-05)."""

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="evidence_requests", verbose_name=_("case")
    )
    state = StateField(_("state"), choices=EvidenceRequestState, default=EvidenceRequestState.ASKED)
    evidence_type = models.CharField(_("type"), max_length=24, choices=EvidenceType)
    asked_from = models.CharField(_("asked from"), max_length=12, choices=Side, default=Side.CUSTOMER)
    what = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what was asked for")
    )
    contact = models.ForeignKey(
        "complaints.Contact", models.PROTECT, related_name="+", verbose_name=_("asked by contact"), null=True
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("until"))
    answered_at = models.DateTimeField(_("answered at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("evidence request")
        verbose_name_plural = _("evidence requests")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state=EvidenceRequestState.ASKED),
                name="open_evidence_requests",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="evidence_request_leaves_time", condition=models.Q(due_at__gt=models.F("asked_at"))
            )
        ]

    @transition(
        field=state,
        source=[EvidenceRequestState.ASKED, EvidenceRequestState.NOT_ANSWERED],
        target=EvidenceRequestState.ANSWERED,
    )
    def answer(self, *, at):
        """It arrived, in time or late."""
        self.answered_at = at

    @transition(field=state, source=EvidenceRequestState.ASKED, target=EvidenceRequestState.NOT_ANSWERED)
    def give_up(self):
        """The deadline passed and nothing came."""


def _bytes_never_change(sql):
    """The stored file of a piece of evidence is sealed on arrival (O11)."""
    return " OR ".join(
        f"{sql.old(column)} <> {sql.new(column)}" for column in ("file", "sha256", "size", "content_type")
    )


def _copy_of_another(sql):
    """A redacted copy names the piece that it was made from: one of its own case, and for ever."""
    return f"""{sql.new("redacted_from")} IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM complaints_evidence original
        WHERE original.id = {sql.new("redacted_from")} AND original.case_id = {sql.new("case")}
        AND original.redacted_from_id IS NULL)"""


def _copy_of_changes(sql):
    """What a copy was made from stands."""
    return sql.changed("redacted_from")


def _scanned_once(sql):
    """What the scanner said stands; only a file that waits for it is still to be judged."""
    return f"{sql.changed('scan')} AND {sql.old('scan')} <> {sql.value(str(ScanState.WAITING))}"


class EvidenceQuerySet(models.QuerySet):
    """How evidence is asked for."""

    def for_case(self, case):
        """The pieces of the case, and those of other cases that it cites since it was split off or linked.

        They count for what the case needs; they are kept, judged and excluded where they were given.
        """
        cited = [citation.evidence_id for citation in case.citations.all() if citation.evidence_id]
        return self.filter(models.Q(case=case) | models.Q(pk__in=cited)) if cited else case.evidence.all()


class Evidence(Stateful):
    """A piece of evidence (S-INV-03, 04, 06, 07). Its bytes never change; it is excluded, never deleted."""

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="evidence", verbose_name=_("case"))
    state = StateField(_("state"), choices=EvidenceState, default=EvidenceState.RECEIVED)
    evidence_type = models.CharField(_("type"), max_length=24, choices=EvidenceType)
    supplied_by = models.CharField(_("supplied by"), max_length=12, choices=Side)
    request = models.ForeignKey(
        EvidenceRequest,
        models.PROTECT,
        related_name="evidence",
        verbose_name=pgettext_lazy("evidence", "request"),
        null=True,
    )
    redacted_from = models.ForeignKey(
        "self", models.PROTECT, related_name="redactions", verbose_name=_("redacted copy of"), null=True
    )
    file_name = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("file name"))
    description = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("description"), null=True
    )
    file = models.FileField(_("file"), max_length=120, unique=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(_("content type"), max_length=80)
    scan = models.CharField(_("malware scan"), max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED)
    scan_says = models.CharField(_("the scanner says"), max_length=120, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("received by")
    )
    received_at = models.DateTimeField(_("received at"))
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("judged by"), null=True
    )
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    objects = EvidenceQuerySet.as_manager()
    history = History(
        guards=[
            Guard("evidence.sealed", on=("update",), refuse_when=_bytes_never_change),
            Guard("evidence.copy_of_its_case", on=("insert",), refuse_when=_copy_of_another),
            Guard("evidence.copy_stays_one", on=("update",), refuse_when=_copy_of_changes),
            Guard("evidence.scanned_once", on=("update",), refuse_when=_scanned_once),
        ]
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_excluded_for_a_reason",
                condition=~models.Q(state__in=[EvidenceState.DISPUTED, EvidenceState.EXCLUDED])
                | models.Q(reason__isnull=False),
            ),
            models.CheckConstraint(
                name="evidence_redacted_proves_nothing",
                condition=models.Q(redacted_from__isnull=True)
                | models.Q(state__in=[EvidenceState.RECEIVED, EvidenceState.EXCLUDED]),
            ),
            models.CheckConstraint(name="evidence_is_not_empty", condition=models.Q(size__gt=0)),
            models.CheckConstraint(name="evidence_scan_is_known", condition=models.Q(scan__in=ScanState.values)),
            models.CheckConstraint(
                name="evidence_unscanned_is_not_verified",
                condition=~models.Q(state=EvidenceState.VERIFIED, scan__in=[ScanState.WAITING, ScanState.INFECTED]),
            ),
            models.CheckConstraint(
                name="evidence_infected_is_excluded",
                condition=~models.Q(scan=ScanState.INFECTED) | models.Q(state=EvidenceState.EXCLUDED),
            ),
        ]

    @property
    def is_locked_away(self) -> bool:
        """Whether nobody may see its bytes: the scanner has not spoken yet, or found malware."""
        return self.scan in (ScanState.WAITING, ScanState.INFECTED)

    @transition(field=state, source=[EvidenceState.RECEIVED, EvidenceState.DISPUTED], target=EvidenceState.VERIFIED)
    def verify(self, *, by):
        """Looked at and believed."""
        self.judged_by = by

    @transition(field=state, source=[EvidenceState.RECEIVED, EvidenceState.VERIFIED], target=EvidenceState.DISPUTED)
    def dispute(self, *, by, reason):
        """Somebody doubts it, and says why."""
        self.judged_by = by
        self.reason = reason

    @transition(
        field=state,
        source=[EvidenceState.RECEIVED, EvidenceState.VERIFIED, EvidenceState.DISPUTED],
        target=EvidenceState.EXCLUDED,
    )
    def exclude(self, *, by, reason):
        """It does not count, for a reason; it is kept."""
        self.judged_by = by
        self.reason = reason
