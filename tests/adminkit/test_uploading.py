"""Files on their way in: hashed while they arrive, without a name on the disk, and cut at the limit."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from casemgmt.adminkit import uploading


@pytest.fixture
def places(settings, tmp_path, monkeypatch):
    """Where files are written on their way; the limits of the policies are not asked here."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(uploading, "_limits", [])
    return tmp_path


def received(content: bytes):
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.bin", content)})
    return request.FILES["file"]


def test_a_file_arrives_with_its_digest_and_without_a_name(places):
    content = b"x" * 200_001
    file = received(content)
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert file.read() == content
    assert list(places.iterdir()) == []


def test_beyond_the_limit_nothing_is_written_and_the_size_is_known(places, settings):
    settings.MAX_UPLOAD_BYTES = 100_000
    file = received(b"x" * 300_000)
    assert file.size == 300_000
    assert file.read() == b""


def test_exactly_the_limit_is_kept(places, settings):
    settings.MAX_UPLOAD_BYTES = 100_000
    assert len(received(b"x" * 100_000).read()) == 100_000


def test_the_largest_registered_limit_counts(places, monkeypatch):
    monkeypatch.setattr(uploading, "_limits", [lambda at: 10, lambda at: 20])
    assert [len(received(b"x" * size).read()) for size in (20, 21)] == [20, 0]
