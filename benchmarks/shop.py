"""A shop full of cases for the benchmarks of the desk, and the measuring of its pages through Django's test client.

Cases are written without history, which no page of these benchmarks reads but the story of one case: each has a
customer with a phone, an order, the words of the complaint and two clocks. One in ten is closed. The first ones are
made one by one, so that their numbers and phones can be looked for; all others are copies of them, made by SQL.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from typing import NamedTuple

from benchmarks.house import AT
from benchmarks.overdue_sweep import Benchmark

CLOSED = 10
CUSTOMERS_A_KEY = 1000
GOODS = ("羊毛混纺大衣", "真丝衬衫", "牛仔裤", "亚麻长裙", "针织开衫")
WORDS = "收到的{goods}领口有一块污渍，编号{number}，要求退换，客服一直没有回复，请尽快处理。"


class Shop(Benchmark):
    """The people and cases of the sweep's benchmark, with what a page shows of a case."""

    def __init__(self):
        super().__init__(0, 0)
        settings = import_module("django.conf").settings
        settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["testserver"], False
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
        import_module("django.utils.timezone").now = lambda: AT
        self._tables()
        self._people()
        with self.ledger.signed(by=self.service, reason="benchmark"):
            self.people.Person.objects.filter(username__startswith="lead").update(is_staff=True)
        self.filled = 0

    def fill(self, cases: int) -> None:
        """So many cases, each with numbers of its own."""
        self.filled = cases
        self._fill(cases, since=0)
        self.install.uninstall()
        with self.db.transaction.atomic():
            self._dress(0, cases)
        self._put_back()

    def multiply(self, times: int) -> None:
        """So many times as many cases: copies whose keys lie behind the others', found by none of their numbers."""
        self.install.uninstall()
        highest = {model: model.objects.latest("pk").pk for model in self._copied}
        with self.db.transaction.atomic(), self.db.connection.cursor() as cursor:
            for copy in range(1, times):
                for model in self._copied:
                    cursor.execute(_copying(model, highest, copy))
        self.filled *= times
        self._put_back()

    @property
    def _copied(self):
        models = self.models
        return (models.Customer, models.Order, models.Complaint, models.Clock, models.Statement)

    def _put_back(self):
        self.install.install()
        with self.db.connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _dress(self, since, until):
        privacy = import_module("casemgmt.privacy.models")
        seal = import_module("casemgmt.privacy.sealed").seal
        models = self.models
        products = [models.Product.objects.get_or_create(name=name)[0] for name in GOODS]
        known = models.Complaint.objects.filter(case_number__gte=f"B{since:08}", case_number__lt=f"B{until:08}")
        cases = list(known.order_by("pk"))
        customers, orders, words = [], [], []
        key = None
        for number, case in enumerate(cases, start=since):
            if number % CUSTOMERS_A_KEY == 0 or key is None:
                key = privacy.PersonKey.fresh()
                key.save(force_insert=True)
            phone = seal(key, phone_of(number), kind="phone")
            customers.append(models.Customer(key=key, phone=phone, created_at=AT))
            goods = number % len(GOODS)
            orders.append(
                models.Order(number=order_of(number), product=products[goods], customer=customers[-1], paid_amount=689)
            )
            text = WORDS.format(goods=GOODS[goods], number=number)
            words.append(
                models.Statement(
                    case=case, kind="content", side="customer", words=text, said_by=self.service, said_at=AT
                )
            )
        for rows in (customers, orders, words):
            import_module("casemgmt.setwise").insert_objects(rows)
        for number, case, customer, order in zip(range(since, until), cases, customers, orders, strict=True):
            case.customer, case.order, case.product = customer, order, order.product
            case.case_number = number_of(number)
        changed = ("customer_id", "order_id", "product_id", "case_number")
        update_each = import_module("casemgmt.setwise").update_each
        update_each(models.Complaint, changed, [(c.pk, *(getattr(c, name) for name in changed)) for c in cases])
        with self.db.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE complaints_complaint SET next_due_at = (SELECT min(due_at) FROM complaints_clock k"
                " WHERE k.case_id = complaints_complaint.id) WHERE next_due_at IS NULL"
            )
            cursor.execute(
                "UPDATE complaints_complaint SET state = 'closed', next_due_at = NULL, closed_at = registered_at,"
                " outcome = 'remedied'"
                f" WHERE id % {CLOSED} = 0"
            )
            cursor.execute(f"DELETE FROM complaints_clock WHERE case_id % {CLOSED} = 0")


def _copying(model, highest: dict, copy: int) -> str:
    """The statement that copies the first rows of a table once: keys moved on, unique numbers marked."""
    values = {}
    for field in model._meta.concrete_fields:
        values[field.column] = f'"{field.column}"'
        if field.primary_key:
            values[field.column] = f'"{field.column}" + {copy * highest[model]}'
        elif field.related_model in highest:
            values[field.column] = f'"{field.column}" + {copy * highest[field.related_model]}'
        elif field.name == "phone_index":
            values[field.column] = f"substr(\"{field.column}\", 1, 28) || '.{copy}'"
        elif field.name in ("case_number", "number"):
            values[field.column] = f"\"{field.column}\" || '.{copy}'"
    names = ", ".join(f'"{column}"' for column in values)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(values.values())}'
        f' FROM "{model._meta.db_table}" WHERE id <= {highest[model]}'
    )


def number_of(number: int) -> str:
    """The case number of the so-manieth case."""
    case_number = import_module("complaints.rules.case_numbers").case_number
    return case_number(date(2026, 10, 11), number + 1)


def order_of(number: int) -> str:
    """Its order number."""
    return f"26{number:016}"


def phone_of(number: int) -> str:
    """Its customer's phone number."""
    return f"138{number:08}"


def a_browser(username: str):
    """The test client with this person signed in."""
    browser = import_module("django.test").Client()
    browser.force_login(import_module("casemgmt.people.models").Person.objects.get(username=username))
    return browser


class Taken(NamedTuple):
    """Seconds of one answer, by the clock and of this program's processor time."""

    clock: float
    processor: float


def timed(ask: Callable[[int], object], rounds: int) -> list[Taken]:
    """What each of so many answers took, after two that warm up."""
    taken = []
    for turn in range(-2, rounds):
        began = Taken(time.perf_counter(), time.process_time())
        answer = ask(turn)
        taken.append(Taken(time.perf_counter() - began.clock, time.process_time() - began.processor))
        if answer.status_code != 200:
            raise SystemExit(f"{answer.status_code} {answer.headers} instead of a page")
    return taken[2:]


def p95(taken: Iterable[float]) -> float:
    """The time within which nineteen of twenty answers come."""
    return statistics.quantiles(taken, n=20)[-1]


def compared(title: str, few: list[Taken], many: list[Taken], queries: int) -> str:
    """One line: how much slower among many cases than among few."""
    first, last = (p95(one.clock for one in taken) for taken in (few, many))
    middle, processor = (
        statistics.median(one[place] for one in many) / statistics.median(one[place] for one in few)
        for place in range(2)
    )
    return (
        f"{title:20} p95 {first * 1000:5.0f} → {last * 1000:5.0f} ms, {last / first:.2f} ×"
        f"   median {middle:.2f} ×   processor {processor:.2f} ×   {queries} queries"
    )
