"""Names and contents of files (bad inputs U1 to U21)."""

import unicodedata

import pytest

from complaints.rules.uploads import (
    FRAMES_MAX,
    PIXELS_MAX,
    ArchiveEntry,
    ContentFacts,
    normal_name,
    violations_in_archive,
    violations_in_content,
    violations_in_name,
)

ALLOWED = ("image/png", "application/pdf")
MEGABYTE = 1024 * 1024


def codes(found):
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "upload.name_empty"),
        ("   ", "upload.name_empty"),
        ("x" * 301 + ".pdf", "upload.name_too_long"),
        ("图" * 255, "upload.name_too_long"),
        ("../../etc/passwd", "upload.name_characters"),
        ("C:\\x.pdf", "upload.name_characters"),
        ("..", "upload.name_characters"),
        ("a.htaccess\u200b", "upload.name_invisible"),
        ("\u200b.htaccess", "upload.name_invisible"),
        ("a\u202egnp.pdf", "upload.name_invisible"),
        ("a\x00.pdf", "upload.name_invisible"),
        ("a\r\n.pdf", "upload.name_invisible"),
    ],
)
def test_names_that_are_refused(name, code):
    assert codes(violations_in_name(normal_name(name), longest=120)) == [code]


@pytest.mark.parametrize("name", ["a.pdf", "领口 污渍（1）.png", "..%2f..%2fx.pdf", "x" * 116 + ".pdf", "a&b'c.pdf"])
def test_names_that_are_taken(name):
    assert codes(violations_in_name(normal_name(name), longest=120)) == []


def test_both_written_forms_of_a_letter_are_one_name():
    assert normal_name(unicodedata.normalize("NFD", "é.pdf")) == "é.pdf"


@pytest.mark.parametrize(
    ("facts", "name", "code"),
    [
        (ContentFacts(0, ""), "a.png", "upload.empty"),
        (ContentFacts(MEGABYTE + 1, "image/png"), "a.png", "upload.too_large"),
        (ContentFacts(68, "", malware=True), "a.png", "upload.malware"),
        (ContentFacts(10, "text/html"), "a.html.pdf", "upload.html_inside"),
        (ContentFacts(10, "text/html"), "a.pdf.html", "upload.type_not_accepted"),
        (ContentFacts(10, "application/zip"), "a.zip", "upload.type_not_accepted"),
        (ContentFacts(10, ""), "a.js", "upload.type_not_accepted"),
        (ContentFacts(10, "application/pdf"), "a.pdf.html", "upload.named_otherwise"),
        (ContentFacts(10, "application/pdf"), "a", "upload.named_otherwise"),
        (ContentFacts(10, "image/png"), "a.pdf", "upload.named_otherwise"),
        (ContentFacts(10, "image/png", second_type="ZIP"), "a.png", "upload.two_types"),
        (ContentFacts(10, "image/png", readable=False), "a.png", "upload.damaged"),
        (ContentFacts(10, "image/png", frames=FRAMES_MAX + 1), "a.png", "upload.too_many_frames"),
        (ContentFacts(10, "image/png", pixels=PIXELS_MAX + 1), "a.png", "upload.too_many_pixels"),
    ],
)
def test_contents_that_are_refused(facts, name, code):
    assert codes(violations_in_content(facts, name=name, allowed=ALLOWED, bytes_max=MEGABYTE)) == [code]


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (ContentFacts(MEGABYTE, "image/png", frames=FRAMES_MAX, pixels=PIXELS_MAX), "a.png"),
        (ContentFacts(1, "application/pdf"), "A.PDF"),
    ],
)
def test_contents_at_the_limit_are_taken(facts, name):
    assert codes(violations_in_content(facts, name=name, allowed=ALLOWED, bytes_max=MEGABYTE)) == []


def entry(name="a.txt", size=10, packed_size=10, is_link=False, is_encrypted=False):
    return ArchiveEntry(name, size, packed_size, is_link, is_encrypted)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([entry("../x")], "upload.archive_path"),
        ([entry("/etc/passwd")], "upload.archive_path"),
        ([entry("C:\\x")], "upload.archive_path"),
        ([entry(is_link=True)], "upload.archive_link"),
        ([entry(is_encrypted=True)], "upload.archive_encrypted"),
        ([entry(), entry()], "upload.archive_name_twice"),
        ([entry(size=200_000_000, packed_size=1000)], "upload.archive_bomb"),
        ([entry(f"{number}", size=MEGABYTE, packed_size=MEGABYTE) for number in range(11)], "upload.archive_bomb"),
    ],
)
def test_archives_that_are_refused(entries, code):
    assert code in codes(violations_in_archive(entries, bytes_max=MEGABYTE))


def test_an_honest_archive_is_listed_without_a_word():
    assert codes(violations_in_archive([entry("a"), entry("b/c")], bytes_max=MEGABYTE)) == []
