"""A redacted copy: parts are gone from its pixels, the original is untouched, and the copy proves nothing by itself."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image

from casemgmt.ledger import signed
from casemgmt.violations import RuleBroken
from complaints.actions.evidencing import verify_evidence
from complaints.actions.redacting import redact_evidence
from complaints.actions.showing_evidence import download_evidence
from complaints.models import Evidence
from complaints.states import EvidenceState
from tests.building import CUSTOMER, add_photo, an_assessing_case
from tests.cast import AT, later
from tests.clips import a_clip

pytestmark = pytest.mark.django_db
WHY = "遮盖收件人电话，给物流公司看。"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.fixture
def photo(cast, case):
    held = BytesIO()
    Image.new("RGB", (200, 100), "white").save(held, "PNG")
    return add_photo(cast, case, file=SimpleUploadedFile("面单.png", held.getvalue()))


def redacted(cast, photo, areas="100 200 300 400", reason=WHY, at=AT):
    return redact_evidence(photo.pk, by=cast.ana, at=at, areas=areas, reason=reason)


def pixels_of(piece, cast):
    with download_evidence(piece.pk, by=cast.ana, at=AT).open() as opened:
        return Image.open(BytesIO(opened.read())).convert("RGB")


def test_what_is_covered_is_gone_and_the_original_stays(cast, photo):
    before = photo.sha256
    copy = redacted(cast, photo, "100 200 300 400; 900 0 100 100")
    picture = pixels_of(copy, cast)
    assert [picture.getpixel(place) for place in ((30, 30), (70, 50), (195, 5))] == [(0, 0, 0)] * 3
    assert picture.getpixel((100, 90)) == (255, 255, 255)
    assert pixels_of(photo, cast).getpixel((30, 30)) == (255, 255, 255)
    photo.refresh_from_db()
    assert (photo.sha256, copy.redacted_from_id) == (before, photo.pk)


def test_the_copy_says_who_made_it_and_why_and_proves_nothing(cast, photo):
    copy = redacted(cast, photo)
    assert (copy.state, str(copy.reason), copy.received_by, str(copy.file_name)) == (
        EvidenceState.EXCLUDED, WHY, cast.ana, "面单-redacted.png",
    )  # fmt: skip
    assert set(Evidence.history.filter(id=copy.pk).values_list("history_change_reason", flat=True)) == {
        "evidence.redacted"
    }
    with pytest.raises(RuleBroken):
        verify_evidence(copy.pk, by=cast.sven, at=later(hours=1))


@pytest.mark.parametrize(
    ("areas", "reason", "codes"),
    [
        ("", WHY, ["redaction.nothing_covered"]),
        ("1 2 3", WHY, ["redaction.not_areas"]),
        ("a b c d", WHY, ["redaction.not_areas"]),
        ("-1 0 10 10", WHY, ["redaction.not_areas"]),
        ("0 0 0 10", WHY, ["redaction.outside"]),
        ("990 0 11 10", WHY, ["redaction.outside"]),
        ("0 0 9 9;" * 61, WHY, ["redaction.too_many_areas"]),
        ("0 0 10 10", " ", ["reason.missing"]),
        ("", "", ["redaction.nothing_covered", "reason.missing"]),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_stays(cast, photo, storage, areas, reason, codes):
    with pytest.raises(RuleBroken) as broken:
        redacted(cast, photo, areas, reason)
    assert broken.value.codes == codes
    assert Evidence.objects.count() == 1


def test_only_originals_that_are_pictures_are_covered(cast, case, photo):
    with pytest.raises(RuleBroken) as broken:
        redacted(cast, redacted(cast, photo))
    assert broken.value.codes == ["redaction.is_redacted"]
    sound = add_photo(cast, case, file=SimpleUploadedFile("通话.mp3", a_clip("mp3")))
    with pytest.raises(RuleBroken) as broken:
        redacted(cast, sound)
    assert broken.value.codes == ["redaction.no_picture"]


def test_who_may_not_add_evidence_makes_no_copy(cast, photo):
    with pytest.raises(PermissionDenied):
        redact_evidence(photo.pk, by=cast.wen, at=AT, areas="0 0 9 9", reason=WHY)
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("change", ["of_nothing", "of_another_case", "verified"])
def test_the_database_knows_what_a_copy_is(cast, case, photo, change):
    copy = redacted(cast, photo)
    other = add_photo(cast, an_assessing_case(cast, customer=CUSTOMER))
    changes = {
        "of_nothing": {"redacted_from": None},
        "of_another_case": {"redacted_from": other},
        "verified": {"state": EvidenceState.VERIFIED},
    }
    with pytest.raises(DatabaseError), transaction.atomic(), signed(by=cast.ana, reason="evidence.redacted", at=AT):
        Evidence.objects.filter(pk=copy.pk).update(**changes[change])
