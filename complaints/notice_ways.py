"""Where a notice about a case leads: to the part of it, or the page beside it, where what it says can be done."""

from collections.abc import Callable

from django.urls import reverse

from casemgmt.notice_words import page_of, register_ways


def _case(anchor: str) -> Callable[[str], str]:
    return lambda pk: reverse("admin:complaints_complaint_change", args=[pk]) + f"#{anchor}"


def _beside(name: str, anchor: str = "") -> Callable[[str], str]:
    return lambda pk: reverse(f"admin:complaints_complaint_{name}", args=[pk]) + (f"#{anchor}" if anchor else "")


def _inbox(pk: str) -> str:
    return reverse("desk:approvals")


CASE = {
    "": page_of("complaints_complaint"),
    **dict.fromkeys(
        (
            "notice.refusal_awaits_you",
            "notice.grant_awaits_you",
            "notice.wording_awaits_you",
            "notice.extension_asked",
            "notice.hold_lift_asked",
            "notice.incident_plan_awaits_you",
            "notice.public_notice_awaits_you",
            "notice.review_answer_waits",
            "notice.request_waits",
        ),
        _inbox,
    ),
    "notice.evidence_": _beside("evidence"),
    "notice.route_": _beside("outside"),
    "notice.decided_outside": _beside("outside"),
    "notice.advise_of_routes": _beside("outside", "advice"),
    "notice.review_": _beside("outside", "reviews"),
    "notice.merge_proposed": _beside("related"),
    "notice.grant_": _case("grants"),
    "notice.payment_due": _case("grants"),
    "notice.commitment_due": _case("promises"),
    "notice.promise_": _case("promises"),
    "notice.return_": _case("returns"),
    "notice.task_": _case("tasks"),
    "notice.escalated": _case("escalations"),
    "notice.escalation_": _case("escalations"),
    "notice.follow_up_": _case("follow-ups"),
}


def register_all() -> None:
    """Make the ways known; called once, when the app is ready."""
    register_ways("complaints.complaint", CASE)
    register_ways("complaints.bulkrun", {"": page_of("complaints_bulkrun")})
    register_ways("complaints.incident", {"": page_of("complaints_incident")})
    register_ways("complaints.importbatch", {"": page_of("complaints_importbatch")})
