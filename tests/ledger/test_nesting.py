"""Random nests of signatures, transactions, savepoints and rollbacks: every surviving row has its own signer."""

import random

import pytest
from django.db import connection, transaction

from casemgmt.ledger import Refused, Signer, current_signature, signed
from tests.ledger.acting import sql
from tests.ledger.probe.models import Tag

pytestmark = [pytest.mark.unsigned, pytest.mark.django_db(transaction=True)]
SIGNERS = [Signer(name) for name in ("ann", "ben", "cat")]
NESTS, DEEPEST = 150, 5


class Undone(Exception):
    """Rolls a block back on purpose."""


class Nest:
    """Plays one random nest and remembers what should survive."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seed = seed
        self.count = 0

    def play(self):
        survivors = {}
        for _ in range(self.random.randint(1, 4)):
            survivors |= self.step(0)
        return survivors

    def step(self, depth):
        moves = [self.write, self.write, self.read]
        if depth < DEEPEST:
            moves += [self.sign, self.sign, self.atomic, self.atomic, self.raw_savepoint]
        return self.random.choice(moves)(depth)

    def steps(self, depth):
        survivors = {}
        for _ in range(self.random.randint(1, 3)):
            survivors |= self.step(depth + 1)
        return survivors

    def write(self, depth):
        self.count += 1
        name = f"{self.seed}-{self.count}"
        signature = current_signature()
        how = self.random.choice([self.by_orm, self.by_sql, self.in_bulk])
        if signature is None:
            with pytest.raises(Refused), transaction.atomic():
                how(name)
            return {}
        how(name)
        return {name: signature.actor}

    @staticmethod
    def by_orm(name):
        Tag.objects.create(name=name)

    @staticmethod
    def by_sql(name):
        sql("INSERT INTO probe_tag (name) VALUES (%s)", name)

    @staticmethod
    def in_bulk(name):
        Tag.objects.bulk_create([Tag(name=name)])

    def read(self, depth):
        Tag.objects.count()
        return {}

    def sign(self, depth):
        with signed(by=self.random.choice(SIGNERS), reason="nest"):
            return self.steps(depth)

    def atomic(self, depth):
        undone = self.random.random() < 0.4
        try:
            with transaction.atomic():
                survivors = self.steps(depth)
                if undone:
                    raise Undone
        except Undone:
            return {}
        return survivors

    def raw_savepoint(self, depth):
        if not connection.in_atomic_block:
            return {}
        name = f"raw_{depth}"
        sql(f"SAVEPOINT {name}")
        survivors = self.steps(depth)
        if self.random.random() < 0.5:
            sql(f"ROLLBACK TO SAVEPOINT {name}")
            survivors = {}
        sql(f"RELEASE SAVEPOINT {name}")
        return survivors


def test_every_surviving_row_has_its_own_signer():
    expected = {}
    for seed in range(NESTS):
        expected |= Nest(seed).play()
    assert dict(Tag.history.values_list("name", "history_actor")) == expected
    assert set(Tag.objects.values_list("name", flat=True)) == set(expected)
    assert len(expected) > NESTS / 2
