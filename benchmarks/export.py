"""Rows a second of an export, beside the same rows written by plain csv and openpyxl from tuples, in one run.

    python -m benchmarks.export [--cases 5000] [--rounds 3]

Every case has a customer with sealed name and phone, an order and its words. Our side reads, masks, words and
defuses every cell of the list's usual columns; the plain side writes finished tuples. The best round counts, in
seconds of the processor, so that whatever else the machine does leaves the ratio alone.
"""

import argparse
import csv
import io
import logging
import time
from datetime import datetime, timedelta
from importlib import import_module

from benchmarks.house import AT, a_database

AT_ONCE = 500


def main() -> None:
    """A database of its own, so many cases, then both sides in turn."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with a_database("sqlite"):
        logging.disable(logging.INFO)
        Benchmark(asked.cases, asked.rounds).run()


class Benchmark:
    """One database full of cases, and both ways to write them down."""

    def __init__(self, cases: int, rounds: int):
        self.cases, self.rounds = cases, rounds
        self.exporting = import_module("casemgmt.exporting")
        self.table = import_module("complaints.admin.exports")
        self.columns = [column for column in self.table.CASE_COLUMNS if column.is_default]

    def run(self) -> None:
        """Build, measure, print."""
        self._build()
        tuples = [tuple(column.of(row) for column in self.columns) for row in self._rows()]
        naive = [tuple(_plain(value) for value in row) for row in tuples]
        ours = {
            "CSV": lambda: sum(len(piece) for piece in self.exporting.in_csv(self._rows(), self.columns, ())),
            "XLSX": lambda: self.exporting.in_xlsx(self._rows(), self.columns, (), title="1", about_title="2"),
        }
        plain = {"CSV": lambda: _csv(tuples), "XLSX": lambda: _xlsx(naive)}
        print(f"{len(tuples):,} cases, {len(self.columns)} columns")
        for name, write in ours.items():
            mine, theirs = self._best(write), self._best(plain[name])
            print(
                f"{name}: {len(tuples) / mine:,.0f} rows/s; plain {len(tuples) / theirs:,.0f} rows/s;"
                f" {mine / theirs:.2f} times as long"
            )

    def _rows(self):
        complaint = import_module("complaints.models").Complaint
        return self.exporting.rows_of(self.table.CaseExport().export_rows(None, complaint.objects.order_by("pk")))

    def _best(self, write) -> float:
        times = []
        for _round in range(self.rounds):
            began = time.process_time()
            write()
            times.append(time.process_time() - began)
        return min(times)

    def _build(self) -> None:
        import_module("django.core.management").call_command("migrate", verbosity=0)
        service = import_module("casemgmt.people.accounts").service_account()
        import_module("policies.actions.loading").load_pack("cn-national", by=service, at=AT)
        registering = import_module("complaints.actions.registering")
        customers = import_module("complaints.actions.customers")
        source = import_module("complaints.vocabulary").CaseSource.IMPORT
        for start in range(0, self.cases, AT_ONCE):
            registrations = [
                registering.Registration(
                    content=f"第 {number} 件：刚收到的大衣领口有一大块污渍。",
                    channel="qianniu",
                    received_at=AT - timedelta(minutes=number),
                    customer=customers.CustomerData(name=f"顾客{number}", phone=f"139{number:08}"),
                    order=customers.OrderData(number=f"NO{number:010}", product_name="羊毛混纺大衣", paid_amount=689),
                    reason="quality",
                    not_a_duplicate=True,
                )
                for number in range(start, min(start + AT_ONCE, self.cases))
            ]
            registering.register_many(
                registrations, by=service, at=AT, source=source, backlog=True, reason="case.imported"
            )


def _plain(value):
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _csv(tuples) -> int:
    piece = io.StringIO()
    csv.writer(piece).writerows(tuples)
    return len(piece.getvalue().encode())


def _xlsx(tuples) -> io.BytesIO:
    book = import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet("1")
    for row in tuples:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file


if __name__ == "__main__":
    main()
