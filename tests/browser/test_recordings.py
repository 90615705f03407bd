"""A video in the evidence room, in a real browser: it plays from its copy under the content security policy."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.browser.seeing import grave_findings, runs_off
from tests.building import add_photo, an_investigating_case
from tests.clips import a_clip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_video_plays_in_the_room_on_a_phone_in_the_dark(cast, at_desk):
    case = an_investigating_case(cast)
    video = add_photo(cast, case, file=SimpleUploadedFile("开箱.webm", a_clip("webm")))
    ana = at_desk(cast.ana, width=390, scheme="dark")
    refused = []
    ana.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    ana.goto(f"/admin/complaints/complaint/{case.pk}/evidence/?piece={video.pk}")
    ana.wait_for_function("document.querySelector('video').readyState >= 1")
    ana.evaluate("document.querySelector('video').play()")
    ana.wait_for_function("document.querySelector('video').currentTime > 0")
    assert ana.evaluate("document.querySelector('video').videoWidth") == 64
    assert not runs_off(ana)
    assert grave_findings(ana) == []
    assert refused == []
