"""Goods and money that go back: what is asked for, where, and who pays the freight; who signs an agreement, and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReturnKind(models.TextChoices):
    """What the customer asks for (S-RET-01, S-INT-16)."""

    RETURN = "return", _("goods back, money back")
    REFUND_ONLY = "refund_only", _("money back without goods")
    EXCHANGE = "exchange", _("goods back, other goods out")


class ReturnEntrance(models.TextChoices):
    """Where it was asked for (S-RET-02)."""

    ONLINE = "online", _("application online, sent by mail")
    COUNTER = "counter", _("counter of the store")
    PHONE = "phone", _("return hotline")
    SERVICE = "service", _("online service")


class FreightBearer(models.TextChoices):
    """Who pays for the way back."""

    UNDECIDED = "", _("not decided yet")
    CUSTOMER = "customer", _("the customer pays the freight")
    SHOP = "shop", _("the shop pays the freight")


class SigningWay(models.TextChoices):
    """How somebody signed."""

    ON_PAPER = "on_paper", _("on paper")
    ELECTRONIC = "electronic", _("electronic signature")
    IN_WRITING = "in_writing", _("agreed in a written message")


class SigningSide(models.TextChoices):
    """Whose signature it is."""

    CUSTOMER = "customer", _("the customer")
    COMPANY = "company", _("the shop")
