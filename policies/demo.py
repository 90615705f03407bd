"""What the demo shop shows of the life of a policy: a draft that waits for the second person, and a suggestion."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localtime

from policies.actions import ask_dry_run, draft_change, rewrite_draft, run_one, try_policy
from policies.actions.setting_cases import expect_what_was_found
from policies.models import PolicyRow, PolicyState
from policies.suggesting import Aim, suggest_change

CLOCK = ("clock", "first_response")


def show_policies(*, drafter, supervisor, at: datetime) -> PolicyRow:
    """A quicker first answer, drafted with its cases and its dry run, fixed; and what a supervisor suggests."""
    kind, key = CLOCK
    rows = PolicyRow.objects.filter(kind=kind, key=key, state=PolicyState.ACTIVE, valid_from__lte=at)
    base = rows.latest("valid_from")
    begins = datetime.combine(localtime(at).date() + timedelta(days=14), time(0), localtime(at).tzinfo)
    draft = draft_change(
        base.pk, by=drafter, at=at, valid_from=begins, reason="夜里登记的投诉，第二天上班时顾客就该收到回复。"
    )
    draft = rewrite_draft(
        draft.pk,
        by=drafter,
        at=at,
        title={"en": "First response within 12 hours", "zh": "12小时内首次回应"},
        source={"en": base.source_en, "zh": base.source_zh},
        valid_from=begins,
        body=base.body | {"length": {"amount": 12, "unit": "hours"}},
        reason=draft.reason,
        review_on=draft.review_on,
    )
    expect_what_was_found(draft.pk, by=drafter, at=at)
    run_one(ask_dry_run(draft.pk, by=drafter, at=at).pk, at=at)
    suggest_change(
        "limit:staff", by=supervisor, at=at, aim=Aim.CHANGE, words="十元以内的小额补偿也要等主管批，顾客等得更生气。"
    )
    return try_policy(draft.pk, by=drafter, at=at)
