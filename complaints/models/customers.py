"""Who complains: one record across cases, readable only with the person's own key."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import History
from casemgmt.privacy.fields import BlindIndexField, SealedField
from casemgmt.privacy.models import PersonKey
from casemgmt.stateful import Stateful
from complaints.vocabulary import Channel


class Customer(Stateful):
    """A customer across all cases (S-INT-05, S-INT-20). The same phone suggests a match and never merges.

    `language` chooses among the texts of a template; "" is that of the house. `no_calls` is what the newest word
    about calls says (ContactConsent). Calls are wanted between `call_from` and `call_until` of the customer's own day
    in `call_zone`; "" is the zone of the calling window.
    """

    key = models.ForeignKey(
        PersonKey, models.SET_NULL, related_name="+", verbose_name=_("key"), null=True, db_constraint=False
    )
    name = SealedField(pgettext_lazy("person", "name"), kind="name", null=True, blank=True)
    phone = SealedField(_("phone"), kind="phone", null=True, blank=True)
    email = SealedField(_("e-mail"), kind="email", null=True, blank=True)
    address = SealedField(_("address"), kind="address", null=True, blank=True)
    account = SealedField(_("platform account"), kind="account", null=True, blank=True)
    name_index = BlindIndexField(of="name", kind="name")
    phone_index = BlindIndexField(of="phone", kind="phone")
    phone_tail_index = BlindIndexField(of="phone", kind="phone_tail")
    email_index = BlindIndexField(of="email", kind="email")
    account_index = BlindIndexField(of="account", kind="account")
    preferred_channel = models.CharField(_("preferred channel"), max_length=20, choices=Channel, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    no_calls = models.BooleanField(_("wants no calls"), default=False)
    call_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    call_from = models.TimeField(_("calls from"), null=True)
    call_until = models.TimeField(_("calls until"), null=True)
    wishes = models.ForeignKey(
        "complaints.Statement",
        models.PROTECT,
        related_name="+",
        verbose_name=_("wishes in the customer's words"),
        null=True,
    )
    created_at = models.DateTimeField(_("known since"))

    history = History(excluded_fields=["name_index", "phone_index", "phone_tail_index", "email_index", "account_index"])

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.CheckConstraint(
                name="customer_hours_begin_and_end",
                condition=models.Q(call_from__isnull=True, call_until__isnull=True)
                | models.Q(call_from__lt=models.F("call_until")),
            )
        ]

    def __str__(self):
        return str(self.name) if self.name else _("customer %(number)s") % {"number": self.pk}


class Payee(Stateful):
    """Who gets the money of a grant: a name and an account, sealed like the customer's."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="payees", verbose_name=_("customer"))
    key = models.ForeignKey(
        PersonKey, models.SET_NULL, related_name="+", verbose_name=_("key"), null=True, db_constraint=False
    )
    name = SealedField(pgettext_lazy("person", "name"), kind="name", null=True)
    account = SealedField(_("account"), kind="account", null=True)
    method = models.CharField(
        _("way of payment"),
        max_length=12,
        choices=[
            ("platform", _("back through the platform")),
            ("alipay", _("Alipay")),
            ("wechat", _("WeChat Pay")),
            ("bank", _("bank transfer")),
            ("voucher", _("voucher")),
        ],
        default="platform",
    )
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("payee")
        verbose_name_plural = _("payees")

    def __str__(self):
        return f"{self.get_method_display()} {self.account or ''}".strip()
