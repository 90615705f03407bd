"""New editions of policies while cases run: drafted by sven, held against the cases, switched on by tara."""

from datetime import timedelta

from policies.actions import activate_policy, draft_policy, try_policy
from policies.models import PolicyRow
from tests.cast import later
from tests.policies.drafting import with_a_dry_run

CHANGED_AT = later(days=1)


def a_new_edition(cast, *, kind="calendar", key="cn-official", at=CHANGED_AT, **changes):
    row = PolicyRow.objects.filter(kind=kind, key=key, state="active").order_by("-valid_from").first()
    body = row.body | changes
    draft = draft_policy(
        by=cast.sven,
        at=at - timedelta(hours=1),
        kind=kind,
        key=key,
        title={"en": row.title_en, "zh": row.title_zh},
        source={"en": "announced", "zh": "国务院办公厅通知"},
        valid_from=at,
        body=body,
    )
    try_policy(draft.pk, by=cast.sven, at=at - timedelta(hours=1))
    with_a_dry_run(draft, cast.sven, at=at - timedelta(minutes=2))
    return activate_policy(draft.pk, by=cast.tara, at=at - timedelta(minutes=1))


def a_holiday(day, name="临时放假"):
    known = PolicyRow.objects.filter(kind="calendar", key="cn-official", state="active").first().body["holidays"]
    return {"holidays": [*known, {"day": day, "name": name}]}
