"""The end of a shift: cases handed to a colleague or the team, taken over, and somebody who is away."""

from datetime import timedelta

from casemgmt.people.absences import enter_absence
from complaints.actions.handing_over import hand_over, take_over
from complaints.actions.sharing_out import assign_by_rule
from complaints.demo.acts.base import Acting
from complaints.models import Complaint
from complaints.roles import day_of
from complaints.states import HandoverLineState


class Shifts(Acting):
    """Work that changes hands."""

    def hands_over(self, *, to=None, note="", words=""):
        """The handler gives this case to a colleague, or to whoever of the team takes it."""
        hand_over(
            **self.acting(),
            cases=[self.case_id],
            given_to_id=self.person(to).pk if to else None,
            notes={self.case_id: note},
            words=words,
        )

    def takes_over(self, who):
        """The colleague answers for it from now on."""
        line = self.case.handover_lines.get(state=HandoverLineState.WAITING)
        take_over(line.pk, **self.acting(who))
        self.handler = self.person(who)

    def is_given_by_rule(self, who):
        """A supervisor lets the rule say whose it is."""
        assign_by_rule(self.case_id, **self.acting(who))
        self.handler = Complaint.objects.get(pk=self.case_id).handler

    def is_away(self, who, *, days, substitute):
        """Somebody is away from today on; a colleague stands in."""
        today = day_of(self.at)
        enter_absence(
            None,
            **self.acting(who),
            person_id=self.person(who).pk,
            starts_on=today,
            ends_on=today + timedelta(days=days),
            substitute_id=self.person(substitute).pk,
        )
