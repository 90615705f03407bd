"""Secrets that an embedded installation makes for itself and keeps beside its database."""

import base64
import os
import secrets
import tempfile
from pathlib import Path


def new_key() -> str:
    """Thirty-two random bytes in URL-safe base64: long enough to sign with and to encrypt with."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")


def kept_key(path: Path) -> str:
    """The key in the file, made on first use and readable by its owner alone.

    Two processes that start at once get the same key: the file appears whole or not at all, and the first one wins.
    """
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(new_key() + "\n")
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
    return path.read_text(encoding="ascii").strip()
