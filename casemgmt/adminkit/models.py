"""What the admin itself remembers: which forms were sent already, and which tables were taken out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import History, append_only
from casemgmt.privacy.words import SPOKEN_GUARDS, Spoken


class SpentFormKey(models.Model):
    """The one-time key of a form that did its work, written in the same transaction as the work (F29).

    Sending the form again finds the key spent and is led to the first result. Kept for a week; forms that are sent
    later clear away what is older.
    """

    key = models.UUIDField(_("key"), primary_key=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    led_to = models.CharField(_("led to"), max_length=500)
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("spent form key")
        verbose_name_plural = _("spent form keys")
        default_permissions = ()


class ExportReason(Spoken):
    """Why somebody took a table out, in their words."""

    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    said_at = models.DateTimeField(_("said at"))

    history = History(excluded_fields=["words", "words_salt"], guards=SPOKEN_GUARDS)

    class Meta:
        verbose_name = _("reason of an export")
        verbose_name_plural = _("reasons of exports")
        default_permissions = ()

    def __str__(self):
        return self.words or _("(erased)").__str__()


class Export(models.Model):
    """A table that left the house, noted before its first byte did. The database takes new rows alone.

    `part` is what was asked for as codes: the filters of the list, and whether a search was used; never the text
    that was searched for, which may name a customer.
    """

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    table = models.CharField(_("table"), max_length=64)
    file_format = models.CharField(_("format"), max_length=4, choices=Format)
    columns = models.JSONField(_("columns"), default=list)
    part = models.JSONField(_("filters"), default=dict)
    row_count = models.PositiveIntegerField(_("rows"))
    is_marked = models.BooleanField(_("marked as an audit copy"), default=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="exports",
        verbose_name=pgettext_lazy("export", "taken by"),
    )
    at = models.DateTimeField(_("at"))
    reason = models.ForeignKey(
        ExportReason, models.PROTECT, related_name="+", verbose_name=_("reason"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["at"], name="exports_by_time")]

    def __str__(self):
        return f"{self.table} {self.pk}"


append_only(Export)


class Presence(models.Model):
    """Who has a row open just now, and whether they are typing. A comfort, never a lock: nothing is decided by it.

    A page says so every half minute; what is older than `HERE_FOR` (adminkit.presence) counts no more and is cleared.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    subject_label = models.CharField(_("subject"), max_length=100)
    subject_pk = models.CharField(_("number of the subject"), max_length=64)
    seen_at = models.DateTimeField(_("seen at"), db_index=True)
    is_writing = models.BooleanField(_("is writing"), default=False)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subject_label", "subject_pk", "person"], name="one_presence_a_person")
        ]


class TourSeen(models.Model):
    """That a person took a tour of the pages, or declined it: it is not offered by itself again. A comfort alone."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    tour = models.CharField(_("tour"), max_length=40)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("tour seen")
        verbose_name_plural = _("tours seen")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "tour"], name="one_tour_a_person")]

    def __str__(self):
        return self.tour


class SavedFilter(models.Model):
    """A list under a name: the filters of an address, of one person or shared with a team. A comfort alone.

    It opens no row to anybody: whoever follows it sees what the list shows them. Texts that were searched for are
    never kept, for they may name a customer.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters", verbose_name=_("person")
    )
    list_label = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("filters"), max_length=1000)
    team = models.ForeignKey(
        "people.Team", on_delete=models.CASCADE, related_name="+", verbose_name=_("shared with"), null=True, blank=True
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "list_label", "name"], name="saved_filter_named_once")]

    def __str__(self):
        return self.name


class ListLook(models.Model):
    """How a person wants a list: which columns in which order, how dense, how many rows. A comfort alone."""

    class Density(models.TextChoices):
        COMFORTABLE = "comfortable", _("comfortable")
        COMPACT = "compact", _("compact")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("person")
    )
    list_label = models.CharField(_("list"), max_length=100)
    columns = models.JSONField(_("columns"), default=list)
    density = models.CharField(_("density"), max_length=12, choices=Density, default=Density.COMFORTABLE)
    page_size = models.PositiveSmallIntegerField(_("rows on a page"), default=50)

    class Meta:
        verbose_name = _("look of a list")
        verbose_name_plural = _("looks of lists")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["person", "list_label"], name="one_look_a_list")]

    def __str__(self):
        return self.list_label
