"""Calls before and while they are made: the plan, the moment they are put on the calendar, dialling, and the talk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import History
from complaints.vocabulary import ContactPurpose


class CallPlan(models.Model):
    """What may be said and given in a call, thought through before it (S-COM-09, S-COM-10). The newest one counts.

    Written once, in statements; a better plan is a new row. `beyond` is what one does when a condition goes beyond
    the own authority. `limit_policy_id` and `per_grant` are the limit of the writer as it stood.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="call_plans", verbose_name=_("case"))
    number = models.PositiveSmallIntegerField(_("version"))
    authority = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what I may give at most")
    )
    demands = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what may be demanded")
    )
    fallbacks = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("fallback plans")
    )
    bottom_line = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("bottom line")
    )
    beyond = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("beyond my authority")
    )
    limit_policy_id = models.BigIntegerField(_("limit"), null=True)
    per_grant = models.DecimalField(_("limit for one grant"), max_digits=12, decimal_places=2, null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written at"))

    history = History()

    class Meta:
        verbose_name = _("call plan")
        verbose_name_plural = _("call plans")
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="call_plan_version_once")]


class StartedCall(models.Model):
    """Somebody dialled: allowed at that instant by the rules that `working` cites, with the plan that counted.

    `working` holds the ids of the policy rows and the figures that were asked. `contact` is what came of it; a call
    that nobody recorded stays open on the case.
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="started_calls", verbose_name=_("case")
    )
    customer = models.ForeignKey(
        "complaints.Customer", models.PROTECT, related_name="started_calls", verbose_name=_("customer"), null=True
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=ContactPurpose, default=ContactPurpose.GENERAL)
    plan = models.ForeignKey(CallPlan, models.PROTECT, related_name="calls", verbose_name=_("call plan"), null=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("call", "started by")
    )
    started_at = models.DateTimeField(_("started at"))
    working = models.JSONField(_("working"), default=dict)
    contact = models.OneToOneField(
        "complaints.Contact", models.PROTECT, related_name="started_call", verbose_name=_("contact"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("started call")
        verbose_name_plural = _("started calls")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(contact__isnull=True), name="one_call_at_a_time_in_a_case"
            )
        ]


class CallStep(models.Model):
    """One of the seven steps of a talk: done or missed, with what was said in it (W-03, S-COM-03)."""

    contact = models.ForeignKey("complaints.Contact", models.PROTECT, related_name="steps", verbose_name=_("contact"))
    number = models.PositiveSmallIntegerField(_("step"))
    code = models.CharField(
        _("what it is"),
        max_length=12,
        choices=[
            ("introduce", _("Say who you are")),
            ("reason", _("Say why you call")),
            ("listen", _("Listen")),
            ("propose", _("Apologise, then propose")),
            ("negotiate", _("Negotiate")),
            ("adjust", _("Try another way")),
            ("apologise", _("Apologise once more")),
        ],
    )
    done = models.BooleanField(_("done"))
    words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what was said"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("step of a call")
        verbose_name_plural = _("steps of a call")
        ordering = ["contact", "number"]
        constraints = [models.UniqueConstraint(fields=["contact", "number"], name="call_step_once")]


class ScheduledCall(models.Model):
    """A call that was promised or planned, at a moment that the rules allow.

    `asked_for` is the moment that was wanted; where the rules forbid it, `working` says why the call moved, with the
    policy row. Made when somebody dials, or called off with a reason.
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="scheduled_calls", verbose_name=_("case")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="scheduled_calls", verbose_name=_("on the list of")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=ContactPurpose, default=ContactPurpose.GENERAL)
    what = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("what it is about"), null=True
    )
    asked_for = models.DateTimeField(_("wanted at"))
    scheduled_for = models.DateTimeField(_("scheduled for"))
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("scheduled by")
    )
    scheduled_at = models.DateTimeField(_("scheduled at"))
    working = models.JSONField(_("working"), default=dict)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("scheduled call")
        verbose_name_plural = _("scheduled calls")
        ordering = ["scheduled_for", "pk"]
        indexes = [
            models.Index(fields=["owner", "scheduled_for"], condition=models.Q(ended_at=None), name="calls_to_make")
        ]
        constraints = [
            models.CheckConstraint(
                name="scheduled_call_never_earlier",
                condition=models.Q(scheduled_for__gte=models.F("asked_for")),
            )
        ]
