"""What a call would lead to, in words, before it is dialled and before an outcome is clicked."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.sentences import say
from complaints.models import FollowUpCall
from complaints.rules.calling_again import Proposal
from complaints.rules.following_up import CALL_LATER
from complaints.vocabulary import Channel, ContactOutcome

ICONS = {
    "no_answer": "phone_missed",
    "busy": "phone_in_talk",
    "switched_off": "phone_disabled",
    "call_later": "schedule",
    "wrong_number": "wrong_location",
    "declined": "do_not_disturb_on",
}
ON_PAPER = frozenset({"no_answer", "wrong_number", "declined"})
"""What can come of a follow-up by letter or message."""

TOLD = frozenset(
    {
        "call.cap_reached",
        "call.cap_in_days_reached",
        "call.quiet_day",
        "call.quiet_hour",
        "call.not_at_this_hour",
        "call.opted_out",
    }
)
"""Reasons that the figures of the window alone do not explain."""


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """What came of a call, as a button: what it is called, and what happens when it is pressed."""

    value: str
    label: str
    effect: str
    icon: str


@dataclass(frozen=True)
class CallOutlook:
    """The words around a call. `follow_up` is the one that it would be an attempt at, if any."""

    follow_up: FollowUpCall | None
    proposal: Proposal

    @cached_property
    def attempts(self) -> int:
        """How many attempts that failed are on record."""
        return self.follow_up.attempts.filter(corrections__isnull=True).exclude(outcome=CALL_LATER).count()

    @property
    def is_by_phone(self) -> bool:
        """Whether somebody dials; a follow-up may go by letter or message as well."""
        return self.follow_up is None or self.follow_up.channel == Channel.PHONE

    def outcomes(self) -> list[OutcomeChoice]:
        """Every outcome but a talk, with its effect."""
        return [
            OutcomeChoice(value, str(ContactOutcome(value).label), self.effect_of(value), icon)
            for value, icon in ICONS.items()
            if self.is_by_phone or value in ON_PAPER
        ]

    @property
    def arithmetic(self) -> str:
        """How the proposed moment comes about."""
        window = self.proposal.window
        figures = _(
            "Calls between %(opens)s and %(closes)s, at least %(gap)s minutes apart, at most %(most)s a day;"
            " this one would be number %(number)s today."
        ) % {
            "opens": f"{window.opens:%H:%M}",
            "closes": f"{window.closes:%H:%M}",
            "gap": window.gap_minutes,
            "most": window.calls_a_day,
            "number": self.proposal.calls_today,
        }
        return " ".join([figures, *(say(violation) for violation in self.proposal.why if violation.code in TOLD)])

    @property
    def proposed(self) -> str:
        """The proposed moment, or that there is none."""
        if self.proposal.at is None:
            return _("No further call: the customer wants none.")
        return date_format(localtime(self.proposal.at), "SHORT_DATETIME_FORMAT")

    @property
    def attempt(self) -> str:
        """Which attempt at a follow-up this is; empty when none is due."""
        if self.follow_up is None:
            return ""
        return _("This is the follow-up: attempt %(number)s of %(most)s.") % {
            "number": self.attempts + 1,
            "most": self.follow_up.attempts_max,
        }

    def effect_of(self, outcome: str) -> str:
        """What pressing this outcome does."""
        if outcome == "declined":
            return (
                _("Ends the follow-up. Write down what was said.") if self.follow_up else _("Write down what was said.")
            )
        if outcome == CALL_LATER:
            return _("Keeps the next call below; agree on the time.")
        if self.follow_up:
            left = self.follow_up.attempts_max - self.attempts - 1
            if left <= 0:
                return _("The last attempt: the follow-up ends as not reached.")
            return ngettext(
                "Moves the follow-up to the next call; %(left)s attempt left.",
                "Moves the follow-up to the next call; %(left)s attempts left.",
                left,
            ) % {"left": left}
        if outcome == "wrong_number":
            return _("Check the number before the next call.")
        return _("Keeps the next call below.")
