"""Changing the master key: what people are called is not encrypted anew, only their keys and the search index."""

from django.db import models, transaction

from casemgmt.privacy.actions import models_by_key
from casemgmt.privacy.master import version_in_use
from casemgmt.privacy.models import PersonKey

BATCH = 500


def rewrap_keys() -> int:
    """Wrap every key that an older master key wraps; return how many. Works in batches and goes on where it stopped."""
    older = PersonKey.objects.exclude(master_version=version_in_use()).order_by("pk")
    rewrapped = 0
    while True:
        with transaction.atomic():
            keys = [key for key in older.select_for_update()[:BATCH] if key.rewrap()]
            PersonKey.objects.bulk_update(keys, ["wrapped", "master_version"])
        if not keys:
            return rewrapped
        rewrapped += len(keys)


def reindex() -> int:
    """Make every blind index anew from what is sealed; return how many rows differed.

    Needed after `rewrap_keys`, and after a way of normalising changed. Blind indexes are outside history, so
    nothing is signed. Rows whose person was erased stay empty.
    """
    return sum(_reindex_table(model, link, indexes) for model, link, indexes in models_by_key() if indexes)


def _reindex_table(model: type[models.Model], link: models.ForeignKey, indexes: list[str]) -> int:
    fields = [model._meta.get_field(name) for name in indexes]
    sealed = {field.of for field in fields}
    changed, last = 0, None
    while True:
        rows = model._base_manager.select_related(link.name).only("pk", link.name, *sealed, *indexes).order_by("pk")
        rows = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
        if not rows:
            return changed
        last = rows[-1].pk
        for row in rows:
            tokens = {field.name: field.token_of(getattr(row, field.of)) for field in fields}
            if any(getattr(row, name) != token for name, token in tokens.items()):
                model._base_manager.filter(pk=row.pk, **{link.name: getattr(row, link.attname)}).update(**tokens)
                changed += 1
