"""The master key of the installation: it wraps the keys of people and feeds the blind indexes.

CASEMGMT_MASTER_KEY holds 32 bytes in base64. To change it, put the new one in front with the next version,
"2:<new>,1:<old>", and run the command rotate_master_key; then the old one can go.
"""

import base64
import binascii
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12
KEY_BYTES = 32


class WrongMasterKey(Exception):
    """A key of a person cannot be unwrapped: the master key is missing, or the row was tampered with."""


@lru_cache(maxsize=8)
def _master_keys(setting: str) -> dict[int, bytes]:
    keys = {}
    for part in filter(None, (part.strip() for part in setting.split(","))):
        version, colon, encoded = part.rpartition(":")
        try:
            key = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
            number = int(version) if colon else 1
        except (binascii.Error, ValueError) as error:
            raise ImproperlyConfigured("CASEMGMT_MASTER_KEY is not 32 bytes in base64") from error
        if len(key) != KEY_BYTES or number < 1 or number in keys:
            raise ImproperlyConfigured("CASEMGMT_MASTER_KEY is not 32 bytes in base64, one key a version")
        keys[number] = key
    if not keys:
        raise ImproperlyConfigured("CASEMGMT_MASTER_KEY is not set")
    return keys


def master_keys() -> dict[int, bytes]:
    """The configured keys by version, the one in use first. Raises ImproperlyConfigured."""
    return _master_keys(settings.CASEMGMT_MASTER_KEY)


def version_in_use() -> int:
    """The version that wraps new keys."""
    return next(iter(master_keys()))


def wrap(data_key: bytes, bound_to: bytes) -> tuple[int, str]:
    """The data key encrypted by the master key in use, and its version; `bound_to` names the row it belongs to."""
    version = version_in_use()
    nonce = os.urandom(NONCE_BYTES)
    wrapped = nonce + AESGCM(master_keys()[version]).encrypt(nonce, data_key, bound_to)
    return version, base64.b64encode(wrapped).decode("ascii")


def unwrap(wrapped: str, version: int, bound_to: bytes) -> bytes:
    """The data key. Raises WrongMasterKey."""
    raw = base64.b64decode(wrapped)
    try:
        return AESGCM(master_keys()[version]).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound_to)
    except (KeyError, InvalidTag) as error:
        raise WrongMasterKey(f"no master key of version {version} opens this row") from error


@lru_cache(maxsize=64)
def _index_key(master: bytes, kind: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"casemgmt blind index {kind}".encode())
    return derived.derive(master)


def index_token(kind: str, normal: str) -> str:
    """A keyed digest of a normal form, by a key of its own for each kind of index: 128 bits in hexadecimal."""
    key = _index_key(master_keys()[version_in_use()], kind)
    return hmac.new(key, normal.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()[:32]
