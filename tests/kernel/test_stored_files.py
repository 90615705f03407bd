"""Files on the disk: synced before they have a name, never written over, and nothing half-way under a name."""

import os

import pytest
from django.core.files.base import ContentFile

from casemgmt.stored_files import ARRIVING, SealedFiles


@pytest.fixture
def storage(tmp_path):
    return SealedFiles(location=tmp_path)


def test_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_answer(storage, tmp_path, monkeypatch):
    order = []
    for name in ("fsync", "link"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *args, name=name, real=real: (order.append(name), real(*args))[1])
    path = storage.save("evidence/ab/one", ContentFile(b"whole"))
    assert order[:2] == ["fsync", "link"]
    assert order.count("fsync") >= 2
    assert (tmp_path / path).read_bytes() == b"whole"
    assert (tmp_path / path).stat().st_mode & 0o777 == 0o400


def test_a_name_that_is_taken_is_never_written_over(storage, tmp_path):
    first, second = (storage.save("one", ContentFile(content)) for content in (b"first", b"second"))
    assert first != second
    with pytest.raises(FileExistsError):
        storage._save("one", ContentFile(b"third"))
    assert (tmp_path / first).read_bytes() == b"first"


class Broken(ContentFile):
    """Bytes that stop coming."""

    def chunks(self, size=None):
        yield b"half"
        raise ConnectionError


def test_what_breaks_off_has_no_name_and_leaves_nothing(storage, tmp_path):
    with pytest.raises(ConnectionError):
        storage.save("evidence/ab/one", Broken(b""))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_process_that_dies_half_way_leaves_a_file_that_is_known_by_its_name(storage, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "unlink", lambda path: None)
    with pytest.raises(ConnectionError):
        storage.save("one", Broken(b""))
    assert [path.name[: len(ARRIVING)] for path in tmp_path.iterdir()] == [ARRIVING]
