"""Copies drawn anew: small, without place and camera, under the digest of their original, and drawn again at will."""

from io import BytesIO

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions.showing_evidence import copy_evidence, download_evidence, preview_evidence, thumbnail_of
from complaints.evidence_files import derived
from tests.building import add_photo, an_assessing_case
from tests.cast import AT

pytestmark = pytest.mark.django_db

ORIENTATION, GPS, CAMERA = 0x0112, 0x8825, 0x0110


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def a_picture_with_a_place() -> bytes:
    picture, held = Image.new("RGB", (400, 300), "brown"), BytesIO()
    told = picture.getexif()
    told[ORIENTATION], told[CAMERA], told[GPS] = 6, "Camera 4471", {1: "N", 2: (30.0, 15.0, 0.0)}
    picture.save(held, "JPEG", exif=told, comment=b"home address")
    return held.getvalue()


def a_pdf(pages: int) -> bytes:
    document, held = pypdfium2.PdfDocument.new(), BytesIO()
    for _page in range(pages):
        document.new_page(300, 400)
    document.save(held)
    return held.getvalue()


def added(cast, name, content):
    return add_photo(cast, an_assessing_case(cast), file=SimpleUploadedFile(name, content))


def bytes_of(found) -> bytes:
    with found.open() as opened:
        return opened.read()


def test_a_copy_has_the_pixels_and_nothing_else(cast):
    original = a_picture_with_a_place()
    photo = added(cast, "现场.jpg", original)
    copy = copy_evidence(photo.pk, by=cast.ana, at=AT)
    drawn = bytes_of(copy)
    assert (copy.name, copy.sha256) == ("现场.jpg", photo.sha256)
    assert not dict(Image.open(BytesIO(drawn)).getexif())
    assert not any(told in drawn for told in (b"Camera 4471", b"home address"))
    assert Image.open(BytesIO(drawn)).size == (300, 400), "turned upright"
    assert bytes_of(download_evidence(photo.pk, by=cast.ana, at=AT)) == original


def test_a_copy_lies_under_the_digest_of_its_original_and_is_drawn_again(cast):
    photo = added(cast, "现场.jpg", a_picture_with_a_place())
    first = thumbnail_of(photo.pk, by=cast.ana, at=AT)
    assert photo.sha256 in first.path
    assert max(Image.open(BytesIO(bytes_of(first))).size) == 240
    default_storage.delete(first.path)
    again = thumbnail_of(photo.pk, by=cast.ana, at=AT)
    assert default_storage.exists(again.path)


def test_pages_of_a_pdf_are_pictures(cast):
    letter = added(cast, "检测报告.pdf", a_pdf(3))
    page = preview_evidence(letter.pk, by=cast.ana, at=AT, page=2)
    assert (page.content_type, page.pages) == ("image/png", 3)
    assert Image.open(BytesIO(bytes_of(page))).format == "PNG"
    for number in (0, 4, 6):
        with pytest.raises(derived.CannotDraw):
            preview_evidence(letter.pk, by=cast.ana, at=AT, page=number)
    with pytest.raises(derived.CannotDraw):
        copy_evidence(letter.pk, by=cast.ana, at=AT)


def test_a_pdf_that_cannot_be_read_has_no_picture_and_harms_nobody(cast):
    letter = added(
        cast, "坏的.pdf", b"%PDF-1.7\n" + b"1 0 obj <</Type/Catalog/OpenAction<</S/JavaScript>>>>\n" + b"%%EOF"
    )
    with pytest.raises(derived.CannotDraw):
        preview_evidence(letter.pk, by=cast.ana, at=AT)
    assert not AccessEvent.objects.filter(kind=AccessKind.PREVIEWED).exists()


def test_nothing_is_drawn_from_bytes_that_were_changed(cast, storage):
    photo = added(cast, "现场.jpg", a_picture_with_a_place())
    path = storage / photo.file.name
    path.chmod(0o600)
    path.write_bytes(a_picture_with_a_place() + b"x")
    with pytest.raises(derived.CannotDraw):
        copy_evidence(photo.pk, by=cast.ana, at=AT)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_beginning_of_a_text_is_read_in_its_encoding(cast, encoding):
    words = "客户：<b>机器</b>又死机了\n" * 500
    letter = added(cast, "聊天.txt", words.encode(encoding))
    assert letter.content_type == "text/plain"
    assert derived.beginning_of(letter) == words[: derived.TEXT_SHOWN]


def test_each_kind_of_look_is_noted_as_what_it_was(cast):
    photo = added(cast, "现场.jpg", a_picture_with_a_place())
    preview_evidence(photo.pk, by=cast.ana, at=AT)
    copy_evidence(photo.pk, by=cast.sven, at=AT)
    download_evidence(photo.pk, by=cast.axel, at=AT)
    events = AccessEvent.objects.filter(subject_pk=str(photo.pk)).order_by("pk")
    assert [(event.person_name, event.kind) for event in events] == [
        (cast.ana.name, AccessKind.PREVIEWED),
        (cast.sven.name, AccessKind.COPIED),
        (cast.axel.name, AccessKind.DOWNLOADED),
    ]
