"""Where messages for other programs and for groups of colleagues go: addresses as data, with sealed secrets."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History
from casemgmt.people.models import Shop, Team
from casemgmt.privacy.fields import SealedField
from casemgmt.privacy.models import PersonKey


class EndpointKind(models.TextChoices):
    """The ways out beside e-mail; each is a channel of `casemgmt.channels`."""

    WEBHOOK = "webhook", _("webhook")
    SMS = "sms", _("text message")
    WECOM = "wecom", _("WeCom robot")
    DINGTALK = "dingtalk", _("DingTalk robot")
    FEISHU = "feishu", _("Feishu robot")


ROBOTS = (EndpointKind.WECOM, EndpointKind.DINGTALK, EndpointKind.FEISHU)


class EndpointQuerySet(models.QuerySet):
    """Endpoints by what they may be sent."""

    def on(self):
        """Those that are switched on."""
        return self.filter(is_on=True)

    def of_the_house(self):
        """Those that administrators keep; robots of single people are theirs alone."""
        return self.filter(owner=None)

    def of_people(self, keys):
        """The robots of these people that are switched on."""
        return self.on().filter(owner__in=keys)


class Endpoint(models.Model):
    """One address outside: a program's webhook, the robot of a group, a gateway for text messages.

    `events` names kinds of `casemgmt.notice_kinds`; with `team` or `shop` only what concerns them goes out.
    With an `owner` it is that person's own robot, told what they are told. `address`, `secret` and `numbers` are sealed
    by a key of the row's own and never shown again; `host` is the part of the address that pages may show.
    `to_customers`: through this gateway go text messages to customers, each to the number of its own, and no notices.
    `failures`, `failing_since` and `free_from` are the machine's and have no history: nothing is sent before
    `free_from`, after a failure or to keep the pace of the other side.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=EndpointKind)
    is_on = models.BooleanField(_("switched on"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="robots", verbose_name=_("owner"), null=True, blank=True
    )
    key = models.ForeignKey(
        PersonKey, models.SET_NULL, related_name="+", verbose_name=_("key"), null=True, db_constraint=False
    )
    address = SealedField(_("address"), kind="text", null=True)
    secret = SealedField(_("secret"), kind="text", null=True, blank=True)
    host = models.CharField(_("host"), max_length=260)
    events = models.JSONField(_("events"), default=list)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"), null=True, blank=True)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="+", verbose_name=_("shop"), null=True, blank=True)
    to_customers = models.BooleanField(_("for messages to customers"), default=False)
    numbers = SealedField(_("phone numbers"), kind="text", null=True, blank=True)
    access_key = models.CharField(_("access key"), max_length=100, blank=True, default="")
    sign_name = models.CharField(_("signature name"), max_length=40, blank=True, default="")
    template_code = models.CharField(_("template code"), max_length=60, blank=True, default="")
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True, editable=False)
    free_from = models.DateTimeField(_("free from"), null=True, blank=True, editable=False)

    history = History(excluded_fields=["failures", "failing_since", "free_from"])
    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("endpoint")
        verbose_name_plural = _("endpoints")
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EndpointKind.values), name="endpoint_kind_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="endpoint_has_a_name"),
            models.CheckConstraint(
                condition=Q(owner=None) | Q(kind__in=ROBOTS, team=None, shop=None, numbers=None),
                name="own_endpoint_is_a_robot",
            ),
            models.UniqueConstraint(fields=["owner"], name="one_robot_a_person"),
            models.CheckConstraint(
                condition=Q(to_customers=False) | Q(kind=EndpointKind.SMS), name="customers_get_text_messages"
            ),
        ]

    def __str__(self):
        return self.name
