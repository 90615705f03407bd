"""The overdue sweep against the same done by hand in SQL, in one run on one engine.

    python -m benchmarks.overdue_sweep [--engine sqlite|postgresql] [--cases 100000] [--rounds 5]

Of so many cases 5 % have a clock that is overdue. Both sides raise an escalation a case, move its clock to the
next level, and write the history rows of both and a notice and a message to the team lead for each. By hand means
INSERT … SELECT and UPDATE with the triggers off, the history written by statements of its own, and a fixed
distance to the next level where the sweep asks the working calendar. Each round is rolled back, sides in turn;
the median counts. A third side does what a task for each case would do, on a sample: lock the case, raise the
escalation by the action, move the clock, a transaction each, without a broker. The idle tick is measured over all
cases and over a tenth of them. Seconds are those of the clock; on SQLite, where all happens in this process, its
processor time tells more on a busy machine and is printed too. Goals: at most 1.5 × on PostgreSQL, 2.5 × on SQLite,
30 × faster than case by case; an idle tick that does not depend on the number of cases.
"""

import argparse
import gc
import logging
import statistics
import time
from datetime import timedelta
from importlib import import_module

from benchmarks.house import AT, ENGINES, a_database

SHARE = 20
TEAMS = 20
SAMPLE = 200
BATCH = 20_000


def main() -> None:
    """Choose the database before Django reads its settings, then build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with a_database(asked.engine):
        logging.disable(logging.INFO)
        Benchmark(asked.cases, asked.rounds).run()


class Benchmark:
    """One database full of cases, and both ways to escalate what is overdue in it."""

    def __init__(self, cases: int, rounds: int):
        self.cases, self.rounds = cases, rounds
        self.db = import_module("django.db")
        self.ledger = import_module("casemgmt.ledger")
        self.install = import_module("casemgmt.ledger.install")
        self.overdue = import_module("complaints.actions.overdue")
        self.models = import_module("complaints.models")
        self.kernel = import_module("casemgmt.models")
        self.people = import_module("casemgmt.people.models")
        self.service = None
        self.processor: list[float] = []
        # Every notice by itself, as by hand; the sweep would group those that come to one person at once.
        self.overdue.NoticesOfARun.one_by_one = cases

    def run(self) -> None:
        """Build, measure in turn, print ratios."""
        self._tables()
        self._people()
        self._fill(self.cases // 10, since=0)
        idle_small = self._idle()
        self._fill(self.cases - self.cases // 10, since=self.cases // 10)
        idle_big = self._idle()
        gc.collect()
        gc.freeze()  # as a worker does when it starts
        swept, written = [], []
        for _ in range(self.rounds):
            swept.append(self._round(lambda: self.overdue.escalate_overdue(AT), triggers=True))
            written.append(self._round(self._by_hand, triggers=False))
        self.processor = self.processor[-2 * self.rounds :]
        overdue = self.cases // SHARE
        sweep, by_hand = statistics.median(swept), statistics.median(written)
        print(f"{self.db.connection.vendor}, {self.cases:,} cases, {overdue:,} overdue, median of {self.rounds} rounds")
        print(f"sweep: {overdue / sweep:,.0f} cases/s   by hand in SQL: {overdue / by_hand:,.0f} cases/s")
        print(f"ratio: {sweep / by_hand:.2f} ×   processor time of this process: {self._processor_ratio():.2f} ×")
        one_by_one = self._round(self._case_by_case, triggers=True) / min(SAMPLE, overdue) * overdue
        print(f"case by case: {overdue / one_by_one:,.0f} cases/s, the sweep is {one_by_one / sweep:.0f} × faster")
        print(f"idle tick: {idle_big * 1000:.2f} ms, {idle_big / idle_small:.2f} × that over a tenth of the cases")

    def _tables(self):
        settings = import_module("django.conf").settings
        apps = import_module("django.apps").apps
        settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
        import_module("django.core.management").call_command("migrate", run_syncdb=True, verbosity=0)
        self.service = import_module("casemgmt.people.accounts").service_account()
        with self.ledger.signed(by=self.service, reason="benchmark"):
            import_module("policies.actions.loading").load_pack("cn-national", by=self.service, at=AT)

    def _people(self):
        person, group = self.people.Person, import_module("django.contrib.auth.models").Group
        with self.ledger.signed(by=self.service, reason="benchmark"):
            supervisors = group.objects.get(name="Supervisors")
            department = self.people.Department.objects.create(name="d", kind="customer_service")
            for number in range(TEAMS):
                team = self.people.Team.objects.create(name=f"t{number}", department=department)
                for role in ("lead", "handler"):
                    name = f"{role}{number}"
                    one = person.objects.create(username=name, name=name, team=team, email=f"{name}@example.com")
                    if role == "lead":
                        one.groups.add(supervisors)
                        team.lead = one
                        team.save()
        self.handlers = list(person.objects.filter(username__startswith="handler").values_list("pk", "team_id"))

    def _fill(self, count: int, *, since: int):
        """Cases as the shop would have them, each with two clocks; without history, which is not measured here."""
        self.install.uninstall()
        insert_objects = import_module("casemgmt.setwise").insert_objects
        for first in range(since, since + count, BATCH):
            numbers = range(first, min(first + BATCH, since + count))
            cases = self._some_cases(numbers)
            with self.db.transaction.atomic():
                insert_objects(cases)
                insert_objects(list(self._clocks(cases, numbers)))
        self.install.install()
        with self.db.connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _some_cases(self, numbers):
        model = self.models.Complaint
        began = AT - timedelta(days=3)
        cases = [
            model(
                case_number=f"B{number:08}",
                complainant="unknown",
                channel="phone",
                received_at=began,
                registered_at=began,
                registered_by=self.service,
                handler_id=self.handlers[number % TEAMS][0],
                team_id=self.handlers[number % TEAMS][1],
            )
            for number in numbers
        ]
        for case in cases:
            case.__dict__["state"] = "assessing"
        return cases

    def _clocks(self, cases, numbers):
        lookup = import_module("policies.lookup")
        policies = lookup.policies_in_force(AT)
        ladder = policies.escalations["overdue"].policy_id
        calendar = policies.calendars["cn-official"].policy_id
        for kind in ("first_response", "resolution"):
            for case, number in zip(cases, numbers, strict=True):
                late = kind == "first_response" and number % SHARE == 0
                due = AT + (
                    timedelta(seconds=-60 - number % 3600) if late else timedelta(days=2, seconds=number % 9999)
                )
                yield self.models.Clock(
                    case=case,
                    kind=kind,
                    policy_id=policies.clocks[kind].policy_id,
                    started_at=case.received_at,
                    due_at=due,
                    first_due_at=due,
                    next_level=1,
                    next_level_at=due,
                    days_policy_id=calendar,
                    working={"escalation": ladder, "calendar": calendar},
                )

    def _round(self, work, *, triggers: bool) -> float:
        with self.db.transaction.atomic():
            if not triggers:
                self.install.uninstall()
                self._let_history_be_written(True)
            self.people.Person.objects.exists()  # SQLite reads its schema again after triggers came or went
            began, processor = time.perf_counter(), time.process_time()
            work()
            elapsed = time.perf_counter() - began
            self.processor.append(time.process_time() - processor)
            self._let_history_be_written(False)
            self.db.transaction.set_rollback(True)
        return elapsed

    def _processor_ratio(self) -> float:
        return statistics.median(self.processor[::2]) / statistics.median(self.processor[1::2])

    def _case_by_case(self):
        """What a task for each case would do, for a sample of those that are due."""
        clocks = self.models.Clock.objects.running().filter(next_level_at__lt=AT).order_by("pk")
        escalating, reckoning = (import_module(f"complaints.actions.{name}") for name in ("escalating", "reckoning"))
        for key in list(clocks.values_list("pk", flat=True)[:SAMPLE]):
            with self.ledger.signed(by=self.service, reason="escalation.raised", at=AT), self.db.transaction.atomic():
                clock = self.models.Clock.objects.get(pk=key)
                case = self.models.Complaint.objects.locked(pk=clock.case_id)
                steps, working = reckoning.Reckoner().ladder(
                    clock.working["escalation"], clock.working["calendar"], clock.days_policy_id, clock.started_at
                )
                escalating.raise_escalation(
                    case,
                    cause=f"clock:{clock.pk}",
                    level=clock.next_level,
                    due_at=clock.next_level_at,
                    by=self.service,
                    at=AT,
                    ladder=steps,
                )
                following = steps.steps[clock.next_level]
                clock.next_level, clock.next_level_at = following.level, working.after(clock.due_at, following.after)
                clock.save()

    def _let_history_be_written(self, allowed: bool):
        if self.db.connection.vendor == "sqlite":
            functions = import_module("casemgmt.ledger.functions_sqlite")
            (functions.allow_everything if allowed else functions.allow_as_usual)(self.db.connection)

    def _idle(self) -> float:
        """The quickest of many ticks before anything is due."""
        before = AT - timedelta(days=1)
        self.overdue.escalate_overdue(before)
        times = []
        for _ in range(50):
            began = time.perf_counter()
            self.overdue.escalate_overdue(before)
            times.append(time.perf_counter() - began)
        return min(times)

    # -- by hand -------------------------------------------------------------------------------------------

    def _by_hand(self):
        postgresql = self.db.connection.vendor == "postgresql"
        moment = f"'{AT.isoformat()}'::timestamptz" if postgresql else f"'{AT:%Y-%m-%d %H:%M:%S}'"
        further = "next_level_at + interval '8 hours'" if postgresql else "datetime(next_level_at, '+8 hours')"
        reminded = f"{moment} + interval '2 hours'" if postgresql else f"datetime({moment}, '+2 hours')"
        level = "jsonb_build_object('level', 1)" if postgresql else "'{\"level\": 1}'"
        lead = (
            f"FROM complaints_escalation e JOIN people_person p ON p.id = e.to_person_id"
            f" JOIN complaints_complaint c ON c.id = e.case_id WHERE e.raised_at = {moment}"
        )
        key = "'notice.escalated:' || e.cause || ':' || e.level || ':' || e.due_at || ':' || p.id"
        about = f"'complaints.complaint', CAST(c.id AS varchar(64)), c.case_number, {level}, {moment}, {moment}"
        with self.db.connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO complaints_escalation (version, state, case_id, cause, level, due_at, raised_at,"
                " raised_by_id, to_person_id, policy_id, decision, remind_at)"
                f" SELECT 1, 'open', k.case_id, 'clock:' || k.id, k.next_level, k.next_level_at, {moment},"
                f" {self.service.pk}, t.lead_id, 1, '', {reminded} FROM complaints_clock k"
                " JOIN complaints_complaint c ON c.id = k.case_id JOIN people_team t ON t.id = c.team_id"
                " WHERE k.stopped_at IS NULL AND k.paused_at IS NULL"
                f" AND k.next_level_at < {moment} ON CONFLICT DO NOTHING"
            )
            cursor.execute(self._history(self.models.Escalation, "+", f"raised_at = {moment}", moment))
            cursor.execute(
                f"UPDATE complaints_clock SET next_level = 2, next_level_at = {further}"
                f" WHERE stopped_at IS NULL AND paused_at IS NULL AND next_level_at < {moment}"
            )
            moved = (
                f"id IN (SELECT CAST(substr(cause, 7) AS bigint) FROM complaints_escalation WHERE raised_at = {moment})"
            )
            cursor.execute(self._history(self.models.Clock, "~", moved, moment))
            cursor.execute(
                "INSERT INTO casemgmt_notice (code, key, person_id, subject_label, subject_pk, case_number, params,"
                f" created_at, shown_from) SELECT 'notice.escalated.clock', {key}, p.id, {about} {lead}"
            )
            cursor.execute(
                "INSERT INTO casemgmt_outboxmessage (kind, key, recipient_id, subject_label, subject_pk, case_number,"
                " params, created_at, not_before, is_daily, channel, attempts, last_error)"
                f" SELECT 'notice.escalated.clock', {key}, p.id, {about}, false, 'email', 0, '' {lead}"
            )

    def _history(self, model, kind, which, moment):
        kept = {field.column for field in model.history.model._meta.concrete_fields}
        columns = [field.column for field in model._meta.concrete_fields if field.column in kept]
        origin = {
            "history_type": f"'{kind}'",
            "history_date": moment,
            "history_at": moment,
            "history_user_id": f"'{self.service.pk}'",
            "history_actor": f"'{self.service.name}'",
            "history_change_reason": "'escalation.raised'",
            "history_request": "''",
            "history_source": "'task'",
            "history_login": "'hand'",
        }
        return (
            f"INSERT INTO {model.history.model._meta.db_table} ({', '.join([*columns, *origin])})"
            f" SELECT {', '.join([*columns, *origin.values()])} FROM {model._meta.db_table} WHERE {which}"
        )


if __name__ == "__main__":
    main()
