"""Calls as they are made today: planned, scheduled, dialled and recorded step by step; and what customers want."""

from datetime import time

from complaints.actions.consenting import note_wishes, record_consent
from complaints.actions.dialling import StepTaken, finish_call, start_call
from complaints.actions.planning_calls import write_call_plan
from complaints.actions.scheduling_calls import schedule_call
from complaints.demo.acts.base import Acting
from complaints.models import CallPlan, Contact, ContactConsent, Customer, ScheduledCall
from complaints.vocabulary import Channel, ConsentDecision, ConsentScope, ContactOutcome, ContactPurpose


class Calling(Acting):
    """From the plan of a call to its record."""

    def plans_the_call(self, authority, demands, fallbacks, bottom_line, beyond) -> CallPlan:
        """What may be given, what may come, what else there is, where it ends."""
        return write_call_plan(
            self.case_id,
            **self.acting(),
            authority=authority,
            demands=demands,
            fallbacks=fallbacks,
            bottom_line=bottom_line,
            beyond=beyond,
        )

    def schedules_a_call(self, wanted, what) -> ScheduledCall:
        """Wanted then; it stands at the next moment that the rules allow."""
        return schedule_call(self.case_id, **self.acting(), wanted_at=self.days.instant(wanted), what=what)

    def dials(self, purpose=ContactPurpose.OFFER) -> None:
        """On the phone."""
        start_call(self.case_id, **self.acting(), purpose=purpose)

    def hangs_up(self, words, *, steps=None, outcome=ContactOutcome.DELIVERED, **more) -> Contact:
        """What came of it; `steps` are the notes by step, a note of None means that the step was missed."""
        taken = {code: StepTaken(note is not None, note or "") for code, note in (steps or {}).items()}
        return finish_call(self.case_id, **self.acting(), outcome=outcome, words=words, steps=taken, **more)

    def wants_no_calls(self, words) -> ContactConsent:
        """The customer does not want to be called any more."""
        return record_consent(
            self.case_id,
            **self.acting(),
            channel=Channel.PHONE,
            scope=ConsentScope.EVERYTHING,
            decision=ConsentDecision.REFUSED,
            words=words,
        )

    def wants_calls_between(self, first, last, words) -> Customer:
        """Calls in these hours alone."""
        return note_wishes(
            self.case_id,
            **self.acting(),
            words=words,
            call_from=time.fromisoformat(first),
            call_until=time.fromisoformat(last),
        )
