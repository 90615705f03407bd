"""What is said and written to the customer, and what the customer says."""

from complaints.actions.contacting import record_contact
from complaints.demo.acts.base import Acting
from complaints.models import Contact
from complaints.vocabulary import Channel, ContactOutcome, ContactPurpose, Direction


class Talking(Acting):
    """Exchanges with the customer; each is recorded as it was."""

    def writes(self, words, purpose=ContactPurpose.GENERAL, *, channel=Channel.QIANNIU, who=None, **more) -> Contact:
        """A message to the customer arrives."""
        return self._exchange(channel, Direction.OUTGOING, words, purpose, who, **more)

    def answers(self, words, *, channel=Channel.QIANNIU, who=None, **more) -> Contact:
        """The first answer."""
        return self.writes(words, ContactPurpose.FIRST_ANSWER, channel=channel, who=who, **more)

    def calls(self, words, purpose=ContactPurpose.GENERAL, *, who=None, **more) -> Contact:
        """A call to the customer, talked through."""
        return self._exchange(Channel.PHONE, Direction.OUTGOING, words, purpose, who, **more)

    def rings_in_vain(self, purpose=ContactPurpose.GENERAL, *, who=None) -> Contact:
        """A call that nobody answered."""
        return self._exchange(Channel.PHONE, Direction.OUTGOING, "", purpose, who, outcome=ContactOutcome.NO_ANSWER)

    def hears(self, words, *, channel=Channel.QIANNIU, who=None, **more) -> Contact:
        """The customer says something."""
        return self._exchange(channel, Direction.INCOMING, words, ContactPurpose.GENERAL, who, **more)

    def tells_outcome(self, words, *, channel=Channel.QIANNIU, **more) -> Contact:
        """The customer is told how it ended."""
        return self.writes(words, ContactPurpose.OUTCOME, channel=channel, **more)

    def _exchange(self, channel, direction, words, purpose, who, **more):
        facts = {"channel": channel, "direction": direction, "words": words, "purpose": purpose}
        return record_contact(self.case_id, **self.acting(who), **facts | more)
