"""How cases have to do with each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkKind(models.TextChoices):
    """What one case is to the other."""

    SAME_MATTER = "same_matter", _("same matter of the customer")
    DUPLICATE = "duplicate", _("duplicate, not merged")
    FOLLOWS = "follows", _("follows from it")
    SPLIT_OFF = "split_off", _("split off from it")
    SAME_CAUSE = "same_cause", _("same cause, other customer")


COUNTED_TOGETHER = frozenset({LinkKind.SAME_MATTER, LinkKind.DUPLICATE, LinkKind.FOLLOWS, LinkKind.SPLIT_OFF})
"""Links whose two cases spend one limit: one customer's matter told in several cases."""
