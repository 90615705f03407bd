"""What processes count while they work, for `/metrics`: how long requests took, and what became of messages.

The database knows what is; it does not know how long an answer took. So each process keeps its counts in memory and
writes them, whole, into a small file of its own; whoever is asked adds the files up. Without a setting that opens
`/metrics` nothing is counted and no file is written.
"""

import json
import logging
import os
import socket
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the buckets, in seconds."""
WRITTEN_EVERY = 2.0
KEPT = 24 * 60 * 60
MOST_SERIES = 2000
"""More than these are counted with "more" for their first label: names must not fill a disk."""
_counts: dict[str, float] = defaultdict(float)
_lock = threading.Lock()
_written = {"at": 0.0, "pid": 0}


def is_counted() -> bool:
    """Whether anybody may read the numbers."""
    return bool(settings.METRICS_TOKEN or settings.METRICS_NETWORKS)


def count(name: str, *labels: str, by: float = 1) -> None:
    """Add to one number; nothing happens while nobody may read it."""
    if is_counted():
        _add([(name, labels, by)])


def observe(name: str, seconds: float, *labels: str) -> None:
    """Add one span of time to its buckets, its sum and its number."""
    if not is_counted():
        return
    bucket = next((str(bound) for bound in BOUNDS if seconds <= bound), "+Inf")
    _add([(name, (*labels, bucket), 1), (f"{name}_sum", labels, seconds)])


def _add(changes: Iterable[tuple[str, tuple[str, ...], float]]) -> None:
    with _lock:
        if _written["pid"] != os.getpid():  # a child begins anew: its parent keeps its own file
            _counts.clear()
            _written.update(pid=os.getpid(), at=0.0)
        for name, labels, by in changes:
            key = json.dumps([name, *labels])
            if key not in _counts and len(_counts) >= MOST_SERIES:
                key = json.dumps([name, "more", *labels[1:]])
            _counts[key] += by
        if time.monotonic() - _written["at"] >= WRITTEN_EVERY:
            _write()


def flush() -> None:
    """Write what was counted by this process; a process calls it before it waits for long."""
    with _lock:
        if _counts and _written["pid"] == os.getpid():
            _write()


def _write() -> None:
    """A disk that is full or read-only costs numbers, never a request."""
    _written["at"] = time.monotonic()
    folder = Path(settings.TALLIES_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".", delete=False, encoding="utf-8") as fresh:
            json.dump(_counts, fresh)
        os.replace(fresh.name, folder / f"{socket.gethostname()}-{os.getpid()}.json")
    except OSError:
        logger.warning("tallies: the numbers of this process are not written")


def together(at: datetime) -> dict[tuple[str, ...], float]:
    """The counts of all processes, by name and labels. Files of processes that are long gone are deleted."""
    flush()
    found: dict[tuple[str, ...], float] = defaultdict(float)
    for file in Path(settings.TALLIES_DIR).glob("*.json"):
        try:
            if at.timestamp() - file.stat().st_mtime > KEPT:
                file.unlink()
                continue
            counts = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        for key, number in counts.items():
            found[tuple(json.loads(key))] += number
    return dict(found)
