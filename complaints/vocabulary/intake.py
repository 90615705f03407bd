"""How a complaint arrives, from whom, and about what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class CaseSource(models.TextChoices):
    FORM = "form", _("entered by staff")
    IMPORT = "import", _("import")


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
    FEEDBACK = "feedback", _("feedback or suggestion")
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


class SignedBy(models.TextChoices):
    """Who signed for the parcel (S-INV-12)."""

    UNKNOWN = "", _("not known")
    NOT_SIGNED = "not_signed", _("not signed for")
    CUSTOMER = "customer", _("the customer")
    AUTHORISED = "authorised", _("somebody the customer authorised")
    UNAUTHORISED = "unauthorised", _("somebody without authority")
