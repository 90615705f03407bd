"""Every state of every diagram, in English codes and translated words. The arrows stand on the models."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseState(models.TextChoices):
    """Where a complaint stands (lifecycle of the case)."""

    REGISTERED = "registered", _("registered")
    ASSESSING = "assessing", _("first assessment")
    INVESTIGATING = "investigating", _("investigation")
    NEGOTIATING = "negotiating", _("negotiating a plan")
    REFUSAL_PROPOSED = "refusal_proposed", _("refusal proposed")
    REFUSED = "refused", _("refused")
    EXECUTING = "executing", _("carrying out the plan")
    FOLLOWING_UP = "following_up", _("follow-up")
    CLOSED = "closed", _("closed")
    EXTERNAL = "external", _("handled outside")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")
    VOIDED = "voided", _("voided")


ENDED = (CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED, CaseState.VOIDED)
"""A case in one of these is not open; no clock runs in them."""

OPEN = tuple(state for state in CaseState if state not in ENDED)
"""Every state in which somebody still has to act."""

INSIDE = tuple(state for state in OPEN if state != CaseState.EXTERNAL)
"""Open, and in our own hands."""

VOIDABLE = (CaseState.REGISTERED, CaseState.ASSESSING, CaseState.INVESTIGATING, CaseState.NEGOTIATING)
"""Early enough to say that the case was entered in error."""

HANDLED = (
    CaseState.ASSESSING,
    CaseState.INVESTIGATING,
    CaseState.NEGOTIATING,
    CaseState.REFUSAL_PROPOSED,
    CaseState.REFUSED,
    CaseState.EXECUTING,
    CaseState.FOLLOWING_UP,
    CaseState.CLOSED,
)
"""States that a case reaches only in somebody's hands."""

MAIN_PATH = (
    CaseState.REGISTERED,
    CaseState.ASSESSING,
    CaseState.INVESTIGATING,
    CaseState.NEGOTIATING,
    CaseState.EXECUTING,
    CaseState.FOLLOWING_UP,
    CaseState.CLOSED,
)
"""The steps a case usually takes, as the page shows them."""


def way_back(state: str) -> str:
    """The state to come back to after an excursion; a pending proposal has ended meanwhile."""
    return CaseState.NEGOTIATING if state == CaseState.REFUSAL_PROPOSED else state


class EvidenceRequestState(models.TextChoices):
    ASKED = "asked", _("asked for")
    ANSWERED = "answered", _("answered")
    NOT_ANSWERED = "not_answered", _("not answered")


class EvidenceState(models.TextChoices):
    RECEIVED = "received", _("received")
    VERIFIED = "verified", _("verified")
    DISPUTED = "disputed", _("disputed")
    EXCLUDED = "excluded", _("excluded")


class ScanState(models.TextChoices):
    """What the malware scanner said of a file. What waits, or is infected, is neither shown nor served."""

    NOT_SCANNED = "not_scanned", _("not scanned")
    WAITING = "waiting", _("waits for the scanner")
    CLEAN = "clean", _("scanned, clean")
    INFECTED = "infected", _("malware found")


class LegalHoldState(models.TextChoices):
    HELD = "held", _("on hold")
    LIFT_ASKED = "lift_asked", _("lifting asked for")
    LIFTED = "lifted", _("lifted")


class PlanState(models.TextChoices):
    DRAFTED = "drafted", _("drafted")
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", pgettext_lazy("plan", "rejected")
    SUPERSEDED = "superseded", _("superseded")


class RefusalState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent_back", _("sent back")
    WITHDRAWN = "withdrawn", _("taken back")
    LAPSED = "lapsed", _("lapsed")


class OverrideState(models.TextChoices):
    ASKED = "asked", _("waiting for a yes or no")
    APPROVED = "approved", _("agreed to")
    REJECTED = "rejected", _("not agreed to")


class GrantState(models.TextChoices):
    DRAFTED = "drafted", _("drafted")
    AWAITING_APPROVAL = "awaiting_approval", _("awaiting approval")
    APPROVED = "approved", _("approved, to be paid")
    REJECTED = "rejected", _("rejected")
    PAID = "paid", _("paid")
    BOUNCED = "bounced", _("payment came back")
    CANCELLED = "cancelled", _("cancelled")


UNPAID_GRANTS = (
    GrantState.DRAFTED,
    GrantState.AWAITING_APPROVAL,
    GrantState.APPROVED,
    GrantState.BOUNCED,
)
"""Grants that still wait for somebody."""


class CommitmentState(models.TextChoices):
    OPEN = "open", _("open")
    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")
    KEPT_LATE = "kept_late", _("kept late")
    RELEASED = "released", _("released")


class FollowUpState(models.TextChoices):
    SCHEDULED = "scheduled", _("scheduled")
    DUE = "due", _("due now")
    ASKED = "asked", _("asked in writing")
    REACHED = "reached", _("customer reached")
    NO_ANSWER = "no_answer", _("no answer")
    DECLINED = "declined", _("customer declined")
    DONE = "done", _("done")
    EXHAUSTED = "exhausted", _("attempts exhausted")
    CANCELLED = "cancelled", _("cancelled")


class EscalationState(models.TextChoices):
    OPEN = "open", pgettext_lazy("escalation", "open")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    DECIDED = "decided", _("decided")
    CLOSED = "closed", pgettext_lazy("escalation", "closed")


class RouteState(models.TextChoices):
    FILED = "filed", _("filed")
    ACCEPTED = "accepted", _("accepted by the body")
    NOT_ACCEPTED = "not_accepted", _("not accepted by the body")
    HEARD = "heard", _("heard")
    DECIDED = "decided", _("decided")
    SETTLED = "settled", _("settled")
    ENDED_WITHOUT_AGREEMENT = "ended_without_agreement", _("ended without agreement")
    WITHDRAWN = "withdrawn", _("taken back")
    COMPLIED = "complied", _("complied with")
    NOTHING_TO_DO = "nothing_to_do", _("nothing to do")


class ReturnState(models.TextChoices):
    """Where goods stand that are to go back."""

    ASKED = "asked", pgettext_lazy("return", "asked for")
    AGREED = "agreed", pgettext_lazy("return", "agreed")
    DECLINED = "declined", pgettext_lazy("return", "declined")
    CANCELLED = "cancelled", pgettext_lazy("return", "cancelled")
    SENT = "sent", pgettext_lazy("return", "on its way to us")
    RECEIVED = "received", pgettext_lazy("return", "received")
    INSPECTED = "inspected", pgettext_lazy("return", "inspected")
    ACCEPTED = "accepted", pgettext_lazy("return", "accepted, refund to follow")
    FAILED = "failed", pgettext_lazy("return", "not accepted")
    LOST = "lost", pgettext_lazy("return", "lost on the way")
    REFUNDED = "refunded", pgettext_lazy("return", "refunded")
    EXCHANGED = "exchanged", pgettext_lazy("return", "exchanged")
    SENT_BACK = "sent_back", pgettext_lazy("return", "sent back to the customer")


class AgreementState(models.TextChoices):
    """Where a settlement agreement stands."""

    DRAFTED = "drafted", _("drafted")
    SIGNED_BY_ONE = "signed_by_one", _("signed by one side")
    SIGNED = "signed", pgettext_lazy("agreement", "signed")
    FULFILLED = "fulfilled", _("fulfilled")
    BROKEN = "broken", _("broken")
    DROPPED = "dropped", _("dropped")


class ReviewState(models.TextChoices):
    """Where a public review stands."""

    FOUND = "found", pgettext_lazy("review", "to be answered")
    ANSWER_PROPOSED = "answer_proposed", _("answer waits for a second person")
    ANSWERED = "answered", pgettext_lazy("review", "answered")
    REMOVAL_REQUESTED = "removal_requested", _("removal asked for")
    REMOVED = "removed", _("removed by the platform")
    KEPT = "kept", pgettext_lazy("review", "kept by the platform")
    IMPROVED = "improved", _("improved by the customer")


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("asked for")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("taken back")


class TaskState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class IncidentState(models.TextChoices):
    OPEN = "open", pgettext_lazy("incident", "open")
    PLANNED = "planned", pgettext_lazy("incident", "planned")
    CARRIED_OUT = "carried_out", _("carried out")
    CLOSED = "closed", pgettext_lazy("incident", "closed")


class IncidentPlanState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent_back", _("sent back")
    WITHDRAWN = "withdrawn", _("taken back")
    SUPERSEDED = "superseded", _("superseded")


class PublicNoticeState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent_back", _("sent back")
    PUBLISHED = "published", _("published")


class ImportState(models.TextChoices):
    MATCHING = "matching", _("columns to be matched")
    CHECKING = "checking", _("rows being checked")
    STAGED = "staged", _("checked, not registered")
    REGISTERING = "registering", _("being registered")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped on the way")
    CANCELLED = "cancelled", _("cancelled")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class HandoverState(models.TextChoices):
    OPEN = "open", pgettext_lazy("handover", "open")
    SETTLED = "settled", pgettext_lazy("handover", "settled")
    TAKEN_BACK = "taken_back", _("taken back")


class HandoverLineState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("handover", "waiting")
    ACCEPTED = "accepted", pgettext_lazy("handover", "taken over")
    RETURNED = "returned", pgettext_lazy("handover", "returned")
    TAKEN_BACK = "taken_back", _("taken back")
    LAPSED = "lapsed", _("lapsed")


class BulkState(models.TextChoices):
    CHOSEN = "chosen", _("cases chosen")
    PLANNED = "planned", _("dry run")
    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")
    STOPPED = "stopped", _("stopped")
    CANCELLED = "cancelled", _("cancelled")
