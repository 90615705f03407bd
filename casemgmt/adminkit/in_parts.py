"""Files in the parts that a player asks for (RFC 9110, one range at a time), so that it can jump within them."""

import os
import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

BLOCK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII)


def in_parts(request: HttpRequest, file: IO[bytes], content_type: str) -> HttpResponse:
    """The whole file, or 206 with the part asked for; 416 for a part beyond its end.

    Several parts at once, and what makes no sense, get the whole file, as the standard allows.
    """
    size = file.seek(0, os.SEEK_END)
    wanted = RANGE.fullmatch(request.headers.get("Range", ""))
    first, last = _bounds(wanted, size) if wanted else (0, size - 1)
    if wanted and first >= size:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    is_part = wanted is not None and wanted.group() != "bytes=-"
    response = StreamingHttpResponse(
        _blocks(file, first, last), status=206 if is_part else 200, content_type=content_type
    )
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(last - first + 1)
    if is_part:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _bounds(wanted: re.Match, size: int) -> tuple[int, int]:
    """First and last byte; of "-500" the last five hundred."""
    start, end = wanted.groups()
    if not start:
        return (max(0, size - int(end)) if int(end) else size, size - 1) if end else (0, size - 1)
    first, last = int(start), min(int(end), size - 1) if end else size - 1
    return (first, last) if first <= last else (size, size - 1)


def _blocks(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
