"""Looking into it: evidence, both sides, our own finding, and what stands in the end."""

from django.core.files.uploadedfile import SimpleUploadedFile

from complaints.actions.evidencing import add_evidence, dispute_evidence, exclude_evidence, verify_evidence
from complaints.actions.holding import set_hold
from complaints.actions.investigating import establish, record_account, record_finding, reinvestigate
from complaints.actions.knowing import state_facts
from complaints.actions.requesting_evidence import answer_evidence_request, ask_for_evidence
from complaints.actions.subjecting import find_conduct, name_subject
from complaints.demo.acts.base import Acting
from complaints.demo.pictures import a_picture
from complaints.models import ComplaintSubject, Evidence, EvidenceRequest
from complaints.vocabulary import EvidenceType, ResponsibleParty, Side, Verdict

PAPERS = frozenset(EvidenceType.values) - {EvidenceType.PHOTO}


class Finding(Acting):
    """From the first judgement to the verified verdict."""

    def receives(
        self, name, kind=EvidenceType.PHOTO, *, of=Side.CUSTOMER, who=None, believed=True, request=None
    ) -> Evidence:
        """A file comes in, and is looked at and believed unless it is said otherwise."""
        file = a_picture(f"{name}.png", look="paper" if kind in PAPERS else "photo", seed=next(self.house.numbers))
        evidence = add_evidence(
            self.case_id,
            **self.acting(who),
            file=file,
            evidence_type=kind,
            supplied_by=of,
            request_id=request.pk if request else None,
        )
        if believed:
            verify_evidence(evidence.pk, **self.acting())
        return evidence

    def receives_text(self, name, words, kind=EvidenceType.COMMUNICATION, *, of=Side.CUSTOMER) -> Evidence:
        """A text comes in, and nobody has looked at it yet."""
        file = SimpleUploadedFile(f"{name}.txt", words.encode(), content_type="text/plain")
        return add_evidence(self.case_id, **self.acting(), file=file, evidence_type=kind, supplied_by=of)

    def is_put_on_hold(self, who, reason):
        """A supervisor has everything kept."""
        set_hold(self.case_id, **self.acting(who), reason=reason)

    def states(self, reason, **facts):
        """Facts that no other record holds, each as its text."""
        state_facts(self.case_id, **self.acting(), facts=facts, reason=reason)

    def disputes(self, evidence, reason):
        """A piece of evidence is doubted."""
        dispute_evidence(evidence.pk, **self.acting(), reason=reason)

    def excludes(self, evidence, reason):
        """A piece of evidence does not count."""
        exclude_evidence(evidence.pk, **self.acting(), reason=reason)

    def asks_for(self, kind, what, *, until=None, of=Side.CUSTOMER) -> EvidenceRequest:
        """Ask for evidence, with a deadline."""
        due_at = self.days.instant(until) if until else None
        asked = {"evidence_type": kind, "what": what, "asked_from": of}
        return ask_for_evidence(self.case_id, **self.acting(), **asked, due_at=due_at)

    def is_answered(self, request):
        """What was asked for has come."""
        answer_evidence_request(request.pk, **self.acting())

    def hears_account(self, words, *, side=Side.CUSTOMER):
        """One side tells how it was."""
        record_account(self.case_id, **self.acting(), words=words, side=side)

    def finds(self, words, cause, party=ResponsibleParty.SELLER, **more):
        """Our own finding, its cause and who answers for it."""
        record_finding(self.case_id, **self.acting(), words=words, root_cause=cause, responsible_party=party, **more)

    def establishes(self, verdict=Verdict.SUBSTANTIATED, **more):
        """The facts stand."""
        establish(self.case_id, **self.acting(), verdict=verdict, **more)

    def looks_again(self, news):
        """Something new came up."""
        reinvestigate(self.case_id, **self.acting(), news=news)

    def is_about(self, who, *, by=None, now_handled_by=None) -> ComplaintSubject:
        """The complaint is about a colleague, who from now on stays away from it."""
        new = self.person(now_handled_by) if now_handled_by else None
        subject = name_subject(
            self.case_id, **self.acting(by), person_id=self.person(who).pk, new_handler_id=new.pk if new else None
        )
        self.handler = new or self.handler
        return subject

    def finds_conduct(self, subject, verdict):
        """Whether the conduct was as complained."""
        find_conduct(subject.pk, **self.acting(), finding=verdict)
