"""The custom user: whoever signs a change is a person, or the one service account."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import Guard, History, register
from casemgmt.people.likeness import likeness
from casemgmt.people.models.guards import accounts_joined_over_groups, number_changed_alone, second_group_kept_apart


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
    Accounts with one `staff_number` are one human (`people.one_person`); it is set by `people.joining`
    and changed by two administrators (`people.renumbering`).
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
    staff_number = models.CharField(_("staff number"), max_length=40, blank=True, default="", editable=False)

    REQUIRED_FIELDS = ["name", "email"]

    history = History(
        excluded_fields=["password", "last_login"],
        guards=[
            Guard(
                "rights.one_person_kept_apart",
                accounts_joined_over_groups,
                on=("update",),
                message="nobody holds two of Supervisors, Auditors and Administrators by two accounts",
            ),
            Guard(
                "person.number_by_two",
                number_changed_alone,
                on=("update",),
                message="a known staff number changes as two administrators agreed",
            ),
        ],
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["staff_number"], condition=~models.Q(staff_number=""), name="people_by_staff_number")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(staff_number=Upper("staff_number")), name="person_staff_number_in_one_form"
            ),
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


register(
    Person.groups.through,
    deletable=True,
    guards=[
        Guard(
            "rights.groups_kept_apart",
            refuse_when=second_group_kept_apart,
            message="nobody holds two of Supervisors, Auditors and Administrators",
        )
    ],
)
register(Person.user_permissions.through, deletable=True)
