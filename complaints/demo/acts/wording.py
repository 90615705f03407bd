"""Words that need a second person's yes: asked for and agreed to."""

from complaints.actions.overriding import approve_wording, ask_for_wording
from complaints.demo.acts.base import Acting
from complaints.models import WordingOverride
from complaints.vocabulary import Channel


class Wording(Acting):
    """What somebody wants to write, and the supervisor's word on it."""

    def asks_for_words(self, words, reason) -> list[WordingOverride]:
        """May I write this?"""
        return ask_for_wording(self.case_id, **self.acting(), words=words, reason=reason, channel=Channel.QIANNIU)

    def agrees_to_words(self, who, asked, remark) -> None:
        """Yes, just so."""
        for override in asked:
            approve_wording(override.pk, **self.acting(who), remark=remark)
