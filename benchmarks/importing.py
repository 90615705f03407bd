"""A file of complaints through staging and register_many, against plain inserts of the same rows, in one run.

    python -m benchmarks.importing [--engine sqlite|postgresql] [--rows 3000] [--rounds 3]

Made-up rows, each with a customer, an order and a complaint of its own. Measured are reading and checking the
file, registering its rows as the worker does, and the same rows written by hand: one INSERT a table and batch,
with the triggers off, no numbers, keys, clocks' calendars or checks. By hand writes only what registering has
computed before; so the ratio says what all the rest costs. Each round is rolled back, the median counts. Linear
means the same rate for a third of the rows; flat means that memory does not grow with them.
"""

import argparse
import csv
import io
import logging
import resource
import statistics
import time
from datetime import timedelta
from importlib import import_module

from benchmarks.house import AT, ENGINES, a_database

HEADINGS = ("投诉时间", "渠道", "客户姓名", "手机号", "订单号", "商品类目", "投诉内容")
CHANNELS = ("电话", "邮件", "在线客服", "门店", "平台")
GOODS = ("水果", "衣服", "平板", "酒店", "书籍")


class RolledBack(Exception):
    """The end of a round: nothing of it stays."""


def main() -> None:
    """Choose the database before Django reads its settings, then measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with a_database(asked.engine):
        logging.disable(logging.INFO)
        Benchmark(asked.rows, asked.rounds).run()


def a_file(rows: int) -> bytes:
    """So many different complaints as CSV."""
    held = io.StringIO()
    table = csv.writer(held)
    table.writerow(HEADINGS)
    for number in range(rows):
        received = (AT - timedelta(minutes=number + 1)).strftime("%Y-%m-%d %H:%M")
        who = f"客户{number}", f"139{number:08d}", f"26{number:014d}"
        words = f"第 {number} 件：收到的商品与描述不符，联系客服三天没有回复，要求退货退款。"
        table.writerow((received, CHANNELS[number % 5], *who, GOODS[number % 5], words))
    return held.getvalue().encode()


class Benchmark:
    """One empty shop, and files of complaints that come into it."""

    def __init__(self, rows: int, rounds: int):
        self.rows, self.rounds, self.busy = rows, rounds, 0.0
        import_module("django.core.management").call_command("migrate", verbosity=0)
        signed = import_module("casemgmt.ledger").signed
        people = import_module("casemgmt.people.models")
        service = import_module("casemgmt.people.accounts").service_account()
        groups = import_module("django.contrib.auth.models").Group.objects
        with signed(by=service, reason="benchmark", at=AT, source="task"):
            import_module("policies.actions.loading").load_pack("cn-national", by=service, at=AT - timedelta(days=60))
            department = people.Department.objects.create(name="Service", kind="customer_service")
            team = people.Team.objects.create(name="Team", department=department)
            self.shop = people.Shop.objects.create(name="Shop", platform="tmall", team=team)
            self.by = people.Person.objects.create(username="supervisor", name="Supervisor", team=team)
            self.by.groups.add(groups.get(name="Supervisors"))

    def run(self) -> None:
        """Measure by turns and print."""
        rounds = [self.round(self.rows) for _ in range(self.rounds)]
        per_second_of_processor = self.rows / self.busy
        third = self.round(max(1, self.rows // 3))
        staged, registered, by_hand = (statistics.median(taken) for taken in zip(*rounds, strict=True))
        print(f"{self.rows} rows, {self.rounds} rounds, median")
        print(f"read and check   {self.rows / staged:8.0f} rows/s")
        print(f"register         {self.rows / registered:8.0f} cases/s")
        print(f"                 {per_second_of_processor:8.0f} cases for each second of this program's processor time")
        print(f"by hand          {self.rows / by_hand:8.0f} cases/s")
        print(f"register against by hand {registered / by_hand:.2f} ×")
        print(f"linear: a third of the rows at {self.rows // 3 / third[1]:.0f} cases/s")
        print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")

    def round(self, rows: int) -> tuple[float, float, float]:
        """Seconds to read and check, to register, and to write the same by hand."""
        transaction = import_module("django.db").transaction
        staging = import_module("complaints.actions.staging")
        importing = import_module("complaints.actions.importing")
        content = a_file(rows)
        try:
            with transaction.atomic():
                began = time.perf_counter()
                batch = staging.stage_file(by=self.by, at=AT, content=content, mode="live", shop_id=self.shop.pk)
                while staging.check_some(batch.pk, AT) is not None:
                    pass
                staged = time.perf_counter() - began
                importing.confirm_import(batch.pk, by=self.by, at=AT)
                began, busy = time.perf_counter(), time.process_time()
                _, done, _ = importing.register_staged(AT)
                registered, self.busy = time.perf_counter() - began, time.process_time() - busy
                if done != rows:
                    raise AssertionError(f"{done} of {rows} rows were registered")
                by_hand = self.by_hand()
                raise RolledBack
        except RolledBack:
            return staged, registered, by_hand

    def by_hand(self) -> float:
        """Write what was registered once more into copies of its tables and histories, a batch at a time.

        The copies have the same columns, checks and indexes, and no triggers.
        """
        connection = import_module("django.db").connection
        tables = import_module("casemgmt.ledger.tables")
        models = import_module("complaints.models")
        keys = import_module("casemgmt.privacy.models").PersonKey
        written = [models.Customer, models.Order, models.Complaint, models.Clock, models.Statement]
        names = [keys._meta.db_table, *(model._meta.db_table for model in written)]
        names += [tables.history_of(model)._meta.db_table for model in written]
        spent = 0.0
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"SELECT * FROM {name}")
                found = cursor.fetchall()
                row = f"({', '.join(['%s'] * len(cursor.description))})"
                self.copy_of(name, cursor)
                began = time.perf_counter()
                for start in range(0, len(found), 500):
                    some = found[start : start + 500]
                    values = [value for one in some for value in one]
                    cursor.execute(f"INSERT INTO bare_{name} VALUES {', '.join([row] * len(some))}", values)
                spent += time.perf_counter() - began
        return spent

    def copy_of(self, name: str, cursor) -> None:
        """An empty table like this one, indexes included."""
        if import_module("django.db").connection.vendor == "postgresql":
            cursor.execute(f"CREATE TABLE bare_{name} (LIKE {name} INCLUDING INDEXES INCLUDING CONSTRAINTS)")
            return
        cursor.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = %s AND type IN ('table', 'index')"
            " AND sql IS NOT NULL ORDER BY type DESC",
            [name],
        )
        for kind, called, sql in cursor.fetchall():
            made = sql.replace(f'"{called}"', f'"bare_{called}"', 1)
            cursor.execute(made if kind == "table" else made.replace(f'"{name}"', f'"bare_{name}"', 1))


if __name__ == "__main__":
    main()
