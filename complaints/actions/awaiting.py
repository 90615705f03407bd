"""The ladder of reminders while a case waits: each step once, to the handler or higher, until the answer is there."""

from collections.abc import Sequence
from datetime import datetime

from casemgmt.outbox import About, Word, put_many
from casemgmt.people.models import Person
from casemgmt.setwise import update_each
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.overdue import CASE
from complaints.actions.pausing import next_reminder
from complaints.actions.superiors import Superiors
from complaints.models import Pause, SetAside
from policies.lookup import policies_by_id

REMIND = "remind_of_pauses"
COLUMNS = (
    "pk", "case_id", "case__case_number", "case__handler_id", "case__team_id", "category", "began_at", "cap_at",
    "reminders", "policy_id", "version",
)  # fmt: skip


def remind_of_pauses(at: datetime) -> Tally:
    """Remind of every open pause whose next step fell due, once a step; after an outage of each step that was missed.

    Whom a step names is policy: the handler, or the lead of the team. What nobody holds is told to the supervisors.
    """

    def take(limit: int) -> Sequence[tuple]:
        due = Pause.objects.filter(ended_at__isnull=True, remind_at__lte=at)
        due = due.exclude(pk__in=SetAside.objects.kept_from(REMIND, at)).order_by("remind_at", "pk")
        return list(due.select_for_update(skip_locked=True).values_list(*COLUMNS)[:limit])

    def settle(rows: Sequence[tuple]) -> None:
        policies = policies_by_id({row[9] for row in rows})
        superiors = Superiors(at)
        people = Person.objects.in_bulk({row[3] for row in rows} - {None})
        words, moved = [], []
        for pk, case_id, number, handler_id, team_id, category, began_at, cap_at, made, policy_id, version in rows:
            cap = policies[policy_id].pause_cap(category)
            remind_at = next_reminder(cap, began_at, cap_at, made=made)
            while remind_at is not None and remind_at <= at:
                made += 1
                for person in superiors.of_reminder(cap.reminders[made - 1].to_role, people.get(handler_id), team_id):
                    key = f"notice.pause_reminder:{pk}:{made}:{person.pk}"
                    words.append(Word("notice.pause_reminder", key, person, About(CASE, case_id), number))
                remind_at = next_reminder(cap, began_at, cap_at, made=made)
            moved.append((pk, made, remind_at, version + 1))
        update_each(Pause, ("reminders", "remind_at", "version"), moved)
        put_many(words, at=at)

    return sweep_in_batches(REMIND, Pause, at=at, reason="pause.reminded", take=take, settle=settle, size=1000)
