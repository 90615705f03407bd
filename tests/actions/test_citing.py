"""Evidence of one case on which another rests: it counts there, stays where it was given, and its custody says so."""

import pytest
from django.utils import translation

from complaints.actions.citing import cite_evidence, evidence_to_cite, why_not_cite_evidence
from complaints.actions.evidencing import exclude_evidence, verify_evidence
from complaints.actions.linking import link_cases
from complaints.actions.requesting_evidence import evidence_facts, unconfirmed_evidence
from complaints.actions.splitting import split_case
from complaints.admin.custody import log_of, versions_of
from complaints.models import Evidence
from complaints.vocabulary import LinkKind
from policies.lookup import policies_in_force
from tests.building import add_photo, an_assessing_case
from tests.cast import AT, later
from tests.refusals import a_second_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.fixture
def linked(cast, case):
    """Another case of the same customer, linked with the first, which has a photo."""
    other = a_second_case(cast, case)
    photo = add_photo(cast, case)
    link_cases(other.pk, by=cast.ana, at=AT, other_id=case.pk, kind=LinkKind.SAME_MATTER, reason="同一件事。")
    return other, photo


def needs(case):
    category = policies_in_force(AT).categories["product.quality"]
    return set(category.needs_evidence) - evidence_facts(case, category, at=AT).received


def custody(piece, person):
    with translation.override("en"):
        lines = log_of(piece, versions_of(piece.case), sees_all=True, person=person)
        return [(line.who, str(line.what)) for line in lines]


def test_what_a_case_that_was_split_off_cites_counts_for_its_needs(cast, case):
    photo = verify_evidence(add_photo(cast, case).pk, by=cast.ana, at=AT)
    said = case.statements.filter(kind="content").values_list("pk", flat=True)
    facts = {"matter": "围巾没有发货。", "reason": "两件事。", "statements": list(said)}
    without = split_case(case.pk, by=cast.ana, at=AT, **facts)
    assert needs(without) == {"photo"}
    new = split_case(case.pk, by=cast.ana, at=AT, evidence=[photo.pk], **facts)
    assert needs(new) == set()
    assert unconfirmed_evidence(new, policies_in_force(AT).categories["product.quality"]) == ()
    assert new.evidence.count() == 0, "it stays where it was given"
    assert (cast.ana.name, f"cited in case {new.case_number}") in custody(photo, cast.axel)


def test_a_linked_case_rests_on_evidence_until_it_is_excluded_where_it_was_given(cast, case, linked):
    other, photo = linked
    assert needs(other) == {"photo"}
    cite_evidence(other.pk, by=cast.ana, at=later(hours=1), evidence=[photo.pk])
    assert needs(other) == set()
    assert list(Evidence.objects.for_case(other)) == [photo]
    assert (cast.ana.name, f"cited in case {other.case_number}") in custody(photo, cast.axel)
    exclude_evidence(photo.pk, by=cast.ana, at=later(hours=2), reason="照片不是这一单的。")
    assert needs(other) == {"photo"}


def test_nothing_is_cited_twice_nor_from_a_case_that_is_not_linked(cast, case, linked):
    other, photo = linked
    stranger = add_photo(cast, an_assessing_case(cast))
    for chosen in ([stranger.pk], [photo.pk, stranger.pk], []):
        with refused("split.not_of_this_case"):
            cite_evidence(other.pk, by=cast.ana, at=AT, evidence=chosen)
    cite_evidence(other.pk, by=cast.ana, at=AT, evidence=[photo.pk])
    with refused("split.not_of_this_case"):
        cite_evidence(other.pk, by=cast.ana, at=AT, evidence=[photo.pk])
    assert [found.code for found in why_not_cite_evidence(other, by=cast.ana, at=AT)] == ["cite.nothing_there"]


def test_who_may_not_read_it_there_cites_nothing(cast, linked):
    other, photo = linked
    assert evidence_to_cite(other, cast.wen, at=AT) == []
    with denied():
        cite_evidence(other.pk, by=cast.wen, at=AT, evidence=[photo.pk])
