"""Letting a customer hear: a follow-up in writing, a message of progress, regular contact afterwards."""

from complaints.actions.asking_in_writing import ask_in_writing, record_answer
from complaints.actions.contacting import record_message
from complaints.actions.following_up import cancel_follow_up, schedule_follow_up
from complaints.actions.keeping_in_touch import agree_on_regular_contact
from complaints.actions.sweeping import put_follow_ups_on_lists
from complaints.actions.telling_progress import tell_progress
from complaints.demo.acts.base import Acting
from complaints.states import FollowUpState
from complaints.vocabulary import ContactPurpose


class Touching(Acting):
    """What customers hear between and after the steps of a case."""

    def follows_up_in_writing(self, channel, why):
        """The follow-up by phone becomes one in writing, because the customer asked for it."""
        waiting = self.case.follow_ups.get(state=FollowUpState.SCHEDULED)
        cancel_follow_up(waiting.pk, **self.acting(), reason=why)
        schedule_follow_up(self.case_id, **self.acting(), channel=channel)

    def asks_how_it_went(self, words):
        """The follow-up in writing goes out."""
        put_follow_ups_on_lists(self.at)
        due = self.case.follow_ups.get(state=FollowUpState.DUE)
        ask_in_writing(due.pk, **self.acting(), words=words)

    def gets_an_answer(self, words, mark, experience, *, solved=True, suggestion=""):
        """The customer answers in writing."""
        asked = self.case.follow_ups.get(state=FollowUpState.ASKED)
        record_answer(
            asked.pk,
            **self.acting(),
            words=words,
            satisfaction=mark,
            solved=solved,
            experience=experience,
            suggestion=suggestion,
        )

    def tells_how_it_stands(self, words, channel="qianniu"):
        """The message of progress goes out: the one that is due, or on a day off one that nobody had to send."""
        notice = self.case.progress_notices.filter(told_at__isnull=True, dropped_at__isnull=True).first()
        if notice is None:
            record_message(self.case_id, **self.acting(), channel=channel, words=words, purpose=ContactPurpose.PROGRESS)
        else:
            tell_progress(notice.pk, **self.acting(), channel=channel, words=words)

    def agrees_to_stay_in_touch(self, words, channel="qianniu"):
        """The customer agrees to be asked now and then."""
        agree_on_regular_contact(self.case_id, **self.acting(), channel=channel, words=words)
