"""Sound and video as evidence: taken by their bytes, played from a copy without place and device; never harmful."""

import struct
from io import BytesIO

import av
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from casemgmt.privacy.models import AccessEvent, AccessKind
from casemgmt.violations import RuleBroken
from complaints.actions.showing_evidence import copy_evidence, play_evidence, preview_evidence, thumbnail_of
from complaints.evidence_files import apart, derived
from complaints.models import Evidence
from tests.building import add_photo, an_assessing_case
from tests.cast import AT, later
from tests.clips import DEVICE, PLACE, a_clip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def added(cast, name, content):
    return add_photo(cast, an_assessing_case(cast), file=SimpleUploadedFile(name, content), evidence_type="photo")


def bytes_of(found) -> bytes:
    with found.open() as opened:
        return opened.read()


@pytest.mark.parametrize(
    ("name", "form", "content_type", "copied_as"),
    [
        ("开箱.mp4", "mp4", "video/mp4", "video/mp4"),
        ("开箱.mov", "mov", "video/quicktime", "video/mp4"),
        ("开箱.webm", "webm", "video/webm", "video/webm"),
        ("通话.m4a", "ipod", "audio/mp4", "audio/mp4"),
        ("通话.mp3", "mp3", "audio/mpeg", "audio/mpeg"),
        ("通话.wav", "wav", "audio/x-wav", "audio/x-wav"),
        ("通话.amr", "amr", "audio/amr", "audio/mpeg"),
    ],
)
def test_a_recording_is_known_by_its_bytes_and_its_copy_tells_no_place(cast, name, form, content_type, copied_as):
    original = a_clip(form)
    piece = added(cast, name, original)
    copy = copy_evidence(piece.pk, by=cast.ana, at=AT)
    written = bytes_of(copy)
    assert (piece.content_type, copy.content_type) == (content_type, copied_as)
    assert not [word for word in (PLACE, DEVICE, "home address") if word.encode() in written]
    with av.open(BytesIO(written)) as opened:
        assert [stream.type for stream in opened.streams] == [
            stream.type for stream in av.open(BytesIO(original)).streams
        ]
        assert sum(packet.size for packet in opened.demux()) > 0


def test_a_still_of_a_video_is_upright_and_sound_has_none(cast):
    video = added(cast, "竖拍.mp4", a_clip("mp4", turned=90))
    assert Image.open(BytesIO(bytes_of(preview_evidence(video.pk, by=cast.ana, at=AT)))).size == (48, 64)
    assert thumbnail_of(video.pk, by=cast.ana, at=AT).content_type == "image/jpeg"
    sound = added(cast, "通话.mp3", a_clip("mp3"))
    with pytest.raises(derived.CannotDraw):
        preview_evidence(sound.pk, by=cast.ana, at=AT)


def test_a_video_without_a_picture_is_sound_whatever_its_ending(cast):
    piece = added(cast, "通话.m4a", a_clip("mp4", sound_only=True))
    assert piece.content_type == "audio/mp4"


def test_playing_is_noted_once_in_ten_minutes_and_by_each(cast):
    piece = added(cast, "开箱.mp4", a_clip())
    for minutes in (0, 1, 9, 11):
        play_evidence(piece.pk, by=cast.ana, at=later(minutes=minutes))
    play_evidence(piece.pk, by=cast.sven, at=later(minutes=12))
    looks = AccessEvent.objects.filter(kind=AccessKind.PREVIEWED, subject_pk=str(piece.pk)).order_by("pk")
    assert [look.person_name for look in looks] == [cast.ana.name, cast.ana.name, cast.sven.name]


def a_box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


FTYP = a_box(b"ftyp", b"isom\x00\x00\x02\x00isommp41")


HOSTILE = {
    "html": ("a.mp4", lambda: b"<html><script>alert(1)</script></html>", "upload.html_inside"),
    "truncated": ("a.mp4", lambda: a_clip()[:300], "upload.damaged"),
    "head_alone": ("a.mp4", lambda: FTYP, "upload.damaged"),
    "endless_box": ("a.mp4", lambda: FTYP + b"\x00\x00\x00\x01moov" + struct.pack(">Q", 2**62), "upload.damaged"),
    "webm_truncated": ("a.webm", lambda: a_clip("webm")[:60], "upload.damaged"),
    "mp3_of_nothing": ("a.mp3", lambda: b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + b"\x00" * 400, "upload.damaged"),
    "named_otherwise": ("a.wav", a_clip, "upload.named_otherwise"),
    "matroska": ("a.mkv", lambda: b"\x1aE\xdf\xa3\xa3B\x82\x88matroska" + b"\x00" * 99, "upload.type_not_accepted"),
    "zip_behind": ("a.mp4", lambda: a_clip() + b"PK\x05\x06" + b"\x00" * 18, "upload.two_types"),
    "playlist": ("a.m3u8", lambda: b"#EXTM3U\nfile:///etc/passwd\n", "upload.type_not_accepted"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_whole_recording_is_refused_and_nothing_stays(cast, storage, kind):
    name, content, code = HOSTILE[kind]
    with pytest.raises(RuleBroken) as broken:
        added(cast, name, content())
    assert broken.value.codes == [code]
    assert not Evidence.objects.exists()
    assert not [path for path in storage.rglob("*") if path.is_file()]


def test_claims_of_a_huge_picture_are_not_believed(cast):
    """65,535 pixels a side, says the head of the file (PixelWidth and PixelHeight of Matroska); the pictures decide."""
    claimed = honest = a_clip("webm", size=(304, 304))
    for name in (b"\xb0", b"\xba"):
        claimed = claimed.replace(name + b"\x82\x01\x30", name + b"\x82\xff\xff", 1)
    assert claimed != honest
    piece = added(cast, "a.webm", claimed)
    with thumbnail_of(piece.pk, by=cast.ana, at=AT).open() as still:
        assert max(Image.open(still).size) <= 240


def test_too_many_pixels_are_refused(cast, monkeypatch):
    monkeypatch.setattr("complaints.rules.uploads.PIXELS_MAX", 64 * 48 - 1)
    with pytest.raises(RuleBroken) as broken:
        added(cast, "a.mp4", a_clip())
    assert broken.value.codes == ["upload.too_many_pixels"]


def test_a_recording_that_cannot_be_copied_is_asked_once_and_has_its_original(cast, monkeypatch):
    piece = added(cast, "开箱.mp4", a_clip())
    asked = []

    def refuses(script, file, *words):
        asked.append(words)
        raise apart.NothingInIt("ended with 1")

    monkeypatch.setattr(derived, "asked_apart", refuses)
    for _time in range(3):
        assert not derived.can_be_played(piece)
    assert asked == [("copy", "video/mp4")]
    default_storage.delete(f"derived/1/{piece.sha256[:2]}/{piece.sha256}/copy-1-of-0.none")
    monkeypatch.undo()
    assert derived.can_be_played(piece)


def test_the_process_apart_can_open_no_file_and_ends_at_its_limits(tmp_path):
    script = tmp_path / "greedy.py"
    limits = (
        f"import sys; sys.path.insert(0, {str(apart.HERE)!r})\nfrom draw_clip import limit_itself\nlimit_itself()\n"
    )
    for greed in ("bytearray(2 * 1024**3)", "open('/etc/hostname')", "import socket; socket.socket()"):
        script.write_text(f"{limits}{greed}\n")
        with pytest.raises(apart.NothingInIt):
            apart.asked_apart(script, BytesIO(b""))
    script.write_text(f"{limits}print('{{}}')\n")
    assert apart.asked_apart(script, BytesIO(b"")) == ({}, b"")
