"""What the database refuses of escalations whoever writes: nobody answers, or takes note of, what is about them."""

from casemgmt.ledger import Guard
from casemgmt.people.models.guards import decided_by_two, one_human

ANSWERED_BY = ("acknowledged_by", "decided_by")


def _in_another_name(sql):
    """Whoever takes note and whoever answers signs it."""
    return " OR ".join(
        f"({sql.changed(name)} AND {sql.new(name)} IS NOT NULL AND NOT {sql.signs(name)})" for name in ANSWERED_BY
    )


def _about_oneself(sql):
    """The handler of the case, and a subject of the complaint, neither take note nor answer (roles.md)."""
    return " OR ".join(
        f"({sql.changed(name)} AND {sql.new(name)} IS NOT NULL AND ("
        "EXISTS (SELECT 1 FROM complaints_complaint about"
        f" WHERE about.id = {sql.new('case')} AND (about.handler_id = {sql.new(name)}"
        f" OR {one_human('about.handler_id', sql.new(name))}))"
        " OR EXISTS (SELECT 1 FROM complaints_complaintsubject subject"
        f" WHERE subject.case_id = {sql.new('case')} AND subject.lifted_at IS NULL"
        f" AND (subject.person_id = {sql.new(name)} OR {one_human('subject.person_id', sql.new(name))}))))"
        for name in ANSWERED_BY
    )


def _raised_by_another(sql):
    """Who raised it stays who raised it: else an asker could answer what they put in another person's name."""
    return sql.changed("raised_by", "cause", "level", "due_at")


def any_change(sql):
    """Such a row is written once."""
    return sql.changed_beyond()


ESCALATION_GUARDS = (
    *decided_by_two("decided_by", "raised_by", in_own_name=False),
    Guard("escalation.in_another_name", _in_another_name, on=("update",), message="whoever answers signs"),
    Guard("escalation.about_oneself", _about_oneself, on=("update",), message="nobody answers about themselves"),
    Guard("escalation.asker_changed", _raised_by_another, on=("update",), message="what was raised never changes"),
)
