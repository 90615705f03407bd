"""What the sweeps tell people, and what the story says about them."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "notice.commitment_due_soon": Sentence(_("A promise to a customer falls due soon.")),
    "notice.clock_runs_out": Sentence(_("A case must be dealt with soon, or it is overdue.")),
    "notice.payment_due_soon": Sentence(_("A compensation must be paid soon.")),
    "notice.evidence_not_answered": Sentence(_("Nobody answered your request for evidence in time.")),
    "notice.advise_of_routes": Sentence(
        _("A case is unresolved for long: tell the customer about official complaint and arbitration.")
    ),
    "notice.advise_of_routes.backlog": Sentence(
        _("Cases from the backlog are unresolved for long: tell the customers about the official routes.")
    ),
    "story.commitment.warned": Sentence(_("warned that a promise falls due")),
    "story.commitment.overdue": Sentence(_("a promise was not kept in time")),
    "story.clock.warned": Sentence(_("warned that time runs out")),
    "story.grant.overdue": Sentence(_("a compensation was not paid in time")),
    "story.evidence_request.overdue": Sentence(_("nobody answered the request for evidence")),
}
