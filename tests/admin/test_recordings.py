"""Recordings in the evidence room: a player that asks for parts, noted looks, and a note where there is no copy."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.evidence_files import apart, derived
from tests.admin.looking import signed_in, text_of
from tests.building import add_photo, an_investigating_case
from tests.cast import AT
from tests.clips import a_clip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def case(cast):
    return an_investigating_case(cast)


@pytest.fixture
def video(cast, case):
    return add_photo(cast, case, file=SimpleUploadedFile("开箱.mp4", a_clip()), evidence_type="photo")


def door(piece, name):
    return f"/admin/complaints/evidence/{piece.pk}/{name}/"


def room_of(case, piece):
    return f"/admin/complaints/complaint/{case.pk}/evidence/?piece={piece.pk}"


def test_a_video_is_played_in_the_room_from_its_copy(cast, case, video):
    browser = signed_in(cast.ana)
    page = browser.get(room_of(case, video))
    shown = page.content.decode()
    assert "<video" in shown
    assert f'src="{door(video, "play")}"' in shown
    assert f'poster="{door(video, "preview/1")}"' in shown
    assert "media-src 'self'" in page["Content-Security-Policy"]
    assert browser.get(door(video, "thumbnail"))["Content-Type"] == "image/jpeg"
    whole = browser.get(door(video, "play"))
    assert (whole.status_code, whole["Content-Type"], whole["Accept-Ranges"]) == (200, "video/mp4", "bytes")
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert whole["Content-Disposition"].startswith("attachment")
    assert whole["Cache-Control"].startswith("private, no-store")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=7-999999999", 7, None)],
)
def test_a_player_gets_the_part_it_asks_for(cast, video, asked, first, last):
    browser = signed_in(cast.ana)
    whole = b"".join(browser.get(door(video, "play")))
    part = browser.get(door(video, "play"), HTTP_RANGE=asked)
    expected = whole[first:] if last is None else whole[first : last + 1]
    start = first if first >= 0 else len(whole) + first
    assert part.status_code == 206
    assert b"".join(part) == expected
    assert part["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(whole)}"
    assert part["Content-Length"] == str(len(expected))


@pytest.mark.parametrize(
    ("asked", "status"),
    [("bytes=99999999-", 416), ("bytes=9-3", 416), ("bytes=-0", 416), ("bytes=-", 200), ("bytes=0-1,5-9", 200),
     ("lines=1-2", 200), ("bytes=" + "9" * 30 + "-", 200), ("bytes=１-２", 200)],
)  # fmt: skip
def test_ranges_that_make_no_sense_break_nothing(cast, video, asked, status):
    assert signed_in(cast.ana).get(door(video, "play"), HTTP_RANGE=asked).status_code == status


def test_many_parts_are_one_look_in_the_custody_log(cast, case, video):
    browser = signed_in(cast.ana)
    for start in (0, 100, 200, 300):
        browser.get(door(video, "play"), HTTP_RANGE=f"bytes={start}-")
    looks = AccessEvent.objects.filter(kind=AccessKind.PREVIEWED, subject_pk=str(video.pk))
    assert [look.subject_field for look in looks] == ["sound and video"]


def test_who_may_not_see_the_case_hears_nothing(cast, video):
    assert signed_in(cast.wen).get(door(video, "play")).status_code == 404
    assert signed_in(cast.ana).post(door(video, "play")).status_code == 405
    assert not AccessEvent.objects.filter(kind=AccessKind.PREVIEWED).exists()


def test_pictures_are_not_played(cast, case):
    photo = add_photo(cast, case)
    assert signed_in(cast.ana).get(door(photo, "play")).status_code == 404


def test_a_recording_without_a_copy_says_so_and_leaves_as_its_original(cast, case, video, monkeypatch):
    def refuses(script, file, *words):
        raise apart.NothingInIt("ended with 1")

    monkeypatch.setattr(derived, "asked_apart", refuses)
    browser = signed_in(cast.ana)
    page = text_of(browser.get(room_of(case, video)))
    assert "The original carries place and device" in page
    assert "<video" not in page
    assert door(video, "copy") not in page
    assert browser.get(door(video, "play")).status_code == 404
    assert browser.get(door(video, "file")).status_code == 200


def test_sound_has_a_player_and_no_picture(cast, case):
    call = add_photo(cast, case, file=SimpleUploadedFile("通话.amr", a_clip("amr")), evidence_type="photo", at=AT)
    browser = signed_in(cast.ana)
    page = browser.get(room_of(case, call)).content.decode()
    assert "<audio" in page
    assert door(call, "thumbnail") not in page
    assert browser.get(door(call, "play"))["Content-Type"] == "audio/mpeg"
