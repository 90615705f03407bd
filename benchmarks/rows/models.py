"""The same row three times: without history, with the ledger's, with simple-history's own writer."""

from django.db import models
from django_fsm import FSMField, transition
from simple_history.models import HistoricalRecords

from casemgmt.ledger import History


class Row(models.Model):
    """About as wide as a narrow case, with a diagram."""

    number = models.CharField(max_length=20)
    state = FSMField(default="new")
    severity = models.PositiveSmallIntegerField(default=0)
    category = models.CharField(max_length=20, default="quality")
    channel = models.CharField(max_length=20, default="phone")
    registered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    is_urgent = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    handler = models.BigIntegerField(default=0)
    team = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @transition(field=state, source="new", target="escalated")
    def escalate(self):
        """The one arrow."""


class Untracked(Row):
    """No history at all."""


class Tracked(Row):
    """History by triggers."""

    history = History()


class Classic(Row):
    """History by simple-history in Python."""

    history = HistoricalRecords(user_db_constraint=False)
