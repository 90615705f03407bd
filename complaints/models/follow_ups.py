"""Calling back: is it solved, and is the customer content? (S-FUP)"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.stateful import StateField, Stateful
from complaints.states import FollowUpState
from complaints.vocabulary import AnsweredVia, Channel, DissatisfiedReply

F = FollowUpState


class FollowUpCall(Stateful):
    """A follow-up with the customer, by phone, e-mail or message, with as many attempts as the policy asks.

    An attempt is a Contact that names this row; only recorded attempts exhaust it. A call that nobody
    dialled moves to the next window and counts in `missed`. `working` says which moment was asked for first, and why
    the rules of calling moved it, with their policy row. Asked in writing, it waits for an answer until
    `answer_due_at`, after which silence counts as an attempt. `answered_via` says who put the result down: staff, or
    later the customer. A customer who is not content needs a `reply`, or a superior: looked into again, or left as it
    is with the reason.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="follow_ups", verbose_name=_("case"))
    state = StateField(_("state"), choices=F, default=F.SCHEDULED)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel, default=Channel.PHONE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="follow_ups", verbose_name=_("on the list of")
    )
    scheduled_for = models.DateTimeField(_("scheduled for"))
    window_ends_at = models.DateTimeField(_("window ends at"))
    due_since = models.DateTimeField(_("due since"), null=True)
    attempts_max = models.PositiveSmallIntegerField(_("attempts at most"))
    policy_id = models.BigIntegerField(_("policy"))
    working = models.JSONField(_("working"), default=dict)
    missed = models.PositiveSmallIntegerField(_("windows missed"), default=0)
    answer_due_at = models.DateTimeField(_("answer awaited until"), null=True)
    reached_at = models.DateTimeField(_("reached at"), null=True)
    answered_via = models.CharField(_("result put down by"), max_length=12, choices=AnsweredVia, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction"), null=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    solved = models.BooleanField(_("thoroughly solved"), null=True)
    experience = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("use experience"), null=True
    )
    suggestion = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("suggestions"), null=True
    )
    reply = models.CharField(_("what follows"), max_length=12, choices=DissatisfiedReply, blank=True)
    reply_reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why it stays as it is"), null=True
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["scheduled_for", "pk"]
        indexes = [
            models.Index(fields=["scheduled_for"], condition=models.Q(state=F.SCHEDULED), name="scheduled_follow_ups"),
            models.Index(fields=["window_ends_at"], condition=models.Q(state=F.DUE), name="due_follow_ups"),
            models.Index(fields=["answer_due_at"], condition=models.Q(state=F.ASKED), name="asked_follow_ups"),
            models.Index(fields=["owner", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="follow_up_satisfaction_one_to_five",
                condition=models.Q(satisfaction__isnull=True) | models.Q(satisfaction__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="follow_up_window_lies_ahead",
                condition=models.Q(window_ends_at__gt=models.F("scheduled_for")),
            ),
            models.CheckConstraint(
                name="follow_up_asked_until",
                condition=~models.Q(state=F.ASKED) | models.Q(answer_due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="follow_up_left_with_a_reason",
                condition=~models.Q(reply=DissatisfiedReply.LEFT) | models.Q(reply_reason__isnull=False),
            ),
        ]

    @transition(field=state, source=F.SCHEDULED, target=F.DUE)
    def fall_due(self, *, at):
        """Its moment has come, inside the calling window: it stands on the owner's list."""
        self.due_since = at

    @transition(field=state, source=F.DUE, target=F.ASKED)
    def ask(self, *, answer_due_at):
        """Asked in writing; the answer may come until then."""
        self.answer_due_at = answer_due_at

    @transition(field=state, source=[F.DUE, F.NO_ANSWER], target=F.SCHEDULED)
    def reschedule(self, *, scheduled_for, window_ends_at):
        """The next attempt, or the next window for a call that nobody dialled."""
        self.scheduled_for = scheduled_for
        self.window_ends_at = window_ends_at
        self.due_since = None

    @transition(field=state, source=[F.SCHEDULED, F.DUE, F.ASKED], target=F.REACHED)
    def reach(self, *, at):
        """Talked with the customer, who may also have come first."""
        self.reached_at = at

    @transition(field=state, source=[F.DUE, F.ASKED], target=F.NO_ANSWER)
    def miss(self):
        """Tried and not reached, or asked and not answered."""

    @transition(field=state, source=[F.DUE, F.ASKED], target=F.DECLINED)
    def decline(self):
        """The customer does not want to be asked."""

    @transition(field=state, source=[F.REACHED, F.NO_ANSWER, F.DECLINED], target=F.DONE)
    def finish(self, *, at):
        """Its result is written down."""
        self.ended_at = at

    @transition(field=state, source=F.NO_ANSWER, target=F.EXHAUSTED)
    def exhaust(self, *, at):
        """Every attempt that the policy asks for was made and recorded."""
        self.ended_at = at

    @transition(
        field=state,
        source=[F.SCHEDULED, F.DUE, F.ASKED, F.REACHED, F.NO_ANSWER, F.DECLINED, F.EXHAUSTED],
        target=F.CANCELLED,
    )
    def cancel(self, *, at, reason=None):
        """No longer called for."""
        self.ended_at = at
        self.reason = reason
