"""Outside the house: letters to bodies, routes that are named, and public reviews."""

from complaints.actions.advising import name_routes, routes_in_words
from complaints.actions.answering_bodies import write_letter
from complaints.actions.engaging_counsel import engage_counsel, record_counsel_word
from complaints.actions.reviewing import (
    answer_review,
    approve_answer,
    note_platform_decision,
    record_review,
    request_removal,
)
from complaints.demo.acts.base import Acting
from complaints.models import CounselEngagement, ExternalRoute, Review
from complaints.vocabulary import Channel


class Public(Acting):
    """What bodies and the public read."""

    def answers_body(self, route: ExternalRoute, words: str) -> None:
        """Our answer, with all evidence that was verified."""
        pieces = list(self.case.evidence.filter(state="verified").values_list("pk", flat=True))
        letter = {"direction": "sent", "words": words, "is_answer": True, "evidence_ids": pieces}
        write_letter(route.pk, **self.acting(), **letter)

    def hears_from_body(self, route: ExternalRoute, words: str) -> None:
        """A letter of theirs."""
        write_letter(route.pk, **self.acting(), direction="received", words=words)

    def engages_counsel(self, who: str, instructions: str, route: ExternalRoute | None = None) -> CounselEngagement:
        """Our lawyer."""
        key = route.pk if route else None
        return engage_counsel(self.case_id, **self.acting(), who=who, instructions=instructions, route_id=key)

    def hears_counsel(self, engagement: CounselEngagement, words: str) -> None:
        """What the lawyer said."""
        record_counsel_word(engagement.pk, **self.acting(), words=words)

    def names_routes(self) -> None:
        """The customer hears where else to turn."""
        words = routes_in_words(self.case, at=self.at)
        name_routes(self.case_id, **self.acting(), channel=Channel.QIANNIU, words=words)

    def finds_review(self, platform: str, stars: int, words: str, link: str = "") -> Review:
        """Somebody wrote about us."""
        found = {"platform": platform, "stars": stars, "words": words, "link": link, "written_at": self.at}
        return record_review(self.case_id, **self.acting(), **found)

    def answers_review(self, review: Review, answer: str) -> None:
        """Our public answer; where two people are needed, it waits."""
        answer_review(review.pk, **self.acting(), answer=answer)

    def agrees_to_answer(self, who: str, review: Review) -> None:
        """The second person agrees."""
        approve_answer(review.pk, **self.acting(who))

    def asks_for_removal(self, review: Review, ground: str, words: str) -> None:
        """The platform is asked, with everything verified."""
        pieces = list(self.case.evidence.filter(state="verified").values_list("pk", flat=True))
        asked = {"ground": ground, "words": words, "evidence_ids": pieces, "nothing_given": True}
        request_removal(review.pk, **self.acting(), **asked)

    def platform_decides(self, review: Review, words: str, *, removed: bool) -> None:
        """What the platform made of it."""
        note_platform_decision(review.pk, **self.acting(), removed=removed, words=words)
