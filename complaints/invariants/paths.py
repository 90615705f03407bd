"""Invariant 4: the states of every row that has a diagram follow its arrows, from the first one on."""

from collections.abc import Iterator

from django.db import connection

from casemgmt.ledger.diagram import Diagram, diagram_of, state_fields
from casemgmt.ledger.tables import history_of, tracked_models
from complaints.invariants.breaches import Breach


def paths() -> Iterator[Breach]:
    """4: one query for each diagram; history is read in the order in which it was written."""
    for model in tracked_models():
        for field in state_fields(model):
            yield from _off_the_diagram(model, diagram_of(field))


def _off_the_diagram(model, diagram: Diagram) -> Iterator[Breach]:
    quote = connection.ops.quote_name
    history, key, state = quote(history_of(model)._meta.db_table), quote(model._meta.pk.column), quote(diagram.column)
    arrows = sorted(diagram.arrows)
    allowed = " OR ".join(["(before = %s AND state = %s)"] * len(arrows)) or "1 = 0"
    anywhere = " OR ".join(["state = %s"] * len(diagram.into_from_anywhere)) or "1 = 0"
    steps = (
        f"SELECT {key} AS id, history_id, {state} AS state,"
        f" LAG({state}) OVER (PARTITION BY {key} ORDER BY history_id) AS before FROM {history}"
    )
    wrong = f"(before IS NULL AND state <> %s) OR (before <> state AND NOT ({allowed}) AND NOT ({anywhere}))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, before, state FROM ({steps}) steps WHERE {wrong} ORDER BY history_id",
            [diagram.initial, *(value for arrow in arrows for value in arrow), *sorted(diagram.into_from_anywhere)],
        )
        for row, before, after in cursor.fetchall():
            moved = {"before": before or "–", "after": after}
            yield Breach(4, "invariant.off_the_diagram", model._meta.label_lower, row, moved)
