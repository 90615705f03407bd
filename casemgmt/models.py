"""What the running of the house keeps in the database: messages that must go out, notices, and sweeps."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgmt.concealing import concealed_from


class OutboxQuerySet(models.QuerySet):
    """Messages by what is to be done with them."""

    def waiting(self):
        """Neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)

    def due(self, at):
        """Waiting, their time come, and in nobody's hands."""
        free = Q(leased_until=None) | Q(leased_until__lte=at)
        return self.waiting().filter(free, not_before__lte=at)


class OutboxMessage(models.Model):
    """Something that must leave the house, written in the same transaction as its cause.

    `kind` and `params` are a code and plain facts, made into a sentence when sent; they hold no personal data.
    `key` names the message for ever: putting it again changes nothing.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")

    class Failure(models.TextChoices):
        """Why the last try failed, without a word of the other side's answer, which may quote addresses."""

        UNREACHABLE = "unreachable", _("mail server not reachable")
        REFUSED = "refused", _("refused by the mail server")
        NO_ADDRESS = "no_address", _("recipient has no address")
        UNREADABLE = "unreadable", _("message could not be written")

    kind = models.CharField(_("kind"), max_length=100)
    key = models.CharField(_("key"), max_length=200, unique=True)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel.choices, default=Channel.EMAIL)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recipient")
    )
    subject_label = models.CharField(_("subject type"), max_length=100, blank=True, default="")
    subject_pk = models.CharField(_("subject key"), max_length=64, blank=True, default="")
    case_number = models.CharField(_("case number"), max_length=40, blank=True, default="")
    params = models.JSONField(_("facts"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created at"))
    not_before = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    is_daily = models.BooleanField(_("in the daily letter"), default=False)
    leased_until = models.DateTimeField(_("in hand until"), null=True, blank=True)
    lease = models.UUIDField(_("hand"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=32, choices=Failure.choices, blank=True, default="")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ("not_before", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(sent_at__isnull=False, failed_at__isnull=False), name="outbox_sent_or_given_up"
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(sent_at=None, failed_at=None), name="outbox_waiting"),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="outbox_dead"),
        ]


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


class Notice(models.Model):
    """A line on someone's list: a code and facts, made into a sentence when shown.

    `key` names it for ever, so that a sweep that runs twice tells nobody twice.
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

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-shown_from", "-pk")
        indexes = [
            models.Index(fields=["person", "-shown_from"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["person", "-shown_from"], name="notice_of_person"),
        ]


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


class Sweep(models.Model):
    """One run of a sweep: when, how much it found and did. Without `finished_at` it runs still, or died."""

    name = models.CharField(_("name"), max_length=100)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    selected = models.PositiveIntegerField(_("selected"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    error = models.CharField(_("error"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")
        ordering = ("-started_at", "-pk")
        indexes = [models.Index(fields=["name", "-finished_at"], name="sweep_last_of_name")]
