"""The row on which a step is tried, when there is one."""


class NothingThere(LookupError):
    """There is no row on which the step could be tried; no page would offer it."""


def newest(rows):
    """The newest row."""
    found = rows.order_by("pk").last()
    if found is None:
        raise NothingThere
    return found
