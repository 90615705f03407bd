"""Where the customer went outside: platform, mediation, authority, arbitration, court, media (W-10, S-TPR)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.stateful import StateField, Stateful
from complaints.states import RouteState
from complaints.vocabulary import BodyKind, RouteKind

R = RouteState
RUNNING = (R.FILED, R.ACCEPTED, R.HEARD)


class ExternalRoute(Stateful):
    """One rung of the external ladder, in any state of the case; the next rung is a new row.

    Arbitration needs a clause or both sides' agreement (S-TPR-09, WC-49).
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="routes", verbose_name=_("case"))
    state = StateField(_("state"), choices=R, default=R.FILED)
    kind = models.CharField(_("route"), max_length=28, choices=RouteKind)
    body_kind = models.CharField(_("kind of body"), max_length=24, choices=BodyKind)
    body_name = models.CharField(_("body"), max_length=120)
    reference_number = models.CharField(_("reference number"), max_length=64, blank=True)
    filed_at = models.DateTimeField(_("filed at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    account = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what it is about")
    )
    arbitration_basis = models.CharField(
        _("basis of arbitration"),
        max_length=16,
        blank=True,
        choices=[("clause", _("clause in the contract")), ("consent", _("agreement of both sides"))],
    )
    clause = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("clause or agreement"), null=True
    )
    represented = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("who acts for the customer"), null=True
    )
    hearing_at = models.DateTimeField(_("hearing at"), null=True)
    hearing_warned_at = models.DateTimeField(_("warned of the hearing at"), null=True)
    answer_due_at = models.DateTimeField(_("answer due at"), null=True)
    answer_warned_at = models.DateTimeField(_("warned of the answer at"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("decision"), null=True
    )
    penalty_points = models.PositiveSmallIntegerField(_("penalty points"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("outside route")
        verbose_name_plural = _("outside routes")
        ordering = ["filed_at", "pk"]
        indexes = [
            models.Index(fields=["hearing_at"], condition=models.Q(ended_at__isnull=True), name="routes_by_hearing"),
            models.Index(
                fields=["answer_due_at"],
                condition=models.Q(ended_at__isnull=True, answered_at__isnull=True),
                name="routes_by_answer_due",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="route_arbitration_has_a_basis",
                condition=~models.Q(kind=RouteKind.ARBITRATION) | models.Q(arbitration_basis__gt=""),
            ),
            models.CheckConstraint(
                name="route_decided_in_words",
                condition=~models.Q(state__in=[R.DECIDED, R.COMPLIED, R.NOTHING_TO_DO])
                | models.Q(decision__isnull=False, decided_at__isnull=False),
            ),
        ]

    @property
    def is_running(self) -> bool:
        """Whether the body has not come to an end with it."""
        return self.state in RUNNING

    @property
    def is_pending(self) -> bool:
        """Whether something may still come from it."""
        return self.state in (R.FILED, R.ACCEPTED, R.HEARD, R.DECIDED)

    @transition(field=state, source=R.FILED, target=R.ACCEPTED)
    def accept(self):
        """The body takes it on."""

    @transition(field=state, source=R.FILED, target=R.NOT_ACCEPTED)
    def not_accept(self, *, at, decision):
        """The body does not take it on."""
        self.ended_at = at
        self.decision = decision

    @transition(field=state, source=R.ACCEPTED, target=R.HEARD)
    def hear(self):
        """Both sides were heard."""

    @transition(field=state, source=[R.FILED, R.ACCEPTED, R.HEARD], target=R.DECIDED)
    def decide(self, *, at, decision):
        """There is a decision or ruling."""
        self.decided_at = at
        self.decision = decision

    @transition(field=state, source=[R.FILED, R.ACCEPTED, R.HEARD], target=R.SETTLED)
    def settle(self, *, at, decision):
        """Both sides agreed."""
        self.ended_at = at
        self.decision = decision

    @transition(field=state, source=[R.FILED, R.ACCEPTED, R.HEARD], target=R.ENDED_WITHOUT_AGREEMENT)
    def end_without_agreement(self, *, at):
        """It ended and nothing was agreed."""
        self.ended_at = at

    @transition(field=state, source=[R.FILED, R.ACCEPTED, R.HEARD], target=R.WITHDRAWN)
    def take_back(self, *, at):
        """The customer took it back."""
        self.ended_at = at

    @transition(field=state, source=R.DECIDED, target=R.COMPLIED)
    def comply(self, *, at):
        """We did what was ruled (S-TPR-05, 10)."""
        self.ended_at = at

    @transition(field=state, source=R.DECIDED, target=R.NOTHING_TO_DO)
    def nothing_to_do(self, *, at):
        """The decision asks nothing of us."""
        self.ended_at = at
