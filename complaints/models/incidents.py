"""One cause, many customers: what happened, which cases belong to it, and how each of them came out (S-COM-31)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models import Shop
from casemgmt.privacy.words import SPOKEN_GUARDS, Spoken
from casemgmt.stateful import StateField, Stateful
from complaints.models.orders import Product
from complaints.states import ENDED, IncidentState

S = IncidentState


class IncidentWords(Spoken):
    """What was typed for a whole incident. Each case gets its words once more, as statements of its own."""

    class Kind(models.TextChoices):
        CAUSE = "cause", _("cause")
        EXPLANATION = "explanation", _("explanation")
        FOLLOW_UP = "follow_up", _("follow-up")
        OPTION = "option", _("option")
        LETTER = "letter", _("words to the customers")
        DEVIATION = "deviation", _("why another remedy than those that fit")
        REMARK = "remark", _("remark")
        CLOSING = "closing", _("what came of it")
        REASON = "reason", _("reason")
        ANNOUNCEMENT = "announcement", _("public announcement")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    said_at = models.DateTimeField(_("said at"))

    history = History(excluded_fields=["words", "words_salt"], guards=SPOKEN_GUARDS)

    class Meta:
        verbose_name = _("words of an incident")
        verbose_name_plural = _("words of incidents")
        default_permissions = ()

    def __str__(self):
        return self.words or _("(erased)").__str__()


def _closed_over_open_members(sql):
    """Closed only when each case of it has ended or was noted one by one."""
    ended = ", ".join(f"'{state.value}'" for state in ENDED)
    return (
        f"{sql.new('state')} = 'closed' AND {sql.old('state')} <> 'closed' AND EXISTS (SELECT 1"
        " FROM complaints_incidentmember member JOIN complaints_complaint held ON held.id = member.case_id"
        f" WHERE member.incident_id = {sql.new('id')} AND member.unlinked_at IS NULL AND member.noted_at IS NULL"
        f" AND held.state NOT IN ({ended}))"
    )


class Incident(Stateful):
    """One cause that hits many customers. No complaint itself: each case keeps its own answers, money and end.

    Supervisors open and lead it. What it is about (goods, batch, service, shop, category) also finds the cases that
    look like its own. `alarmed_on` is the day on which it last went up because it grew.
    """

    title = models.CharField(_("title"), max_length=120)
    state = StateField(_("state"), choices=S, default=S.OPEN)
    cause = models.ForeignKey(IncidentWords, models.PROTECT, related_name="+", verbose_name=_("cause"))
    category = models.CharField(_("category"), max_length=40, blank=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"), null=True)
    batch = models.CharField(_("batch"), max_length=60, blank=True)
    service = models.CharField(_("service"), max_length=120, blank=True)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+", verbose_name=_("shop or site"), null=True)
    since = models.DateTimeField(_("since"))
    safety_flag = models.BooleanField(_("safety"), default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="incidents", verbose_name=_("owner")
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened at"))
    alarmed_on = models.DateField(_("went up on"), null=True)
    improvement = models.ForeignKey(
        "complaints.ImprovementAction", models.PROTECT, related_name="+", verbose_name=_("measure"), null=True
    )
    act_reason = models.ForeignKey(
        IncidentWords, models.PROTECT, related_name="+", verbose_name=_("reason of the last act"), null=True
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("closed by"), null=True
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closing = models.ForeignKey(
        IncidentWords, models.PROTECT, related_name="+", verbose_name=_("what came of it"), null=True
    )

    history = History(
        guards=[Guard("incident.members_open", on=("update",), refuse_when=_closed_over_open_members)],
    )

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-opened_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["since"], condition=~models.Q(state="closed"), name="incidents_under_way")]
        constraints = [
            models.CheckConstraint(
                name="incident_closed_by_someone",
                condition=~models.Q(state=S.CLOSED)
                | models.Q(closed_by__isnull=False, closed_at__isnull=False, closing__isnull=False),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether cases may still join it."""
        return self.state != S.CLOSED

    @transition(field=state, source=S.OPEN, target=S.PLANNED)
    def plan(self):
        """A second person agreed to one plan for all of it."""

    @transition(field=state, source=[S.PLANNED, S.CARRIED_OUT], target=S.OPEN)
    def replan(self):
        """The plan does not do; another one is proposed."""

    @transition(field=state, source=S.PLANNED, target=S.CARRIED_OUT)
    def carry_out(self):
        """Each customer has the plan before them, or their case was noted one by one."""

    @transition(field=state, source=[S.OPEN, S.CARRIED_OUT], target=S.CLOSED)
    def close(self, *, by, at, words):
        """Nothing is left to be done for any of its cases."""
        self.closed_by = by
        self.closed_at = at
        self.closing = words

    @transition(field=state, source=S.CLOSED, target=S.OPEN)
    def reopen(self):
        """The cause came back."""
        self.closed_by = self.closed_at = self.closing = None


def _joins_a_closed_one(sql):
    return (
        "EXISTS (SELECT 1 FROM complaints_incident incident"
        f" WHERE incident.id = {sql.new('incident')} AND incident.state = 'closed')"
    )


class IncidentMemberQuerySet(models.QuerySet):
    """How the cases of incidents are asked for."""

    def standing(self):
        """Those that were not taken out again."""
        return self.filter(unlinked_at__isnull=True)

    def unfinished(self):
        """Standing ones whose case is open and that nobody noted one by one."""
        return self.standing().filter(noted_at__isnull=True).exclude(case__state__in=ENDED)


class IncidentMember(models.Model):
    """A case of an incident: who says so, when and why. It is in at most one incident that is not closed.

    `noted` says what becomes of this one alone, apart from the plan for all; `settled_at` is when the incident was
    closed over it. `offered` is the plan of the case that came of `offered_plan`.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="members", verbose_name=_("incident"))
    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="memberships", verbose_name=_("case"))
    reason = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"))
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("linked by")
    )
    linked_at = models.DateTimeField(_("linked at"))
    unlinked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("unlinked by"), null=True
    )
    unlinked_at = models.DateTimeField(_("unlinked at"), null=True)
    unlinked_because = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why unlinked"), null=True
    )
    noted = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("noted one by one"), null=True
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("noted by"), null=True
    )
    noted_at = models.DateTimeField(_("noted at"), null=True)
    offered = models.ForeignKey(
        "complaints.HandlingPlan", models.PROTECT, related_name="+", verbose_name=_("plan offered"), null=True
    )
    offered_plan = models.ForeignKey(
        "complaints.IncidentPlan", models.PROTECT, related_name="+", verbose_name=_("plan for all"), null=True
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)

    objects = IncidentMemberQuerySet.as_manager()
    history = History(guards=[Guard("incident.closed", on=("insert",), refuse_when=_joins_a_closed_one)])

    class Meta:
        verbose_name = _("case of an incident")
        verbose_name_plural = _("cases of incidents")
        ordering = ["linked_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(unlinked_at__isnull=True, settled_at__isnull=True),
                name="case_in_one_open_incident",
            ),
            models.CheckConstraint(
                name="member_unlinked_with_a_reason",
                condition=models.Q(unlinked_at__isnull=True)
                | models.Q(unlinked_by__isnull=False, unlinked_because__isnull=False),
            ),
            models.CheckConstraint(
                name="member_noted_in_words",
                condition=models.Q(noted_at__isnull=True) | models.Q(noted_by__isnull=False, noted__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.case} · {self.incident}"
