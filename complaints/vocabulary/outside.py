"""Outside the house: letters of bodies, why routes are named to a customer, and why a review should go."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterDirection(models.TextChoices):
    """Which way a letter went."""

    RECEIVED = "received", _("from the body")
    SENT = "sent", _("to the body")


class AdviceCause(models.TextChoices):
    """Why a customer is told where else to turn (S-TPR-16, S-TPR-17)."""

    UNRESOLVED = "unresolved", _("unresolved after the period")
    LOW_MARK = "low_mark", _("the customer is not satisfied")
    ASKED = "asked", _("asked for, or named of our own accord")


class RemovalGround(models.TextChoices):
    """The only grounds on which a platform is asked to take a review down (S-PUB-02). A low mark is none."""

    FALSE_INFORMATION = "false_information", _("what it says is untrue, and we can show it")
    UNFAIR_HARM = "unfair_harm", _("insult, threat or blackmail")
    NOT_A_CUSTOMER = "not_a_customer", _("nobody who bought this wrote it")
    PERSONAL_DATA = "personal_data", _("it shows personal data")
