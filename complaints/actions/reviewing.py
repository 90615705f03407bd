"""Public reviews: found, answered, asked to be removed on evidence, and what came of it (S-PUB-01 to 03, WC-45)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Shop, ShopPlatform
from casemgmt.people.one_person import accounts_of
from casemgmt.privacy.access import note
from casemgmt.privacy.models import AccessKind
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.moving import violations_in_move
from complaints.actions.registering import Registration, register
from complaints.actions.showing_evidence import why_not_enclose
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.wording import violations_in_words
from complaints.models import Complaint, Review, ReviewEvidence
from complaints.roles import demand_right
from complaints.rules import reviewing as rules
from complaints.states import CaseState, EvidenceState
from complaints.vocabulary import Channel, ComplainantKind, Side, StatementKind
from policies.lookup import outside_policy_in_force


def why_not_record_review(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What is said in public is recorded in any state; that of a merged case at the leading one."""
    if case.state == CaseState.MERGED:
        return [Violation("route.case_merged", params={"leading": case.merged_into.case_number})]
    return []


@transaction.atomic
def record_review(
    case_id: int,
    *,
    by,
    at: datetime,
    platform: str,
    stars: int,
    words: str,
    written_at: datetime,
    link: str = "",
) -> Review:
    """Write down what somebody said of us in public, on the case it belongs to; its answer is due by policy (S-PUB-03).

    The case does not move. A second review is a second row.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "review", case, at=at)
    facts = rules.ReviewFacts(
        platforms=frozenset(ShopPlatform.values),
        platform=platform,
        link=link.strip(),
        stars=stars,
        words=words,
        written_at=written_at,
        at=at,
    )
    demand(why_not_record_review(case, by=by, at=at), rules.violations_in_review(facts))
    return _write_review(case, facts, by=by, at=at)


def _write_review(case: Complaint, facts: rules.ReviewFacts, *, by, at: datetime) -> Review:
    policy = outside_policy_in_force(at)
    with signed(by=by, reason="review.found", at=at):
        review = Review.objects.create(
            case=case,
            platform=facts.platform,
            link=facts.link,
            stars=facts.stars,
            words=state_words(case, StatementKind.REVIEW, facts.words, by=by, at=at, side=Side.CUSTOMER),
            written_at=facts.written_at,
            found_by=by,
            found_at=at,
            answer_due_at=at + timedelta(hours=policy.review_answer_hours),
            needs_approval=facts.stars <= policy.review_approval_stars,
            policy_id=policy.policy_id,
        )
        notices.queue(case, "notice.review_found", to={case.handler} - {None, by}, at=at, about=review)
    return review


@transaction.atomic
def register_review(
    *,
    by,
    at: datetime,
    shop_id: int | None,
    stars: int,
    words: str,
    written_at: datetime,
    unknown_because: str,
    platform: str = "",
    link: str = "",
) -> Review:
    """A review of somebody whom no case is about yet makes a case of its own, which waits for a handler as any other.

    The complainant is unknown, and why; found out later, the customer is recorded as on any case. The platform is that
    of the shop unless another is said. Whoever may register may.
    """
    demand_right(by, "case.register", at=at)
    shop = Shop.objects.filter(pk=shop_id).first()
    facts = rules.ReviewFacts(
        frozenset(ShopPlatform.values), platform or (shop.platform if shop else ""), link.strip(), stars, words,
        written_at, at,
    )  # fmt: skip
    demand([] if shop else [Violation("review.shop_missing", field="shop_id")], rules.violations_in_review(facts))
    registration = Registration(
        content=words,
        channel=Channel.PLATFORM,
        received_at=written_at,
        complainant=ComplainantKind.UNKNOWN,
        unknown_because=unknown_because,
        shop_id=shop.pk,
        opinion_risk=True,
    )
    return _write_review(register(registration, by=by, at=at), facts, by=by, at=at)


def _locked(review_id, right, by, at) -> tuple[Complaint, Review]:
    case = Complaint.objects.locked(reviews__pk=review_id)
    demand_right(by, right, case, at=at)
    return case, case.reviews.get(pk=review_id)


def why_not_answer_review(review: Review, *, by, at: datetime) -> list[Violation]:
    """What stands against answering it now."""
    return list(violations_in_move(review, "propose_answer"))


@transaction.atomic
def answer_review(review_id: int, *, by, at: datetime, answer: str) -> Review:
    """Answer in public, in words that pass the check; where the policy says so, a second person sees it first.

    The second time is refused by the state.
    """
    case, review = _locked(review_id, "review", by, at)
    demand(
        why_not_answer_review(review, by=by, at=at),
        rules.violations_in_answer(answer),
        violations_in_words(case, "answer", answer, at=at, second_person_reads=review.needs_approval),
    )
    reason = "review.answer_proposed" if review.needs_approval else "review.answered"
    with signed(by=by, reason=reason, at=at):
        said = state_words(case, StatementKind.PUBLIC_ANSWER, answer, by=by, at=at)
        if review.needs_approval:
            review.propose_answer(by=by, answer=said)
        else:
            review.publish_answer(by=by, at=at, answer=said)
        review.save()
        if review.needs_approval:
            deciders = Superiors(at).told(case.team_id, None, frozenset({*subjects_of(case), by.pk}))
            notices.queue(case, "notice.review_answer_waits", to=deciders, at=at, about=review)
    return review


def why_not_decide_answer(review: Review, *, by, at: datetime) -> list[Violation]:
    """What stands against this person deciding the answer; nobody decides their own."""
    moves = list(violations_in_move(review, "approve_answer"))
    return moves or list(
        rules.violations_in_answer_decision(
            answered_by=review.answered_by_id, decided_by=accounts_of(by), subjects=frozenset(subjects_of(review.case))
        )
    )


@transaction.atomic
def approve_answer(review_id: int, *, by, at: datetime) -> Review:
    """The second person agrees: the answer is public."""
    case, review = _locked(review_id, "review.decide", by, at)
    demand(why_not_decide_answer(review, by=by, at=at))
    demand(violations_in_words(case, None, review.answer.words, at=at, second_person_reads=True))
    with signed(by=by, reason="review.answered", at=at):
        review.approve_answer(by=by, at=at)
        review.save()
        notices.queue(
            case,
            "notice.review_answer_decided",
            to={review.answered_by, case.handler} - {None, by},
            at=at,
            about=review,
        )
    return review


def _tell_of_decision(review, by, at):
    told = {review.answered_by, review.case.handler} - {None, by}
    notices.queue(review.case, "notice.review_answer_decided", to=told, at=at, about=review)


@transaction.atomic
def send_back_answer(review_id: int, *, by, at: datetime, remark: str) -> Review:
    """Not in these words, and why."""
    case, review = _locked(review_id, "review.decide", by, at)
    demand(
        why_not_decide_answer(review, by=by, at=at),
        [] if remark.strip() else [Violation("review.remark_missing", field="remark")],
    )
    with signed(by=by, reason="review.answer_sent_back", at=at):
        review.send_back_answer(by=by, remark=state_words(case, StatementKind.REASON, remark, by=by, at=at))
        review.save()
        notices.queue(
            case,
            "notice.review_answer_decided",
            to={review.answered_by, case.handler} - {None, by},
            at=at,
            about=review,
        )
    return review


def why_not_request_removal(review: Review, *, by, at: datetime) -> list[Violation]:
    """What stands against asking the platform now."""
    return list(violations_in_move(review, "request_removal"))


@transaction.atomic
def request_removal(
    review_id: int, *, by, at: datetime, ground: str, words: str, evidence_ids: Iterable[int], nothing_given: bool
) -> Review:
    """Ask the platform to look at it, with evidence; money and threats are no way to be rid of one (S-PUB-02).

    What it gets has left the house: the custody log of each piece says so.
    """
    case, review = _locked(review_id, "review", by, at)
    evidence_ids = sorted(set(evidence_ids))
    pieces = list(case.evidence.filter(pk__in=evidence_ids).exclude(state=EvidenceState.EXCLUDED))
    demand(
        why_not_request_removal(review, by=by, at=at),
        rules.violations_in_removal(rules.RemovalFacts(ground, words, len(evidence_ids), len(pieces), nothing_given)),
        why_not_enclose(pieces),
        violations_in_words(case, "words", words, at=at),
    )
    with signed(by=by, reason="review.removal_requested", at=at):
        known = set(review.supports.values_list("evidence_id", flat=True))
        ReviewEvidence.objects.bulk_create(
            ReviewEvidence(review=review, evidence=piece) for piece in pieces if piece.pk not in known
        )
        for piece in pieces:
            note(AccessKind.EXPORTED, by=by, at=at, subject=piece, field="review")
        said = state_words(case, StatementKind.REQUEST, words, by=by, at=at)
        review.request_removal(at=at, ground=ground, words=said)
        review.save()
    return review


def why_not_note_platform(review: Review, *, by, at: datetime) -> list[Violation]:
    """What stands against noting what the platform decided."""
    return list(violations_in_move(review, "remove"))


@transaction.atomic
def note_platform_decision(review_id: int, *, by, at: datetime, removed: bool, words: str = "") -> Review:
    """The platform took it down, or left it; what it said is written down."""
    case, review = _locked(review_id, "review", by, at)
    demand(why_not_note_platform(review, by=by, at=at))
    with signed(by=by, reason="review.removed" if removed else "review.kept", at=at):
        says = state_words(case, StatementKind.DECISION, words, by=by, at=at, side=Side.THIRD_PARTY)
        (review.remove if removed else review.keep)(at=at, says=says)
        review.save()
    return review


def why_not_improve(review: Review, *, by, at: datetime) -> list[Violation]:
    """What stands against noting that it improved."""
    return list(violations_in_move(review, "improve"))


@transaction.atomic
def note_improvement(review_id: int, *, by, at: datetime, stars: int, words: str = "") -> Review:
    """The customer changed it for the better; nothing was given for it, so nothing follows but our thanks."""
    case, review = _locked(review_id, "review", by, at)
    demand(
        why_not_improve(review, by=by, at=at),
        rules.violations_in_improvement(stars=stars, stars_before=review.stars),
    )
    with signed(by=by, reason="review.improved", at=at):
        said = state_words(case, StatementKind.REVIEW, words, by=by, at=at, side=Side.CUSTOMER)
        review.improve(at=at, stars=stars, words=said)
        review.save()
    return review
