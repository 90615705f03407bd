"""One form for each phone, name, number and document, so that equal ones are found as equal (F19, F21)."""

import re
import unicodedata

import phonenumbers

HOME_REGION = "CN"
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")
_EXTENSION_WORDS = re.compile(r"(?:ext\.?|extension|分机号?|转|x|#)", re.IGNORECASE)
# The bulk of all numbers, known without asking the library, thirty times as fast.
_WRITTEN_CHINESE_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})", re.ASCII)
_BETWEEN_DIGITS = str.maketrans("", "", " -")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK_DIGITS = "10X98765432"


class NotRecognised(ValueError):
    """The text is not what it is said to be. `code` is the code of the sentence that says so."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


def normal_text(text: str) -> str:
    """Widths unified, outer spaces off."""
    return unicodedata.normalize("NFKC", text).strip()


def normal_phone(text: str) -> str:
    """The number in E.164, with "x" and the extension if it has one; a number without a country is Chinese.

    Raises NotRecognised for what is no possible number.
    """
    typed = normal_text(text)
    if mobile := _WRITTEN_CHINESE_MOBILE.fullmatch(typed.translate(_BETWEEN_DIGITS)):
        return f"+86{mobile[1]}"
    without_extension_words = _EXTENSION_WORDS.sub("", typed)
    if len(typed) > 40 or any(character.isalpha() for character in without_extension_words):
        raise NotRecognised("phone.not_recognised")
    try:
        number = phonenumbers.parse(_EXTENSION_WORDS.sub(" ext. ", typed), HOME_REGION)
    except phonenumbers.NumberParseException as error:
        raise NotRecognised("phone.not_recognised") from error
    if not (phonenumbers.is_valid_number(number) or _is_chinese_mobile(number)):
        raise NotRecognised("phone.not_recognised")
    form = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{form}x{number.extension}" if number.extension else form


def _is_chinese_mobile(number: phonenumbers.PhoneNumber) -> bool:
    """Of the length and shape of mobile numbers; new prefixes are handed out faster than tables follow."""
    return number.country_code == 86 and _CHINESE_MOBILE.fullmatch(str(number.national_number)) is not None


def phone_without_extension(text: str) -> str:
    """The number that is dialled; two extensions of one number are found together."""
    return normal_phone(text).partition("x")[0]


def phone_tail(text: str) -> str:
    """The last four digits of a number, or of the digits that somebody remembers."""
    try:
        digits = phone_without_extension(text)
    except NotRecognised:
        digits = "".join(character for character in normal_text(text) if character.isdecimal())
    if len(digits) < 4:
        raise NotRecognised("phone.not_recognised")
    return digits[-4:]


def normal_name(text: str) -> str:
    """A name without regard to width, case and spaces."""
    return "".join(normal_text(text).casefold().split())


def normal_number(text: str) -> str:
    """An order or account number without regard to width, case, spaces and dashes."""
    return "".join(character for character in normal_text(text).casefold() if character.isalnum() or character in "@._")


def normal_email(text: str) -> str:
    """An address for mail, in small letters. Raises NotRecognised without its @."""
    address = normal_text(text).casefold()
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or any(character.isspace() for character in address):
        raise NotRecognised("email.not_recognised")
    return address


def normal_id_number(text: str) -> str:
    """A Chinese resident number of 18 characters, its check digit right (GB 11643)."""
    number = normal_text(text).replace(" ", "").upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise NotRecognised("id_number.not_recognised")
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, number, strict=False))
    if _ID_CHECK_DIGITS[total % 11] != number[17]:
        raise NotRecognised("id_number.check_digit")
    return number
