"""What the database itself refuses of one human with two accounts: pieces of guards for whoever keeps people apart."""

from collections.abc import Iterable

from django.db import models

from casemgmt.ledger import Guard
from casemgmt.people.groups import HELD_ALONE


def one_human(left: str, right: str) -> str:
    """SQL: two columns of people's ids name two accounts of one human. False where either is NULL, and for one account.

    That one account stands in both is for a CHECK of the table to refuse.
    """
    return (
        "EXISTS (SELECT 1 FROM people_person one JOIN people_person other"
        " ON other.staff_number = one.staff_number AND other.staff_number <> '' AND other.id <> one.id"
        f" WHERE one.id = {left} AND other.id = {right})"
    )


def decided_by_two(
    decider: str, *others: str, in_own_name: bool = True, others_stay: bool = False
) -> tuple[Guard, ...]:
    """Guards of a table in which `decider` and each of `others` are different humans, whatever accounts they use.

    They look when a name is written, so that accounts found to be one human's later do not lock old rows. With
    `in_own_name` the decider also signs what stands in their name; with `others_stay` nobody who asked puts the
    request into another name first.
    """

    def one_person(sql) -> str:
        return " OR ".join(
            f"({sql.changed(decider, other)} AND {one_human(sql.new(decider), sql.new(other))})" for other in others
        )

    def in_another_name(sql) -> str:
        return f"({sql.changed(decider)} AND {sql.new(decider)} IS NOT NULL AND NOT {sql.signs(decider)})"

    guards = [Guard("duty.one_person", one_person, on=("update",), message="one human with two accounts is one person")]
    if in_own_name:
        guards.append(
            Guard("duty.in_another_name", in_another_name, on=("update",), message="whoever decides signs it")
        )
    if others_stay:
        guards.append(
            Guard(
                "duty.asker_changed",
                lambda sql: sql.changed(*others),
                on=("update",),
                message="who asked never changes",
            )
        )
    return tuple(guards)


def _proposed_for_oneself(sql) -> str:
    return one_human(sql.new("person"), sql.new("proposed_by"))


def _proposed_in_another_name(sql) -> str:
    return f"NOT {sql.signs('proposed_by')}"


PROPOSED_FOR_SOMEBODY_ELSE = (
    Guard("rights.proposed_for_oneself", _proposed_for_oneself, on=("insert",), message="nobody proposes themselves"),
    Guard("duty.in_another_name", _proposed_in_another_name, on=("insert",), message="whoever proposes signs it"),
)
"""Guards of a proposal about a `person`: by whichever account, nobody proposes themselves; and whoever proposes signs
it, or one person could propose in a colleague's name and then agree."""


def proposed_and_decided(name: str) -> list[models.CheckConstraint]:
    """Constraints of such a proposal: three accounts, and a decision as soon as it is not proposed any more."""
    return [
        models.CheckConstraint(
            condition=~models.Q(person=models.F("proposed_by")), name=f"{name}_not_proposed_for_oneself"
        ),
        models.CheckConstraint(
            condition=models.Q(decided_by__isnull=True)
            | ~models.Q(decided_by=models.F("proposed_by")) & ~models.Q(decided_by=models.F("person")),
            name=f"{name}_decided_by_someone_else",
        ),
        models.CheckConstraint(
            condition=models.Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
            | ~models.Q(state="proposed") & models.Q(decided_by__isnull=False, decided_at__isnull=False),
            name=f"{name}_decided_once_it_is_not_proposed",
        ),
    ]


def number_changed_alone(sql) -> str:
    """True when a staff number that is known changes, and two administrators have not agreed to this very change.

    Also when an account gets any other number while an agreed one waits to be written, so that no approval is kept
    for a second time.
    """
    agreed = (
        "SELECT 1 FROM people_numberchange agreed"
        f" WHERE agreed.person_id = {sql.new('id')} AND agreed.state = 'approved'"
    )
    to_this = f"agreed.number = {sql.new('staff_number')} AND agreed.number_before = {sql.old('staff_number')}"
    return (
        f"{sql.changed('staff_number')} AND ("
        f"({sql.old('staff_number')} <> '' AND NOT EXISTS ({agreed} AND {to_this}))"
        f" OR EXISTS ({agreed} AND agreed.number <> {sql.new('staff_number')}))"
    )


def _names(sql, names: Iterable[str]) -> str:
    return ", ".join(sql.value(str(name)) for name in sorted(names))


def second_group_kept_apart(sql) -> str:
    """True when the new link gives a human, by whatever account, a second one of the groups nobody holds together."""
    names = _names(sql, HELD_ALONE)
    return f"""EXISTS (
        SELECT 1 FROM people_person account
        JOIN people_person same ON same.id = account.id
            OR (account.staff_number <> '' AND same.staff_number = account.staff_number)
        JOIN people_person_groups held ON held.person_id = same.id
        JOIN auth_group other ON other.id = held.group_id AND other.name IN ({names})
        JOIN auth_group given ON given.id = {sql.new("group")} AND given.name IN ({names})
        WHERE account.id = {sql.new("person")} AND other.id <> given.id)"""


def accounts_joined_over_groups(sql) -> str:
    """True when a staff number makes one human of accounts that together hold two of the groups kept apart."""
    return f"""({sql.changed("staff_number")} AND {sql.new("staff_number")} <> '' AND 1 < (
        SELECT COUNT(DISTINCT held.group_id) FROM people_person account
        JOIN people_person_groups held ON held.person_id = account.id
        JOIN auth_group apart ON apart.id = held.group_id AND apart.name IN ({_names(sql, HELD_ALONE)})
        WHERE account.id = {sql.new("id")} OR account.staff_number = {sql.new("staff_number")}))"""
