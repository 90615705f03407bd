"""Files on the disk of this machine: whole and synced before anybody is told, and never written over."""

import os
import tempfile
from pathlib import Path

from django.core.files.storage import FileSystemStorage

BLOCK = 64 * 1024
ARRIVING = ".arriving-"
SEALED = 0o400


class SealedFiles(FileSystemStorage):
    """Local storage for what must not get lost: after `save` the bytes and their name are on the disk.

    A file is written under a name of its own, synced, made read-only, and only then gets its name; one that exists
    is never replaced. A process that dies half-way leaves a file whose name begins with `ARRIVING`.
    """

    def _save(self, name, content):
        path = Path(self.path(name))
        fresh = _make(path.parent)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=ARRIVING, delete=False) as arriving:
            try:
                for block in content.chunks(BLOCK):
                    arriving.write(block)
                arriving.flush()
                os.fchmod(arriving.fileno(), SEALED)
                os.fsync(arriving.fileno())
                os.link(arriving.name, path)
            finally:
                os.unlink(arriving.name)
        for folder in (path.parent, *fresh):
            _sync(folder)
        return name


def _make(folder: Path) -> list[Path]:
    """Make the folder, for this user alone; the folders whose tables of contents changed by it."""
    changed = []
    for each in [*reversed(folder.parents), folder]:
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)
            changed.append(each.parent)
    return changed


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
