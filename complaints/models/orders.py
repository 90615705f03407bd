"""What was bought: the order-level record that a case is linked to (S-INT-13)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History
from casemgmt.money import house_currency
from casemgmt.people.models import Shop
from casemgmt.stateful import Stateful
from complaints.vocabulary import SignedBy


class Product(models.Model):
    """Goods or a service that is sold, by name and article number."""

    name = models.CharField(_("name"), max_length=200)
    article_number = models.CharField(_("article number"), max_length=64, blank=True)
    durable = models.BooleanField(
        _("durable goods"),
        default=False,
        help_text=_("Within six months of receipt the shop bears the burden of proof (消保法 art. 23)."),
    )

    history = History()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.UniqueConstraint(fields=["name", "article_number"], name="product_once"),
        ]

    def __str__(self):
        return self.name


class Order(Stateful):
    """One order of a shop. Its number is unique in the shop."""

    number = models.CharField(_("order number"), max_length=64)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="orders", verbose_name=_("shop"), null=True)
    customer = models.ForeignKey(
        "complaints.Customer", models.PROTECT, related_name="orders", verbose_name=_("customer"), null=True
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="orders", verbose_name=_("product"), null=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1, validators=[MinValueValidator(1)])
    paid_amount = models.DecimalField(_("amount paid"), max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, default=house_currency)
    placed_at = models.DateTimeField(_("placed at"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped at"), null=True, blank=True)
    received_at = models.DateTimeField(_("signed for at"), null=True, blank=True)
    signed_by = models.CharField(_("signed for by"), max_length=12, choices=SignedBy, blank=True)
    waybill_number = models.CharField(_("waybill number"), max_length=64, blank=True)
    courier = models.CharField(_("courier"), max_length=64, blank=True)

    history = History()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [models.Index(fields=["number"]), models.Index(fields=["waybill_number"])]
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="order_number_once_a_shop"),
            models.UniqueConstraint(
                fields=["number"], condition=models.Q(shop__isnull=True), name="order_number_once_without_a_shop"
            ),
            models.CheckConstraint(
                name="order_amount_not_negative",
                condition=models.Q(paid_amount__isnull=True) | models.Q(paid_amount__gte=0),
            ),
        ]

    def __str__(self):
        return self.number
