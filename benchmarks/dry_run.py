"""A dry run of each kind of policy over thousands of cases, against the plain reading of the same cases.

    python -m benchmarks.dry_run [--engine sqlite|postgresql] [--cases 5000] [--kinds clock,limit,…]

Each case has an order, a customer, two clocks, a message and a call of ours; one in three a grant that waits. The plain
reading takes the same batches of cases with these rows through the models and does nothing with them. Printed are
the ratio to it, in one run, and how much the memory of the process grew between the first tenth and the end.
"""

import argparse
import logging
import resource
import time
from datetime import timedelta
from importlib import import_module

from benchmarks.house import AT, ENGINES, a_database
from benchmarks.shop import Shop

EVERY_THIRD = 3
CHANGES = {
    "clock": ("resolution", {"length": {"amount": 9, "unit": "working_days"}}),
    "calendar": ("cn-official", {"official_years": []}),
    "escalation": ("overdue", {}),
    "phrase": ("you_are_wrong", {"forms": ["我们马上核实"], "gravity": "block", "unless": []}),
    "calling_window": ("default", {"gap_minutes": 600}),
    "limit": ("supervisor", {"per_grant": "1.00", "per_case": "1.00"}),
    "compensation_kind": ("red_packet", {"needs_evidence": ["test_report"]}),
    "entitlement": ("fraud_3_times", {"price_times": 4}),
    "period": ("default", {"unresolved_advice_days": 40}),
    "attempt_ladder": ("default", {}),
    "category": ("product.quality", {"needs_evidence": ["test_report"], "required_facts": ["signed_by"]}),
    "checklist": ("", {"needed_for": ["establish"], "categories": [], "stages": []}),
    "template": ("", {}),
}
"""kind → key and the entries that the draft replaces; an empty key stands for the first one."""


def main() -> None:
    """Choose the database before Django reads its settings, then build, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--kinds", default=",".join(CHANGES))
    asked = parser.parse_args()
    with a_database(asked.engine):
        logging.disable(logging.WARNING)
        shop = Shop()
        shop.fill(asked.cases)
        with_talks_and_money(shop)
        with shop.ledger.signed(by=shop.service, reason="benchmark"):
            measure(shop, asked.kinds.split(","))


def with_talks_and_money(shop: Shop) -> None:
    """A message and a call of ours on each open case, and a grant that waits on every third."""
    models, service = shop.models, shop.service
    shop.install.uninstall()
    cases = list(models.Complaint.objects.order_by("pk"))
    said = list(models.Statement.objects.filter(kind="content").order_by("case_id"))
    words = dict(zip((row.case_id for row in said), said, strict=True))
    contacts, grants = [], []
    for number, case in enumerate(cases):
        common = {"case": case, "customer_id": case.customer_id, "direction": "outgoing", "recorded_by": service}
        at = AT - timedelta(days=2, minutes=number % 300)
        about = {"occurred_at": at, "recorded_at": at, "words": words[case.pk]}
        contacts.append(models.Contact(**common, **about, channel="qianniu", outcome="delivered"))
        contacts.append(models.Contact(**common, **about, channel="phone", outcome="no_answer"))
        if number % EVERY_THIRD == 0:
            asked = {"asked_by_id": case.handler_id, "asked_at": AT - timedelta(days=1), "basis": words[case.pk]}
            grant = models.CompensationGrant(case=case, kind="red_packet", amount=20, purpose="goodwill", **asked)
            grant.fault, grant.__dict__["state"] = "seller", "awaiting_approval"
            grants.append(grant)
    with shop.db.transaction.atomic():
        models.Complaint.objects.update(category="product.quality")
        models.Contact.objects.bulk_create(contacts, batch_size=500)
        models.CompensationGrant.objects.bulk_create(grants, batch_size=500)
    shop.install.install()


def measure(shop: Shop, kinds: list[str]) -> None:
    """The plain reading, then each kind of draft; one line each."""
    rows = import_module("policies.models").PolicyRow.objects
    book = import_module("policies.in_force").PolicyBook()
    running = import_module("policies.dry_running")
    plain = min(_seconds(lambda: _read(shop, running)) for _round in range(3))
    count = running.cases().count(AT)
    print(f"{shop.db.connection.vendor}, {count:,} cases; the plain reading takes {1000 * plain / count:.2f} ms a case")
    for kind in kinds:
        key, changes = CHANGES[kind]
        row = rows.filter(kind=kind, state="active", **({"key": key} if key else {})).order_by("key").first()
        row.body = row.body | (changes or _other(kind, row.body))
        grown: list[int] = []
        found: list[int] = []
        taken = _seconds(lambda row=row, grown=grown, found=found: _replay(running, book, row, grown, found))
        queries = _queries(shop, running, book, row)
        print(
            f"{kind:18} {taken / plain:6.2f} ×   {queries / 200:5.2f} queries a case   {sum(found):6,} differences   "
            f"memory +{(grown[-1] - grown[0]) / 1024:.1f} MB",
            flush=True,
        )


def _other(kind: str, body: dict) -> dict:
    if kind == "escalation":
        return {"steps": [step | {"after": {"amount": 1, "unit": "hours"}} for step in body["steps"]]}
    if kind == "template":
        return {"texts": {name: f"{text}{{{{evidence}}}}" for name, text in body["texts"].items()}}
    slower = [step | ({"after": {"amount": 5, "unit": "hours"}} if step.get("after") else {}) for step in body["steps"]]
    return {"steps": slower}


def _batches(running):
    after = 0
    while batch := running.cases().batch(AT, after, 200):
        yield batch
        after = batch[-1]


def _read(shop: Shop, running) -> None:
    for batch in _batches(running):
        cases = shop.models.Complaint.objects.filter(pk__in=batch).select_related("customer", "order", "shop")
        list(cases.prefetch_related("clocks", "contacts__words", "grants", "plans__options", "statements"))


def _replay(running, book, row, grown: list[int], found: list[int]) -> None:
    comparison = running.Comparison(row.kind, row.key, AT, book, book.with_row(row))
    for batch in _batches(running):
        found.append(sum(1 for _effect in running.effects_of(comparison, batch)))
        grown.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _queries(shop: Shop, running, book, row) -> int:
    comparison = running.Comparison(row.kind, row.key, AT, book, book.with_row(row))
    with import_module("django.test.utils").CaptureQueriesContext(shop.db.connection) as asked:
        list(running.effects_of(comparison, running.cases().batch(AT, 0, 200)))
    return len(asked)


def _seconds(work) -> float:
    began = time.process_time() if import_module("django.db").connection.vendor == "sqlite" else time.perf_counter()
    work()
    ended = time.process_time() if import_module("django.db").connection.vendor == "sqlite" else time.perf_counter()
    return ended - began


if __name__ == "__main__":
    main()
