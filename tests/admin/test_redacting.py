"""The dialog of a redacted copy: the picture to draw on, bad areas at their field, and the copy in the room."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.models import Evidence
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.building import add_photo, an_investigating_case
from tests.clips import a_clip

pytestmark = pytest.mark.django_db
GIVEN = {"areas": "100 100 300 50", "reason": "遮盖收件人电话。"}


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def case(cast):
    return an_investigating_case(cast)


def room_of(case, piece):
    return f"/admin/complaints/complaint/{case.pk}/evidence/?piece={piece.pk}"


def test_a_copy_is_made_in_the_dialog_and_shown_with_its_original(cast, case):
    photo = add_photo(cast, case)
    browser = signed_in(cast.ana)
    url = dialog(photo, "redact-evidence")
    page = browser.get(url).content.decode()
    assert f"/admin/complaints/evidence/{photo.pk}/preview/1/" in page
    assert 'data-redact="#id_areas"' in page
    refused = send(browser, url, **GIVEN | {"areas": "5 5 5"})
    assert "Each area is four numbers" in text_of(refused)
    assert "遮盖收件人电话。" in text_of(refused)
    assert send(browser, url, **GIVEN).status_code == 204
    copy = Evidence.objects.get(redacted_from=photo)
    shown = text_of(browser.get(room_of(case, copy)))
    assert "redacted copy" in shown
    assert "made a redacted copy" in shown
    assert "遮盖收件人电话。" in shown
    assert f'href="{room_of(case, photo)}"' in shown.replace("&amp;", "&")
    assert "cm-evidence-struck" not in shown


def test_it_is_offered_for_pictures_alone_and_to_who_may_add(cast, case):
    photo = add_photo(cast, case)
    sound = add_photo(cast, case, file=SimpleUploadedFile("通话.mp3", a_clip("mp3")))
    browser = signed_in(cast.ana)
    assert dialog(photo, "redact-evidence") in text_of(browser.get(room_of(case, photo)))
    assert dialog(sound, "redact-evidence") not in text_of(browser.get(room_of(case, sound)))
    assert dialog(photo, "redact-evidence") not in text_of(signed_in(cast.axel).get(room_of(case, photo)))
    assert send(signed_in(cast.axel), dialog(photo, "redact-evidence"), **GIVEN).status_code == 403
