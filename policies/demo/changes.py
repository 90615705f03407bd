"""What the demo shop shows of the life of a policy: a draft that waits for the second person, a suggestion, a clock of
the shop's own that reaches into a year nobody has announced, and a day off that moves it."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime

from policies.actions import (
    activate_policy,
    ask_dry_run,
    draft_change,
    draft_policy,
    rewrite_draft,
    run_one,
    try_policy,
)
from policies.actions.setting_cases import expect_what_was_found
from policies.models import PolicyRow, PolicyState
from policies.suggesting import Aim, suggest_change

CLOCK = ("clock", "first_response")
OWN_CLOCK = {
    "clock": "courier_claim",
    "label": {"en": "Claim from the courier", "zh": "快递理赔"},
    "starts_on": ["case.judged"],
    "stops_on": ["case.ended"],
    "categories": ["logistics.problem_shipment"],
    "length": {"amount": 90, "unit": "working_days"},
    "warn_before": {"amount": 48, "unit": "hours"},
    "calendar": "cn-official",
    "escalation": "overdue",
}


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


def show_own_clock(*, drafter, second, at: datetime) -> PolicyRow:
    """The shop gives itself ninety working days to settle a parcel's value from the courier; in force from `at`."""
    draft = draft_policy(
        by=drafter,
        at=at,
        kind="clock",
        key="courier_claim",
        title={"en": "Courier claim: 90 working days", "zh": "快递理赔：90个工作日"},
        source={"en": "Agreement with the couriers, the shop's own promise", "zh": "与快递公司的协议，店铺自行承诺"},
        valid_from=at,
        body=OWN_CLOCK,
        reason="疑难件的理赔常常没人盯，给它一个期限。",
    )
    return _switched_on(draft, drafter=drafter, second=second, at=at)


def show_promotion(first: date, last: date, *, drafter, second, at: datetime) -> PolicyRow:
    """A sale of the shop's own, over already: refunds and returns still come in, and few people see to them (WC-25)."""
    draft = draft_policy(
        by=drafter,
        at=at,
        kind="promotion",
        key="shop_festival",
        title={"en": "Festival of the shop", "zh": "店庆大促"},
        source={"en": "Calendar of the shop's own sales; S-SLA-11", "zh": "店铺活动日历；S-SLA-11"},
        valid_from=at,
        body={
            "label": {"en": "Festival of the shop", "zh": "店庆大促"},
            "begins_on": first.isoformat(),
            "ends_on": last.isoformat(),
            "echo_days": 15,
            "waiting_per_person": 1,
            "oldest_days": 3,
        },
        reason="店庆订单是平时的三倍，退款退货要提前排人。",
    )
    try_policy(draft.pk, by=drafter, at=at)
    return activate_policy(draft.pk, by=second, at=at)


def show_day_off(day: date, *, drafter, second, at: datetime) -> PolicyRow:
    """The whole park closes on `day`: a new edition of the calendar, in force from `at`, that moves running clocks."""
    rows = PolicyRow.objects.filter(kind="calendar", key=OWN_CLOCK["calendar"], state=PolicyState.ACTIVE)
    base = rows.filter(valid_from__lte=at).latest("valid_from")
    draft = draft_change(base.pk, by=drafter, at=at, valid_from=at, reason="园区通知当天停电检修，全体放假一天。")
    holidays = [*base.body["holidays"], {"day": day.isoformat(), "name": "园区停电检修"}]
    draft = rewrite_draft(
        draft.pk,
        by=drafter,
        at=at,
        title={"en": base.title_en, "zh": base.title_zh},
        source={"en": f"{base.source_en} Day off: notice of the park.", "zh": f"{base.source_zh}停工日依园区通知。"},
        valid_from=at,
        body=base.body | {"holidays": holidays},
        reason=draft.reason,
        review_on=draft.review_on,
    )
    expect_what_was_found(draft.pk, by=drafter, at=at)
    return _switched_on(draft, drafter=drafter, second=second, at=at)


def _switched_on(draft: PolicyRow, *, drafter, second, at: datetime) -> PolicyRow:
    run_one(ask_dry_run(draft.pk, by=drafter, at=at).pk, at=at)
    try_policy(draft.pk, by=drafter, at=at)
    return activate_policy(draft.pk, by=second, at=at)
