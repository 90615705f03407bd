"""Under which name an attempt to sign in is counted."""

LONGEST_NAME = 150


def name_tried(request, credentials) -> str:
    """The user name that was typed, no longer than one can be: the record of attempts has no room for more."""
    typed = (credentials or {}).get("username") or (request.POST.get("username", "") if request else "")
    return str(typed).replace("\x00", "")[:LONGEST_NAME]
