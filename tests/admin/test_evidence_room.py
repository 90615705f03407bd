"""The evidence room: what is needed, every piece, one of them whole with its custody log, and the doors of files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions.evidencing import exclude_evidence, verify_evidence
from complaints.actions.holding import set_hold
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.models import Evidence
from complaints.states import EvidenceState, ScanState
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.building import CUSTOMER, a_photo, add_photo, an_investigating_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db

GET_ONLY = ("post", "put", "patch", "delete")


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def case(cast):
    return an_investigating_case(cast)


def room_of(case, query=""):
    return f"/admin/complaints/complaint/{case.pk}/evidence/{query}"


def file_of(piece, door="file"):
    return f"/admin/complaints/evidence/{piece.pk}/{door}/"


def test_the_room_says_what_was_asked_what_came_and_who_verified_it(cast, case):
    ask_for_evidence(case.pk, by=cast.ana, at=AT, evidence_type="invoice", what="请补发票", due_at=later(days=2))
    browser = signed_in(cast.ana)
    assert "missing" in text_of(browser.get(room_of(case)))
    photo = add_photo(cast, case, description="领口特写")
    page = text_of(browser.get(room_of(case)))
    assert "not verified yet" in page
    for shown in ("领口污渍.png", photo.sha256, "领口特写", "请补发票", "安娜", f"{photo.size} B"):
        assert shown in page
    verify_evidence(photo.pk, by=cast.sven, at=later(hours=1))
    assert "verified by 沈文" in text_of(browser.get(room_of(case)))


def test_an_excluded_piece_stays_with_its_reason(cast, case):
    photo = add_photo(cast, case)
    exclude_evidence(photo.pk, by=cast.ana, at=AT, reason="说的是另一件衣服。")
    page = text_of(signed_in(cast.ana).get(room_of(case, f"?piece={photo.pk}")))
    assert "cm-evidence-struck" in page
    assert "说的是另一件衣服。" in page
    assert "excluded by 安娜" in page


def test_dialogs_opened_in_the_room_lead_back_to_it(cast, case):
    photo = add_photo(cast, case)
    browser = signed_in(cast.ana)
    page = text_of(browser.get(room_of(case)))
    url = f"{dialog(photo, 'verify-evidence')}?back=evidence"
    assert url in page
    assert send(browser, url)["HX-Redirect"] == room_of(case, f"?piece={photo.pk}")
    photo.refresh_from_db()
    assert photo.state == EvidenceState.VERIFIED


def test_files_are_added_from_the_room_by_the_same_action_and_a_key_sent_twice_adds_one(cast, case):
    browser = signed_in(cast.ana)
    url = f"{dialog(case, 'add-evidence')}?back=evidence"
    assert url in text_of(browser.get(room_of(case)))
    key = "8f14e45f-ceea-467f-a0d1-d3a1d1c1b1a1"
    for _time in range(2):
        fields = {"file": a_photo(), "evidence_type": "photo", "supplied_by": "customer", "form_key": key}
        answer = browser.post(url, fields, HTTP_HX_REQUEST="true")
        assert answer.status_code == 204
    photo = Evidence.objects.get(case=case)
    assert answer["HX-Redirect"] == room_of(case, f"?piece={photo.pk}")


def test_every_look_preview_copy_download_and_export_is_in_the_custody_log(cast, case):
    photo = add_photo(cast, case)
    browser = signed_in(cast.ana)
    for address in (
        room_of(case, f"?piece={photo.pk}"), file_of(photo, "preview/1"), file_of(photo, "copy"), file_of(photo),
        room_of(case, "list/"),
    ):  # fmt: skip
        answer = browser.get(address)
        assert answer.status_code == 200
        b"".join(answer)
    kinds = list(AccessEvent.objects.filter(subject_pk=str(photo.pk)).order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        AccessKind.VIEWED, AccessKind.PREVIEWED, AccessKind.COPIED, AccessKind.DOWNLOADED, AccessKind.EXPORTED,
    ]  # fmt: skip
    told = text_of(signed_in(cast.axel).get(room_of(case, f"?piece={photo.pk}")))
    for shown in ("added evidence", "viewed", "previewed", "took a copy", "downloaded", "exported"):
        assert f"安娜 {shown}" in told


def test_who_handles_a_case_sees_their_own_looks_and_auditors_all(cast, case):
    photo = add_photo(cast, case)
    signed_in(cast.sven).get(file_of(photo))
    address = room_of(case, f"?piece={photo.pk}")
    assert "沈文 downloaded" not in text_of(signed_in(cast.ana).get(address))
    page = text_of(signed_in(cast.axel).get(address))
    assert "沈文 downloaded" in page
    assert "data-evidence-add" not in page


def test_files_leave_as_attachments_that_run_nothing(cast, case):
    photo = add_photo(cast, case)
    browser = signed_in(cast.ana)
    for door in ("file", "copy"):
        answer = browser.get(file_of(photo, door))
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Original-SHA256"] == photo.sha256
    for door in ("file", "copy", "thumbnail", "preview/1"):
        answer = browser.get(file_of(photo, door))
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"].startswith("private, no-store")


def test_bytes_that_were_changed_or_wait_for_the_scanner_are_not_handed_out(cast, case, storage):
    photo = add_photo(cast, case)
    path = storage / photo.file.name
    path.chmod(0o600)
    path.write_bytes(b"other")
    answer = signed_in(cast.ana).get(file_of(photo))
    assert (answer.status_code, "not those that were sealed" in text_of(answer)) == (409, True)
    waiting = add_photo_that_waits(cast, case)
    browser = signed_in(cast.ana)
    for door in ("file", "copy", "preview/1", "thumbnail"):
        answer = browser.get(file_of(waiting, door))
        assert (answer.status_code, "waits for the malware scanner" in text_of(answer)) == (409, True)
    page = text_of(browser.get(room_of(case, f"?piece={waiting.pk}")))
    assert "waits for the malware scanner" in page
    assert file_of(waiting, "preview/1") not in page


def add_photo_that_waits(cast, case):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "complaints.evidence_files.files.scanned", lambda file: (ScanState.WAITING, "ConnectionRefusedError")
        )
        return add_photo(cast, case)


def test_the_same_bytes_are_hinted_at_only_where_the_viewer_may_see_them(cast, case):
    other = an_investigating_case(cast, customer=CUSTOMER)
    photo, twin = add_photo(cast, case), add_photo(cast, other)
    address = room_of(case, f"?piece={photo.pk}")
    assert other.case_number in text_of(signed_in(cast.ana).get(address))
    type(other).objects.filter(pk=other.pk).update(team=cast.other_team, handler=cast.wen)
    assert other.case_number not in text_of(signed_in(cast.ana).get(address))
    assert twin.sha256 == photo.sha256


def test_texts_are_shown_as_text(cast, case):
    words = b"<script>alert('x')</script> & so on"
    letter = add_photo(cast, case, file=SimpleUploadedFile("a.txt", b"chat:\n" + words.replace(b"<script>", b"<b>")))
    page = signed_in(cast.ana).get(room_of(case, f"?piece={letter.pk}")).content.decode()
    assert "&lt;b&gt;alert(" in page
    assert "<b>alert" not in page


@pytest.mark.parametrize(
    "query", ["?piece=x", "?piece=-1", "?state=closed", "?state=", "?a=1", "?piece=1&piece=2", "?piece=" + "9" * 30]
)
def test_addresses_that_make_no_sense_get_a_sentence(cast, case, query):
    assert signed_in(cast.ana).get(room_of(case, query)).status_code in ({200} if query == "?state=" else {400})


@pytest.mark.parametrize("key", [0, 999999999])
def test_u33_pieces_that_are_not_of_this_case_are_not_found(cast, case, key):
    browser = signed_in(cast.ana)
    assert browser.get(room_of(case, f"?piece={key}")).status_code == 404
    for door in ("file", "copy", "thumbnail", "preview/1"):
        assert browser.get(f"/admin/complaints/evidence/{key}/{door}/").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("wen", 404), ("olga", 404), ("ben", 200), ("axel", 200)])
def test_u33_the_room_and_its_files_are_for_who_may_see_the_case(cast, case, name, status):
    photo = add_photo(cast, case)
    browser = signed_in(getattr(cast, name))
    for address in (room_of(case), room_of(case, "list/"), file_of(photo), file_of(photo, "copy")):
        assert browser.get(address).status_code == status
    if status == 404:
        seen = AccessEvent.objects.exclude(kind=AccessKind.REFUSED_RIGHT).filter(subject_pk=str(photo.pk))
        assert not seen.exists()


def test_rooms_and_files_are_read_alone(cast, case):
    photo = add_photo(cast, case)
    browser = signed_in(cast.ana)
    for address in (room_of(case), room_of(case, "list/"), file_of(photo), file_of(photo, "copy")):
        for method in GET_ONLY:
            assert getattr(browser, method)(address).status_code == 405


def test_the_list_has_every_piece_with_its_digest(cast, case):
    photo = add_photo(cast, case, file=a_photo("=1+1.png"))
    answer = signed_in(cast.ana).get(room_of(case, "list/"))
    told = b"".join(answer).decode()
    assert photo.sha256 in told
    assert '"\'=1+1.png"' in told


def test_a_legal_hold_is_shown_and_set_from_the_case(cast, case):
    set_hold(case.pk, by=cast.sven, at=AT, reason="可能起诉。")
    assert "可能起诉。" in text_of(signed_in(cast.ana).get(room_of(case)))
    page = text_of(signed_in(cast.sven).get(f"/admin/complaints/complaint/{case.pk}/change/"))
    assert "legal hold" in page
    assert dialog(case.holds.get(), "ask-to-lift-hold") in page


def test_the_number_of_queries_does_not_grow_with_the_pieces(cast, case):
    def counted():
        browser = signed_in(cast.ana)
        with CaptureQueriesContext(connection) as found:
            assert browser.get(room_of(case)).status_code == 200
        return len(found)

    add_photo(cast, case)
    few = counted()
    for number in range(6):
        add_photo(cast, case, file=a_photo(f"{number}.png", colour=f"#0000{number}0"))
    assert counted() <= few
    assert few <= 40
