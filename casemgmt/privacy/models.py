"""The keys of people, apart from their data, and the record of who looked."""

import os
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import append_only
from casemgmt.privacy.master import KEY_BYTES, unwrap, version_in_use, wrap


class PersonKey(models.Model):
    """The data key of one customer or payee, wrapped by the master key.

    The one table without history whose rows may go: with the row goes the reading of everything that was
    sealed by it, in history too. `fresh` makes a key in memory; it is saved with the first row that it seals.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wrapped = models.CharField(max_length=120, editable=False)
    master_version = models.PositiveSmallIntegerField(editable=False)

    class Meta:
        verbose_name = _("key of a person")
        verbose_name_plural = _("keys of people")
        default_permissions = ()
        permissions = [
            ("reveal_contact", _("Can reveal a name, a phone number or an address, with a reason")),
            ("reveal_identity", _("Can reveal an ID, account or bank number, with a reason")),
            ("erase_person", _("Can erase a person")),
        ]

    def __str__(self):
        return str(self.pk)

    @classmethod
    def fresh(cls) -> "PersonKey":
        """A new key, not yet saved."""
        key = cls()
        key._data_key = os.urandom(KEY_BYTES)
        key._wrap()
        return key

    @property
    def data_key(self) -> bytes:
        """The key in clear. Raises WrongMasterKey."""
        if "_data_key" not in self.__dict__:
            self._data_key = unwrap(self.wrapped, self.master_version, self.pk.bytes)
        return self._data_key

    def rewrap(self) -> bool:
        """Wrap by the master key in use; True when that changed anything. The data key stays the same."""
        if self.master_version == version_in_use():
            return False
        self._data_key = self.data_key
        self._wrap()
        return True

    def _wrap(self):
        self.master_version, self.wrapped = wrap(self._data_key, self.pk.bytes)

    def __getstate__(self):
        return {name: value for name, value in super().__getstate__().items() if name != "_data_key"}


class AccessKind(models.TextChoices):
    """What somebody did, or was not allowed to do, with what they saw."""

    VIEWED = "viewed", _("viewed")
    REVEALED = "revealed", _("revealed")
    PREVIEWED = "previewed", _("previewed")
    DOWNLOADED = "downloaded", _("downloaded")
    COPIED = "copied", _("took a copy")
    EXPORTED = "exported", _("exported")
    REFUSED_RIGHT = "refused_right", _("refused a right")


class AccessEvent(models.Model):
    """One look at personal data or a file, or one right refused. The database takes new rows alone.

    Person and subject are kept as text, so that the event reads when they are gone. The typed reason is what
    somebody said: it stands in a statement, and here is only its number.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=AccessKind)
    person_id = models.CharField(_("account"), max_length=64, blank=True)
    person_name = models.CharField(_("person"), max_length=255)
    subject_label = models.CharField(_("subject"), max_length=100)
    subject_pk = models.CharField(_("number of the subject"), max_length=64, blank=True)
    subject_field = models.CharField(_("field"), max_length=100, blank=True)
    reason = models.CharField(_("reason"), max_length=100, blank=True)
    statement_id = models.BigIntegerField(_("statement"), null=True, blank=True)
    request = models.CharField(_("request"), max_length=64, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("access event")
        verbose_name_plural = _("access events")
        default_permissions = ("view",)
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_label", "subject_pk"], name="access_by_subject"),
            models.Index(fields=["at"], name="access_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=AccessKind.values), name="access_kind_is_known"),
            models.CheckConstraint(condition=~models.Q(person_name=""), name="access_names_somebody"),
        ]

    def __str__(self):
        return f"{self.person_name} · {self.get_kind_display()}"


append_only(AccessEvent)
