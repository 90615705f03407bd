"""The nightly look at the stored bytes: what is missing, changed or named by no row (O11, invariant 8)."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from complaints.actions import checking_evidence
from complaints.actions.checking_evidence import CHANGED, EXTRA, MISSING, check_if_due, go_on, health_of_files, is_due
from complaints.actions.showing_evidence import download_evidence
from complaints.evidence_files.files import FileChanged
from complaints.models import EvidenceCheck
from tests.building import a_photo, add_photo, an_assessing_case
from tests.cast import AT

pytestmark = pytest.mark.django_db

NIGHT = AT.replace(hour=3)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def pieces(cast):
    case = an_assessing_case(cast)
    return [add_photo(cast, case, file=a_photo(colour=colour)) for colour in ("red", "green", "blue")]


def rewrite(storage, piece, content):
    path = storage / piece.file.name
    path.chmod(0o600)
    path.write_bytes(content)


def damage(storage, pieces):
    """One gone, one changed without a change of size, and a file that nobody knows."""
    (storage / pieces[0].file.name).unlink()
    rewrite(storage, pieces[1], b"x" * pieces[1].size)
    return default_storage.save("evidence/ff/stray", ContentFile(b"x"))


def whole_look(at=AT, **changes):
    check = EvidenceCheck.objects.create(started_at=at)
    return check, go_on(check, at=at, **{"sweeping": False, "span": None} | changes)


def test_nothing_is_wrong_with_what_lies_as_it_was_sealed(pieces):
    check, findings = whole_look()
    assert (findings, check.pieces, check.is_well) == ([], 3, True)
    assert check.size == sum(piece.size for piece in pieces)


def test_missing_changed_and_extra_bytes_are_named(pieces, storage):
    stray = damage(storage, pieces)
    check, findings = whole_look()
    assert findings == [
        (MISSING, pieces[0].pk, pieces[0].file.name),
        (CHANGED, pieces[1].pk, pieces[1].file.name),
        (EXTRA, None, stray),
    ]
    assert (check.missing, check.changed, check.extra) == (1, 1, 1)
    assert health_of_files().startswith("2 files of evidence")


def test_bytes_that_changed_are_not_handed_out(cast, pieces, storage):
    damage(storage, pieces)
    with pytest.raises(FileChanged):
        download_evidence(pieces[1].pk, by=cast.ana, at=AT).open()
    with pytest.raises(FileNotFoundError):
        download_evidence(pieces[0].pk, by=cast.ana, at=AT).open()


def grow_old(storage, path):
    past = AT.timestamp() - timedelta(days=2).total_seconds()
    os.utime(storage / path, (past, past))


def test_old_files_without_a_row_are_swept_away_and_young_ones_stay(pieces, storage):
    old, young = (default_storage.save(f"evidence/{name}", ContentFile(b"x")) for name in ("00/old", "young"))
    grow_old(storage, old)
    os.utime(storage / young, (AT.timestamp(), AT.timestamp()))
    check, _findings = whole_look(sweeping=True)
    assert (check.extra, check.swept) == (2, 1)
    assert [default_storage.exists(path) for path in (old, young)] == [False, True]
    assert all(default_storage.exists(piece.file.name) for piece in pieces)


def test_many_files_without_a_row_look_like_a_database_put_back_and_stay(storage, monkeypatch):
    monkeypatch.setattr(checking_evidence, "SWEPT_AT_MOST", 2)
    paths = [default_storage.save(f"evidence/00/{number}", ContentFile(b"x")) for number in range(3)]
    for path in paths:
        grow_old(storage, path)
    assert checking_evidence.sweep_away(list(checking_evidence.extra_files()), at=AT, at_most=2) == 0
    assert checking_evidence.sweep_away(list(checking_evidence.extra_files()), at=AT, at_most=3) == 3


def test_a_look_goes_on_where_the_last_slice_stopped(pieces, storage, monkeypatch):
    rewrite(storage, pieces[2], b"y")
    monkeypatch.setattr(checking_evidence, "SLICE", timedelta(0))
    moments = iter(range(100))
    monkeypatch.setattr(checking_evidence.time, "monotonic", lambda: next(moments) // 3)
    steps = [check_if_due(NIGHT + timedelta(minutes=minute)) for minute in range(4)]
    check = EvidenceCheck.objects.get()
    assert sum(step[0] for step in steps) == 3
    assert [step[2] for step in steps if step[2]] == ["evidence: 1"]
    assert (check.pieces, check.changed, check.finished_at is not None) == (3, 1, True)


@pytest.mark.parametrize(
    ("since", "hour", "due"), [(19, 3, False), (21, 3, True), (21, 12, False), (29, 12, False), (31, 12, True)]
)
def test_a_look_begins_at_night_or_when_a_night_was_missed(since, hour, due):
    at = AT.replace(hour=hour)
    EvidenceCheck.objects.create(started_at=at - timedelta(hours=since), finished_at=at)
    assert is_due(at) is due


def test_the_command_names_what_is_wrong_and_ends_with_an_error(pieces, storage, capsys):
    call_command("verify_evidence")
    assert "3 pieces" in capsys.readouterr().out
    stray = damage(storage, pieces)
    grow_old(storage, stray)
    with pytest.raises(CommandError, match="2 pieces"):
        call_command("verify_evidence", "--sweep")
    said = capsys.readouterr().out
    assert all(line in said for line in (f"missing: {pieces[0].file.name}", f"changed: {pieces[1].file.name}", stray))
    assert not default_storage.exists(stray)


def test_no_file_is_ever_read_whole(pieces, monkeypatch):
    real, sizes = default_storage.open, []

    def opened(name, mode="rb"):
        file = real(name, mode)
        read = file.file.read
        file.file.read = lambda size=-1: (sizes.append(size), read(size))[1]
        return file

    monkeypatch.setattr(default_storage, "open", opened)
    whole_look()
    assert sizes
    assert all(0 < size <= 65536 for size in sizes)


def test_yesterday_is_not_looked_at_twice(pieces):
    assert check_if_due(NIGHT)[0] == 3
    assert check_if_due(NIGHT + timedelta(minutes=1)) == (0, 0, "")
    assert health_of_files() == "ok"
