"""How a complaint is settled, paid for and learnt from."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class LadderStep(models.TextChoices):
    """What to try, in this order, before the principle is held (S-SOL-24)."""

    TALKED_FURTHER = "talked_further", _("talked further and found why")
    SUPERIOR = "superior", _("asked a superior")
    OTHER_OPTIONS = "other_options", _("offered other options")


class PauseCategory(models.TextChoices):
    """Why a case waits; the policy says which clocks that stops and for how long."""

    AWAITING_CUSTOMER = "awaiting_customer", _("waiting for the customer")
    AWAITING_COURIER = "awaiting_courier", _("waiting for the courier")
    AWAITING_DEPARTMENT = "awaiting_department", _("waiting for another department")
    AWAITING_TEST = "awaiting_test", _("waiting for a test or an expert")
    OUTSIDE_BODY = "outside_body", _("handled outside")


class EscalationDecision(models.TextChoices):
    """What a superior answers (S-ESC-03)."""

    NONE = "", _("not decided")
    BETTER_SOLUTION = "better_solution", _("a better solution")
    MORE_AUTHORITY = "more_authority", _("more authority")
    MORE_RESOURCES = "more_resources", _("more support or resources")
    TAKE_OVER = "take_over", _("takes over")
    RETURN = "return", _("goes back to the handler")


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
