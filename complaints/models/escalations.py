"""Going up when nobody moves, when more authority is needed, or when somebody asks for it (S-ESC)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.stateful import StateField, Stateful
from complaints.models.escalation_guards import ESCALATION_GUARDS
from complaints.states import EscalationState
from complaints.vocabulary import EscalationDecision

E = EscalationState


class EscalationQuerySet(models.QuerySet):
    """How escalations are asked for."""

    def climbing(self):
        """Those after which a further level falls due as long as their cause stands.

        A danger keeps its flag while it is looked into: once a superior has answered, it goes no higher.
        """
        waiting = self.filter(next_level_at__isnull=False, state__in=[E.OPEN, E.ACKNOWLEDGED, E.DECIDED])
        return waiting.exclude(cause="safety", state=E.DECIDED)

    def unnoticed(self):
        """Those of which somebody is to be reminded, because nobody took note yet."""
        return self.filter(remind_at__isnull=False, state=E.OPEN)

    def topmost(self):
        """Of each cause the highest of these, of one level the latest: its answer answers those below it too."""
        same = self.order_by().filter(case=models.OuterRef("case"), cause=models.OuterRef("cause"))
        return self.exclude(models.Exists(same.filter(_above(models.OuterRef("level"), models.OuterRef("due_at")))))

    def below(self, escalation):
        """Those of the same cause on lower levels, and those of its level that fell due earlier."""
        same = self.filter(case=escalation.case_id, cause=escalation.cause).exclude(pk=escalation.pk)
        return same.exclude(_above(escalation.level, escalation.due_at))


def _above(level, due_at):
    return models.Q(level__gt=level) | models.Q(level=level, due_at__gt=due_at)


class Escalation(Stateful):
    """One for ever per case, cause, level and due instant.

    `cause` names the clock or row ("clock:12", "commitment:7", "safety", "by_hand:3"); raised by hand, the
    instant is that of the act. `to_person` is named by rule and is never a subject of the complaint.
    `next_level_at` tells the sweep when the next level of a broken promise, a late payment or a danger falls due;
    clocks keep that themselves. `remind_at` tells it when whoever is named is reminded, until somebody takes note.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="escalations", verbose_name=_("case"))
    state = StateField(_("state"), choices=E, default=E.OPEN)
    cause = models.CharField(_("cause"), max_length=60)
    level = models.PositiveSmallIntegerField(_("level"))
    due_at = models.DateTimeField(_("fell due at"))
    raised_at = models.DateTimeField(_("raised at"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("raised by")
    )
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="escalations",
        verbose_name=pgettext_lazy("escalation", "to"),
        null=True,
        help_text=_("Empty: every supervisor of the team."),
    )
    policy_id = models.BigIntegerField(_("policy"), null=True)
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("acknowledged by"), null=True
    )
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True)
    decision = models.CharField(_("decision"), max_length=20, choices=EscalationDecision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("answer"), null=True
    )
    closed_at = models.DateTimeField(pgettext_lazy("escalation", "closed at"), null=True)
    next_level_at = models.DateTimeField(_("next escalation at"), null=True, editable=False)
    remind_at = models.DateTimeField(_("reminded at"), null=True, editable=False)

    objects = EscalationQuerySet.as_manager()
    history = History(excluded_fields=["next_level_at", "remind_at"], guards=ESCALATION_GUARDS)

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["due_at", "level", "pk"]
        indexes = [
            models.Index(fields=["state", "to_person"]),
            models.Index(
                fields=["next_level_at", "id"],
                condition=models.Q(next_level_at__isnull=False),
                name="escalations_to_climb",
            ),
            models.Index(
                fields=["remind_at", "id"],
                condition=models.Q(remind_at__isnull=False),
                name="escalations_to_remind_of",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "cause", "level", "due_at"], name="escalation_once_for_ever"),
            models.CheckConstraint(
                name="escalation_decided_in_words",
                condition=~models.Q(state=E.DECIDED)
                | models.Q(decided_by__isnull=False, answer__isnull=False, decision__gt=""),
            ),
            models.CheckConstraint(
                name="escalation_not_decided_by_its_asker", condition=~models.Q(decided_by=models.F("raised_by"))
            ),
        ]

    @transition(field=state, source=E.OPEN, target=E.ACKNOWLEDGED)
    def acknowledge(self, *, by, at):
        """Seen, and taken on."""
        self.acknowledged_by = by
        self.acknowledged_at = at
        self.remind_at = None

    @transition(field=state, source=[E.OPEN, E.ACKNOWLEDGED], target=E.DECIDED)
    def decide(self, *, by, at, decision, answer):
        """A better solution, more authority or resources, taken over, or back to the handler (S-ESC-03)."""
        self.decision = decision
        self.decided_by = by
        self.decided_at = at
        self.answer = answer
        self.remind_at = None

    @transition(field=state, source=[E.OPEN, E.ACKNOWLEDGED, E.DECIDED], target=E.CLOSED)
    def close(self, *, at):
        """Its cause is gone, or what was decided is done."""
        self.closed_at = at
        self.remind_at = None

    @transition(field=state, source=E.CLOSED, target=E.OPEN)
    def come_back(self):
        """Its cause has returned."""
        self.closed_at = None
