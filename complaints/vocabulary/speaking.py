"""What is said, to whom, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StatementKind(models.TextChoices):
    """What a piece of typed text is."""

    CONTENT = "content", _("complaint")
    COURSE = "course", _("course of events")
    PLACE = "place", _("place")
    DAMAGE = "damage", _("condition of the goods")
    DEMAND = "demand", _("demand")
    REAL_NEED = "real_need", _("real need")
    PRESALE_NEED = "presale_need", _("needs noted before the sale")
    EXPECTATION_GAP = "expectation_gap", _("gap between expected and actual")
    ACCOUNT = "account", pgettext_lazy("statement", "account")
    FINDING = "finding", _("finding")
    ROOT_CAUSE = "root_cause", _("root cause")
    BASIS = "basis", _("basis of the judgement")
    MESSAGE = "message", _("message")
    CALL_NOTE = "call_note", _("what was said")
    NOTE = "note", _("internal note")
    REASON = "reason", _("reason")
    REQUEST = "request", _("what was asked for")
    ANSWER = "answer", _("answer")
    EXPLANATION = "explanation", _("explanation")
    FOLLOW_UP = "follow_up", _("follow-up")
    IMPROVEMENT = "improvement", _("improvement")
    OPTION = "option", _("option")
    PROMISE = "promise", _("promise")
    TASK = "task", _("task")
    DECISION = "decision", _("decision")
    UNDERSTOOD = "understood", _("the problem in own words")
    IMPACT = "impact", _("impact of refusing")
    RELATIONSHIP = "relationship", _("relationship with the customer")
    ALTERNATIVES = "alternatives", _("alternatives")
    ROUTES = "routes", _("other routes")
    EXPERIENCE = "experience", _("use experience")
    SUGGESTION = "suggestion", _("suggestion")
    LESSON = "lesson", _("what was learnt")
    DIFFICULTY = "difficulty", _("difficulty met while handling")
    FILE_NAME = "file_name", _("file name")
    DESCRIPTION = "description", _("description")
    WORDING = "wording", _("words to be agreed to")
    CALL_PLAN = "call_plan", _("call plan")
    AGREEMENT = "agreement", _("text of an agreement")
    CONSENT = "consent", _("wish about contacts")
    COUNSEL = "counsel", _("word to or from counsel")
    CLAUSE = "clause", _("clause or agreement")
    REPRESENTED = "represented", _("who acts for the customer")
    REVIEW = "review", _("public review")
    PUBLIC_ANSWER = "public_answer", _("public answer")
    HANDOVER = "handover", _("for the next shift")


class Direction(models.TextChoices):
    INCOMING = "incoming", _("from the customer")
    OUTGOING = "outgoing", _("to the customer")


class ContactOutcome(models.TextChoices):
    """What came of an exchange; one click each."""

    DELIVERED = "delivered", _("delivered or talked")
    NO_ANSWER = "no_answer", _("no answer")
    BUSY = "busy", pgettext_lazy("call", "busy")
    SWITCHED_OFF = "switched_off", _("switched off or empty number")
    CALL_LATER = "call_later", _("wants a call later")
    WRONG_NUMBER = "wrong_number", _("wrong number or address")
    DECLINED = "declined", _("customer does not want to talk")
    IMPOSSIBLE = "impossible", _("impossible: no contact known")
    AUTOMATIC = "automatic", _("automatic acknowledgement")


class ContactPurpose(models.TextChoices):
    """What an exchange was for; guards look for it."""

    GENERAL = "general", _("general")
    FIRST_ANSWER = "first_answer", _("first answer")
    ENQUIRY = "enquiry", _("asking for facts or evidence")
    PROGRESS = "progress", _("progress")
    OFFER = "offer", _("offer of a plan")
    OUTCOME = "outcome", _("outcome told")
    REFUSAL = "refusal", _("refusal told")
    COMMITMENT_KEPT = "commitment_kept", _("promise carried out")
    FOLLOW_UP = "follow_up", _("follow-up")
    REGULAR = "regular", _("regular contact")
    INVITATION = "invitation", _("invitation or offer of goods")


COMMERCIAL = frozenset({ContactPurpose.INVITATION})
"""Purposes that serve our business and need the customer's consent; everything else answers the complaint."""


class ConsentScope(models.TextChoices):
    """What a customer says yes or no to."""

    COMMERCIAL = "commercial", _("invitations and offers")
    REGULAR = "regular", _("regular contact after a case")
    EVERYTHING = "everything", _("every contact on this channel")


class AnsweredVia(models.TextChoices):
    """Who put down what came of a follow-up."""

    CALL = "call", _("a colleague, in the talk")
    WRITING = "writing", _("a colleague, from a written answer")
    CUSTOMER = "customer", _("the customer")


class DissatisfiedReply(models.TextChoices):
    """What is done when a follow-up shows that the customer is not content."""

    LOOKED_INTO = "looked_into", _("looked into again")
    LEFT = "left", _("left as it is, with the reason")


class ConsentDecision(models.TextChoices):
    """The customer's word."""

    GIVEN = "given", _("welcome")
    REFUSED = "refused", _("not wanted")


class Apology(models.TextChoices):
    """Two kinds of apology (S-COM-19)."""

    NONE = "", _("no apology")
    FOR_OUR_FAULT = "for_our_fault", _("for our fault")
    FOR_EXPERIENCE = "for_experience", _("for the experience")
