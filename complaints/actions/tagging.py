"""Marking cases for whoever can mend what went wrong (S-CLO-03)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.models import CaseTag, Complaint, Tag
from complaints.roles import demand_right


@transaction.atomic
def tag_case(case_id: int, *, by, at: datetime, tag_id: int) -> CaseTag:
    """Put a tag on the case, in any state of it. Who may edit its facts may; the same tag twice is refused."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.edit_facts", case, at=at)
    tag = Tag.objects.filter(pk=tag_id).first()
    demand(violations_in_tagging(tag, frozenset(case.case_tags.values_list("tag_id", flat=True))))
    with signed(by=by, reason="case.tagged", at=at):
        return CaseTag.objects.create(case=case, tag=tag, tagged_by=by)


@transaction.atomic
def untag_case(case_id: int, *, by, at: datetime, tag_id: int) -> None:
    """Take a tag off the case; the history keeps that it was there. A tag that is not on it is refused."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.edit_facts", case, at=at)
    tag = Tag.objects.filter(pk=tag_id).first()
    demand(violations_in_untagging(tag, frozenset(case.case_tags.values_list("tag_id", flat=True))))
    with signed(by=by, reason="case.untagged", at=at):
        case.case_tags.filter(tag=tag).delete()


def violations_in_tagging(tag: Tag | None, tags: frozenset[int]):
    """Why this tag cannot be put on a case that has `tags`."""
    if tag is None or tag.retired:
        yield Violation("tag.not_in_use", field="tag_id")
    elif tag.pk in tags:
        yield Violation("tag.there_already", field="tag_id", params={"tag": tag.name})


def violations_in_untagging(tag: Tag | None, tags: frozenset[int]):
    """Why this tag cannot be taken off a case that has `tags`; one no longer used can."""
    if tag is None:
        yield Violation("tag.not_in_use", field="tag_id")
    elif tag.pk not in tags:
        yield Violation("tag.not_there", field="tag_id", params={"tag": tag.name})
