"""Cases that belong together without being one, and one case that was two."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from casemgmt.ledger import signed
from complaints.actions.counting_money import family_of
from complaints.actions.linking import link_cases, unlink_cases
from complaints.actions.merging import merge
from complaints.actions.splitting import split_case
from complaints.models import CaseLink, Citation, Complaint
from complaints.vocabulary import LinkKind
from tests.building import a_negotiating_case, a_registered_case, add_photo, an_assessing_case, answer
from tests.cast import AT, later
from tests.ledger.acting import refused as refused_in_sql
from tests.ledger.acting import sql
from tests.money import a_draft, a_paid_grant
from tests.refusals import a_second_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
MATTER = "顾客还说上一单的围巾至今没有发货。"


@pytest.fixture
def case(cast):
    return an_assessing_case(cast, received_at=later(hours=-5))


def link(cast, case, other, kind=LinkKind.SAME_MATTER, **changes):
    facts = {"other_id": other.pk, "kind": kind, "reason": "同一位顾客的同一件事。"}
    return link_cases(case.pk, by=cast.ana, at=AT, **facts | changes)


def split(cast, case, **changes):
    said = list(case.statements.filter(kind="content").values_list("pk", flat=True))
    facts = {"matter": MATTER, "reason": "两件事，分开处理。", "statements": said}
    return split_case(case.pk, by=cast.ana, at=AT, **facts | changes)


def test_two_cases_are_linked_once_and_unlinked_with_a_reason(cast, case):
    other = a_second_case(cast, case)
    made = link(cast, case, other)
    assert list(CaseLink.objects.standing().of(other.pk)) == [made]
    with refused("link.there_already"):
        link(cast, other, case)
    with signed(by=cast.ana, reason="test", at=AT), pytest.raises(IntegrityError), transaction.atomic():
        CaseLink.objects.create(
            case=other, other=case, kind="follows", reason=made.reason, linked_by=cast.ana, linked_at=AT
        )
    with refused("reason.missing"):
        unlink_cases(made.pk, by=cast.ana, at=AT, reason=" ")
    with denied():
        unlink_cases(made.pk, by=cast.wen, at=AT, reason="弄错了。")
    unlink_cases(made.pk, by=cast.ana, at=AT, reason="弄错了。")
    with refused("link.undone_already"):
        unlink_cases(made.pk, by=cast.ana, at=AT, reason="弄错了。")
    assert link(cast, other, case, LinkKind.FOLLOWS)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"other_id": 987654}, "link.other_unknown"),
        ({"kind": "cousins"}, "link.kind_unknown"),
        ({"reason": ""}, "reason.missing"),
    ],
)
def test_what_a_link_needs(cast, case, changes, code):
    other = a_second_case(cast, case)
    with refused(code):
        link(cast, case, other, **changes)
    with refused("link.to_itself"):
        link(cast, case, case)
    with denied():
        link_cases(case.pk, by=cast.ben, at=AT, other_id=other.pk, kind="follows", reason="…")


def test_a_follower_is_linked_through_its_leader(cast, case):
    other = a_second_case(cast, case)
    merge(other.pk, by=cast.sven, at=AT, into_id=case.pk, reason="同一件事。")
    with refused("link.merged_together"):
        link(cast, case, other)


def test_money_of_linked_cases_counts_together_however_long_the_chain(cast):
    """Two customer records of one person are no way around a limit; other customers of one cause are."""
    first, second = a_negotiating_case(cast), a_negotiating_case(cast, customer_id=None)
    third, stranger = an_assessing_case(cast), an_assessing_case(cast)
    link(cast, first, second, LinkKind.DUPLICATE)
    made = link(cast, second, third, LinkKind.FOLLOWS)
    link(cast, first, stranger, LinkKind.SAME_CAUSE)
    assert family_of(first) == family_of(third) == {first.pk, second.pk, third.pk}
    unlink_cases(made.pk, by=cast.ana, at=AT, reason="无关。")
    assert family_of(first) == {first.pk, second.pk}


def test_a_case_that_holds_two_matters_becomes_two(cast, case):
    photo = add_photo(cast, case)
    new = split(cast, case, evidence=[photo.pk])
    assert (new.received_at, new.customer, new.order, new.team) == (
        case.received_at,
        case.customer,
        case.order,
        case.team,
    )
    assert new.statements.get(kind="content").words == MATTER
    said = case.statements.get(kind="content")
    assert {citation.statement_id or citation.evidence_id for citation in new.citations.all()} == {said.pk, photo.pk}
    assert said.case == case, "the words stay where they were said"
    assert not new.evidence.exists(), "no bytes are doubled"
    assert CaseLink.objects.get().kind == LinkKind.SPLIT_OFF
    with refused("link.split_stays"):
        unlink_cases(CaseLink.objects.get().pk, by=cast.ana, at=AT, reason="…")
    assert family_of(new) == {new.pk, case.pk}, "splitting doubles no limit"


def test_no_due_date_is_lost_by_splitting(cast, case):
    new = split(cast, case)
    due = {clock.kind: clock.due_at for clock in case.clocks.all()}
    assert {clock.kind: clock.due_at for clock in new.clocks.all()} == due
    assert {clock.started_at for clock in new.clocks.all()} == {case.received_at}
    assert Complaint.objects.get(pk=new.pk).next_due_at == min(due.values())


def test_a_first_answer_stands_for_both(cast, case):
    answer(cast, case)
    new = split(cast, case)
    assert new.clocks.get(kind="first_response").stopped_at == case.clocks.get(kind="first_response").stopped_at
    assert new.clocks.get(kind="resolution").stopped_at is None


def test_another_order_is_recorded_on_the_new_case(cast, case):
    assert split(cast, case, other_order=True).order is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"matter": ""}, "split.matter_missing"),
        ({"statements": []}, "split.words_missing"),
        ({"statements": [987654]}, "split.not_of_this_case"),
        ({"evidence": [987654]}, "split.not_of_this_case"),
        ({"reason": " "}, "reason.missing"),
    ],
)
def test_what_a_split_needs(cast, case, changes, code):
    with refused(code):
        split(cast, case, **changes)


def test_nothing_is_split_while_money_is_on_its_way(cast):
    case = a_negotiating_case(cast)
    a_draft(cast, case)
    with refused("split.money_pending"):
        split(cast, case)
    paid = a_negotiating_case(cast)
    a_paid_grant(cast, paid)
    assert split(cast, paid)
    with denied():
        split_case(case.pk, by=cast.ben, at=AT, matter=MATTER, reason="…", statements=[])


def test_sql_cites_nothing_twice_and_rewrites_nothing(cast, case):
    new = split(cast, case)
    cited = new.citations.get()
    own = new.statements.get(kind="content")
    with signed(by=cast.ana, reason="test", at=AT):
        with refused_in_sql("citation.rewritten"):
            sql("UPDATE complaints_citation SET case_id = %s WHERE id = %s", case.pk, cited.pk)
        with refused_in_sql("citation.of_itself"):
            Citation.objects.create(case=new, statement=own, cited_by=cast.ana, cited_at=AT)


def test_sql_merges_no_leading_case(cast, case):
    """A case that others follow is neither merged nor voided, whoever writes."""
    follower, third = a_second_case(cast, case), a_registered_case(cast, customer_id=case.customer_id)
    merge(follower.pk, by=cast.sven, at=AT + timedelta(minutes=1), into_id=case.pk, reason="同一件事。")
    with signed(by=cast.sven, reason="test", at=AT), refused_in_sql("complaint.leads_others"):
        sql(
            "UPDATE complaints_complaint SET state = 'merged', state_before = state, merged_into_id = %s WHERE id = %s",
            third.pk,
            case.pk,
        )
