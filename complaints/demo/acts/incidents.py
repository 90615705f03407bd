"""One cause, many customers: opened, joined, planned by two supervisors, told to everybody."""

from complaints.actions.announcing_incidents import (
    approve_public_notice,
    propose_public_notice,
    record_publication,
)
from complaints.actions.bulk import confirm_run
from complaints.actions.bulk_running import run_lines
from complaints.actions.incident_plans import approve_incident_plan, propose_incident_plan
from complaints.actions.incident_runs import prepare_message, prepare_offers
from complaints.actions.incidents import link_to_incident, open_incident, set_incident_measure
from complaints.actions.linking import link_cases
from complaints.actions.planning import OptionDraft
from complaints.actions.splitting import split_case
from complaints.demo.acts.base import Acting
from complaints.models import Complaint, Incident, PublicNotice
from complaints.vocabulary import LinkKind


class Incidents(Acting):
    """What is done for everybody whom one cause hit, and cases that belong together."""

    def opens_incident(self, who, title, cause, *, since, shop="flagship", **facts) -> Incident:
        """A supervisor says that one cause hits many."""
        return open_incident(
            **self.acting(who), title=title, cause=cause, since=since, shop_id=self.house.shops[shop].pk, **facts
        )

    def joins(self, incident, reason, *, who=None):
        """This case belongs to the incident."""
        link_to_incident(self.case_id, **self.acting(who), incident_id=incident.pk, reason=reason)

    def plans_for_all(self, incident, who, second, *options, **words):
        """One supervisor proposes, another agrees; each option is (remedy, words) or (remedy, words, amount)."""
        drafts = [OptionDraft(*option) for option in options]
        plan = propose_incident_plan(incident.pk, **self.acting(who), options=drafts, **words)
        approve_incident_plan(plan.pk, **self.acting(second), remark="方案与批次一致，同意。")

    def drafts_announcement(self, incident, who, words) -> PublicNotice:
        """Words for everybody, that a second supervisor is to look at."""
        return propose_public_notice(incident.pk, **self.acting(who), words=words)

    def agrees_to_announcement(self, notice, who):
        """The second supervisor stands for them too."""
        approve_public_notice(notice.pk, **self.acting(who), remark="原因写清楚了，可以发布。")

    def publishes_announcement(self, notice, who, link):
        """It stands there now."""
        record_publication(notice.pk, **self.acting(who), link=link, published_at=self.at)

    def is_mended_by(self, incident, who, kind, what, *, owner):
        """The measure against the cause, and who sees to it."""
        set_incident_measure(incident.pk, **self.acting(who), kind=kind, what=what, owner_id=self.person(owner).pk)

    def tells_all(self, incident, who, words):
        """One message to everybody, after a dry run."""
        self._runs(prepare_message(incident.pk, **self.acting(who), words=words), who)

    def offers_to_all(self, incident, who):
        """The plan before each customer whose case negotiates."""
        self._runs(prepare_offers(incident.pk, **self.acting(who)), who)

    def _runs(self, run, who):
        confirm_run(run.pk, **self.acting(who))
        run_lines(run.pk, at=self.at)

    def is_linked_with(self, other, reason, *, kind=LinkKind.SAME_MATTER):
        """The two cases have to do with each other."""
        link_cases(self.case_id, **self.acting(), other_id=other.case_id, kind=kind, reason=reason)

    def splits_off(self, matter, reason) -> Complaint:
        """The second matter gets a case of its own; what was said stays here."""
        said = self.case.statements.filter(kind="content").values_list("pk", flat=True)
        return split_case(self.case_id, **self.acting(), matter=matter, reason=reason, statements=list(said))
