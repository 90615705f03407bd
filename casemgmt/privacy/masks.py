"""What is shown of personal data to people who have no reason to see it all."""

HIDDEN = "****"


def mask_name(text: str) -> str:
    """The first character, and nothing about how long the rest is: 林**."""
    return f"{text[:1]}**"


def mask_phone(text: str) -> str:
    """A mobile number as 138****6021, a foreign or fixed one by its last four digits."""
    domestic = text.removeprefix("+86").partition("x")[0]
    if len(domestic) == 11 and domestic.isdigit() and domestic.startswith("1"):
        return f"{domestic[:3]}{HIDDEN}{domestic[-4:]}"
    return mask_tail(domestic)


def mask_tail(text: str) -> str:
    """The last four characters, fewer of a short text: never more than half of it."""
    shown = min(4, len(text) // 2)
    return HIDDEN + text[len(text) - shown :]


def mask_email(text: str) -> str:
    """The first character and the domain."""
    local, _, domain = text.rpartition("@")
    return f"{local[:1]}{HIDDEN}@{domain}" if local else HIDDEN


def mask_address(text: str) -> str:
    """The first three characters, which name the province."""
    return text[:3] + HIDDEN if len(text) > 6 else HIDDEN


def mask_all(text: str) -> str:
    """Nothing but that there is something."""
    return HIDDEN
