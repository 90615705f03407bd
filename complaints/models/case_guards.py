"""What the database itself refuses of a case beyond its diagram, in SQL made of column names alone."""


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


def subject_never_handles(sql):
    """Whoever a complaint is about never handles it (roles.md, separation of duties)."""
    return (
        "EXISTS (SELECT 1 FROM complaints_complaintsubject subject"
        f" WHERE subject.case_id = {sql.new('id')} AND subject.lifted_at IS NULL"
        f" AND subject.person_id = {sql.new('handler')})"
    )


def leader_stays_a_case(sql):
    """A case that others follow is neither merged nor voided (design section 4)."""
    return (
        f"{sql.new('state')} IN ('merged', 'voided') AND {sql.old('state')} <> {sql.new('state')} AND EXISTS"
        f" (SELECT 1 FROM complaints_complaint follower WHERE follower.merged_into_id = {sql.new('id')})"
    )
