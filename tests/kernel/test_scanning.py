"""The client of the malware scanner against a server that speaks its protocol on loopback."""

from io import BytesIO

import pytest

from casemgmt import scanning
from tests.clamd import VIRUS, a_clamd, nobody_listens


@pytest.mark.parametrize("where", ["port", "socket"])
def test_bytes_are_sent_whole_and_the_verdict_is_read(settings, tmp_path, where):
    content = b"x" * (scanning.BLOCK + 17)
    with a_clamd(str(tmp_path / "clamd.ctl") if where == "socket" else "") as clamd:
        settings.CLAMD_URL = clamd.url
        assert scanning.scan(BytesIO(content)) == ""
        assert scanning.scan(BytesIO(content + VIRUS)) == "Test.Word"
    assert clamd.received == [content, content + VIRUS]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"HTTP/1.1 400 Bad Request\r\n\0"])
def test_any_other_answer_is_no_verdict(settings, answer):
    with a_clamd() as clamd:
        settings.CLAMD_URL, clamd.answers = clamd.url, answer
        with pytest.raises(scanning.ScannerAway):
            scanning.scan(BytesIO(b"x"))


@pytest.mark.parametrize("url", [nobody_listens(), "unix:///nowhere/clamd.ctl"], ids=["port", "socket"])
def test_a_scanner_that_is_not_there_is_said_to_be_away(settings, url):
    settings.CLAMD_URL = url
    with pytest.raises(scanning.ScannerAway):
        scanning.scan(BytesIO(b"x"))
