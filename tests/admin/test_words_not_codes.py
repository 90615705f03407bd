"""Pages say words where the tables hold codes: the access log, the columns of an import, yes and no, suggestions."""

import pytest
from django.utils.translation import override

from casemgmt.privacy import access
from casemgmt.privacy.codes_in_words import part_in_words, reason_in_words, subject_in_words
from casemgmt.privacy.models import AccessKind
from policies.models import PolicySuggestion
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("complaints.complaint", "Complaint case"),
        ("people_person_changelist", "Person"),
        ("register", "register"),
        ("", ""),
    ],
)
def test_a_subject_is_called_by_its_model(label, words):
    with override("en"):
        assert subject_in_words(label) == words


def test_the_access_log_says_what_was_looked_at(world):
    case = world.cases["money"]
    access.note(AccessKind.VIEWED, by=world.cast.axel, at=NOW, subject=case)
    page = text_of(signed_in(world.cast.axel).get("/admin/privacy/accessevent/"))
    assert "Complaint case" in page
    assert ">complaints.complaint<" not in page.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("say", "code", "words"),
    [
        (reason_in_words, "evidence.read", "Open evidence"),
        (reason_in_words, "review", "Record and answer public reviews"),
        (reason_in_words, "admin:complaints_tag_changelist", "page: Tag"),
        (reason_in_words, "method.put", "a request that the page does not know: PUT"),
        (reason_in_words, "", ""),
        (part_in_words, "review", "enclosed with a request to the platform"),
        (part_in_words, "letter", "enclosed with a letter"),
        (part_in_words, "page 3", "page 3"),
    ],
)
def test_a_refused_right_and_the_part_of_a_subject_have_words(say, code, words):
    with override("en"):
        assert say(code) == words


def test_an_import_of_somebody_else_names_its_fields(world):
    world.batch.columns = [["投诉时间", "received_at"], ["渠道", "channel"], ["别的", ""]]
    world.batch.save()
    page = text_of(signed_in(world.cast.axel).get(f"/admin/complaints/importbatch/{world.batch.pk}/change/"))
    assert "Received at" in page
    assert "received_at" not in page


def test_yes_and_no_are_words(world):
    page = text_of(signed_in(world.adam, "zh-hans").get("/admin/people/person/"))
    assert "check_small" not in page
    assert ">是<" in "".join(page.split())


def test_a_suggestion_is_called_by_the_kind_of_its_policy():
    with override("en"):
        assert str(PolicySuggestion(kind="limit", key="staff", aim="change")).startswith("authority limit · ")
