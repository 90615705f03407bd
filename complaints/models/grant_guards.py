"""What the database refuses of money whoever writes: nobody says yes or pays in another person's name."""

from casemgmt.ledger import Guard
from casemgmt.people.models.guards import decided_by_two
from complaints.models.case_guards import not_by_a_subject

SAID_BY = ("approved_by", "second_approved_by", "paid_by")


def _in_another_name(sql):
    """Approver and payer sign themselves; what falls away, because it lapsed or came back, anybody's act takes."""
    return " OR ".join(
        f"({sql.changed(name)} AND {sql.new(name)} IS NOT NULL AND NOT {sql.signs(name)})" for name in SAID_BY
    )


def _born_decided(sql):
    """A grant is drafted before anybody agrees to it or pays it."""
    return " OR ".join(f"{sql.new(name)} IS NOT NULL" for name in SAID_BY)


def _asked_by_another(sql):
    """Who asked stays who asked: else an asker could approve what they put in another person's name."""
    return sql.changed("asked_by")


GRANT_GUARDS = (
    *decided_by_two("approved_by", "asked_by", in_own_name=False),
    *decided_by_two("second_approved_by", "asked_by", "approved_by", in_own_name=False),
    *decided_by_two("paid_by", "asked_by", "approved_by", "second_approved_by", in_own_name=False),
    not_by_a_subject("approved_by", "second_approved_by", "paid_by"),
    Guard("grant.in_another_name", _in_another_name, on=("update",), message="approver and payer sign themselves"),
    Guard("grant.born_decided", _born_decided, on=("insert",), message="a grant is drafted first"),
    Guard("grant.asker_changed", _asked_by_another, on=("update",), message="who asked never changes"),
)
