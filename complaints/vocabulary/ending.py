"""How a case ends, and where else it may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    GOVERNMENT_HOTLINE = "government_hotline", _("government hot-line (12345)")
    INDUSTRY_ASSOCIATION = "industry_association", _("industry association")
    MEDIATION_BODY = "mediation_body", _("mediation body")
    ARBITRATION_BODY = "arbitration_body", _("arbitration institution")
    COURT = "court", _("court")
    MEDIA = "media", _("media")
