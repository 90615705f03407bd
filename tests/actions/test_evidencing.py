"""Evidence: asked for, taken in, looked at, downloaded by whoever may, and read only once the case has ended."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgmt.ledger import Refused
from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions import evidencing
from complaints.actions.evidencing import (
    add_evidence,
    dispute_evidence,
    exclude_evidence,
    same_bytes,
    verify_evidence,
)
from complaints.actions.requesting_evidence import (
    answer_evidence_request,
    ask_for_evidence,
    give_up_evidence_request,
)
from complaints.actions.showing_evidence import download_evidence
from complaints.evidence_files import files
from complaints.models import Evidence
from complaints.states import CaseState, EvidenceRequestState, EvidenceState
from complaints.vocabulary import EvidenceType, Side
from policies.lookup import periods_in_force
from tests.building import a_case, a_photo, add_photo, an_assessing_case
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

PHOTO = {"evidence_type": EvidenceType.PHOTO, "supplied_by": Side.CUSTOMER}
ASKED = {"evidence_type": EvidenceType.PHOTO, "what": "请拍一张领口的照片"}


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """A place of its own for each test, so that what stays behind is seen."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def case(cast):
    """Taken by ana."""
    return an_assessing_case(cast)


def kept_in(storage):
    return [path for path in storage.rglob("*") if path.is_file()]


def test_a_piece_of_evidence_has_its_bytes_and_their_digest(cast, case):
    evidence = add_photo(cast, case, description="领口特写")
    assert (evidence.state, evidence.content_type) == (EvidenceState.RECEIVED, "image/png")
    assert (evidence.file_name.words, evidence.description.words) == ("领口污渍.png", "领口特写")
    assert evidence.file_name.side == Side.CUSTOMER
    assert files.digest_of(evidence.file.name) == evidence.sha256
    assert default_storage.size(evidence.file.name) == evidence.size


def test_two_of_one_name_and_the_same_bytes_are_kept_both(cast, case):
    first, second = add_photo(cast, case), add_photo(cast, case)
    other = add_photo(cast, case, file=a_photo(colour="white"))
    assert first.file.name != second.file.name
    found = same_bytes([first, second, other], by=cast.ana, at=AT)
    assert found == {first.sha256: [first, second]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"evidence_type": "rumour"}, "evidence.type_unknown"),
        ({"supplied_by": "neighbour"}, "evidence.side_unknown"),
        ({"request_id": 999999}, "evidence.request_of_another_case"),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "upload.empty"),
    ],
)
def test_each_clause_alone_refuses_and_keeps_no_bytes(cast, case, storage, changes, code):
    with refused(code):
        add_photo(cast, case, **changes)
    assert kept_in(storage) == []


def test_no_row_no_bytes(cast, case, storage, monkeypatch):
    def fail(*args, **facts):
        raise ZeroDivisionError

    monkeypatch.setattr(evidencing, "write_evidence", fail)
    with pytest.raises(ZeroDivisionError):
        add_photo(cast, case)
    assert kept_in(storage) == []


@pytest.mark.parametrize("state", [CaseState.WITHDRAWN, CaseState.VOIDED])
def test_a_case_that_has_ended_is_read_only(cast, state, storage):
    case = a_case(cast, state)
    before = kept_in(storage)
    with refused("case.ended"):
        add_photo(cast, case)
    with refused("case.ended"):
        ask_for_evidence(case.pk, by=cast.ana, at=AT, **ASKED)
    assert kept_in(storage) == before


def test_evidence_of_a_merged_case_goes_to_the_leading_one(cast):
    case = a_case(cast, CaseState.MERGED)
    with refused("evidence.case_merged") as broken:
        add_photo(cast, case)
    assert broken.value.violations[0].params["leading"] == case.merged_into.case_number


def test_evidence_answers_the_request_it_came_for(cast, case):
    request = ask_for_evidence(case.pk, by=cast.ana, at=AT, **ASKED)
    assert request.due_at == AT + timedelta(days=periods_in_force(AT).evidence_request_days)
    add_photo(cast, case, request_id=request.pk, at=later(hours=1))
    request.refresh_from_db()
    assert (request.state, request.answered_at) == (EvidenceRequestState.ANSWERED, later(hours=1))
    add_photo(cast, case, request_id=request.pk, at=later(hours=2))
    request.refresh_from_db()
    assert request.answered_at == later(hours=1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what": ""}, "evidence_request.what_missing"),
        ({"due_at": AT}, "evidence_request.due_in_past"),
        ({"evidence_type": ""}, "evidence.type_unknown"),
        ({"asked_from": "neighbour"}, "evidence.side_unknown"),
        ({"contact_id": 999999}, "contact.not_of_this_case"),
    ],
)
def test_each_clause_of_a_request_alone_refuses(cast, case, changes, code):
    with refused(code):
        ask_for_evidence(case.pk, by=cast.ana, at=AT, **ASKED | changes)


def test_a_request_is_given_up_after_its_deadline_and_answered_even_later(cast, case):
    request = ask_for_evidence(case.pk, by=cast.ana, at=AT, **ASKED, due_at=later(days=2))
    with refused("evidence_request.still_time"):
        give_up_evidence_request(request.pk, by=cast.ana, at=later(days=2))
    request = give_up_evidence_request(request.pk, by=cast.ana, at=later(days=2, seconds=1))
    assert request.state == EvidenceRequestState.NOT_ANSWERED
    with refused("case.not_possible_from"):
        give_up_evidence_request(request.pk, by=cast.ana, at=later(days=3))
    assert answer_evidence_request(request.pk, by=cast.ana, at=later(days=9)).state == EvidenceRequestState.ANSWERED
    with refused("case.not_possible_from"):
        answer_evidence_request(request.pk, by=cast.ana, at=later(days=9))


def test_evidence_is_believed_doubted_and_excluded(cast, case):
    photo = add_photo(cast, case)
    assert verify_evidence(photo.pk, by=cast.ana, at=AT).judged_by == cast.ana
    with refused("case.not_possible_from"):
        verify_evidence(photo.pk, by=cast.ana, at=AT)
    assert dispute_evidence(photo.pk, by=cast.ana, at=AT, reason="拍摄时间存疑").reason.words == "拍摄时间存疑"
    verify_evidence(photo.pk, by=cast.ana, at=AT)
    exclude_evidence(photo.pk, by=cast.ana, at=AT, reason="系网图")
    with refused("case.not_possible_from"):
        verify_evidence(photo.pk, by=cast.ana, at=AT)


@pytest.mark.parametrize("act", [dispute_evidence, exclude_evidence])
def test_doubt_has_a_reason(cast, case, act):
    photo = add_photo(cast, case)
    with refused("reason.missing"):
        act(photo.pk, by=cast.ana, at=AT, reason=" ")


def test_bytes_of_a_row_never_change(cast, case):
    """O11: sealed on arrival, by any path."""
    photo = add_photo(cast, case)
    photo.file = "evidence/other"
    with pytest.raises(Refused, match=r"evidence\.sealed"):
        photo.save()


def test_a_download_gives_the_bytes_and_leaves_an_event(cast, case):
    photo = add_photo(cast, case)
    download = download_evidence(photo.pk, by=cast.axel, at=AT, request="r1")
    assert (download.name, download.content_type, download.size) == ("领口污渍.png", "image/png", photo.size)
    with download.open() as found:
        assert len(found.read()) == photo.size
    event = AccessEvent.objects.get(kind=AccessKind.DOWNLOADED)
    assert (event.person_name, event.subject_pk, event.request) == (cast.axel.name, str(photo.pk), "r1")


def test_evidence_of_an_ended_case_is_still_read(cast, case):
    photo = add_photo(cast, case)
    ended = a_case(cast, CaseState.WITHDRAWN)
    assert not ended.is_open
    Evidence.objects.filter(pk=photo.pk).update(case=ended)
    assert download_evidence(photo.pk, by=cast.ana, at=AT).size == photo.size


@pytest.mark.parametrize("name", ["wen", "olga"])
def test_who_may_not_read_gets_nothing_and_leaves_no_event(cast, case, name):
    photo = add_photo(cast, case)
    with denied():
        download_evidence(photo.pk, by=getattr(cast, name), at=AT)
    assert not AccessEvent.objects.filter(kind=AccessKind.DOWNLOADED).exists()


@pytest.mark.parametrize("key", [0, -1, 999999])
def test_what_does_not_exist_is_not_found(cast, key):
    with pytest.raises(Evidence.DoesNotExist):
        download_evidence(key, by=cast.ana, at=AT)


@pytest.mark.parametrize("name", ["ben", "wen", "axel"])
def test_others_may_not(cast, case, storage, name):
    photo = add_photo(cast, case)
    request = ask_for_evidence(case.pk, by=cast.ana, at=AT, **ASKED, due_at=later(days=1))
    by = getattr(cast, name)
    with denied():
        add_evidence(case.pk, by=by, at=AT, file=a_photo(), **PHOTO)
    for act in (verify_evidence, dispute_evidence, exclude_evidence):
        with denied():
            act(photo.pk, by=by, at=AT, **{} if act is verify_evidence else {"reason": "……"})
    with denied():
        ask_for_evidence(case.pk, by=by, at=AT, **ASKED)
    for act in (answer_evidence_request, give_up_evidence_request):
        with denied():
            act(request.pk, by=by, at=later(days=2))
    assert len(kept_in(storage)) == 1
