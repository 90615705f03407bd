"""What the database refuses of escalations whoever writes: nobody answers, or takes note of, what is about them."""

from casemgmt.ledger import Guard
from casemgmt.people.models.guards import decided_by_two, one_human
from complaints.models.case_guards import not_by_a_subject

ANSWERED_BY = ("acknowledged_by", "decided_by")


def _in_another_name(sql):
    """Whoever takes note and whoever answers signs it."""
    return " OR ".join(
        f"({sql.changed(name)} AND {sql.new(name)} IS NOT NULL AND NOT {sql.signs(name)})" for name in ANSWERED_BY
    )


def _by_the_handler(sql):
    """The handler of the case neither takes note nor answers, by no account (roles.md)."""
    return " OR ".join(
        f"({sql.changed(name)} AND EXISTS (SELECT 1 FROM complaints_complaint handled"
        f" WHERE handled.id = {sql.new('case')} AND (handled.handler_id = {sql.new(name)}"
        f" OR {one_human('handled.handler_id', sql.new(name))})))"
        for name in ANSWERED_BY
    )


def _raised_otherwise(sql):
    """What was raised, and by whom, stays: else an asker could answer what they put in another person's name."""
    return sql.changed("raised_by", "cause", "level", "due_at")


def any_change(sql):
    """Such a row is written once."""
    return sql.changed_beyond()


ESCALATION_GUARDS = (
    Guard("escalation.in_another_name", _in_another_name, on=("update",), message="whoever answers signs"),
    Guard("escalation.about_oneself", _by_the_handler, on=("update",), message="nobody answers about themselves"),
    Guard("escalation.raised_otherwise", _raised_otherwise, on=("update",), message="what was raised never changes"),
    *decided_by_two("decided_by", "raised_by", in_own_name=False),
    not_by_a_subject(*ANSWERED_BY),
)
