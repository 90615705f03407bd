"""Personal data in a sealed envelope: encrypted by the key of the person, masked whenever it is printed."""

import base64
import binascii
import os
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables

from casemgmt.privacy.kinds import INDEXES, KINDS, written_down
from casemgmt.privacy.master import NONCE_BYTES, WrongMasterKey, index_token
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.normal_forms import NotRecognised
from casemgmt.violations import demand

SCHEME = "v1"


class Erased(Exception):
    """The key of the person is gone, and with it the text, for good."""


class Sealed:
    """The ciphertext of one personal text, its key's id and its kind.

    Two are equal when their ciphertexts are. `str` and templates show the masked text, or "erased". The text
    itself comes from `reveal` alone. A value read through its row uses the row's key, so that a list which
    selects the key with its rows needs no query for each.
    """

    __slots__ = ("_plain", "_row", "_row_key", "key_id", "kind", "token")

    def __init__(self, token: str, kind: str):
        self.token = token
        self.kind = kind
        self.key_id = _key_id_in(token)
        self._plain = self._row = self._row_key = None

    def of(self, row, key_field: str) -> "Sealed":
        """The same value, opened by the key of this row."""
        value = Sealed.__new__(Sealed)
        value.token, value.kind, value.key_id, value._plain = self.token, self.kind, self.key_id, self._plain
        value._row, value._row_key = row, key_field
        return value

    @property
    def is_new(self) -> bool:
        """True in the program that sealed it, until the row is read again."""
        return self._plain is not None

    @property
    def is_erased(self) -> bool:
        """True when the key is gone."""
        return self._key() is None

    @sensitive_variables()
    def same_text_as(self, other: "Sealed | str | None") -> bool:
        """Whether both hold the same text once written down the same way. False for what is erased."""
        if other is None:
            return False
        try:
            theirs = reveal(other) if isinstance(other, Sealed) else KINDS[self.kind].written(other)
            return reveal(self) == theirs
        except (Erased, NotRecognised):
            return False

    def __str__(self):
        try:
            return KINDS[self.kind].masked(reveal(self))
        except Erased:
            return gettext("erased")
        except WrongMasterKey:
            return gettext("cannot be read")

    def __repr__(self):
        return f"<Sealed {self.kind} by {self.key_id}>"

    def __eq__(self, other):
        return isinstance(other, Sealed) and (self.token, self.kind) == (other.token, other.kind)

    def __hash__(self):
        return hash(self.token)

    def __reduce__(self):
        return Sealed, (self.token, self.kind)

    def __deepcopy__(self, memo):
        return self

    def _key(self) -> PersonKey | None:
        if self._row is not None:
            if getattr(self._row, f"{self._row_key}_id") is None:
                return None
            if getattr(self._row, f"{self._row_key}_id") == self.key_id:
                try:
                    return getattr(self._row, self._row_key)
                except ObjectDoesNotExist:
                    return None
        return PersonKey.objects.filter(pk=self.key_id).first()


def is_token(text: object) -> bool:
    """Whether this is the stored form of a sealed value."""
    try:
        return isinstance(text, str) and bool(_key_id_in(text))
    except ValueError:
        return False


def _key_id_in(token: str) -> uuid.UUID:
    scheme, _, rest = token.partition(":")
    key_id, _, ciphertext = rest.partition(":")
    try:
        long_enough = len(base64.b64decode(ciphertext, validate=True)) > NONCE_BYTES + 16
    except binascii.Error:
        long_enough = False
    if scheme != SCHEME or not long_enough:
        raise ValueError("not a sealed value")
    return uuid.UUID(hex=key_id)


def _bound_to(key_id: uuid.UUID, kind: str) -> bytes:
    return f"{SCHEME}:{key_id.hex}:{kind}".encode()


@sensitive_variables()
def seal(key: PersonKey, text: str | None, *, kind: str = "text") -> Sealed | None:
    """The text, written down as its kind is written, encrypted by the key. Nothing, or only spaces, gives None.

    Raises RuleBroken for what cannot be of this kind: a phone that is none, null characters, too long a text.
    """
    if text is None or not text.strip():
        return None
    plain, violations = written_down(kind, text, field=kind)
    demand(violations)
    nonce = os.urandom(NONCE_BYTES)
    ciphertext = nonce + AESGCM(key.data_key).encrypt(nonce, plain.encode(), _bound_to(key.pk, kind))
    sealed = Sealed(f"{SCHEME}:{key.pk.hex}:{base64.b64encode(ciphertext).decode('ascii')}", kind)
    sealed._plain = plain
    return sealed


@sensitive_variables()
def reveal(sealed: Sealed) -> str:
    """The text in clear, without a record: for letters, calls and comparisons that the program makes itself.

    What a person is shown goes through `privacy.actions.reveal_for`. Raises Erased, and WrongMasterKey when the
    key does not fit.
    """
    if sealed._plain is not None:
        return sealed._plain
    key = sealed._key()
    if key is None:
        raise Erased(f"key {sealed.key_id} is gone")
    raw = base64.b64decode(sealed.token.rpartition(":")[2])
    bound_to = _bound_to(sealed.key_id, sealed.kind)
    try:
        return AESGCM(key.data_key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound_to).decode()
    except InvalidTag as error:
        raise WrongMasterKey(f"{sealed!r} was changed, moved from another row, or sealed by another key") from error


@sensitive_variables()
def blind(kind: str, text: str) -> str:
    """The token under which a text of this kind is found. Raises NotRecognised (a ValueError) when it has none."""
    normal = INDEXES[kind](text)
    if not normal:
        raise NotRecognised(f"{kind}.not_recognised")
    return index_token(kind, normal)


@sensitive_variables()
def blind_tokens(text: str, *kinds: str) -> dict[str, str]:
    """The tokens of a typed search text, for those of the kinds (all, when none is named) that it could be."""
    tokens = {}
    for kind in kinds or INDEXES:
        try:
            tokens[kind] = blind(kind, text)
        except NotRecognised:
            continue
    return tokens
