"""The custom user: whoever signs a change is a person, or the one service account."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import Guard, History, register
from casemgmt.people.groups import HELD_ALONE
from casemgmt.people.likeness import likeness


class LikenessField(models.CharField):
    """How a user name looks (`likeness`), kept beside it and unique. Filled on every save and bulk_create."""

    def pre_save(self, model_instance, add):
        looks = likeness(model_instance.username)[: self.max_length]
        setattr(model_instance, self.attname, looks)
        return looks


class Person(AbstractUser):
    """Someone who works on complaints and signs what they change.

    History knows people by id and by `name` as text, so that it reads when they are gone. People are never
    deleted; they are made inactive. Sign-in fields stay out of history, else every log-in would be a change
    and password hashes would be kept for ever. Groups change through `people.actions.set_groups` alone.
    """

    class Language(models.TextChoices):
        """The language of the pages, when the person has chosen one."""

        CHINESE = "zh-hans", "简体中文"
        ENGLISH = "en", "English"

    first_name = None
    last_name = None
    name = models.CharField(pgettext_lazy("person", "name"), max_length=80, help_text=_("As it stands in the history."))
    username_likeness = LikenessField(max_length=150, unique=True, editable=False)
    team = models.ForeignKey(
        "people.Team",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("team"),
    )
    is_service = models.BooleanField(
        _("service account"),
        default=False,
        editable=False,
        help_text=_("Acts for the system; nobody can log in as it."),
    )
    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True, default="")

    REQUIRED_FIELDS = ["name", "email"]

    history = History(excluded_fields=["password", "last_login"])

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="person_username_unique_whatever_case"),
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(is_service=True) | models.Q(is_staff=False, is_superuser=False),
                name="service_account_has_no_pages",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["", "zh-hans", "en"]), name="person_language_is_known"
            ),
        ]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        """The display name; history keeps it as text."""
        return self.name

    def get_short_name(self):
        """The display name."""
        return self.name

    def clean(self):
        """Refuse a user name that reads like an existing one (F37)."""
        super().clean()
        alike = Person.objects.filter(username_likeness=likeness(self.username)[:150]).exclude(pk=self.pk)
        if alike.exists():
            raise ValidationError({"username": ValidationError(_("A similar user name exists."), code="similar")})


def _holds_two_kept_apart(sql) -> str:
    """True when the new link gives a person a second one of the groups that nobody holds together."""
    names = ", ".join(sql.value(str(name)) for name in sorted(HELD_ALONE))
    return f"""EXISTS (
        SELECT 1 FROM people_person_groups held
        JOIN auth_group other ON other.id = held.group_id AND other.name IN ({names})
        JOIN auth_group given ON given.id = {sql.new("group")} AND given.name IN ({names})
        WHERE held.person_id = {sql.new("person")} AND held.group_id <> {sql.new("group")})"""


register(
    Person.groups.through,
    deletable=True,
    guards=[
        Guard(
            "rights.groups_kept_apart",
            refuse_when=_holds_two_kept_apart,
            message="nobody holds two of Supervisors, Auditors and Administrators",
        )
    ],
)
register(Person.user_permissions.through, deletable=True)
