"""Where people work: departments, teams, and the shops that a team looks after."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History

REGION = r"^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}\Z"


class DepartmentKind(models.TextChoices):
    """What a department does for a case; tasks are addressed to a department by it."""

    CUSTOMER_SERVICE = "customer_service", _("customer service")
    OPERATIONS = "operations", _("operations")
    WAREHOUSE = "warehouse", _("warehouse")
    LOGISTICS = "logistics", _("logistics")
    TECHNICAL = "technical", _("technical")
    LEGAL = "legal", _("legal")


class ShopPlatform(models.TextChoices):
    """The marketplace on which a shop sells."""

    TAOBAO = "taobao", _("Taobao")
    TMALL = "tmall", _("Tmall")
    JD = "jd", _("JD.com")
    PINDUODUO = "pinduoduo", _("Pinduoduo")
    DOUYIN = "douyin", _("Douyin")
    KUAISHOU = "kuaishou", _("Kuaishou")
    XIAOHONGSHU = "xiaohongshu", _("Xiaohongshu")
    WECHAT = "wechat", _("WeChat shop")
    OWN = "own", _("own shop")
    OTHER = "other", _("other")


class Department(models.Model):
    """A part of the company that can be given a task on a case."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=DepartmentKind)

    history = History()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DepartmentKind.values), name="department_kind_is_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="department_has_a_name"),
        ]

    def __str__(self):
        return self.name


class Team(models.Model):
    """People who share their cases. Rows are limited by team: see `people.queries`."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="teams", verbose_name=_("department")
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads_teams",
        verbose_name=_("team lead"),
    )

    history = History()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="team_has_a_name")]

    def __str__(self):
        return self.name


class Shop(models.Model):
    """A shop on a marketplace, and the team that handles its complaints.

    `region` is an ISO 3166 code such as "CN-ZJ"; it decides which regional policies hold. Empty: none of them.
    `enquiries` is the hotline or service window for refunds, with its hours (S-RET-03); templates name it.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    platform = models.CharField(_("platform"), max_length=20, choices=ShopPlatform)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="shops", verbose_name=_("team that handles it")
    )
    region = models.CharField(
        _("region"),
        max_length=10,
        blank=True,
        default="",
        validators=[
            RegexValidator(r"^[A-Z]{2}(-[A-Z0-9]{1,3}){0,2}\Z", _("Write a code such as CN-ZJ."), "shop.region")
        ],
    )

    enquiries = models.CharField(_("where customers ask about refunds"), max_length=120, blank=True, default="")

    history = History()

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(platform__in=ShopPlatform.values), name="shop_platform_is_known"),
            models.CheckConstraint(condition=~models.Q(name=""), name="shop_has_a_name"),
        ]

    def __str__(self):
        return self.name
