"""Why a deadline moved, and why a wait ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DueChangeCause(models.TextChoices):
    """What moved a due instant; it never moves without one of these."""

    CALENDAR = "calendar", _("the days of the calendar changed")
    EXTENDED = "extended", _("more time was given")
    PAUSE = "pause", _("a pause was counted")
    REFITTED = "refitted", _("severity or category changed")
    MERGED = "merged", _("a merged case was due earlier")
    UNMERGED = "unmerged", _("the merged case left again")
    RAN_ON = "ran_on", _("the clock ran on")


class PauseEnd(models.TextChoices):
    """How a pause ended."""

    ANSWERED = "answered", _("the customer answered")
    EVIDENCE_RECEIVED = "evidence_received", _("what was asked for arrived")
    BY_HAND = "by_hand", _("ended by hand")
    CAP_REACHED = "cap_reached", _("the longest time was over")
    CASE_MOVED = "case_moved", _("the case went on")
