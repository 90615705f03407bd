"""The rights in a case as permissions of Django; their holders stand in `complaints.roles`."""

from django.utils.translation import gettext_lazy as _

RIGHT_TITLES = (
    ("case.view", _("See cases")),
    ("case.register", _("Register complaints")),
    ("case.edit_facts", _("Edit the facts of a case")),
    ("case.take", _("Take a case from the queue")),
    ("case.assign", _("Change the handler of a case")),
    ("case.hand_over", _("Hand cases over to a colleague")),
    ("handover.answer", _("Take cases over, or return them")),
    ("case.handle", _("Judge, settle and close cases")),
    ("case.payment_failed", _("Take up a case whose payment failed")),
    ("case.supervise", _("Reopen, void and merge cases")),
    ("incident.lead", _("Open and lead incidents")),
    ("incident.link", _("Link cases to incidents")),
    ("evidence.add", _("Add evidence")),
    ("evidence.read", _("Open evidence")),
    ("evidence.judge", _("Verify, dispute and exclude evidence")),
    ("hold.set", _("Set a legal hold and ask to lift it")),
    ("hold.decide", _("Lift legal holds")),
    ("task.make", _("Give tasks to departments")),
    ("task.do", _("Do tasks of the own department")),
    ("contact.record", _("Record contacts")),
    ("note.write", _("Write notes")),
    ("grant.ask", _("Ask for grants")),
    ("grant.approve", _("Approve grants")),
    ("grant.pay", _("Pay grants")),
    ("grant.bounce", _("Record that a payment came back")),
    ("grant.cancel", _("Cancel grants")),
    ("payee.enter", _("Enter payees")),
    ("refusal.propose", _("Propose refusals")),
    ("refusal.decide", _("Decide refusals")),
    ("wording.ask", _("Ask for a yes to words that need approval")),
    ("wording.decide", _("Decide on words that need approval")),
    ("commitment.make", _("Make commitments")),
    ("commitment.keep", _("Keep commitments")),
    ("commitment.release", _("Release commitments")),
    ("flag.raise", _("Raise flags")),
    ("flag.lower", _("Lower flags")),
    ("follow_up.record", _("Schedule and record follow-ups")),
    ("escalation.raise", _("Raise escalations")),
    ("escalation.decide", _("Acknowledge and decide escalations")),
    ("pause", _("Pause cases")),
    ("clock.extend", _("Ask for more time")),
    ("clock.decide", _("Decide requests for more time")),
    ("route", _("Record outside routes")),
    ("counsel.read", _("Read what counsel said")),
    ("review", _("Record and answer public reviews")),
    ("review.decide", _("Decide on public answers")),
    ("return.receive", _("Receive and inspect returned goods")),
    ("customer.reveal", _("Reveal personal data")),
    ("import", _("Import complaints")),
    ("export.cases", _("Export cases")),
    ("export.payments", _("Export payments")),
)
"""Every right in a case, as permissions of Django; who holds which, and for which cases: `complaints.roles`."""


def code_of(right: str) -> str:
    """The codename of a right's permission."""
    return right.replace(".", "_")
