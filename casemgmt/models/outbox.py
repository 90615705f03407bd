"""Messages that must leave the house, and what became of each try."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import History
from casemgmt.models.endpoints import Endpoint


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

    To a person, to an endpoint, or to a customer, whose address stands with the row that it is about.

    `kind` and `params` are a code and plain facts, made into a sentence when sent; they hold no personal data.
    `key` names the message for ever: putting it again changes nothing.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        WEBHOOK = "webhook", _("webhook")
        SMS = "sms", _("text message")
        WECOM = "wecom", _("WeCom robot")
        DINGTALK = "dingtalk", _("DingTalk robot")
        FEISHU = "feishu", _("Feishu robot")
        CUSTOMER_EMAIL = "customer_email", _("e-mail to customers")
        CUSTOMER_SMS = "customer_sms", _("text message to customers")

    class Failure(models.TextChoices):
        """Why the last try failed, without a word of the other side's answer, which may quote addresses."""

        UNREACHABLE = "unreachable", _("other side not reachable")
        TOO_SLOW = "too_slow", _("no answer in time")
        REFUSED = "refused", _("refused by the other side")
        NO_ADDRESS = "no_address", _("recipient has no address")
        FORBIDDEN = "forbidden", _("address inside the house, or not safe")
        UNREADABLE = "unreadable", _("message could not be written")
        SWITCHED_OFF = "switched_off", _("endpoint is switched off")
        UNWANTED = "unwanted", _("recipient wants nothing this way")

    kind = models.CharField(_("kind"), max_length=100)
    key = models.CharField(_("key"), max_length=200, unique=True)
    channel = models.CharField(_("channel"), max_length=16, choices=Channel.choices, default=Channel.EMAIL)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recipient"), null=True
    )
    endpoint = models.ForeignKey(
        Endpoint, on_delete=models.PROTECT, related_name="messages", verbose_name=_("endpoint"), null=True
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
        permissions = [("retry_what_failed", _("Can have tried again what failed"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=True) ^ Q(endpoint__isnull=True)
                | Q(recipient__isnull=True, channel="customer_email"),
                name="outbox_to_one_person_or_endpoint",
            ),
            models.CheckConstraint(
                condition=~Q(sent_at__isnull=False, failed_at__isnull=False), name="outbox_sent_or_given_up"
            ),
        ]
        indexes = [
            models.Index(fields=["not_before", "id"], condition=Q(sent_at=None, failed_at=None), name="outbox_waiting"),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="outbox_dead"),
            models.Index(
                fields=["endpoint", "not_before"],
                condition=Q(sent_at=None, failed_at=None, endpoint__isnull=False),
                name="outbox_waiting_of_endpoint",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.case_number}".strip()


class Delivery(models.Model):
    """One try to reach an endpoint: what was answered, how long it took. A record of the machine, kept for a month.

    `answer` is the beginning of what the other side said, as plain text.
    """

    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="deliveries", verbose_name=_("endpoint"))
    message = models.ForeignKey(OutboxMessage, models.PROTECT, related_name="deliveries", verbose_name=_("message"))
    at = models.DateTimeField(_("at"))
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    status = models.PositiveIntegerField(_("status"), null=True, blank=True)
    failure = models.CharField(
        _("failure"), max_length=32, choices=OutboxMessage.Failure.choices, blank=True, default=""
    )
    answer = models.CharField(pgettext_lazy("delivery", "answer"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["endpoint", "-at"], name="delivery_of_endpoint")]

    def __str__(self):
        return f"{self.endpoint} {self.at:%Y-%m-%d %H:%M}"


class Retry(models.Model):
    """Somebody asked that what had failed, or had gone out already, be sent again; the ledger keeps who and when."""

    subject_label = models.CharField(_("subject type"), max_length=100)
    subject_pk = models.CharField(_("subject key"), max_length=64)
    failure = models.CharField(_("failure"), max_length=120, blank=True, default="")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))

    history = History()

    class Meta:
        verbose_name = _("second try")
        verbose_name_plural = _("second tries")
        default_permissions = ()
        ordering = ("-asked_at", "-pk")
        indexes = [models.Index(fields=["subject_label", "subject_pk"], name="retry_of_subject")]

    def __str__(self):
        return f"{self.subject_label} {self.subject_pk}"
