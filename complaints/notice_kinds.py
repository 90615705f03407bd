"""The kinds of notices about cases, as people choose among them in their own settings."""

from django.utils.translation import gettext_lazy as _

from casemgmt.notice_kinds import NoticeKind

KINDS = (
    NoticeKind(
        "escalations",
        _("Escalations"),
        _("A case went up to you, or a superior decided."),
        ("notice.escalated", "notice.escalation_"),
        is_duty=True,
        is_urgent=True,
        for_endpoints=True,
    ),
    NoticeKind(
        "deadlines",
        _("Deadlines"),
        _("A deadline, a promise or a payment falls due; a pause has ended."),
        (
            "notice.clock_",
            "notice.commitment_due",
            "notice.payment_due",
            "notice.pause_",
            "notice.evidence_",
            "notice.advise_",
            "notice.review_answer_due",
            "notice.route_hearing_soon",
            "notice.route_answer_soon",
        ),
        is_duty=True,
        for_endpoints=True,
    ),
    NoticeKind(
        "decisions",
        _("Decisions on refusals and money"),
        _("A request awaits you, or yours was decided."),
        (
            "notice.refusal_",
            "notice.wording_",
            "notice.grant_",
            "notice.extension_",
            "notice.hold_",
            "notice.request_waits",
        ),
        for_endpoints=True,
    ),
    NoticeKind(
        "cases",
        _("Cases that come to you or change"),
        _("Registered, assigned, reopened, merged, decided outside."),
        (
            "notice.case_",
            "notice.merge_",
            "notice.dissatisfied",
            "notice.route_",
            "notice.decided_outside",
            "notice.review_",
            "notice.incident_",
        ),
        for_endpoints=True,
    ),
    NoticeKind(
        "work",
        _("Calls, tasks and measures"),
        _("A customer is to be called, a department answered, something is yours to do."),
        (
            "notice.follow_up_",
            "notice.progress_",
            "notice.regular_",
            "notice.customer_",
            "notice.call_",
            "notice.task_",
            "notice.promise_",
            "notice.improvement_",
            "notice.return_",
            "notice.refund_only_",
        ),
        for_endpoints=True,
    ),
    NoticeKind(
        "mentions",
        _("Colleagues who name or remind you"),
        _("Somebody wrote your name with @ in a note, or reminds you of a case."),
        ("notice.mentioned", "notice.handler_reminded"),
    ),
    NoticeKind(
        "batches",
        _("Long runs"),
        _("An import, an export or a change of many cases is finished."),
        ("notice.import_", "notice.bulk_", "notice.export_"),
        for_substitutes=False,
    ),
    NoticeKind(
        "moves",
        _("Every step of a case"),
        _("Registered, taken, judged, offered, carried out, followed up, closed."),
        ("event.case_",),
        for_people=False,
        for_endpoints=True,
    ),
)
