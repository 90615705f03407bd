"""Pictures and names that look harmless, by the real upload dialog: thousands of frames, letters that nobody sees."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from complaints.models import Evidence
from complaints.rules.uploads import FRAMES_MAX
from tests.actions.test_files import long_gif
from tests.admin.counting import kept
from tests.admin.looking import dialog, send, text_of
from tests.building import a_photo

pytestmark = pytest.mark.django_db


def long_webp(frames) -> bytes:
    held = BytesIO()
    images = [Image.new("RGB", (2, 2), (number % 256, number // 256, 0)) for number in range(frames)]
    images[0].save(held, "WEBP", save_all=True, append_images=images[1:], duration=20, lossless=True)
    return held.getvalue()


def uploaded(browser, case, name, content):
    fields = {"evidence_type": "photo", "supplied_by": "customer", "description": "动图"}
    return send(browser, dialog(case, "add-evidence"), file=SimpleUploadedFile(name, content), **fields)


@pytest.mark.parametrize(
    ("name", "content"), [("a.gif", long_gif(100_000)), ("a.webp", long_webp(FRAMES_MAX + 1))], ids=["gif", "webp"]
)
def test_u15_pictures_of_many_frames_are_refused_by_their_number(ana, world, name, content):
    before = kept()
    answer = uploaded(ana, world.cases["busy"], name, content)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert str(FRAMES_MAX) in text_of(answer)
    assert kept() == before


@pytest.mark.parametrize("name", ["\u200b.htaccess", "a.htaccess\u200b", "\u202eexe.htaccess"])
def test_u3_what_is_hidden_by_invisible_characters_is_refused(ana, world, name):
    before = Evidence.objects.count()
    assert uploaded(ana, world.cases["busy"], name, b"deny from all").status_code == 422
    assert Evidence.objects.count() == before


@pytest.mark.parametrize("name", ["a.png\u200b", "\u200ba.png", "a\u202e.png"])
def test_u3_a_name_is_kept_without_what_nobody_sees(ana, world, name):
    """Django takes them away before we see the name; what is kept and checked is what people read."""
    assert uploaded(ana, world.cases["busy"], name, a_photo().read()).status_code == 204
    assert str(Evidence.objects.latest("pk").file_name) == "a.png"
