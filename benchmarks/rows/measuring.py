"""One engine's figures; started by benchmarks.tracked_save with the database in the environment."""

import statistics
import time
from collections.abc import Callable

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from casemgmt.ledger import Signer, signed
from casemgmt.ledger.functions_sqlite import allow_as_usual, allow_everything
from casemgmt.ledger.install import install, uninstall

SAVES, SAVE_ROUNDS = 100, 15
MANY, MANY_ROUNDS = 10_000, 5
VARIANTS = ("Untracked", "Tracked", "Classic")


def measure() -> None:
    """Make the tables, then let the variants take turns."""
    rows = {name: apps.get_model("rows", name) for name in VARIANTS}
    with connection.schema_editor() as editor:
        for model in rows.values():
            editor.create_model(model)
            if hasattr(model, "history"):
                editor.create_model(model.history.model)
    install()
    with signed(by=Signer("benchmark"), reason="benchmark"):
        report("save, inside a transaction", {n: in_one_transaction(m) for n, m in rows.items()}, SAVE_ROUNDS)
        report("save, own transaction", {n: each_alone(m) for n, m in rows.items()}, SAVE_ROUNDS)
        few = {name: new_rows(model) for name, model in rows.items() if name != "Classic"}
        report(f"bulk_create of {MANY}", few, MANY_ROUNDS)
        tracked = rows["Tracked"]
        by_hand = {"By hand": escalated_by_hand(tracked), "Tracked": escalated(tracked)}
        report(f"escalate {MANY} (1 = UPDATE and INSERT … SELECT by hand)", by_hand, MANY_ROUNDS)


def report(title: str, variants: dict[str, Callable[[], float]], rounds: int) -> None:
    """Print the medians as ratios to the first variant."""
    taken: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(rounds):
        for name, run in variants.items():
            settings.SIMPLE_HISTORY_ENABLED = name == "Classic"
            taken[name].append(run())
    settings.SIMPLE_HISTORY_ENABLED = False
    medians = {name: statistics.median(times) for name, times in taken.items()}
    base = next(iter(medians.values()))
    figures = "  ".join(f"{name} {1000 * m:.2f} ms = {m / base:.2f} ×" for name, m in medians.items())
    print(f"  {title}: {figures}", flush=True)


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_one_transaction(model: type[models.Model]) -> Callable[[], float]:
    """The time of one save among many of one transaction."""
    row = model.objects.create(number="1")

    def saves():
        with transaction.atomic():
            for _ in range(SAVES):
                row.severity = (row.severity + 1) % 1000
                row.save()

    return lambda: timed(saves) / SAVES


def each_alone(model: type[models.Model]) -> Callable[[], float]:
    """The time of one save that is its own transaction."""
    row = model.objects.create(number="2")

    def saves():
        for _ in range(SAVES):
            row.severity = (row.severity + 1) % 1000
            row.save()

    return lambda: timed(saves) / SAVES


def new_rows(model: type[models.Model]) -> Callable[[], float]:
    """The time of many new rows; they are rolled back."""

    def run():
        fresh = [model(number=str(n)) for n in range(MANY)]
        with transaction.atomic():
            seconds = timed(lambda: model.objects.bulk_create(fresh, batch_size=500))
            transaction.set_rollback(True)
        return seconds

    return run


def escalated(model: type[models.Model]) -> Callable[[], float]:
    """One UPDATE with its triggers, rolled back."""

    def run():
        with transaction.atomic():
            many(model)
            seconds = timed(lambda: model.objects.filter(state="new").update(state="escalated", severity=9))
            transaction.set_rollback(True)
        return seconds

    return run


def escalated_by_hand(model: type[models.Model]) -> Callable[[], float]:
    """The physical limit: the same change and the same history rows by two plain statements, without any check."""
    origin = {
        "history_type": "'~'",
        "history_date": "CURRENT_TIMESTAMP",
        "history_at": "CURRENT_TIMESTAMP",
        "history_user_id": "''",
        "history_actor": "'benchmark'",
        "history_change_reason": "'benchmark'",
        "history_request": "''",
        "history_source": "'program'",
        "history_login": "'benchmark'",
    }
    columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
    table, history = model._meta.db_table, model.history.model._meta.db_table

    def by_hand():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET state = 'escalated', severity = 9 WHERE state = 'new'")
            cursor.execute(
                f"INSERT INTO {history} ({', '.join([*columns, *origin])})"
                f" SELECT {', '.join([*columns, *origin.values()])} FROM {table} WHERE state = 'escalated'"
            )

    def run():
        with transaction.atomic():
            many(model)
            uninstall()
            if connection.vendor == "sqlite":
                allow_everything(connection)
            seconds = timed(by_hand)
            transaction.set_rollback(True)
        if connection.vendor == "sqlite":
            allow_as_usual(connection)
        return seconds

    return run


def many(model: type[models.Model]) -> None:
    """Rows to escalate."""
    model.objects.bulk_create([model(number=str(n)) for n in range(MANY)], batch_size=500)


if __name__ == "__main__":
    django.setup()
    measure()
