"""Uploads that break off, lie about their length or never end: no row, no file left, a short answer (U23, U31)."""

import io
from uuid import uuid4

import pytest
from django.test import override_settings

from complaints.models import Evidence, ImportBatch
from tests.admin.looking import dialog, signed_in
from tests.admin.typing_in import IMPORT

pytestmark = pytest.mark.django_db

BOUNDARY = "a-boundary"
SIZE = 6 * 1024 * 1024


class Breaking(io.RawIOBase):
    """A body that comes until some place, and then the line is dead."""

    def __init__(self, content: bytes, until: int):
        self.content, self.until, self.at = content, until, 0

    def read(self, size=-1):
        if self.at >= self.until:
            raise OSError("connection reset by peer")
        size = len(self.content) if size is None or size < 0 else size
        piece = self.content[self.at : min(self.until, self.at + size)]
        self.at += len(piece)
        return piece


class Endless(Breaking):
    """A body that goes on for ever, and counts what was taken of it."""

    def read(self, size=-1):
        piece = self.content if self.at == 0 else b"x" * min(size if size and size > 0 else 65536, 65536)
        self.at += len(piece)
        return piece


def body(size=SIZE) -> bytes:
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="form_key"\r\n\r\n{uuid4()}\r\n']
    parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="mode"\r\n\r\nlive\r\n')
    parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n')
    parts.append("Content-Type: text/csv\r\n\r\n")
    return "".join(parts).encode() + b"x" * size + f"\r\n--{BOUNDARY}--\r\n".encode()


def sent(browser, url, stream, length):
    browser.raise_request_exception = False
    environment = {"wsgi.input": stream, "CONTENT_LENGTH": str(length)}
    return browser.generic("POST", url, b"", content_type=f"multipart/form-data; boundary={BOUNDARY}", **environment)


@pytest.fixture
def places(tmp_path):
    """Where uploads are written on their way."""
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path)):
        yield tmp_path


def test_u31_a_client_that_goes_away_half_way_leaves_nothing(cast, places):
    files = ImportBatch.objects.count()
    whole = body()
    answer = sent(signed_in(cast.sven), IMPORT, Breaking(whole, len(whole) // 2), len(whole))
    assert answer.status_code == 400
    assert ImportBatch.objects.count() == files
    assert list(places.iterdir()) == []


def test_u31_neither_does_one_that_sends_evidence(cast, places, world):
    whole = body()
    before = Evidence.objects.count()
    answer = sent(
        signed_in(cast.ana), dialog(world.cases["busy"], "add-evidence"), Breaking(whole, SIZE // 2), len(whole)
    )
    assert answer.status_code >= 400
    assert Evidence.objects.count() == before
    assert list(places.iterdir()) == []


def test_u23_what_comes_beyond_the_declared_length_is_never_read(cast, places):
    files = ImportBatch.objects.count()
    stream = Endless(body(0), 0)
    answer = sent(signed_in(cast.sven), IMPORT, stream, 10)
    assert answer.status_code == 400
    assert stream.at <= 64 * 1024 + len(body(0))
    assert ImportBatch.objects.count() == files
    assert list(places.iterdir()) == []


def test_u23_more_than_the_limit_is_refused_before_it_is_read(cast, places, settings):
    files = ImportBatch.objects.count()
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    whole = body()
    answer = sent(signed_in(cast.sven), IMPORT, io.BytesIO(whole), len(whole))
    assert answer.status_code == 413
    assert ImportBatch.objects.count() == files
    assert list(places.iterdir()) == []
