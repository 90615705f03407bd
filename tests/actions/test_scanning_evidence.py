"""Malware: refused while the scanner answers; while it is away the file is kept, and nobody sees it (U19)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from casemgmt.ledger import Refused, signed
from complaints.actions.answering_bodies import write_letter
from complaints.actions.evidencing import verify_evidence
from complaints.actions.requesting_evidence import evidence_facts
from complaints.actions.reviewing import request_removal
from complaints.actions.scanning_evidence import scan_waiting
from complaints.actions.showing_evidence import (
    copy_evidence,
    download_evidence,
    preview_evidence,
    thumbnail_of,
)
from complaints.models import Evidence
from complaints.states import EvidenceState, ScanState
from policies.lookup import categories_in_force
from tests.building import a_photo, add_photo, an_assessing_case
from tests.cast import AT, later
from tests.clamd import VIRUS, a_clamd, nobody_listens
from tests.outside import a_review
from tests.refusals import a_route
from tests.saying_no import refused

pytestmark = pytest.mark.django_db

SHOWN = (download_evidence, copy_evidence, preview_evidence, thumbnail_of)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


def an_infected_text():
    return SimpleUploadedFile("聊天记录.txt", b"hello " + VIRUS)


def test_what_the_scanner_finds_is_refused_and_not_kept(cast, case, settings, storage):
    with a_clamd() as clamd:
        settings.CLAMD_URL = clamd.url
        with refused("upload.malware"):
            add_photo(cast, case, file=an_infected_text())
        assert add_photo(cast, case).scan == ScanState.CLEAN
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 1


def test_while_the_scanner_is_away_a_file_is_kept_and_shown_to_nobody(cast, case, settings):
    settings.CLAMD_URL = nobody_listens()
    photo = add_photo(cast, case)
    assert (photo.scan, photo.state) == (ScanState.WAITING, EvidenceState.RECEIVED)
    for show in SHOWN:
        with refused("evidence.waits_for_scan"):
            show(photo.pk, by=cast.ana, at=AT)
    with refused("evidence.waits_for_scan"):
        verify_evidence(photo.pk, by=cast.ana, at=AT)
    with pytest.raises(IntegrityError, match="evidence_unscanned_is_not_verified"), signed(by=cast.ana, reason="x"):
        Evidence.objects.filter(pk=photo.pk).update(state=EvidenceState.VERIFIED)


def test_what_nobody_may_see_goes_along_with_no_letter_and_no_request(cast, case, settings):
    settings.CLAMD_URL = nobody_listens()
    photo, route = add_photo(cast, case), a_route(cast, case)
    letter = {"by": cast.ana, "at": AT, "words": "随附照片。", "evidence_ids": [photo.pk]}
    with refused("evidence.waits_for_scan"):
        write_letter(route.pk, direction="sent", **letter)
    assert write_letter(route.pk, direction="received", **letter).enclosures.get().evidence == photo
    review = a_review(cast, case)
    with refused("evidence.waits_for_scan"):
        request_removal(review.pk, ground="false_information", nothing_given=True, **letter)
    Evidence.objects.filter(pk=photo.pk).update(scan=ScanState.CLEAN)
    assert write_letter(route.pk, direction="sent", **letter).enclosures.get().evidence == photo


def test_when_it_is_back_what_is_clean_is_let_out_and_what_is_not_is_excluded(cast, case, settings):
    settings.CLAMD_URL = nobody_listens()
    photo, letter = add_photo(cast, case), add_photo(cast, case, file=an_infected_text())
    assert scan_waiting(later(minutes=1))[:2] == (2, 0)
    with a_clamd() as clamd:
        settings.CLAMD_URL = clamd.url
        assert scan_waiting(later(minutes=2)) == (2, 2, "")
        assert scan_waiting(later(minutes=3)) == (0, 0, "")
    photo.refresh_from_db()
    letter.refresh_from_db()
    assert (photo.scan, photo.state) == (ScanState.CLEAN, EvidenceState.RECEIVED)
    assert download_evidence(photo.pk, by=cast.ana, at=AT).size == photo.size
    assert (letter.scan, letter.state, letter.scan_says) == (ScanState.INFECTED, EvidenceState.EXCLUDED, "Test.Word")
    with refused("evidence.infected"):
        download_evidence(letter.pk, by=cast.ana, at=AT)
    category = categories_in_force(AT)["product.quality"]
    assert evidence_facts(case, category, at=AT).received == {"photo"}


def test_what_the_scanner_said_stands_whoever_writes(cast, case, settings):
    with a_clamd() as clamd:
        settings.CLAMD_URL = clamd.url
        photo = add_photo(cast, case, file=a_photo())
    with pytest.raises(Refused, match=r"evidence\.scanned_once"), signed(by=cast.ana, reason="x"):
        Evidence.objects.filter(pk=photo.pk).update(scan=ScanState.WAITING)
