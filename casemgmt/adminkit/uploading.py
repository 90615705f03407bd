"""Files on their way in: hashed while they arrive, on disk without a name, and cut at the limit.

Bytes beyond the limit of a file are read from the wire, so that the answer reaches the sender, and thrown away; how
many a request may bring at all is settled before (`MAX_UPLOAD_BYTES`). Nothing can stay behind: a file without a name
is gone with the process that holds it.
"""

import hashlib
import tempfile
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils import timezone

_limits: list[Callable[[datetime], int]] = []


def take_files_up_to(limit: Callable[[datetime], int]) -> None:
    """Have files cut beyond so many bytes; the largest of all registered limits counts."""
    _limits.append(limit)


class HashedFile(UploadedFile):
    """An upload that knows the SHA-256 of its bytes. One that was cut holds none of them, but its full size."""

    def __init__(self, *args, sha256: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.sha256 = sha256


class HashingUploadHandler(FileUploadHandler):
    """Writes each file to a place without a name and hashes it on the way."""

    def new_file(self, *args, **kwargs):
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.file = _nameless_file()
        self.digest = hashlib.sha256()
        at = timezone.now()
        self.limit = min(settings.MAX_UPLOAD_BYTES, max((limit(at) for limit in _limits), default=2**62))
        self.taken = 0

    def receive_data_chunk(self, raw_data, start):
        """More of it. Beyond the limit what was written goes, and nothing more is."""
        self.taken += len(raw_data)
        if self.taken <= self.limit:
            self.digest.update(raw_data)
            self.file.write(raw_data)
        elif self.file.tell():
            self.file.seek(0)
            self.file.truncate()

    def file_complete(self, file_size):
        """It is whole, or was cut."""
        self.file.seek(0)
        return HashedFile(
            file=self.file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
            sha256=self.digest.hexdigest(),
        )

    def upload_interrupted(self):
        """The sender went away."""
        if hasattr(self, "file"):
            self.file.close()


def _nameless_file():
    return tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)
