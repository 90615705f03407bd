"""What the database itself refuses of a case beyond its diagram, in SQL made of column names alone."""

from casemgmt.ledger import Guard
from casemgmt.people.models.guards import one_human


def way_back_only(sql):
    """Out of withdrawn, merged and voided, and out of external, the row goes where it was (design section 4)."""
    old, new = sql.old("state"), sql.new("state")
    before, before_external = sql.old("state_before"), sql.old("state_before_external")
    return (
        f"({old} IN ('voided', 'merged') AND {new} <> {old} AND {new} <> {before})"
        f" OR ({old} = 'withdrawn' AND {new} NOT IN ('withdrawn', 'external', 'executing', {before}))"
        f" OR ({old} = 'external' AND {new} NOT IN ('external', 'negotiating', 'executing', 'following_up',"
        f" 'withdrawn', 'merged', {before_external}))"
    )


def _is_about(case: str, person: str) -> str:
    """SQL: the case is about this human, by this or another account."""
    return (
        "EXISTS (SELECT 1 FROM complaints_complaintsubject subject"
        f" WHERE subject.case_id = {case} AND subject.lifted_at IS NULL"
        f" AND (subject.person_id = {person} OR {one_human('subject.person_id', person)}))"
    )


def subject_never_handles(sql):
    """Whoever a complaint is about never handles it (roles.md, separation of duties)."""
    return _is_about(sql.new("id"), sql.new("handler"))


def not_by_a_subject(*deciders: str) -> Guard:
    """A guard of a row on a case: whom the case is about decides nothing in it, by no account."""

    def refuse_when(sql) -> str:
        return " OR ".join(
            f"({sql.changed(name)} AND {_is_about(sql.new('case'), sql.new(name))})" for name in deciders
        )

    return Guard("duty.subject_decides", refuse_when, on=("update",), message="whom the case is about decides nothing")


def leader_stays_a_case(sql):
    """A case that others follow is neither merged nor voided (design section 4)."""
    return (
        f"{sql.new('state')} IN ('merged', 'voided') AND {sql.old('state')} <> {sql.new('state')} AND EXISTS"
        f" (SELECT 1 FROM complaints_complaint follower WHERE follower.merged_into_id = {sql.new('id')})"
    )
