"""Probes: one table with every column type and two diagrams, others for links, words, keys and guards."""

import uuid

from django.db import models
from django_fsm import GET_STATE, RETURN_VALUE, FSMField, FSMIntegerField, transition

from casemgmt.ledger import Guard, History, register
from casemgmt.stateful import StateField


class Tag(models.Model):
    """The far side of links."""

    name = models.CharField(max_length=20, unique=True)
    history = History(deletable=True)


class Probe(models.Model):
    """Two diagrams, an excluded column, links, and a name that upserts can meet."""

    name = models.CharField(max_length=40, unique=True)
    amount = models.IntegerField(default=0)
    scratch = models.CharField(max_length=40, default="")
    state = StateField(default="new")
    mood = FSMIntegerField(default=0)
    tag = models.ForeignKey(Tag, models.SET_NULL, null=True, related_name="main_probes")
    tags = models.ManyToManyField(Tag, related_name="probes")

    history = History(excluded_fields=["scratch"])

    @transition(field=state, source="new", target="open")
    def start(self):
        """A plain arrow."""

    @transition(field=state, source=["open", "waiting"], target=RETURN_VALUE("waiting", "open"), on_error="stuck")
    def wait(self, into):
        """A returned target, and a state on errors."""
        return into

    @transition(field=state, source="open", target=GET_STATE(lambda self: "done", states=["done", "new"]))
    def finish(self):
        """A computed target."""

    @transition(field=state, source="+", target="lost")
    def lose(self):
        """From every other state."""

    @transition(field=state, source="done", target=None)
    def look(self):
        """Checks and moves nowhere."""

    @transition(field=mood, source="*", target=9)
    def cheer(self):
        """From anywhere."""

    @transition(field=mood, source=9, target=1)
    def sober(self):
        """Back."""


register(Probe.tags.through, deletable=True)


class ProbeProxy(Probe):
    """Declares an arrow of its own."""

    class Meta:
        proxy = True

    @transition(field="state", source="stuck", target="new")
    def restart(self):
        """An arrow of the proxy alone."""


class Machine(models.Model):
    """An abstract model with a diagram."""

    state = FSMField(default="off")

    class Meta:
        abstract = True

    @transition(field=state, source="off", target="on")
    def switch_on(self):
        """An inherited arrow."""


class Lamp(Machine):
    """Inherits its diagram; keyed by a UUID."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    history = History()


class Everything(models.Model):
    """One column of each type."""

    flag = models.BooleanField(null=True)
    decimal = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    ratio = models.FloatField(null=True)
    day = models.DateField(null=True)
    time = models.TimeField(null=True)
    duration = models.DurationField(null=True)
    instant = models.DateTimeField(null=True)
    code = models.UUIDField(null=True)
    facts = models.JSONField(null=True)
    blob = models.BinaryField(null=True)
    address = models.GenericIPAddressField(null=True)
    file = models.FileField(null=True)
    words = models.TextField(null=True)
    small = models.SmallIntegerField(null=True)
    owner = models.ForeignKey(Probe, models.PROTECT, null=True)

    history = History()


class Child(models.Model):
    """Goes with its parent."""

    tag = models.ForeignKey(Tag, models.CASCADE)
    note = models.CharField(max_length=10, default="")
    history = History(deletable=True)


def _frozen_once_active(sql):
    state = sql.old("state")
    return f"{state} = 'active' AND ({sql.changed_beyond('state')} OR {sql.new('state')} NOT IN ('active', 'revoked'))"


class Frozen(models.Model):
    """Like a policy row: from activation on only the state changes, to revoked."""

    state = FSMField(default="drafted")
    body = models.CharField(max_length=20)
    history = History(guards=[Guard("frozen.active", on=("update",), refuse_when=_frozen_once_active)])

    @transition(field=state, source="drafted", target="active")
    def activate(self):
        """From now on frozen."""

    @transition(field=state, source="active", target="revoked")
    def revoke(self):
        """The one way out."""


def _wrong_digest(sql):
    digest = sql.sha256(f"{sql.new('salt')} || {sql.new('words')}")
    return sql.differs(sql.new("digest"), digest)


def _rewritten(sql):
    erased = f"{sql.new('words')} IS NULL AND {sql.new('salt')} IS NULL AND {sql.new('erased_at')} IS NOT NULL"
    return f"{sql.changed_beyond('words', 'salt', 'erased_at')} OR NOT ({erased})"


class Words(models.Model):
    """Like a statement: written once, its digest checked, erased at most."""

    words = models.TextField(null=True)
    salt = models.CharField(max_length=32, null=True)
    digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)
    history = History(
        excluded_fields=["words", "salt"],
        guards=[
            Guard("words.digest", on=("insert",), refuse_when=_wrong_digest),
            Guard("words.rewritten", on=("update",), refuse_when=_rewritten),
        ],
    )


def _way_back(sql):
    old, new = sql.old("state"), sql.new("state")
    back = f"{new} = {sql.old('state_before')} OR {sql.one_of(new, ['executing'])}"
    return f"{sql.changed('state')} AND {sql.one_of(old, ['external', 'merged'])} AND NOT ({back})"


class Case(models.Model):
    """Like a complaint: out of external it goes back to where it was, or to one of a list."""

    state = FSMField(default="new")
    state_before = models.CharField(max_length=20, default="")
    history = History(guards=[Guard("case.way_back", on=("update",), refuse_when=_way_back)])

    @transition(field=state, source="*", target=RETURN_VALUE("new", "open", "external", "executing"))
    def go(self, state):
        """Anywhere, as far as the diagram knows."""
        return state
