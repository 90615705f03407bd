"""Every decision that takes two people: how it comes to wait, who asked, and how somebody would decide it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import Group

from casemgmt.ledger import signed
from casemgmt.people.actions import approve_rights_change, propose_rights_change
from casemgmt.people.joining import set_staff_number
from casemgmt.people.models import Person
from casemgmt.people.renumbering import approve_number_change, propose_number_change
from complaints.actions.announcing_incidents import approve_public_notice
from complaints.actions.approving import approve_grant
from complaints.actions.escalating import decide_escalation, raise_by_hand
from complaints.actions.extending import approve_extension, ask_for_extension
from complaints.actions.holding import ask_to_lift, lift_hold, set_hold
from complaints.actions.incident_plans import approve_incident_plan
from complaints.actions.keeping import release_commitment
from complaints.actions.overriding import approve_wording, ask_for_wording
from complaints.actions.paying import pay_grant
from complaints.actions.proposing_refusals import propose_refusal
from complaints.actions.refusing import approve_refusal
from complaints.actions.reviewing import approve_answer
from complaints.actions.subjecting import lift_subject, name_subject
from policies.actions import activate_policy
from tests.admin.world import World, an_outsider, somebody
from tests.building import a_negotiating_case, an_assessing_case, an_executing_case
from tests.cast import AT
from tests.incidents import a_drafted_announcement, a_proposed_plan, an_incident
from tests.money import a_receipt, a_request, an_approved_grant, say_yes
from tests.outside import a_proposed_answer
from tests.policies.drafting import a_tried_row
from tests.refusals import GROUNDS, an_unreasonable_case

SUPERVISORS, OPERATIONS = "Supervisors", "Operations"
GRANT = "complaints.compensationgrant"
RIGHTS, NUMBER = "people.rightschange", "people.numberchange"


@dataclass(frozen=True)
class Decision:
    """`asker` and `able` are people of the world, `asked_in` and `decided_in` the columns where they stand.

    `given` is what the action gets beside who and when, `sent` what the dialog gets where that differs; `written` are
    the other columns of an UPDATE that would decide it. `code` is what the asker is told who may decide for others.
    """

    model: str
    ask: Callable[[World], object]
    decide: Callable
    dialog: str
    asker: str
    able: str
    group: str
    asked_in: str
    decided_in: str
    code: str
    written: Callable[[object], dict]
    given: Callable[[object], dict] = lambda row: {"remark": "同意。"}
    sent: Callable[[object], dict] | None = None
    bulk: str = ""


def second_account(person: Person, group: str) -> Person:
    """Another account of the same human, in this group; from now on both have the staff number of the house."""
    number = f"E-{person.pk}"
    with signed(by=Person.objects.get(is_service=True), reason="test.second_account", at=AT):
        Person.objects.filter(pk=person.pk).update(staff_number=number)
        other = Person.objects.create(
            username=f"{person.username}2", name=person.name, team=person.team, is_staff=True, staff_number=number
        )
        other.groups.add(Group.objects.get(name=group))
    person.refresh_from_db()
    return other


def _case(world: World):
    return a_negotiating_case(world.cast, **somebody())


def _statement(row) -> int:
    return row.case.statements.order_by("pk").values_list("pk", flat=True)[0]


def _refusal(world):
    case = an_unreasonable_case(world.cast, **somebody())
    facts = GROUNDS | {"evidence_ids": list(case.evidence.values_list("pk", flat=True))}
    return propose_refusal(case.pk, by=world.cast.sven, at=AT, **facts)


def _wording(world):
    return ask_for_wording(_case(world).pk, by=world.cast.sven, at=AT, words="我给您全额退款。", reason="顾客急用。")[0]


def _more_time(world):
    case = _case(world)
    facts = {"clock_id": case.clocks.get(kind="resolution").pk, "amount": 1, "reason": "等检测。"}
    return ask_for_extension(case.pk, by=world.cast.sven, at=AT, explanation="等检测结果。", **facts)


def _half_approved(world):
    grant = a_request(world.cast, _case(world), "600", legal_reference="consumer-law-55")
    return say_yes(grant, world.cast.tara)


def _to_pay_of_two(world):
    return say_yes(_half_approved(world), world.cast.sven)


def _hold(world):
    hold = set_hold(an_assessing_case(world.cast, **somebody()).pk, by=world.cast.tara, at=AT, reason="可能起诉。")
    return ask_to_lift(hold.pk, by=world.cast.sven, at=AT, reason="已和解。")


def _escalation(world):
    case = an_assessing_case(world.cast, **somebody())
    return raise_by_hand(case.pk, by=world.cast.tara, at=AT, reason="请协助。")


def _promise(world):
    return an_executing_case(world.cast, **somebody()).commitments.get()


def _subject(world):
    case = an_assessing_case(world.cast, **somebody())
    return name_subject(case.pk, by=world.cast.ana, at=AT, person_id=world.cast.ben.pk)


def _appointment(world):
    an_outsider("bodil", "Administrators")
    return propose_rights_change(an_outsider("carl", "Staff").pk, SUPERVISORS, by=world.adam, at=AT)


def _staff_number(world):
    an_outsider("bodil", "Administrators")
    carl = an_outsider("carl", "Staff")
    set_staff_number(carl.pk, f"E-{carl.pk}", by=world.adam, at=AT)
    return propose_number_change(carl.pk, "E-0", "two_people", by=world.adam, at=AT)


def _policy(world):
    an_outsider("paula", "Policy editors")
    return a_tried_row(world.edith, key="four-eyes")


def _decided(row) -> dict:
    return {"state": "approved", "decided_at": AT, "remark_id": _statement(row)}


def _as_seen(row) -> dict:
    return {"seen_digest": row.content_digest}


def _payment(row) -> dict:
    return {"payment_key": row.payment_key, "reference": "ZF-4A", "file": a_receipt()}


def _paid(row) -> dict:
    return {"state": "paid", "paid_at": AT, "payment_reference": "ZF-4B"}


def _nothing(row) -> dict:
    return {}


def _by_administrators(model, ask, asker, asked_in, code, **changes) -> Decision:
    """Proposed by adam about carl, decided by bodil."""
    facts = {
        "able": "bodil", "dialog": "approve", "group": "Administrators", "decided_in": "decided_by", "given": _nothing,
        "written": lambda row: {"state": "approved", "decided_at": AT},
    }  # fmt: skip
    return Decision(model, ask, asker=asker, asked_in=asked_in, code=code, **facts | changes)


def _approval(ask, **changes) -> Decision:
    facts = {
        "model": GRANT, "decide": approve_grant, "dialog": "approve-grant", "bulk": "grant",
        "asker": "ana", "able": "sven", "group": SUPERVISORS, "asked_in": "asked_by",
        "decided_in": "approved_by", "code": "duty.asker_decides",
        "given": _as_seen, "written": lambda row: {"state": "approved", "approved_at": AT, "limit_policy_id": 1},
    }  # fmt: skip
    return Decision(ask=ask, **facts | changes)


def _second_approval(**changes) -> Decision:
    def written(row):
        return {"state": "approved", "second_approved_at": AT, "limit_policy_id": 1}

    return _approval(_half_approved, decided_in="second_approved_by", written=written, **changes)


def _paying(ask, asker, asked_in, code) -> Decision:
    return Decision(
        GRANT, ask, pay_grant, "pay-grant", asker, "olga", OPERATIONS, asked_in, "paid_by", code, _paid, given=_payment
    )  # fmt: skip


def _request(model, ask, decide, dialog, bulk, **changes) -> Decision:
    """Asked for by sven, decided by tara with a remark."""
    facts = {
        "asker": "sven", "able": "tara", "group": SUPERVISORS, "asked_in": "asked_by", "decided_in": "decided_by",
        "code": "duty.asker_decides", "written": _decided,
    }  # fmt: skip
    return Decision(model, ask, decide, dialog, bulk=bulk, **facts | changes)


DECISIONS = {
    "refusal": _request(
        "complaints.refusalproposal", _refusal, approve_refusal, "approve-refusal", "refusal", asked_in="proposed_by"
    ),
    "words": _request("complaints.wordingoverride", _wording, approve_wording, "approve-wording", "wording"),
    "more time": _request("complaints.clockextension", _more_time, approve_extension, "approve-extension", "extension"),
    "money": _approval(lambda world: a_request(world.cast, _case(world))),
    "money, second yes by the asker": _second_approval(),
    "money, second yes by the first": _second_approval(
        asker="tara", asked_in="approved_by", code="grant.approved_by_you_already"
    ),
    "payment by the asker": _paying(
        lambda world: an_approved_grant(world.cast, _case(world)), "ana", "asked_by", "duty.asker_pays"
    ),
    "payment by the approver": _paying(
        lambda world: an_approved_grant(world.cast, _case(world)), "tara", "approved_by", "duty.approver_pays"
    ),
    "payment by the second approver": _paying(_to_pay_of_two, "sven", "second_approved_by", "duty.approver_pays"),
    "public answer": _request(
        "complaints.review",
        lambda world: a_proposed_answer(world.cast, an_assessing_case(world.cast, **somebody())),
        approve_answer,
        "approve-review-answer",
        "review",
        asker="ana",
        asked_in="answered_by",
        given=_nothing,
        written=lambda row: {"state": "answered", "answered_at": AT},
    ),
    "lifting of a hold": _request(
        "complaints.legalhold",
        _hold,
        lift_hold,
        "lift-hold",
        "hold",
        asked_in="lift_asked_by",
        decided_in="lifted_by",
        given=_nothing,
        code="hold.asked_by_yourself",
        written=lambda row: {"state": "lifted", "lifted_at": AT},
    ),
    "plan of an incident": _request(
        "complaints.incidentplan",
        lambda world: a_proposed_plan(world.cast, an_incident(world.cast)),
        approve_incident_plan,
        "approve-incident-plan",
        "incident_plan",
        asked_in="proposed_by",
        written=lambda row: {"state": "approved", "decided_at": AT},
    ),
    "public announcement": _request(
        "complaints.publicnotice",
        lambda world: a_drafted_announcement(world.cast, an_incident(world.cast)),
        approve_public_notice,
        "approve-public-notice",
        "public_notice",
        asked_in="proposed_by",
        written=lambda row: {"state": "approved", "decided_at": AT},
    ),
    "escalation": _request(
        "complaints.escalation",
        _escalation,
        decide_escalation,
        "decide-escalation",
        "",
        asker="tara",
        able="sven",
        asked_in="raised_by",
        given=lambda row: {"decision": "return", "answer": "按现有方案继续。"},
        written=lambda row: {
            "state": "decided",
            "decided_at": AT,
            "decision": "return",
            "answer_id": _statement(row),
        },
    ),
    "letting a promise go": _request(
        "complaints.commitment",
        _promise,
        release_commitment,
        "release-commitment",
        "",
        asker="ana",
        able="sven",
        asked_in="owner",
        decided_in="released_by",
        code="release.words_or_second_person",
        given=lambda row: {"reason": "客户失联。"},
        written=lambda row: {"state": "released", "reason_id": _statement(row)},
    ),
    "no subject any more": _request(
        "complaints.complaintsubject",
        _subject,
        lift_subject,
        "lift-subject",
        "",
        asker="ben",
        able="sven",
        asked_in="person",
        decided_in="lifted_by",
        code="",
        given=lambda row: {"reason": "弄错人了。"},
        written=lambda row: {"lifted_at": AT, "reason_id": _statement(row)},
    ),
    "appointment by who proposed it": _by_administrators(
        RIGHTS, _appointment, "adam", "proposed_by", "rights.proposed_by_you", decide=approve_rights_change
    ),
    "appointment by who gains": _by_administrators(
        RIGHTS, _appointment, "carl", "person", "rights.own", decide=approve_rights_change, group="Staff"
    ),
    "another staff number by who proposed it": _by_administrators(
        NUMBER, _staff_number, "adam", "proposed_by", "rights.proposed_by_you", decide=approve_number_change
    ),
    "another staff number by whose account it is": _by_administrators(
        NUMBER, _staff_number, "carl", "person", "rights.own", decide=approve_number_change, group="Staff"
    ),
    "policy": _request(
        "policies.policyrow",
        _policy,
        activate_policy,
        "activate",
        "",
        asker="edith",
        able="paula",
        group="Policy editors",
        asked_in="drafted_by",
        decided_in="activated_by",
        code="policy.drafter_activates",
        given=_nothing,
        written=lambda row: {"state": "active", "activated_at": AT},
    ),
}
"""Under a name for people. What is asked for in the inbox names its kind in `bulk`."""
