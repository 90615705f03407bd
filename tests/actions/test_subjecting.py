"""Whom a complaint is about: never its handler, never one who sees it; and flags that go up."""

import pytest

from casemgmt.models import Notice
from complaints.actions.committing import make_commitment
from complaints.actions.flagging import lower_flag, raise_flag
from complaints.actions.subjecting import find_conduct, lift_subject, name_subject
from complaints.models import ComplaintSubject
from complaints.roles import cases_visible_to, day_of
from complaints.states import CaseState
from complaints.vocabulary import Verdict
from tests.building import a_case, a_registered_case, an_assessing_case
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """Taken by ana."""
    return an_assessing_case(cast)


def test_whoever_it_is_about_no_longer_sees_it(cast, case):
    assert cases_visible_to(cast.sven, on=day_of(AT)).filter(pk=case.pk).exists()
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.sven.pk, reason="客户投诉主管态度")
    assert not cases_visible_to(cast.sven, on=day_of(AT)).filter(pk=case.pk).exists()


def test_naming_the_handler_hands_the_case_over_in_the_same_act(cast, case):
    promise = make_commitment(case.pk, by=cast.ana, at=AT, what="回电", due_at=later(days=1))
    with refused("subject.handles_it"):
        name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ana.pk)
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ana.pk, new_handler_id=cast.ben.pk)
    for row in (case, promise):
        row.refresh_from_db()
    assert (case.handler, promise.owner) == (cast.ben, cast.ben)
    assert Notice.objects.filter(code="notice.case_assigned", person=cast.ben).exists()


def test_each_clause_of_naming_alone_refuses(cast, case):
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    for code, typed in {
        "subject.unknown": {"person_id": 999999},
        "subject.already_named": {"person_id": cast.ben.pk},
        "handler.cannot_handle": {"person_id": cast.ana.pk, "new_handler_id": cast.olga.pk},
        "duty.subject_handles": {"person_id": cast.ana.pk, "new_handler_id": cast.ben.pk},
    }.items():
        with refused(code):
            name_subject(case.pk, by=cast.ana, at=AT, **typed)


def test_conduct_is_found_and_a_mistake_lifted_by_another(cast, case):
    subject = name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    with refused("subject.finding_missing"):
        find_conduct(subject.pk, by=cast.ana, at=AT, finding="rude")
    assert find_conduct(subject.pk, by=cast.ana, at=AT, finding=Verdict.UNSUBSTANTIATED).finding
    with refused("reason.missing"):
        lift_subject(subject.pk, by=cast.ana, at=AT, reason="")
    with denied():
        lift_subject(subject.pk, by=cast.ben, at=AT, reason="不是我")
    subject = lift_subject(subject.pk, by=cast.ana, at=AT, reason="认错人")
    assert (subject.lifted_by, subject.reason.words) == (cast.ana, "认错人")
    for act, typed in ((lift_subject, {"reason": "认错人"}), (find_conduct, {"finding": Verdict.SUBSTANTIATED})):
        with refused("subject.already_lifted"):
            act(subject.pk, by=cast.ana, at=AT, **typed)
    assert name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk).pk != subject.pk


def test_a_case_that_has_ended_names_nobody(cast):
    case = a_case(cast, CaseState.WITHDRAWN)
    with refused("case.ended"):
        name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_others_may_not_name(cast, case, name):
    with denied():
        name_subject(case.pk, by=getattr(cast, name), at=AT, person_id=cast.tara.pk)
    assert not ComplaintSubject.objects.exists()


def test_escalations_pass_the_person_by_who_is_named(cast, case):
    raise_flag(case.pk, by=cast.ana, at=AT, flag="safety", reason="过敏")
    escalation = case.escalations.get()
    name_subject(case.pk, by=cast.ana, at=AT, person_id=(escalation.to_person or cast.sven).pk)
    escalation.refresh_from_db()
    assert escalation.to_person is None


@pytest.mark.parametrize(
    ("flag", "field"), [("safety", "safety_flag"), ("legal", "legal_flag"), ("opinion_risk", "opinion_risk")]
)
def test_a_flag_is_raised_once_and_lowered_by_a_supervisor(cast, case, flag, field):
    case = raise_flag(case.pk, by=cast.ben, at=AT, flag=flag, reason="顾客称面料引起过敏")
    assert getattr(case, field)
    assert case.escalations.filter(cause="safety").exists() is (flag == "safety")
    with refused("flag.already_raised"):
        raise_flag(case.pk, by=cast.ana, at=AT, flag=flag)
    with denied():
        lower_flag(case.pk, by=cast.ana, at=AT, flag=flag, reason="误报")
    with refused("reason.missing"):
        lower_flag(case.pk, by=cast.sven, at=AT, flag=flag, reason=" ")
    case = lower_flag(case.pk, by=cast.sven, at=AT, flag=flag, reason="检测合格")
    assert not getattr(case, field)
    assert case.act_reason.words == "检测合格"
    with refused("flag.not_raised"):
        lower_flag(case.pk, by=cast.sven, at=AT, flag=flag, reason="检测合格")


def test_a_flag_is_one_of_the_list(cast, case):
    with refused("flag.unknown"):
        raise_flag(case.pk, by=cast.ana, at=AT, flag="state")


@pytest.mark.parametrize("state", [CaseState.REGISTERED, CaseState.EXECUTING, CaseState.WITHDRAWN])
def test_a_flag_is_raised_in_any_state(cast, state):
    case = a_case(cast, state)
    assert raise_flag(case.pk, by=cast.sven, at=AT, flag="safety").safety_flag


@pytest.mark.parametrize("name", ["wen", "olga", "axel"])
def test_who_does_not_see_the_case_raises_nothing(cast, name):
    case = a_registered_case(cast)
    with denied():
        raise_flag(case.pk, by=getattr(cast, name), at=AT, flag="legal")
