"""Looking into bytes and drawing from them in a process of its own, whatever they do there.

The process gets no secrets of ours, has limits on time and memory that it sets itself, and is ended when it lasts.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO

HERE = Path(__file__).parent
PICTURES_SCRIPT, CLIPS_SCRIPT = HERE / "draw_copy.py", HERE / "draw_clip.py"
SECONDS = 30
BLOCK = 1024 * 1024
RECORDINGS = frozenset(
    ("video/mp4", "video/quicktime", "video/webm", "audio/mp4", "audio/mpeg", "audio/x-wav", "audio/amr")
)
"""Sound and moving pictures, which are looked into by another program than pictures and pages."""


class CannotDraw(Exception):
    """There is no picture of this file: its kind has none, or it cannot be read."""


class NothingInIt(CannotDraw):
    """The other process came to an end by itself, or at its limits: asked again, it will say the same."""


def asked_apart(script: Path, file: IO[bytes], *words: str) -> tuple[dict, bytes]:
    """What the other process says of the bytes of the file, and what it made of them. Raises CannotDraw."""
    try:
        with _with_a_number(file) as source:
            done = subprocess.run(
                [sys.executable, "-I", str(script), *words],
                stdin=source,
                capture_output=True,
                timeout=SECONDS,
                env={"LANG": "C.UTF-8"},
                check=True,
            )
    except subprocess.CalledProcessError as failure:
        raise NothingInIt(f"ended with {failure.returncode}") from failure
    except (OSError, subprocess.SubprocessError) as failure:
        raise CannotDraw(type(failure).__name__) from failure
    head, _line, content = done.stdout.partition(b"\n")
    return json.loads(head), content


@contextmanager
def _with_a_number(file: IO[bytes]):
    """The file as another process can read it: with a number, at its beginning."""
    file.seek(0)
    try:
        number = file.fileno()
    except (AttributeError, OSError):
        with tempfile.TemporaryFile() as copy:
            while block := file.read(BLOCK):
                copy.write(block)
            copy.flush()
            os.lseek(copy.fileno(), 0, os.SEEK_SET)
            yield copy.fileno()
        return
    os.lseek(number, 0, os.SEEK_SET)
    yield number
