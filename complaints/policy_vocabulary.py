"""The words that policies borrow for their codes: pauses, evidence, severities and the rest of our vocabulary."""

from django.utils.translation import gettext_lazy as _

from complaints.models import Clock
from complaints.sentences.calling import PLAN_REASONS
from complaints.sentences.investigating import FACTS
from complaints.states import CaseState
from complaints.template_values import NAMES
from complaints.vocabulary import (
    BodyKind,
    Channel,
    Emotion,
    EvidenceType,
    PauseCategory,
    Reason,
    Remedy,
    RouteKind,
    Severity,
)
from complaints.vocabulary.returning import FreightBearer
from policies.words.assigning import RANKINGS, SUBJECTS, URGENCIES
from policies.words.codes import register_words
from policies.words.outside import SPOKESPERSONS

EVENTS = (
    ("case.registered", _("the case is registered")),
    ("case.reopened", _("the case is reopened")),
    ("case.judged", _("the case is judged")),
    ("case.executing", _("the plan is carried out")),
    ("case.following_up", _("the follow-up begins")),
    ("case.ended", _("the case ends")),
    ("customer.answered", _("the customer got an answer")),
    ("evidence.asked", _("evidence is asked for")),
    ("evidence.received", _("evidence arrives")),
    ("return.asked", _("a return is asked for")),
    ("return.agreed", _("a return is agreed to")),
    ("return.decided", _("a return is decided, or taken back")),
    ("return.sent", _("the goods are on their way back")),
    ("return.received", _("the goods have come back")),
    ("return.refunded", _("the refund is paid")),
    ("return.exchanged", _("the exchange is done")),
    ("return.failed", _("the goods are not accepted, or lost")),
    ("route.filed", _("the customer goes to an outside body")),
    ("route.accepted", _("the outside body accepts")),
    ("route.heard", _("the outside body hears both sides")),
    ("route.answered", _("we answer the outside body")),
    ("route.ended", _("the outside route ends")),
)


def lend_words() -> None:
    """Called once, when Django is ready."""
    for entry in ("starts_on", "stops_on"):
        register_words(entry, EVENTS)
    register_words("freight", FreightBearer.choices)
    register_words("paused_by", PauseCategory.choices)
    for entry in ("severity", "severities"):
        register_words(entry, Severity.choices)
    register_words("plan_because", PLAN_REASONS.items())
    register_words("needs_evidence", EvidenceType.choices)
    for entry in ("covered_by", "remedies"):
        register_words(entry, Remedy.choices)
    register_words("required_facts", FACTS.items())
    register_words("emotions", Emotion.choices)
    register_words("reasons", Reason.choices)
    register_words("states", CaseState.choices)
    for entry in ("routes", "route", "ladder"):
        register_words(entry, RouteKind.choices)
    for entry in ("bodies", "body_kind"):
        register_words(entry, BodyKind.choices)
    register_words("media_answered_by", SPOKESPERSONS)
    register_words("candidates_by", RANKINGS)
    register_words("next_by", URGENCIES)
    register_words("subject", SUBJECTS.items())
    register_words("channel", Channel.choices)
    register_words("variables", NAMES.items())
    register_words("clock_names", Clock.Kind.choices)
