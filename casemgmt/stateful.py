"""Rows with a state: moved by transitions alone, and never overwritten by someone who saw an older version."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from casemgmt.violations import CaseMovedOn


class StateField(FSMField):
    """A state that only transitions may set, for good.

    django-fsm-2's own mixin switches the protection off for the whole process while a row is refreshed.
    Here `Stateful.refresh_from_db` drops the loaded value instead, so that the field stays protected
    for every other row and thread.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("protected", True)
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["protected"] = self.protected
        return name, path, args, kwargs


class Stateful(models.Model):
    """A row with states and a version.

    Saving a row that somebody else has saved since it was read raises CaseMovedOn and changes nothing.
    """

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def expect_version(self, seen: int | None) -> None:
        """Raise CaseMovedOn unless the row still is the version that was seen; None expects nothing."""
        if seen is not None and seen != self.version:
            raise CaseMovedOn(f"{self._meta.label} {self.pk} is at version {self.version}, not {seen}")

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        """Reload, states included. A protected state is dropped first, so that the fresh one can be set."""
        states = [field for field in self._meta.concrete_fields if isinstance(field, FSMField)]
        dropped = {
            field.attname: self.__dict__.pop(field.attname)
            for field in states
            if (fields is None or field.name in fields) and field.attname in self.__dict__
        }
        try:
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        except Exception:
            self.__dict__.update(dropped)
            raise

    def save(self, *args, **kwargs):
        """Save the next version; see the class for what happens when the row has moved on."""
        if self._state.adding or kwargs.get("force_insert"):
            super().save(*args, **kwargs)
            return
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        self._seen_version = self.version
        self.version += 1
        try:
            super().save(*args, **kwargs)
        except Exception:
            self.version = self._seen_version
            raise
        finally:
            del self._seen_version

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):
        seen_version = getattr(self, "_seen_version", None)
        if seen_version is None:
            return super()._do_update(base_qs, using, pk_val, values, update_fields, forced_update)
        seen = base_qs.filter(version=seen_version)
        if not super()._do_update(seen, using, pk_val, values, update_fields, forced_update):
            raise CaseMovedOn(f"{self._meta.label} {pk_val} was changed by someone else")
        return True
