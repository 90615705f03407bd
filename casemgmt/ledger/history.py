"""simple-history's tables with our columns: what a model declares so that the database keeps its history."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db import models
from django.db.models.base import ModelBase
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMFieldMixin
from simple_history import register as register_with_simple_history
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from casemgmt.ledger.context import LONGEST_REASON, LONGEST_REQUEST, LONGEST_SOURCE
from casemgmt.ledger.guards import Guard

SIGNATURE_COLUMNS = (
    "history_user_id",
    "history_actor",
    "history_change_reason",
    "history_request",
    "history_source",
    "history_login",
)
HISTORY_COLUMNS = ("history_id", "history_type", "history_date", "history_at", *SIGNATURE_COLUMNS)


def _actor(historical: models.Model) -> str:
    """Who signed, by the name of that time; needs no query and survives the account."""
    return historical.history_actor


def _keep_actor(historical: models.Model, actor: str) -> None:
    historical.history_actor = actor


class ManagerMadeOnce(HistoryManager):
    """simple-history makes a class whenever somebody asks for a history, which takes longer than the answer."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        """The manager class for these querysets."""
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    """The history of a model, written by triggers.

    `excluded_fields` stay out of history: their change alone leaves no row and needs no signature.
    `deletable` rows may go, signed; all others refuse DELETE. `guards` are further refusals.
    Historical rows are indexed by their object and its relations other than people, and by nothing else:
    every move pays for each index.
    """

    def __init__(
        self,
        *,
        excluded_fields: Iterable[str] = (),
        deletable: bool = False,
        guards: Iterable[Guard] = (),
        **options,
    ):
        self.deletable = deletable
        self.guards = tuple(guards)
        super().__init__(
            excluded_fields=list(excluded_fields),
            history_id_field=models.BigAutoField(),
            history_manager=ManagerMadeOnce,
            history_user_id_field=models.CharField(_("account"), max_length=64, blank=True),
            history_user_getter=_actor,
            history_user_setter=_keep_actor,
            history_change_reason_field=models.CharField(_("reason"), max_length=LONGEST_REASON),
            **options,
        )

    @property
    def _date_indexing(self) -> bool:
        return False

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        """The tracked fields as plain columns: no constraint, no protected state, few indexes."""
        fields = super().copy_fields(model)
        for name, field in fields.items():
            original = model._meta.get_field(name)
            field.db_index = original.primary_key or (original.is_relation and not _points_to_people(original))
            if isinstance(field, FSMFieldMixin):
                field.protected = False
        return fields

    def get_extra_fields(self, model: type[models.Model], fields: dict[str, models.Field]) -> dict[str, object]:
        """simple-history's columns, then who signed, from where, and when the act happened."""
        return super().get_extra_fields(model, fields) | {
            "history_actor": models.CharField(_("signed by"), max_length=255),
            "history_request": models.CharField(_("request"), max_length=LONGEST_REQUEST, blank=True),
            "history_source": models.CharField(_("source"), max_length=LONGEST_SOURCE),
            "history_login": models.CharField(_("database login"), max_length=128),
            "history_at": models.DateTimeField(_("happened at")),
        }

    def finalize(self, sender: type[models.Model], **kwargs) -> None:
        """Keep the declaration where triggers and checks find it."""
        super().finalize(sender, **kwargs)
        if hasattr(sender._meta, "simple_history_manager_attribute") and self._declared_for(sender):
            sender._meta.ledger = self

    def _declared_for(self, sender: type[models.Model]) -> bool:
        return self.cls is sender or (self.inherit and issubclass(sender, self.cls))


def _points_to_people(field: models.Field) -> bool:
    target = field.remote_field.model
    label = target if isinstance(target, str) else target._meta.label
    return label.lower() == settings.AUTH_USER_MODEL.lower()


def register(
    model: ModelBase,
    *,
    excluded_fields: Iterable[str] = (),
    deletable: bool = False,
    guards: Iterable[Guard] = (),
) -> None:
    """Track a model that cannot carry a history field of its own, such as the links of a many-to-many."""
    register_with_simple_history(
        model, records_class=History, excluded_fields=excluded_fields, deletable=deletable, guards=guards
    )
