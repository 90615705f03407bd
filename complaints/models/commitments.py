"""What was promised, by whom, until when, and whether it was kept (S-PRO)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models import Department
from casemgmt.people.models.guards import one_human
from casemgmt.stateful import StateField, Stateful
from complaints.states import CommitmentState

C = CommitmentState


def _released_by_its_owner(sql):
    """Without the customer's words another human lets it go, not the owner's second account."""
    return (
        f"({sql.changed('released_by')} AND {sql.new('released_in')} IS NULL"
        f" AND {one_human(sql.new('released_by'), sql.new('owner'))})"
    )


class CommitmentQuerySet(models.QuerySet):
    """How promises are asked for."""

    def pending(self):
        """Promises that are neither kept nor released; a broken one still is one."""
        return self.filter(state__in=[C.OPEN, C.BROKEN])

    def due_before(self, instant):
        """Open promises that fall due before this instant."""
        return self.filter(state=C.OPEN, due_at__lt=instant)


class Commitment(Stateful):
    """A promise to a customer, across departments and sites (S-PRO-01, 06).

    Released only in the customer's words (`released_in`) or by a second person (`released_by` differs from
    the owner).
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="commitments", verbose_name=_("case"))
    made_for = models.ForeignKey(
        "complaints.Complaint",
        models.PROTECT,
        related_name="+",
        verbose_name=_("case it was made for"),
        help_text=_("Differs from the case after a merge."),
    )
    state = StateField(_("state"), choices=C, default=C.OPEN)
    what = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("promise"))
    option = models.ForeignKey(
        "complaints.PlanOption", models.PROTECT, related_name="commitments", verbose_name=_("option"), null=True
    )
    grant = models.ForeignKey(
        "complaints.CompensationGrant",
        models.PROTECT,
        related_name="commitments",
        verbose_name=_("grant"),
        null=True,
    )
    route = models.ForeignKey(
        "complaints.ExternalRoute", models.PROTECT, related_name="commitments", verbose_name=_("ruling"), null=True
    )
    return_request = models.ForeignKey(
        "complaints.ReturnRequest", models.PROTECT, related_name="commitments", verbose_name=_("return"), null=True
    )
    agreement = models.ForeignKey(
        "complaints.SettlementAgreement",
        models.PROTECT,
        related_name="commitments",
        verbose_name=_("settlement agreement"),
        null=True,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="commitments", verbose_name=_("owner")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="commitments", verbose_name=_("department"), null=True
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("promise", "made by")
    )
    made_at = models.DateTimeField(pgettext_lazy("promise", "made at"))
    due_at = models.DateTimeField(_("due at"))
    warned_at = models.DateTimeField(_("warned at"), null=True)
    kept_at = models.DateTimeField(_("kept at"), null=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kept by"), null=True
    )
    proof = models.ForeignKey(
        "complaints.Evidence", models.PROTECT, related_name="+", verbose_name=_("proof"), null=True
    )
    proof_words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("how it was kept"), null=True
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("released by"), null=True
    )
    released_in = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("customer's words"), null=True
    )
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    objects = CommitmentQuerySet.as_manager()
    history = History(
        guards=[Guard("duty.one_person", _released_by_its_owner, on=("update",), message="one human is one person")]
    )

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state=C.OPEN), name="open_commitments")]
        constraints = [
            models.CheckConstraint(
                name="commitment_kept_by_someone",
                condition=~models.Q(state__in=[C.KEPT, C.KEPT_LATE])
                | models.Q(kept_at__isnull=False, kept_by__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_released_by_two_or_the_customer",
                condition=~models.Q(state=C.RELEASED)
                | models.Q(released_in__isnull=False)
                | (
                    models.Q(released_by__isnull=False, reason__isnull=False) & ~models.Q(released_by=models.F("owner"))
                ),
            ),
        ]

    def _kept(self, by, at, proof, words):
        self.kept_by = by
        self.kept_at = at
        self.proof = proof
        self.proof_words = words

    @transition(field=state, source=C.OPEN, target=C.KEPT)
    def keep(self, *, by, at, proof=None, words=None):
        """Done in time."""
        self._kept(by, at, proof, words)

    @transition(field=state, source=C.BROKEN, target=C.KEPT_LATE)
    def keep_late(self, *, by, at, proof=None, words=None):
        """Done, after it was due."""
        self._kept(by, at, proof, words)

    @transition(field=state, source=[C.OPEN, C.KEPT], target=C.BROKEN)
    def break_(self):
        """It was due and not done, or the proof of it fell."""
        self.kept_by = None
        self.kept_at = None

    @transition(field=state, source=[C.OPEN, C.BROKEN], target=C.RELEASED)
    def release(self, *, by, words=None, reason=None):
        """Not wanted any more: in the customer's own words, or by a second person with a reason."""
        self.released_by = by
        self.released_in = words
        self.reason = reason
