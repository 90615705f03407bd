"""The field's terms as codes with translated words: channels, causes, remedies and the like.

What a shop may change (categories, grounds, kinds of compensation) is policy, not vocabulary.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """How a complaint or a message travels (S-INT-01, S-COM-02)."""

    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    ONLINE_CHAT = "online_chat", _("online chat")
    QIANNIU = "qianniu", _("Qianniu")
    SMS = "sms", _("SMS")
    FACE_TO_FACE = "face_to_face", _("face to face")
    PLATFORM = "platform", _("platform complaint")
    LETTER = "letter", _("letter")
    PARCEL = "parcel", _("mailed item")


WRITTEN_CHANNELS = (
    Channel.EMAIL,
    Channel.ONLINE_CHAT,
    Channel.QIANNIU,
    Channel.SMS,
    Channel.PLATFORM,
    Channel.LETTER,
)
"""What arrives here can be read again later; "once in writing" means one of these."""


class ComplainantKind(models.TextChoices):
    CONSUMER = "consumer", _("consumer")
    REPRESENTATIVE = "representative", _("representative")
    ORGANISATION = "organisation", _("organisation")
    AUTHORITY = "authority", _("authority")
    UNKNOWN = "unknown", _("unknown")


class Emotion(models.TextChoices):
    """How the customer feels (S-INT-12)."""

    CALM = "calm", _("calm")
    DISSATISFIED = "dissatisfied", _("dissatisfied")
    AGITATED = "agitated", _("agitated")
    OUT_OF_CONTROL = "out_of_control", _("out of control")


class Severity(models.TextChoices):
    """S-TRI-04; shown by shape and word, never by colour alone."""

    GRAVE = "critical", _("grave")
    SERIOUS = "high", _("serious")
    ORDINARY = "normal", _("ordinary")
    MINOR = "low", _("minor")


class Reason(models.TextChoices):
    """Why the customer complains, as stated (S-INT-04); what lies behind it is found later."""

    NOT_STATED = "not_stated", _("not stated yet")
    NOT_RECEIVED = "not_received", _("goods not received")
    QUALITY = "quality", _("quality problem")
    NOT_AS_DESCRIBED = "not_as_described", _("not as described")
    WRONG_ITEM = "wrong_item", _("wrong item sent")
    SHORT_SHIPMENT = "short_shipment", _("items missing")
    DAMAGED = "damaged", _("goods damaged")
    LATE_DISPATCH = "late_dispatch", _("late dispatch")
    LOGISTICS = "logistics", _("trouble with the courier")
    UNWANTED = "unwanted", _("no longer wanted")
    REFUND_DELAY = "refund_delay", _("refund or payment late")
    SERVICE_ATTITUDE = "service_attitude", _("attitude of staff")
    HARASSMENT = "harassment", _("harassed by the shop")
    PRICE = "price", _("price or promotion")
    OTHER = "other", _("something else")


class ClaimType(models.TextChoices):
    """What the platform calls the claim (S-TRI-09)."""

    NONE = "", _("no platform claim")
    NOT_RECEIVED = "not_received", _("not received")
    AFTER_SALES_GUARANTEE = "after_sales_guarantee", _("after-sales guarantee")
    HARASSMENT = "harassment", _("malicious harassment")


class ReturnBranch(models.TextChoices):
    """Which branch a return or refund application takes (S-INT-16)."""

    NONE = "", _("no return or refund application")
    NOT_RECEIVED = "not_received", _("not received: refund only")
    RECEIVED = "received", _("received: return or exchange")


class Judgement(models.TextChoices):
    """At first sight (S-TRI-02)."""

    REASONABLE = "reasonable", _("reasonable")
    UNREASONABLE = "unreasonable", _("unreasonable")
    UNDETERMINED = "undetermined", _("cannot be told yet")


class Verdict(models.TextChoices):
    """After the facts (S-TRI-03)."""

    SUBSTANTIATED = "substantiated", _("substantiated")
    PARTLY_SUBSTANTIATED = "partly_substantiated", _("partly substantiated")
    UNSUBSTANTIATED = "unsubstantiated", _("unsubstantiated")


class UnreasonableType(models.TextChoices):
    """S-UNR-03…06."""

    MISUNDERSTANDING = "misunderstanding", _("misunderstanding")
    EMOTIONAL = "emotional", _("emotional")
    PROFIT_DRIVEN = "profit_driven", _("profit-driven")
    MALICIOUS = "malicious", _("malicious")


class UnreasonableCause(models.TextChoices):
    """S-UNR-09…13: the last one is our own fault."""

    HIGH_EXPECTATION = "high_expectation", _("expectation too high")
    INFORMATION_ASYMMETRY = "information_asymmetry", _("information asymmetry")
    AGITATION = "agitation", _("made while agitated")
    PERSONAL_ENDS = "personal_ends", _("personal ends")
    STAFF_MISHANDLING = "staff_mishandling", _("mishandled by staff")


class UnreasonableDefinition(models.TextChoices):
    """S-UNR-01, S-UNR-02 (contradiction C-03: both are kept)."""

    CONTRADICTS_FACTS = "contradicts_facts", _("contradicts the facts and is vexatious")
    OFF_POLICY = "off_policy", _("lacks facts, or the demand conflicts with rules and standards")


class ResponsibleParty(models.TextChoices):
    """S-TRI-17: it selects the remedy track."""

    SELLER = "seller", _("seller or product")
    CUSTOMER = "customer", _("customer")
    COURIER = "courier", _("courier")
    STAFF = "staff", _("member of staff")
    THIRD_PARTY = "third_party", _("third party")
    UNDETERMINED = "undetermined", _("undetermined")


class DamageCause(models.TextChoices):
    """S-TRI-18."""

    NONE = "", _("no damage")
    NON_HUMAN = "non_human", _("not caused by people")
    CUSTOMER = "customer", _("caused by the customer")
    COURIER = "courier", _("caused by the courier")
    SELLER = "seller", _("caused by the seller")


class Side(models.TextChoices):
    """Who supplied or said something (S-INV-04)."""

    CUSTOMER = "customer", _("customer")
    COMPANY = "company", _("company")
    THIRD_PARTY = "third_party", _("third party")


class SignedBy(models.TextChoices):
    """Who signed for the parcel (S-INV-12)."""

    UNKNOWN = "", _("not known")
    NOT_SIGNED = "not_signed", _("not signed for")
    CUSTOMER = "customer", _("the customer")
    AUTHORISED = "authorised", _("somebody the customer authorised")
    UNAUTHORISED = "unauthorised", _("somebody without authority")


class EvidenceType(models.TextChoices):
    """S-INV-03."""

    RECEIPT = "receipt", _("receipt")
    INVOICE = "invoice", _("invoice")
    CONTRACT = "contract", _("contract or agreement")
    COMMUNICATION = "communication_record", _("record of communication")
    ORDER_SCREENSHOT = "order_screenshot", _("order screenshot")
    PHOTO = "photo", _("photo")
    TEST_REPORT = "test_report", _("test report")
    TECHNICAL_DIAGNOSIS = "technical_diagnosis", _("technical diagnosis")
    SHIPPING_SLIP = "shipping_slip", _("shipping slip")
    WAYBILL = "waybill", _("waybill")
    SIGNING_RECORD = "signing_record", _("signing record")
    POLICY_DOCUMENT = "policy_document", _("policy document")
    WARRANTY_TERMS = "warranty_terms", _("warranty terms")
    PROOF_OF_PAYMENT = "proof_of_payment", _("proof of payment")
    OTHER = "other", _("other")


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


class Direction(models.TextChoices):
    INCOMING = "incoming", _("from the customer")
    OUTGOING = "outgoing", _("to the customer")


class ContactOutcome(models.TextChoices):
    """What came of an exchange; one click each."""

    DELIVERED = "delivered", _("delivered or talked")
    NO_ANSWER = "no_answer", _("no answer")
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


class Apology(models.TextChoices):
    """Two kinds of apology (S-COM-19)."""

    NONE = "", _("no apology")
    FOR_OUR_FAULT = "for_our_fault", _("for our fault")
    FOR_EXPERIENCE = "for_experience", _("for the experience")


class Remedy(models.TextChoices):
    """S-SOL-01."""

    REPAIR = "repair", _("repair")
    PAID_REPAIR = "paid_repair", _("paid repair")
    REPLACE_PARTS = "replace_parts", _("replacement of parts")
    EXCHANGE_NEW = "exchange_new", _("exchange for a new one")
    EXCHANGE_OTHER = "exchange_other", _("exchange for other goods")
    RESHIP = "reship", _("reshipment")
    REFUND_UNSHIPPED = "refund_unshipped", _("refund of the unshipped part")
    FULL_REFUND = "full_refund", _("full refund")
    PARTIAL_REFUND = "partial_refund", _("partial refund, goods kept")
    RETURN = "return", _("return and refund")
    RETURN_IN_TRANSIT = "return_in_transit", _("parcel called back")
    DISCOUNT = "discount", _("discount")
    COUPON = "coupon", _("coupon")
    MEMBER_BENEFIT = "member_benefit", _("member benefit")
    RED_PACKET = "red_packet", _("red packet")
    GIFT = "gift", _("gift")
    EXPENSES = "expenses", _("reimbursement of expenses")
    REDO = "redo", _("done again free of charge")
    GUIDANCE = "guidance", _("guidance on use")
    APOLOGY = "apology", _("apology")
    DISTRESS = "distress", _("compensation for distress")
    INVITATION = "invitation", _("invitation to come again")
    IMPROVEMENT = "improvement", _("improvement measure")


class OwedBy(models.TextChoices):
    """Why something is owed, if it is; then no yes of the customer is needed to carry it out."""

    NOTHING = "", _("not owed")
    LAW = "law", _("owed by law")
    OUR_FAULT = "our_fault", _("owed by our fault")


class Acceptance(models.TextChoices):
    """What makes a plan accepted (S-SOL-22)."""

    SAID_YES = "said_yes", _("the customer said yes")
    APPLIED_FOR_IT = "applied_for_it", _("the application asked for just that")
    OWED = "owed", _("owed, carried out without a yes")


class GrantPurpose(models.TextChoices):
    """S-CMP-02."""

    CORRECT_ERROR = "correct_error", _("correct the error")
    RESTORE_TRUST = "restore_trust", _("restore trust")
    SHOW_SINCERITY = "show_sincerity", _("show responsibility and sincerity")
    GOODWILL = "goodwill", _("goodwill")


class Outcome(models.TextChoices):
    """How a case ended for the customer."""

    REMEDIED = "remedied", _("remedied")
    EXPLAINED = "explained", _("explained")
    REFUSED = "refused", _("refused")
    CUSTOMER_SILENT = "customer_silent", _("customer silent")
    RULED = "ruled", _("ruled")
    SETTLED_OUTSIDE = "settled_outside", _("settled outside")
    WITHDRAWN = "withdrawn", _("withdrawn")
    VOIDED = "voided", _("voided")
    MERGED = "merged", _("merged")


class VoidReason(models.TextChoices):
    """The only reasons for which a case may be voided (never because it seems unreasonable, S-INT-17)."""

    ENTERED_IN_ERROR = "entered_in_error", _("entered in error")
    SPAM = "spam", _("spam")
    TEST = "test", _("test")
    MERE_ENQUIRY = "mere_enquiry", _("mere enquiry")


class PauseCategory(models.TextChoices):
    """Why a case waits; the policy says which clocks that stops and for how long."""

    AWAITING_CUSTOMER = "awaiting_customer", _("waiting for the customer")
    AWAITING_COURIER = "awaiting_courier", _("waiting for the courier")
    AWAITING_DEPARTMENT = "awaiting_department", _("waiting for another department")
    AWAITING_TEST = "awaiting_test", _("waiting for a test or an expert")
    OUTSIDE_BODY = "outside_body", _("handled outside")


class RouteKind(models.TextChoices):
    """The rungs of the external ladder (W-10), in order."""

    WRITTEN_COMPLAINT = "written_complaint", _("written complaint")
    PLATFORM = "platform", _("platform intervention")
    MEDIATION = "mediation", _("mediation")
    ADMINISTRATIVE_COMPLAINT = "administrative_complaint", _("administrative complaint")
    ARBITRATION = "arbitration", _("arbitration")
    LITIGATION = "litigation", _("litigation")
    MEDIA_EXPOSURE = "media_exposure", _("media exposure")


class BodyKind(models.TextChoices):
    """S-TPR-03, 06, 07, 14."""

    PLATFORM = "platform", _("platform")
    CONSUMER_ASSOCIATION = "consumer_association", _("consumers' association")
    MARKET_REGULATION = "market_regulation", _("market regulation authority")
    INDUSTRY_ASSOCIATION = "industry_association", _("industry association")
    MEDIATION_BODY = "mediation_body", _("mediation body")
    ARBITRATION_BODY = "arbitration_body", _("arbitration institution")
    COURT = "court", _("court")
    MEDIA = "media", _("media")


class MeasureKind(models.TextChoices):
    """Where an improvement reaches (S-UNR-19, S-CLO-02, 05, 06, 13)."""

    SERVICE_QUALITY = "service_quality", _("service quality")
    RULES = "rules", _("rules")
    SUPERVISION = "supervision", _("supervision")
    PROCESS = "process", _("process")
    PRODUCT_QUALITY = "product_quality", _("product quality")
    STAFF_EDUCATION = "staff_education", _("education of staff")
    RETURN_POLICY = "return_policy", _("return policy")
    REPLY_CHANNELS = "reply_channels", _("reply channels")
    NONE_NEEDED = "none_needed", _("none needed, and why")


class EscalationDecision(models.TextChoices):
    """What a superior answers (S-ESC-03)."""

    NONE = "", _("not decided")
    BETTER_SOLUTION = "better_solution", _("a better solution")
    MORE_AUTHORITY = "more_authority", _("more authority")
    MORE_RESOURCES = "more_resources", _("more support or resources")
    TAKE_OVER = "take_over", _("takes over")
    RETURN = "return", _("goes back to the handler")


class LadderStep(models.TextChoices):
    """What to try, in this order, before the principle is held (S-SOL-24)."""

    TALKED_FURTHER = "talked_further", _("talked further and found why")
    SUPERIOR = "superior", _("asked a superior")
    OTHER_OPTIONS = "other_options", _("offered other options")


class CaseSource(models.TextChoices):
    FORM = "form", _("entered by staff")
    IMPORT = "import", _("import")
