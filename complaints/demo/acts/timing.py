"""More time for a deadline: asked for, and given by a second person."""

from complaints.actions.extending import approve_extension, ask_for_extension
from complaints.demo.acts.base import Acting
from complaints.models import Clock
from complaints.states import ExtensionState


class Timing(Acting):
    """Deadlines that are moved by people."""

    def asks_more_time(self, amount, reason, explanation):
        """The handler needs longer for the resolution, and says what the customer will hear."""
        clock = self.case.clocks.filter(kind=Clock.Kind.RESOLUTION, stopped_at__isnull=True).get()
        ask_for_extension(
            self.case_id,
            **self.acting(),
            clock_id=clock.pk,
            amount=amount,
            reason=reason,
            explanation=explanation,
        )

    def gets_more_time(self, who, remark=""):
        """A supervisor agrees."""
        extension = self.case.extensions.get(state=ExtensionState.ASKED)
        approve_extension(extension.pk, **self.acting(who), remark=remark)
