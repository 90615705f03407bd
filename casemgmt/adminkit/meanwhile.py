"""What somebody else did while one was writing: the versions of a row since the one that was seen, in words."""

from casemgmt.adminkit.reading_history import told_version
from casemgmt.adminkit.stored_words import names_in

MOST_TOLD = 20


def told_since(row, seen: str) -> list[dict]:
    """The versions of the row after the one that `seen` names, the oldest first, each with its changes in words.

    `seen` is what `editing.version_of` gave when the form was opened. What names no version of this row tells
    nothing, and neither does a row without history.
    """
    records = versions_of(row)
    if records is None or not seen.isascii() or not seen.isdecimal() or len(seen) > 18:
        return []
    column = "version" if hasattr(row, "version") else "history_id"
    later = list(records.filter(**{f"{column}__gt": int(seen)}).order_by("history_id")[:MOST_TOLD])
    before = records.filter(**{f"{column}__lte": int(seen)}).order_by("history_id").last()
    names = names_in(filter(None, [before, *later]))
    told = []
    for version in later:
        told.append(told_version(version, before, names))
        before = version
    return told


def version_seen(row, seen: str):
    """The version of the row that `seen` names, as it was stored; None when there is none."""
    records = versions_of(row)
    if records is None or not seen.isascii() or not seen.isdecimal() or len(seen) > 18:
        return None
    column = "version" if hasattr(row, "version") else "history_id"
    return records.filter(**{column: int(seen)}).order_by("history_id").last()


def versions_of(row):
    """The kept versions of a row; None for one whose changes nobody keeps."""
    attribute = getattr(row._meta, "simple_history_manager_attribute", None)
    return getattr(type(row), attribute).filter(**{row._meta.pk.attname: row.pk}) if attribute else None
