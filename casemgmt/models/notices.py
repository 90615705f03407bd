"""What people are told inside the house, and how each wants to be told."""

from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgmt.concealing import concealed_from
from casemgmt.notice_kinds import beginnings_of, kind_of, notice_kinds


class NoticeQuerySet(models.QuerySet):
    """Notices as their reader sees them."""

    def unread(self):
        """Not yet looked at."""
        return self.filter(read_at=None)

    def of(self, person):
        """Addressed to this person, and not kept from them."""
        concealed = concealed_from(person)
        rows = self.filter(person=person)
        return rows if concealed is None else rows.exclude(concealed)

    def visible(self, at):
        """Not meant for a later moment."""
        return self.filter(shown_from__lte=at)

    def of_kind(self, kind):
        """Those whose code belongs to the kind: to one of its beginnings, and to no longer one of another kind."""
        own, others = beginnings_of(kind)
        return self.filter(reduce(or_, (Q(code__startswith=start) for start in own), Q()) if own else Q()).exclude(
            reduce(or_, (Q(code__startswith=start) for start in others), Q(pk=None))
        )

    def to_acknowledge(self):
        """Duties that nobody has confirmed yet."""
        duties = (Q(code__startswith=start) for kind in notice_kinds() if kind.is_duty for start in kind.codes)
        return self.filter(reduce(or_, duties, Q(pk=None)), acknowledged_at=None)


class Notice(models.Model):
    """A line on someone's list: a code and facts, made into a sentence when shown.

    `key` names it for ever, so that a sweep that runs twice tells nobody twice. Read is what was opened or marked so;
    acknowledged is a duty whose reader said to have it in hand.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", verbose_name=_("person")
    )
    code = models.CharField(_("code"), max_length=100)
    key = models.CharField(_("key"), max_length=200, unique=True)
    params = models.JSONField(_("facts"), default=dict, blank=True)
    subject_label = models.CharField(_("subject type"), max_length=100, blank=True, default="")
    subject_pk = models.CharField(_("subject key"), max_length=64, blank=True, default="")
    case_number = models.CharField(_("case number"), max_length=40, blank=True, default="")
    created_at = models.DateTimeField(_("created at"))
    shown_from = models.DateTimeField(_("shown from"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-shown_from", "-pk")
        indexes = [
            models.Index(fields=["person", "-shown_from"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["person", "-shown_from"], name="notice_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(read_at__isnull=False), name="notice_acknowledged_is_read"
            )
        ]

    @property
    def waits_for_a_word(self) -> bool:
        """Whether it is a duty that was not acknowledged."""
        return self.acknowledged_at is None and kind_of(self.code).is_duty


class NoticeSettings(models.Model):
    """How one person wants to be told; without a row everything is shown and mailed at once.

    `silent` and `unmailed` name kinds (`casemgmt.notice_kinds`) that are not shown, or not mailed. Times are on the
    clock of the house. A matter of comfort: no history.
    """

    class Letters(models.TextChoices):
        AT_ONCE = "at_once", _("at once, each by itself")
        DAILY = "daily", _("once a day, in one letter")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="notice_settings",
        verbose_name=_("person"),
    )
    silent = models.JSONField(_("kinds not shown"), default=list, blank=True)
    unmailed = models.JSONField(_("kinds not mailed"), default=list, blank=True)
    letters = models.CharField(_("letters"), max_length=10, choices=Letters, default=Letters.AT_ONCE)
    daily_at = models.TimeField(_("daily letter at"), default=time(8, 30))
    quiet_from = models.TimeField(_("no letters from"), null=True, blank=True)
    quiet_until = models.TimeField(_("no letters until"), null=True, blank=True)

    class Meta:
        verbose_name = _("settings for notices")
        verbose_name_plural = _("settings for notices")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notice_quiet_from_and_until",
            )
        ]

    def is_shown(self, kind) -> bool:
        """Whether notices of this kind stand on the person's list; duties always do."""
        return kind.is_duty or kind.name not in self.silent

    def is_mailed(self, kind) -> bool:
        """Whether they go out by e-mail as well."""
        return kind.name not in self.unmailed

    def next_letter(self, at: datetime) -> datetime:
        """The first moment of the daily letter after `at`."""
        local = timezone.localtime(at)
        today = local.replace(hour=self.daily_at.hour, minute=self.daily_at.minute, second=0, microsecond=0)
        return today if today > local else today + timedelta(days=1)

    def quiet_end(self, at: datetime) -> datetime | None:
        """When the quiet hours that `at` lies in end; None outside of them. They may pass midnight."""
        if self.quiet_from is None or self.quiet_from == self.quiet_until:
            return None
        local = timezone.localtime(at)
        passes_midnight = self.quiet_from > self.quiet_until
        since, until = local.time() >= self.quiet_from, local.time() < self.quiet_until
        if not (since or until if passes_midnight else since and until):
            return None
        day = local.date() + timedelta(days=1 if passes_midnight and since else 0)
        return datetime.combine(day, self.quiet_until, tzinfo=local.tzinfo)
