"""Columns for personal data: sealed text, and the blind index by which it is found."""

from django.core import checks
from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Exact, In, IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from casemgmt.privacy.forms import SealedFormField
from casemgmt.privacy.kinds import INDEXES, KINDS
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.normal_forms import NotRecognised
from casemgmt.privacy.sealed import Erased, Sealed, blind, is_token, reveal, seal

_SEARCH_BY_INDEX = "{name} is sealed: {lookup} finds nothing. Filter its BlindIndexField by blind(kind, text)."


class SealedAttribute(DeferredAttribute):
    """A row's sealed value. Setting the same text again keeps the ciphertext, or each save would be a change."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        return value.of(instance, self.field.key_field) if isinstance(value, Sealed) else value

    def __set__(self, instance, value):
        value = self.field.as_stored(value)
        held = instance.__dict__.get(self.field.attname)
        if isinstance(value, Sealed) and value.is_new and isinstance(held, Sealed) and held != value:
            held = held.of(instance, self.field.key_field)
            if held.key_id == value.key_id and held.same_text_as(value):
                return
        instance.__dict__[self.field.attname] = value


class SealedColumn(Col):
    """A column of ciphertext, which has no order."""

    def resolve_expression(self, query=None, *args, **kwargs):
        if query is not None and any(self._is_ordered_by(item) for item in query.order_by):
            raise FieldError(f"{self.target.name} is sealed: there is no order of what cannot be read.")
        return super().resolve_expression(query, *args, **kwargs)

    def _is_ordered_by(self, item) -> bool:
        return isinstance(item, str) and item.lstrip("-+").rpartition("__")[2] == self.target.name


class OnlyNothing(Exact):
    """`field=None` asks whether there is a value. Two ciphertexts of one text differ, so nothing else is equal."""

    def __init__(self, lhs, rhs):
        if rhs is not None:
            raise FieldError(_SEARCH_BY_INDEX.format(name=lhs.output_field.name, lookup="exact"))
        super().__init__(lhs, rhs)


class SealedField(models.Field):
    """Ciphertext of one personal text, read as `Sealed` or None.

    The model has a nullable foreign key to PersonKey, named `key` unless `key_field` says otherwise. Assign
    `seal(row.key, text, kind=…)`; plain text is an error on every path, and a CHECK of the column admits
    ciphertext only. It cannot be searched, filtered or ordered: that is what a BlindIndexField is for.
    """

    description = _("Sealed personal data")
    empty_strings_allowed = False
    descriptor_class = SealedAttribute

    def __init__(self, *args, kind: str = "text", key_field: str = "key", **kwargs):
        self.kind = kind
        self.key_field = key_field
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["kind"] = self.kind
        if self.key_field != "key":
            kwargs["key_field"] = self.key_field
        return name, path, args, kwargs

    def get_internal_type(self):
        return "TextField"

    def db_check(self, connection):
        # Django's reading of SQLite tables takes a comma and a space for the end of a column, so no substr() there.
        column = connection.ops.quote_name(self.column)
        return f"{column} GLOB 'v1:*'" if connection.vendor == "sqlite" else f"substr({column}, 1, 3) = 'v1:'"

    def as_stored(self, value):
        """A token becomes Sealed; anything in clear is an error."""
        if value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            if isinstance(value, Sealed) and value.kind != self.kind:
                raise ValueError(f"{self.name} holds {self.kind}, not {value.kind}")
            return value
        if is_token(value):
            return Sealed(value, self.kind)
        raise ValueError(f"{self.name} is sealed: assign seal(key, text, kind={self.kind!r}), not the text itself")

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value, self.kind)

    def to_python(self, value):
        if value is None or isinstance(value, Sealed):
            return value
        if is_token(value):
            return Sealed(value, self.kind)
        raise ValidationError(_("This value is not sealed."), code="not_sealed")

    def get_prep_value(self, value):
        value = self.as_stored(super().get_prep_value(value))
        return value.token if isinstance(value, Sealed) else value

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return None if value is None else value.token

    def pre_save(self, model_instance, add):
        """A key made with the row is saved just before it."""
        value = super().pre_save(model_instance, add)
        if value is not None and self.key_field in model_instance._state.fields_cache:
            key = getattr(model_instance, self.key_field)
            if key is not None and key._state.adding:
                key.save(force_insert=True)
        return value

    def get_lookup(self, lookup_name):
        if lookup_name in ("isnull", "exact"):
            return IsNull if lookup_name == "isnull" else OnlyNothing
        raise FieldError(_SEARCH_BY_INDEX.format(name=self.name, lookup=lookup_name))

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is sealed and has no {lookup_name}.")

    def get_col(self, alias, output_field=None):
        return SealedColumn(alias, self, output_field)

    @property
    def cached_col(self):
        return SealedColumn(self.model._meta.db_table, self)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": SealedFormField, "kind": self.kind, **kwargs})

    def save_form_data(self, instance, data):
        """What was left masked stays; what was typed is sealed by the row's key, a fresh one if it has none."""
        if isinstance(data, str):
            if getattr(instance, self.key_field) is None:
                setattr(instance, self.key_field, PersonKey.fresh())
            data = seal(getattr(instance, self.key_field), data, kind=self.kind)
        setattr(instance, self.attname, data)

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_kind(), *self._check_key(), *self._check_ordering()]

    def _check_kind(self):
        if self.kind not in KINDS:
            yield checks.Error(f"no kind of personal data is called {self.kind!r}", obj=self, id="privacy.E001")

    def _check_key(self):
        try:
            target = self.model._meta.get_field(self.key_field).related_model
        except FieldDoesNotExist:
            target = None
        if target is not PersonKey:
            yield checks.Error(
                f"{self.name} is sealed, but {self.key_field} is no foreign key to PersonKey",
                hint="key = ForeignKey(PersonKey, null=True, on_delete=SET_NULL, db_constraint=False)",
                obj=self,
                id="privacy.E002",
            )

    def _check_ordering(self):
        if self.name in {str(item).lstrip("-+") for item in self.model._meta.ordering}:
            yield checks.Error(f"rows cannot be ordered by {self.name}, which is sealed", obj=self, id="privacy.E003")


class BlindIndexField(models.CharField):
    """The keyed digest of a sealed field's normal form: exact search without reading.

    Filled when the row is saved or created in bulk from a newly sealed value, kept otherwise, and emptied by
    erasure. `save(update_fields=…)` and `bulk_update` must name it beside the sealed field. Stays out of history:
    list it in `History(excluded_fields=…)`.
    """

    description = _("Blind index of personal data")

    def __init__(self, *args, of: str, kind: str | None = None, **kwargs):
        self.of = of
        self.kind = kind
        defaults = {"max_length": 32, "null": True, "blank": True, "editable": False, "db_index": True}
        super().__init__(*args, **{**defaults, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for option, usual in (("max_length", 32), ("null", True), ("blank", True)):
            if kwargs.get(option) == usual:
                del kwargs[option]
        kwargs["db_index"], kwargs["editable"] = self.db_index, self.editable
        return name, path, args, {**kwargs, "of": self.of, **({"kind": self.kind} if self.kind else {})}

    def token_of(self, sealed: Sealed | None) -> str | None:
        """The token of a sealed value; None for nothing, what is erased, and what has no such form."""
        if sealed is None:
            return None
        try:
            return blind(self.kind or sealed.kind, reveal(sealed))
        except (Erased, NotRecognised):
            return None

    def pre_save(self, model_instance, add):
        sealed = getattr(model_instance, self.of)
        held = getattr(model_instance, self.attname)
        if sealed is None or sealed.is_new or held is None:
            held = self.token_of(sealed)
            setattr(model_instance, self.attname, held)
        return held

    def get_lookup(self, lookup_name):
        try:
            return {"exact": Exact, "in": In, "isnull": IsNull}[lookup_name]
        except KeyError:
            raise FieldError(f"{self.name} is a blind index: it knows exact, in and isnull alone.") from None

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is a blind index and has no {lookup_name}.")

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_source(), *self._check_history()]

    def _check_source(self):
        try:
            source = self.model._meta.get_field(self.of)
        except FieldDoesNotExist:
            source = None
        if not isinstance(source, SealedField) or (self.kind or source.kind) not in INDEXES:
            yield checks.Error(
                f"{self.name} is the index of {self.of}, which is not a sealed field of a kind that can be found",
                obj=self,
                id="privacy.E004",
            )

    def _check_history(self):
        history = getattr(self.model._meta, "ledger", None)
        if history is not None and self.name not in history.excluded_fields:
            yield checks.Error(
                f"{self.name} would be copied into history and outlive an erasure",
                hint=f"history = History(excluded_fields=[…, {self.name!r}])",
                obj=self,
                id="privacy.E005",
            )
