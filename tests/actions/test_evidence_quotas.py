"""How much a case may hold and one person may add in a day: figures of the policy, exactly the limit still fits."""

from dataclasses import replace

import pytest

from casemgmt.violations import RuleBroken
from complaints.actions import evidencing, redacting
from complaints.actions.redacting import redact_evidence
from complaints.models import Evidence
from complaints.rules.uploads import Quota, violations_in_quota
from policies.lookup import uploads_in_force
from tests.building import a_photo, add_photo, an_assessing_case
from tests.cast import AT, later
from tests.money import an_approved_grant, pay
from tests.racing import race
from tests.saying_no import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def allow(monkeypatch):
    """Put figures into the policy in force."""

    def put(**figures):
        policy = replace(uploads_in_force(AT), **figures)
        for module in (evidencing, redacting):
            monkeypatch.setattr(module, "uploads_in_force", lambda at: policy)

    return put


@pytest.mark.parametrize(
    ("files", "size", "adding", "codes"),
    [
        (4, 90, 10, []),
        (5, 10, 10, ["upload.case_files"]),
        (4, 91, 10, ["upload.case_bytes"]),
        (5, 91, 10, ["upload.case_files", "upload.case_bytes"]),
    ],
)
def test_exactly_the_limit_fits(files, size, adding, codes):
    quota = Quota(files, size, files_max=5, bytes_max=100)
    assert [found.code for found in violations_in_quota(quota, adding=adding, code="case")] == codes


def test_a_full_case_takes_no_more_and_keeps_nothing(cast, allow, storage):
    case = an_assessing_case(cast)
    allow(case_files_max=2)
    add_photo(cast, case)
    add_photo(cast, case)
    with refused("upload.case_files"):
        add_photo(cast, case)
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 2


def test_a_day_of_one_person_counts_over_all_cases_and_the_next_day_is_new(cast, allow):
    first, second = an_assessing_case(cast), an_assessing_case(cast)
    size = a_photo().size
    allow(day_bytes_max=2 * size)
    add_photo(cast, first)
    add_photo(cast, second)
    with refused("upload.day_bytes"):
        add_photo(cast, second)
    with refused("upload.day_bytes"):
        add_photo(cast, second, at=AT.replace(hour=23, minute=59))
    assert add_photo(cast, second, at=later(hours=14)).size == size


def test_a_redacted_copy_is_one_more_file_and_a_receipt_is_taken_beyond_the_quota(cast, allow):
    """Nobody's money waits because a case holds much; what hides behind a copy counts like any file."""
    case = an_assessing_case(cast)
    allow(case_files_max=1)
    photo = add_photo(cast, case)
    with refused("upload.case_files"):
        redact_evidence(photo.pk, by=cast.ana, at=AT, areas="0 0 4 4", reason="遮盖电话。")
    assert pay(an_approved_grant(cast, case), cast.olga).proof.case == case
    assert case.evidence.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_arrives_at_the_same_moment_is_counted_one_after_the_other(cast, allow):
    """Two cases, one person: the day has room for one file."""
    cases = [an_assessing_case(cast), an_assessing_case(cast)]
    allow(day_files_max=1)
    outcomes = race(*(lambda case=case: add_photo(cast, case) for case in cases))
    broken = [outcome.codes for outcome in outcomes if isinstance(outcome, RuleBroken)]
    assert broken == [["upload.day_files"]]
    assert Evidence.objects.count() == 1
