"""Bodies outside, counsel and public reviews in one line each."""

from complaints.actions.answering_bodies import write_letter
from complaints.actions.engaging_counsel import engage_counsel, record_counsel_word
from complaints.actions.reviewing import answer_review, record_review
from complaints.models import Complaint, CounselEngagement, ExternalRoute, Review
from tests.cast import AT, Cast

SECRET = "败诉可能性较大，建议和解"
BAD = {"platform": "tmall", "stars": 1, "words": "衣服是旧的，商家骗人。", "written_at": AT}
GOOD = {"platform": "tmall", "stars": 4, "words": "还可以，物流慢。", "written_at": AT}
ANSWER = "感谢您的反馈，这件衣服我们已为您换新，出库质检也加了一道复核。"


def a_review(cast: Cast, case: Complaint, *, by=None, at=AT, **changes) -> Review:
    """A bad review, found by the handler."""
    return record_review(case.pk, by=by or cast.ana, at=at, **BAD | changes)


def an_answered_review(cast: Cast, case: Complaint) -> Review:
    """A fair review that one person answered."""
    return answer_review(a_review(cast, case, **GOOD).pk, by=cast.ana, at=AT, answer=ANSWER)


def a_proposed_answer(cast: Cast, case: Complaint, **changes) -> Review:
    """A bad review whose answer waits for a second person."""
    review = a_review(cast, case, **changes)
    return answer_review(review.pk, by=cast.ana, at=AT, answer=ANSWER)


def counsel(cast: Cast, case: Complaint, route: ExternalRoute | None = None) -> CounselEngagement:
    """A lawyer who has said something that few people read."""
    engaged = engage_counsel(
        case.pk,
        by=cast.ana,
        at=AT,
        who="浙江某律师事务所 吴律师",
        instructions="请评估应诉风险。",
        route_id=route.pk if route else None,
    )
    record_counsel_word(engaged.pk, by=cast.ana, at=AT, words=SECRET)
    return engaged


def a_letter(cast: Cast, route: ExternalRoute, **changes):
    """What the body wrote to us."""
    letter = {"direction": "received", "words": "请于三日内提交凭证。"} | changes
    return write_letter(route.pk, by=cast.ana, at=AT, **letter)
