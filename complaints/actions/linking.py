"""Linking cases that have to do with each other, and undoing it; seen from both sides."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.stating import state_words
from complaints.models import CaseLink, Complaint
from complaints.roles import cases_visible_to, day_of, demand_right, may
from complaints.rules.linking import LinkFacts, violations_in_link
from complaints.vocabulary import COUNTED_TOGETHER, LinkKind, StatementKind


def counted_with(cases) -> frozenset[int]:
    """The cases that spend one limit with these by a standing link, without these themselves."""
    keys = frozenset(cases)
    links = CaseLink.objects.standing().filter(Q(case__in=keys) | Q(other__in=keys), kind__in=COUNTED_TOGETHER)
    return frozenset(key for pair in links.order_by().values_list("case_id", "other_id") for key in pair) - keys


def lock_two(case_id: int, other_id: int) -> dict[int, Complaint]:
    """Both cases by their ids, locked in the order of these, so that two links cannot wait for each other."""
    wanted = Complaint.objects.filter(pk__in={case_id, other_id}).order_by("pk").values_list("pk", flat=True)
    return {key: Complaint.objects.locked(pk=key) for key in list(wanted)}


@transaction.atomic
def link_cases(case_id: int, *, by, at: datetime, other_id: int, kind: str, reason: str) -> CaseLink:
    """Say that two cases have to do with each other, in any state of them; their money counts together from now on.

    Whoever may edit the facts of the one and sees the other. Two cases have one link at a time.
    """
    locked = lock_two(case_id, other_id)
    case = locked[case_id]
    demand_right(by, "case.edit_facts", case, at=at)
    other = cases_visible_to(by, on=day_of(at)).filter(pk=other_id).first()
    demand(
        violations_in_link(
            LinkFacts(
                case=case.pk,
                other=other.pk if other is not None else None,
                kind_known=kind in LinkKind.values,
                linked_already=_between(case_id, other_id).exists(),
                merged_together=other is not None and case.pk != other.pk and _leader(case) == _leader(other),
                same_customer=other is not None and case.customer_id == other.customer_id,
                kind=kind,
                reason=reason,
            )
        )
    )
    return write_link(case, other, kind, reason, by=by, at=at)


def write_link(case: Complaint, other: Complaint, kind: str, reason: str, *, by, at: datetime) -> CaseLink:
    """The link alone, for those who hold both locks and have asked the rules."""
    with signed(by=by, reason="case.linked", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        return CaseLink.objects.create(case=case, other=other, kind=kind, reason=words, linked_by=by, linked_at=at)


def _between(case_id: int, other_id: int):
    return CaseLink.objects.standing().filter(case__in=(case_id, other_id), other__in=(case_id, other_id))


def _leader(case: Complaint) -> int:
    return case.merged_into_id or case.pk


def why_not_unlink_cases(link: CaseLink, *, by, at: datetime) -> list[Violation]:
    """Whether it still stands; what was split off stays linked with its origin."""
    if link.unlinked_at is not None:
        return [Violation("link.undone_already")]
    return [Violation("link.split_stays")] if link.kind == LinkKind.SPLIT_OFF else []


@transaction.atomic
def unlink_cases(link_id: int, *, by, at: datetime, reason: str) -> CaseLink:
    """They have nothing to do with each other after all. From whichever side, by whoever may edit its facts."""
    pair = CaseLink.objects.values("case_id", "other_id").get(pk=link_id)
    locked = lock_two(pair["case_id"], pair["other_id"])
    link = CaseLink.objects.get(pk=link_id)
    case, other = locked[pair["case_id"]], locked[pair["other_id"]]
    if not may(by, "case.edit_facts", other, on=day_of(at)):
        demand_right(by, "case.edit_facts", case, at=at)
    demand(why_not_unlink_cases(link, by=by, at=at), _violations_in_reason(reason))
    with signed(by=by, reason="case.unlinked", at=at):
        link.unlinked_by, link.unlinked_at = by, at
        link.unlinked_because = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        link.save()
    return link


def _violations_in_reason(reason):
    if not reason.strip():
        yield Violation("reason.missing", field="reason")
