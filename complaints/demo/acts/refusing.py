"""Saying no, going outside, and coming back."""

from complaints.actions.outside import go_on, outside_decided, wait_outside
from complaints.actions.proposing_refusals import keep_draft, propose_refusal
from complaints.actions.refusing import approve_refusal, approved_refusal, send_back_refusal, take_back_refusal
from complaints.actions.resuming import resume
from complaints.actions.routing import move_route, record_route
from complaints.actions.telling_refusals import tell_refusal, write_refusal
from complaints.demo.acts.base import Acting
from complaints.models import ExternalRoute, RefusalProposal
from complaints.vocabulary import BodyKind, RouteKind


class Refusing(Acting):
    """A lawful no by two people, and the routes that lead outside."""

    def proposes_refusal(self, ground="wrong_information", *, law="consumer-law-25", **words) -> RefusalProposal:
        """Every check of the refusal in words; everything verified goes with it."""
        facts = {"evidence_ids": list(self.case.evidence.filter(state="verified").values_list("pk", flat=True))}
        return propose_refusal(self.case_id, **self.acting(), ground=ground, legal_reference=law, **facts | words)

    def drafts_refusal(self, **typed):
        """Typed so far, and not handed in."""
        keep_draft(self.case_id, **self.acting(), typed=typed)

    def writes_refusal(self, words, **more):
        """The letter with its copies; the customer knows."""
        refusal = approved_refusal(self.case)
        copies = list(refusal.evidence_links.values_list("evidence", flat=True))
        letter = {"channel": self.case.channel, "evidence_ids": copies, "showed_policy": True} | more
        write_refusal(self.case_id, **self.acting(), words=words, **letter)

    def approves_refusal(self, who, refusal, remark):
        """The second pair of eyes agrees."""
        approve_refusal(refusal.pk, **self.acting(who), remark=remark)

    def sends_back(self, who, refusal, remark):
        """The second pair of eyes does not agree."""
        send_back_refusal(refusal.pk, **self.acting(who), remark=remark)

    def takes_back(self, refusal):
        """The proposer thinks better of it."""
        take_back_refusal(refusal.pk, **self.acting())

    def tells_refusal(self):
        """The customer knows it, its reasons, its evidence and the policy."""
        tell_refusal(self.case_id, **self.acting(), showed_evidence=True, showed_policy=True)

    def resumes(self, because, words):
        """Talked about again."""
        resume(self.case_id, **self.acting(), because=because, words=words)

    def goes_to(
        self, body, account, *, kind=RouteKind.MEDIATION, body_kind=BodyKind.CONSUMER_ASSOCIATION, **more
    ) -> ExternalRoute:
        """The customer went to a body outside."""
        route = {"kind": kind, "body_kind": body_kind, "body_name": body, "account": account, "filed_at": self.at}
        return record_route(self.case_id, **self.acting(), **route | more)

    def moves_route(self, route, to, words="", **more):
        """The next step of the route."""
        move_route(route.pk, **self.acting(), to=to, words=words, **more)

    def waits_outside(self, reason, asked):
        """We do nothing but wait."""
        wait_outside(self.case_id, **self.acting(), reason=reason, asked_what=asked)

    def acts_again(self, because, reason):
        """Back in our own hands."""
        go_on(self.case_id, **self.acting(), because=because, reason=reason)

    def follows_decision(self, route, to, *, promise="", until=None):
        """What was decided outside is followed; what it orders is a promise."""
        outside_decided(
            self.case_id,
            **self.acting(),
            route_id=route.pk,
            to=to,
            obliges=bool(promise),
            promise=promise,
            due_at=self.days.instant(until) if until else None,
        )
