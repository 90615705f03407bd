"""The case itself: where it stands, whose it is, and every way it can move."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models import Shop, Team
from casemgmt.stateful import StateField, Stateful
from complaints.models.case_guards import leader_stays_a_case, subject_never_handles, way_back_only
from complaints.models.case_queries import ComplaintQuerySet
from complaints.models.customers import Customer
from complaints.models.orders import Order, Product
from complaints.models.rights import RIGHT_TITLES, code_of
from complaints.states import HANDLED, INSIDE, OPEN, VOIDABLE, CaseState, GrantState, RefusalState, way_back
from complaints.vocabulary import (
    CaseSource,
    Channel,
    ClaimType,
    ComplainantKind,
    Emotion,
    Outcome,
    Reason,
    Remedy,
    ReturnBranch,
    Severity,
    VoidReason,
)

S = CaseState

BACK_INSIDE = tuple(state for state in INSIDE if state != S.REFUSAL_PROPOSED)
BACK_FROM_OUTSIDE = (*BACK_INSIDE, S.CLOSED, S.WITHDRAWN)
LISTED_BY = ("state", "team", "handler")


class Complaint(Stateful):
    """A complaint case (投诉案件).

    Narrow on purpose: each move copies the row into history. What was said, found, promised and paid are
    rows of their own. `next_due_at` is the earliest due instant of the running clocks, kept by the actions.
    """

    case_number = models.CharField(_("case number"), max_length=20, unique=True, editable=False)
    state = StateField(_("state"), choices=CaseState, default=S.REGISTERED)
    state_before = models.CharField(_("state before"), max_length=32, choices=CaseState, blank=True)
    state_before_external = models.CharField(
        _("state before it went outside"), max_length=32, choices=CaseState, blank=True
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="cases", verbose_name=_("customer"), null=True)
    complainant = models.CharField(
        _("complainant"), max_length=16, choices=ComplainantKind, default=ComplainantKind.CONSUMER
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    source = models.CharField(_("source"), max_length=10, choices=CaseSource, default=CaseSource.FORM)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="cases", verbose_name=_("shop"), null=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="cases", verbose_name=_("order"), null=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="cases", verbose_name=_("product"), null=True)

    received_at = models.DateTimeField(_("received at"))
    occurred_at = models.DateTimeField(_("happened at"), null=True)
    registered_at = models.DateTimeField(_("registered at"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("registered by")
    )
    backlog = models.BooleanField(_("from the backlog"), default=False)

    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="handled_cases",
        verbose_name=_("handler"),
        null=True,
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases", verbose_name=_("team"), null=True)

    reason = models.CharField(_("reason"), max_length=20, choices=Reason, default=Reason.NOT_STATED)
    category = models.CharField(_("category"), max_length=40, blank=True)
    claim_type = models.CharField(_("platform claim"), max_length=24, choices=ClaimType, blank=True)
    return_branch = models.CharField(_("return application"), max_length=12, choices=ReturnBranch, blank=True)
    demanded_remedy = models.CharField(_("demanded remedy"), max_length=20, choices=Remedy, blank=True)
    demanded_amount = models.DecimalField(_("demanded amount"), max_digits=12, decimal_places=2, null=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.ORDINARY)
    emotion = models.CharField(_("emotion"), max_length=16, choices=Emotion, blank=True)
    simple_matter = models.BooleanField(_("simple or individual matter"), default=False)
    affects_others = models.BooleanField(_("may affect other customers"), default=False)
    safety_flag = models.BooleanField(_("safety"), default=False)
    legal_flag = models.BooleanField(_("legal dispute"), default=False)
    opinion_risk = models.BooleanField(_("risk of public opinion"), default=False)

    next_due_at = models.DateTimeField(_("next due"), null=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="followers", verbose_name=_("leading case"), null=True
    )
    void_reason = models.CharField(_("why voided"), max_length=20, choices=VoidReason, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    act_reason = models.ForeignKey(
        "complaints.Statement",
        models.PROTECT,
        related_name="+",
        verbose_name=_("reason of the last act"),
        null=True,
    )

    objects = ComplaintQuerySet.as_manager()
    history = History(
        guards=[
            Guard("complaint.way_back", on=("update",), refuse_when=way_back_only),
            Guard("complaint.leads_others", on=("update",), refuse_when=leader_stays_a_case),
            Guard("complaint.subject_handles", on=("insert", "update"), refuse_when=subject_never_handles),
        ]
    )

    class Meta:
        verbose_name = _("complaint case")
        verbose_name_plural = _("complaint cases")
        ordering = ["-registered_at", "-pk"]
        indexes = [
            models.Index(fields=["next_due_at", "-id"], name="case_by_due"),
            *(models.Index(fields=[of, "next_due_at", "-id"], name=f"case_by_{of}_and_due") for of in LISTED_BY),
            models.Index(fields=["handler", "state"]),
            models.Index(fields=["team", "state"]),
            models.Index(fields=["state", "registered_at"]),
            models.Index(fields=["registered_at", "id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="complaint_handled_by_someone",
                condition=~models.Q(state__in=HANDLED) | models.Q(handler__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_knows_where_it_was",
                condition=~models.Q(state__in=[S.WITHDRAWN, S.MERGED, S.VOIDED]) | ~models.Q(state_before=""),
            ),
            models.CheckConstraint(
                name="complaint_knows_where_it_left",
                condition=~models.Q(state=S.EXTERNAL) | ~models.Q(state_before_external=""),
            ),
            models.CheckConstraint(
                name="complaint_merged_into_a_leader",
                condition=models.Q(state=S.MERGED, merged_into__isnull=False)
                | (~models.Q(state=S.MERGED) & models.Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="complaint_never_merged_into_itself",
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
            ),
            models.CheckConstraint(
                name="complaint_closed_at_an_instant",
                condition=~models.Q(state=S.CLOSED) | models.Q(closed_at__isnull=False, outcome__gt=""),
            ),
            models.CheckConstraint(
                name="complaint_from_someone_or_unknown",
                condition=models.Q(customer__isnull=False) | models.Q(complainant=ComplainantKind.UNKNOWN),
            ),
        ]
        default_permissions = ("view",)
        permissions = [(code_of(right), title) for right, title in RIGHT_TITLES]

    def __str__(self):
        return self.case_number

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.state in OPEN

    def has_decision_pending(self) -> bool:
        """Whether somebody is deciding a refusal or a grant of this case right now."""
        return (
            self.refusals.filter(state=RefusalState.PROPOSED).exists()
            or self.grants.filter(state=GrantState.AWAITING_APPROVAL).exists()
        )

    def _remember(self):
        """Keep the state to come back to; coming from outside, the state before that.

        A case that was withdrawn before it went outside keeps what it remembered then; one that was closed
        is looked into again when it comes back, as by any reopening.
        """
        before = self.state_before_external if self.state == S.EXTERNAL else way_back(self.state)
        if before != S.WITHDRAWN:
            self.state_before = S.INVESTIGATING if before == S.CLOSED else before

    def _end(self, outcome):
        self.outcome = outcome
        self.next_due_at = None

    @transition(field=state, source=S.REGISTERED, target=S.ASSESSING)
    def take(self, *, handler):
        """Somebody takes the case, or it is assigned; the first assessment begins."""
        self.handler = handler
        self.team = handler.team or self.team

    @transition(field=state, source=S.ASSESSING, target=S.INVESTIGATING)
    def judge(self, *, assessment):
        """Judged at first sight, and looked into whichever way it was judged."""
        self._demand_assessment(assessment, "preliminary")

    @transition(field=state, source=S.ASSESSING, target=S.NEGOTIATING)
    def settle_directly(self, *, assessment):
        """A simple, individual matter goes straight to the plan (S-TRI-06)."""
        self._demand_assessment(assessment, "preliminary")

    @transition(field=state, source=S.INVESTIGATING, target=S.NEGOTIATING)
    def establish(self, *, assessment):
        """The facts are established; the verified verdict may reverse the first one (S-TRI-03)."""
        self._demand_assessment(assessment, "verified")

    def _demand_assessment(self, assessment, stage):
        if assessment.case_id != self.pk or assessment.stage != stage:
            raise ValueError(f"not a {stage} assessment of this case")

    @transition(field=state, source=S.NEGOTIATING, target=S.INVESTIGATING)
    def reinvestigate(self):
        """Something new is to be looked into."""

    @transition(field=state, source=S.NEGOTIATING, target=S.EXECUTING)
    def accept(self, *, plan):
        """An accepted plan of this very case is carried out."""
        if plan.case_id != self.pk or plan.state != "accepted":
            raise ValueError("not an accepted plan of this case")

    @transition(field=state, source=S.NEGOTIATING, target=S.FOLLOWING_UP)
    def conclude(self, *, outcome):
        """Nothing is owed, and the customer took the explanation, asked for nothing or is silent."""
        self.outcome = outcome

    @transition(field=state, source=S.EXECUTING, target=S.NEGOTIATING)
    def replan(self):
        """The plan cannot be carried out."""

    @transition(field=state, source=S.EXECUTING, target=S.FOLLOWING_UP)
    def complete(self, *, outcome=Outcome.REMEDIED):
        """Everything promised is done and the customer knows."""
        self.outcome = outcome

    @transition(field=state, source=S.FOLLOWING_UP, target=S.CLOSED)
    def close(self, *, at):
        """Followed up and summed up."""
        self.closed_at = at
        self.next_due_at = None

    @transition(field=state, source=S.FOLLOWING_UP, target=S.INVESTIGATING)
    def dissatisfied(self):
        """The follow-up showed something new that is wrong."""
        self.outcome = ""

    @transition(field=state, source=[S.REFUSED, S.FOLLOWING_UP], target=S.NEGOTIATING)
    def resume(self):
        """The alternative is taken, or evidence arrived."""
        self.outcome = ""

    @transition(field=state, source=[S.FOLLOWING_UP, S.CLOSED, S.WITHDRAWN], target=S.EXECUTING)
    def payment_failed(self):
        """Money came back; it has to be paid again, however long ago that was."""
        self.outcome = ""
        self.closed_at = None
        self.withdrawn_at = None

    @transition(field=state, source=S.NEGOTIATING, target=S.REFUSAL_PROPOSED)
    def propose_refusal(self, *, refusal):
        """A refusal is proposed; somebody else decides."""
        if refusal.case_id != self.pk or refusal.state != RefusalState.PROPOSED:
            raise ValueError("not a proposed refusal of this case")

    @transition(field=state, source=S.REFUSAL_PROPOSED, target=S.REFUSED)
    def refuse(self, *, refusal):
        """Close against the customer. Only an approved refusal of this very case opens the door."""
        if refusal.case_id != self.pk or refusal.state != RefusalState.APPROVED:
            raise ValueError("not an approved refusal of this case")
        self.outcome = Outcome.REFUSED

    @transition(field=state, source=S.REFUSAL_PROPOSED, target=S.NEGOTIATING)
    def send_back(self):
        """The refusal is not decided like this: sent back, or taken back by its proposer."""

    @transition(field=state, source=S.REFUSED, target=S.FOLLOWING_UP)
    def tell_refusal(self):
        """The customer was told, with evidence and policy."""

    @transition(field=state, source=[*INSIDE, S.CLOSED, S.WITHDRAWN], target=S.EXTERNAL)
    def wait_outside(self):
        """Somebody outside handles it and we do nothing but wait."""
        self.state_before_external = way_back(self.state)

    @transition(field=state, source=S.EXTERNAL, target=RETURN_VALUE(*BACK_FROM_OUTSIDE))
    def go_on(self):
        """Back to where it was: the route ended without a decision, or we act again."""
        return self.state_before_external

    @transition(field=state, source=S.EXTERNAL, target=RETURN_VALUE(S.NEGOTIATING, S.EXECUTING, S.FOLLOWING_UP))
    def outside_decided(self, *, to, outcome=""):
        """A body outside decided; the case goes on where the decision puts it."""
        self.outcome = outcome
        self.closed_at = None
        self.withdrawn_at = None
        return to

    @transition(field=state, source=list(OPEN), target=S.WITHDRAWN)
    def withdraw(self, *, at):
        """The customer takes the complaint back, in their own words."""
        self._remember()
        self.withdrawn_at = at
        self._end(Outcome.WITHDRAWN)

    @transition(field=state, source=list(VOIDABLE), target=S.VOIDED)
    def void(self, *, why):
        """Entered in error, spam, a test or a mere enquiry; never because it seems unreasonable."""
        self._remember()
        self.void_reason = why
        self._end(Outcome.VOIDED)

    @transition(field=state, source=S.VOIDED, target=RETURN_VALUE(*VOIDABLE))
    def unvoid(self):
        """It was a complaint after all."""
        self.void_reason = ""
        self.outcome = ""
        return self.state_before

    @transition(field=state, source=list(OPEN), target=S.MERGED)
    def merge(self, *, into):
        """The leading case carries it from now on."""
        self._remember()
        self.merged_into = into
        self._end(Outcome.MERGED)

    @transition(field=state, source=S.MERGED, target=RETURN_VALUE(*BACK_INSIDE))
    def unmerge(self):
        """A case of its own again, in the state it had."""
        self.merged_into = None
        self.outcome = ""
        return self.state_before

    @transition(field=state, source=S.CLOSED, target=S.INVESTIGATING)
    @transition(field=state, source=S.WITHDRAWN, target=RETURN_VALUE(*BACK_INSIDE))
    def reopen(self):
        """Taken up again within the period: closed ones are looked into, withdrawn ones go where they were."""
        before = self.state_before
        self.outcome = ""
        self.closed_at = None
        self.withdrawn_at = None
        self.reopened += 1
        return before
