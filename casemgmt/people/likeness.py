"""When two user names look the same to a person who reads a history (S-rows know people by name)."""

import unicodedata

_LOOK_ALIKE = str.maketrans(
    {
        **dict(zip("авсеһіјкӏмнорԛѕтухԝ", "abcehljklmnopqstyxw", strict=True)),
        **dict(zip("αβεηικνορτυχγω", "abenlkvoptuxyw", strict=True)),
        **dict(zip("ıɑɡɩ", "lagl", strict=True)),
        "0": "o",
        "1": "l",
        "i": "l",
        "|": "l",
    }
)


def likeness(username: str) -> str:
    """One form for all user names that a reader could take for each other.

    Width, case, accents, spaces, invisible characters and the common look-alikes among Latin, Cyrillic,
    Greek letters and digits make no difference.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", username).casefold())
    seen = (character for character in folded if unicodedata.category(character)[0] in "LNPS")
    return "".join(seen).translate(_LOOK_ALIKE)
