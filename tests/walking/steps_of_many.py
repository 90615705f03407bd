"""Steps over more than one case: links, splits, incidents with their plan for all, and work on many at once."""

from complaints.actions.bulk import choose_cases, confirm_run, plan_run, stop_run
from complaints.actions.bulk_running import run_lines
from complaints.actions.incident_plans import (
    approve_incident_plan,
    carry_out_incident,
    replan_incident,
    send_back_incident_plan,
    take_back_incident_plan,
)
from complaints.actions.incident_runs import prepare_message, prepare_offers
from complaints.actions.incidents import (
    close_incident,
    learn_cause,
    link_to_incident,
    note_member,
    reopen_incident,
    set_incident_measure,
    unlink_from_incident,
)
from complaints.actions.linking import link_cases, unlink_cases
from complaints.actions.merging import propose_merge
from complaints.actions.splitting import split_case
from complaints.models import BulkRun, CaseLink, Incident, IncidentPlan
from complaints.vocabulary import LinkKind, MeasureKind
from tests.incidents import a_proposed_plan, an_incident
from tests.walking.rows import newest


def split(walk, case):
    """A second matter; the new case is walked on too."""
    new = split_case(
        case.pk,
        **walk.who(),
        matter="还有一件毛衣起球。",
        reason="两件事。",
        statements=[newest(case.statements).pk],
        evidence=list(case.evidence.values_list("pk", flat=True)[:1]),
        other_order=walk.pick(True, False),
    )
    walk.cases.append(new.pk)


def _carried_through(walk, run, by):
    """Said yes to by whoever made it, and run, at once or in pieces."""
    confirm_run(run.pk, by=by, at=walk.at)
    if walk.pick(True, True, True, False):
        run_lines(run.pk, at=walk.at)
    else:
        stop_run(run.pk, by=by, at=walk.at)


def offer_to_all(walk, _case):
    """The plan for all becomes a plan of each case."""
    by = walk.person()
    _carried_through(walk, prepare_offers(newest(Incident.objects).pk, by=by, at=walk.at), by)


def tell_all(walk, _case):
    """One message to everybody whom the incident hit."""
    by = walk.person()
    run = prepare_message(newest(Incident.objects).pk, by=by, at=walk.at, words="我们已查明原因，正在为您处理。")
    _carried_through(walk, run, by)


def assign_many(walk, _case):
    """All cases to one handler."""
    by = walk.person()
    run = choose_cases(BulkRun.Kind.ASSIGN, walk.cases, by=by, at=walk.at)
    run = plan_run(run.pk, by=by, at=walk.at, handler_ids=[walk.pick(walk.cast.ana, walk.cast.ben).pk], words="换班")
    _carried_through(walk, run, by)


def take_many(walk, _case):
    """All cases to oneself."""
    by = walk.person()
    run = choose_cases(BulkRun.Kind.TAKE, walk.cases, by=by, at=walk.at)
    _carried_through(walk, plan_run(run.pk, by=by, at=walk.at), by)


def _plan(state="proposed"):
    return newest(IncidentPlan.objects.filter(state=state))


STEPS = {
    "link": lambda walk, case: link_cases(
        case.pk, **walk.who(), other_id=walk.other(case).pk, kind=walk.pick(*LinkKind.values), reason="同一单"
    ),
    "unlink": lambda walk, case: unlink_cases(
        newest(CaseLink.objects.standing().of(case.pk)).pk, **walk.who(), reason="不相干"
    ),
    "split": split,
    "propose merge": lambda walk, case: propose_merge(
        case.pk, **walk.who(), into_id=walk.other(case).pk, reason="像是同一件"
    ),
    "open incident": lambda walk, case: an_incident(walk.cast, by=walk.person(), at=walk.at),
    "learn cause": lambda walk, case: learn_cause(newest(Incident.objects).pk, **walk.who(), cause="染料批次不合格。"),
    "join incident": lambda walk, case: link_to_incident(
        case.pk, **walk.who(), incident_id=newest(Incident.objects).pk, reason="批号相同"
    ),
    "leave incident": lambda walk, case: unlink_from_incident(newest(case.memberships).pk, **walk.who(), reason="看错"),
    "note member": lambda walk, case: note_member(newest(case.memberships).pk, **walk.who(), words="单独处理。"),
    "plan for all": lambda walk, case: a_proposed_plan(
        walk.cast, newest(Incident.objects), by=walk.person(), at=walk.at
    ),
    "agree for all": lambda walk, case: approve_incident_plan(_plan().pk, **walk.who()),
    "send back for all": lambda walk, case: send_back_incident_plan(_plan().pk, **walk.who(), remark="再想想"),
    "take back for all": lambda walk, case: take_back_incident_plan(_plan().pk, **walk.who()),
    "offer to all": offer_to_all,
    "tell all": tell_all,
    "measure for all": lambda walk, case: set_incident_measure(
        newest(Incident.objects).pk, **walk.who(), kind=MeasureKind.PROCESS, what="加一道固色检验。"
    ),
    "carry out for all": lambda walk, case: carry_out_incident(newest(Incident.objects).pk, **walk.who()),
    "replan for all": lambda walk, case: replan_incident(newest(Incident.objects).pk, **walk.who(), reason="缺货"),
    "close incident": lambda walk, case: close_incident(newest(Incident.objects).pk, **walk.who(), words="都办完了。"),
    "reopen incident": lambda walk, case: reopen_incident(newest(Incident.objects).pk, **walk.who(), reason="又出现"),
    "assign many": assign_many,
    "take many": take_many,
}
"""name → what is tried."""
