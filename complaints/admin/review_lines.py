"""Public answers that wait for a second person, as lines of the inbox."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgmt.adminkit.editing import version_of
from casemgmt.people.one_person import accounts_of
from complaints.admin.base import outside_url
from complaints.admin.request_changes import sent_back
from complaints.admin.request_lines import RequestLine, deeds_of, shared_by, why_this_person_may_not
from complaints.models import Review


def review_lines(rows: QuerySet, person, at: datetime, back: str) -> list[RequestLine]:
    """One line each, of rows that know of answers before (`request_changes`); no query more."""
    return [_line(row, person, at, back) for row in rows]


def _line(row: Review, person, at: datetime, back: str) -> RequestLine:
    why_not = why_this_person_may_not(person, asked_by=row.answered_by_id, handler=None)
    names = {"approve-review-answer": _("Agree"), "send-back-review-answer": _("Send back")}
    shared = shared_by(row, "review", at, row.answer_due_at) | {"url": outside_url(row.case_id, f"review-{row.pk}")}
    return RequestLine(
        **shared,
        title=_("Public answer"),
        asker=row.answered_by.name,
        asked_at=row.answer.said_at,
        is_own=row.answered_by_id in accounts_of(person),
        ground=_("%(stars)s of 5") % {"stars": row.stars},
        seen=version_of(row),
        change=str(row.words),
        changes=sent_back(row.sent_back_because),
        basis=str(row.answer),
        deeds=() if why_not else deeds_of(row, names, back),
        why_not=why_not,
    )
