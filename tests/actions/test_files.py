"""What is inside a file, whatever it says of itself; and that nothing refused is kept (U1 to U25)."""

import hashlib
import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from casemgmt.violations import RuleBroken
from complaints.evidence_files import contents, files
from policies.values import UploadPolicy

POLICY = UploadPolicy(
    policy_id=1,
    code="default",
    content_types=("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "application/zip"),
    bytes_max=200_000,
    files_max=10,
    name_max=120,
    case_files_max=10,
    case_bytes_max=1_000_000,
    day_files_max=10,
    day_bytes_max=1_000_000,
)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HTML = b"<html><script>alert(1)</script></html>"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """A place of its own for each test, so that what stays behind is seen."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept_in(storage):
    return [path for path in storage.rglob("*") if path.is_file()]


def upload(name, content, content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type=content_type)


def picture(kind="PNG", size=(8, 8), frames=1):
    found = BytesIO()
    images = [Image.new("P", size, number % 256) for number in range(frames)]
    if kind == "JPEG":
        images[0].convert("RGB").save(found, kind)
    else:
        images[0].save(found, kind, **({"save_all": True, "append_images": images[1:]} if frames > 1 else {}))
    return found.getvalue()


def archive(*entries):
    found = BytesIO()
    with zipfile.ZipFile(found, "w") as zipped:
        for name, content in entries:
            zipped.writestr(name, content)
    return found.getvalue()


def link(name):
    """An entry that unpacks as a symbolic link."""
    found = zipfile.ZipInfo(name)
    found.create_system, found.external_attr = 3, 0o120777 << 16
    return found


def encrypted(content):
    """The same archive of one entry, saying in both of its headers that a password is wanted."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def long_gif(frames):
    """An animation of so many one-pixel pictures, a few bytes each."""
    header = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\x00\x00\x00\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return header + frame * frames + b";"


def test_a_file_is_stored_whole_under_a_random_name(storage):
    content = picture()
    stored = files.keep(upload("领口污渍.png", content, "text/html; charset=utf-7"), POLICY)
    assert (stored.name, stored.content_type, stored.size) == ("领口污渍.png", "image/png", len(content))
    assert stored.sha256 == hashlib.sha256(content).hexdigest() == files.digest_of(stored.path)
    assert "领口" not in stored.path
    assert not stored.path.endswith(".png")
    with files.read(stored.path) as found:
        assert found.read() == content
    assert (storage / stored.path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.jpg", picture("JPEG"), "image/jpeg"),
        ("a.gif", picture("GIF", frames=3), "image/gif"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("a.pdf", PDF, "application/pdf"),
        ("a.zip", archive(("b.txt", "b")), "application/zip"),
    ],
)
def test_types_are_known_by_content(name, content, content_type):
    assert files.keep(upload(name, content), POLICY).content_type == content_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "upload.empty"),
        ("a.png", picture() + b"x" * 200_000, "upload.too_large"),
        ("a.html.pdf", HTML, "upload.html_inside"),
        ("a.png", b"\xef\xbb\xbf  <!DOCTYPE html><p>", "upload.html_inside"),
        ("a.pdf", "<html>".encode("utf-16"), "upload.html_inside"),
        ("a.pdf", b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?>", "upload.html_inside"),
        ("a.png", b"<svg onload=alert(1)>", "upload.html_inside"),
        ("a.html", HTML, "upload.type_not_accepted"),
        ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related", "upload.type_not_accepted"),
        ("a.js", b"alert(1)", "upload.type_not_accepted"),
        ("a.swf", b"FWS\x05" + b"\x00" * 60, "upload.type_not_accepted"),
        ("a.exe", b"MZ" + b"\x00" * 200, "upload.type_not_accepted"),
        ("a.pdf.html", PDF, "upload.named_otherwise"),
        ("a.jpg", picture(), "upload.named_otherwise"),
        ("a.png", picture() + archive(("x", "y")), "upload.two_types"),
        ("a.jpg", picture("JPEG") + b"<?php __HALT_COMPILER(); ?>", "upload.two_types"),
        ("a.gif", picture("GIF") + b"<script>alert(1)</script>", "upload.two_types"),
        ("a.pdf", b"%PDF-1.4\n" + HTML + PDF, "upload.two_types"),
        ("a.pdf", PDF + archive(("x", "y")), "upload.two_types"),
        ("a.gif", b"GIF89a=/*" + b"x" * 50 + b"*/0;alert(1)", "upload.damaged"),
        ("a.png", picture()[:40], "upload.damaged"),
        ("a.pdf", b"%PDF-1.4\nhalf of it", "upload.damaged"),
        ("a.gif", long_gif(501), "upload.too_many_frames"),
        ("a.png", contents.MALWARE_TEST_STRING, "upload.malware"),
        ("a.zip", archive(("../x", "y")), "upload.archive_path"),
        ("a.zip", archive(("/etc/x", "y")), "upload.archive_path"),
        ("a.zip", archive((link("x"), "/etc/passwd")), "upload.archive_link"),
        ("a.zip", archive(("twin-a", "y"), ("twin-b", "z")).replace(b"twin-b", b"twin-a"), "upload.archive_name_twice"),
        ("a.zip", encrypted(archive(("x", "y"))), "upload.archive_encrypted"),
        ("a.zip", b"PK\x03\x04" + b"\x00" * 40, "upload.damaged"),
        ("a.xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "upload.type_not_accepted"),
        ("a\u200b.png", picture(), "upload.name_invisible"),
    ],
)
def test_what_is_refused_is_not_kept(storage, name, content, code):
    with pytest.raises(RuleBroken) as broken:
        files.keep(upload(name, content), POLICY)
    assert broken.value.codes == [code]
    assert {violation.field for violation in broken.value.violations} == {"file"}
    assert kept_in(storage) == []


def test_name_and_content_are_refused_at_once():
    with pytest.raises(RuleBroken) as broken:
        files.keep(upload("\u202e.pdf", HTML), POLICY)
    assert broken.value.codes == ["upload.name_invisible", "upload.html_inside"]


def test_a_script_over_the_edge_of_two_blocks_is_found(storage):
    plain = picture("JPEG")
    content = plain + b"\x00" * (files.BLOCK - len(plain) - 3) + b"<script>"
    with pytest.raises(RuleBroken) as broken:
        files.keep(upload("a.jpg", content), POLICY)
    assert broken.value.codes == ["upload.two_types"]


def chunk(kind, content):
    """One part of a PNG, with its check sum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def test_a_picture_of_very_many_pixels_is_not_decoded():
    size = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\x00" * 99))
    with pytest.raises(RuleBroken) as broken:
        files.keep(upload("a.png", bomb), POLICY)
    assert broken.value.codes == ["upload.too_many_pixels"]


class Endless:
    """An upload that never ends, as a client that announced 10 bytes may send."""

    name = "a.png"

    def __init__(self):
        self.given = 0

    def chunks(self, size):
        while True:
            self.given += size
            yield b"x" * size


def test_reading_stops_at_the_limit(storage):
    endless = Endless()
    with pytest.raises(RuleBroken) as broken:
        files.keep(endless, POLICY)
    assert broken.value.codes == ["upload.too_large"]
    assert endless.given <= POLICY.bytes_max + files.BLOCK
    assert kept_in(storage) == []


class Broken:
    """An upload whose client goes away half-way."""

    name = "a.png"

    def chunks(self, size):
        yield picture()[:20]
        raise ConnectionError


def test_a_client_that_goes_away_leaves_nothing(storage):
    with pytest.raises(ConnectionError):
        files.keep(Broken(), POLICY)
    assert kept_in(storage) == []


def store_and_fail(storage):
    """The row is refused after the bytes were stored."""
    with files.kept(upload("a.pdf", PDF), POLICY) as stored:
        assert default_storage.exists(stored.path)
        raise ZeroDivisionError


def test_bytes_go_again_when_the_row_does_not_come_about(storage):
    with pytest.raises(ZeroDivisionError):
        store_and_fail(storage)
    assert kept_in(storage) == []
