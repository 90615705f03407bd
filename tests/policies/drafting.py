"""A policy for tests, carried to a state by its actions."""

from datetime import UTC, datetime, timedelta

from policies.actions import activate_policy, ask_dry_run, draft_policy, run_one, try_policy
from policies.dry_running import can_change_cases

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
WINDOW = {
    "zone": "Asia/Shanghai", "opens": "09:00", "closes": "20:00", "calls_a_day": 2, "gap_minutes": 30,
    "calls_in_days": 6, "days": 7, "mailed_items_count": True,
}  # fmt: skip


def a_draft(by, *, key="test", valid_from=AT + timedelta(days=1), kind="calling_window", body=None, **more):
    return draft_policy(
        by=by,
        at=AT,
        kind=kind,
        key=key,
        title={"en": "Calls", "zh": "致电"},
        source={"en": "configuration", "zh": "配置值"},
        valid_from=valid_from,
        body=({} if more.get("closing") else WINDOW) if body is None else body,
        **more,
    )


def a_tried_row(by, **more):
    """Fixed, with a dry run where its kind can change cases."""
    return with_a_dry_run(try_policy(a_draft(by, **more).pk, by=by, at=AT), by)


def with_a_dry_run(row, by, at=AT):
    """The same row after a worker has held it against the cases."""
    if can_change_cases(row.kind):
        run_one(ask_dry_run(row.pk, by=by, at=at).pk, at=at)
    return row


def an_active_row(by, second, **more):
    return activate_policy(a_tried_row(by, **more).pk, by=second, at=AT)
