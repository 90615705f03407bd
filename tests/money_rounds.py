"""Sixteen people at the same moment, each after the same money: what a round does, and what it must not leave behind.

One round is three races of sixteen: yes to more than a customer's limit holds, one payment made again and again, and
one sum split into sixteen. The tests run a few, `benchmarks/money_races.py` runs two hundred.
"""

from collections import Counter
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from casemgmt.ledger import signed
from casemgmt.sentences import say
from casemgmt.violations import CaseMovedOn, RuleBroken
from complaints.actions.approving import approve_grant
from complaints.actions.assigning import take_case
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.granting import submit_grant
from complaints.actions.paying import pay_grant
from complaints.actions.registering import register
from complaints.actions.weighing_money import digest_of
from complaints.models import CompensationGrant, Complaint
from complaints.states import GrantState
from policies.lookup import limits_in_force, policies_in_force
from tests.building import a_registration
from tests.cast import AT, Cast
from tests.money import a_cash_draft, a_draft, a_receipt, an_approved_grant
from tests.racing import race

PARALLEL = 16
PATIENCE = 600
CASES = 2
GRANTED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
LAW = {"legal_reference": "consumer-law-55"}


@dataclass
class Told:
    """What a round was: acts that won, what losers were told, and what must never be."""

    won: int = 0
    lost: Counter = field(default_factory=Counter)
    above_limit: int = 0
    paid_twice: int = 0
    approved_by_asker: int = 0
    without_sentence: list = field(default_factory=list)

    @property
    def breaches(self) -> int:
        """How often something happened that must never happen."""
        return self.above_limit + self.paid_twice + self.approved_by_asker + len(self.without_sentence)

    def hear(self, outcomes) -> None:
        """Count who won; every loser must have got a sentence."""
        for outcome in outcomes:
            if not isinstance(outcome, Exception):
                self.won += 1
            elif isinstance(outcome, RuleBroken) and all(say(one) not in ("", one.code) for one in outcome.violations):
                self.lost.update(outcome.codes)
            elif isinstance(outcome, CaseMovedOn):
                self.lost.update(["moved_on"])
            else:
                self.without_sentence.append(repr(outcome))

    def add(self, other: "Told") -> None:
        """Another round on top."""
        self.won += other.won
        self.lost += other.lost
        self.above_limit += other.above_limit
        self.paid_twice += other.paid_twice
        self.approved_by_asker += other.approved_by_asker
        self.without_sentence += other.without_sentence


def a_round(cast: Cast, number: int) -> Told:
    """The three races, each about a customer of its own, on a day of its own, so that rounds do not share limits."""
    at = AT - timedelta(days=number)
    told = Told()
    for place, race_of in enumerate((_approvals, _payments, _splits)):
        race_of(cast, told, _cases(cast, number * 3 + place, at), at)
    return told


def _cases(cast, number: int, at: datetime) -> list[Complaint]:
    """Several cases of one order: what is given on one counts on all."""
    facts = {
        "customer": CustomerData(name="林晓云", phone=f"139{number:08}", account=f"tb_race_{number}"),
        "order": OrderData(number=f"88{number:08}", product_name="大衣", paid_amount=9000),
        "received_at": at,
    }
    cases = [register(a_registration(cast, **facts), by=cast.ana, at=at) for _place in range(CASES)]
    return [take_case(case.pk, by=cast.ana, at=at) for case in cases]


def _approvals(cast, told, cases, at) -> None:
    """Eight requests of 450 that one supervisor may approve; 1,000 a case and 2,000 for the customer: four fit."""
    waiting = [_waiting(cast, cases[place % CASES], "450.00", at) for place in range(PARALLEL // 2)]
    asker = copy(cast.ana)
    asker.is_superuser = True
    people = [cast.sven, cast.tara, cast.sven, asker]
    acts = [
        partial(approve_grant, grant.pk, by=by, at=at, seen_digest=grant.content_digest)
        for grant, by in ((waiting[place // 2], people[place % 4]) for place in range(PARALLEL))
    ]
    told.hear(race(*acts, patience=PATIENCE))
    rows = CompensationGrant.objects.filter(case__in=cases)
    limit = limits_in_force(at)["supervisor"]
    told.above_limit += _sum(rows.filter(state__in=GRANTED)) > limit.per_customer
    told.above_limit += sum(_sum(rows.filter(case=case, state__in=GRANTED)) > limit.per_case for case in cases)
    told.approved_by_asker += rows.filter(approved_by=cast.ana).count()


def _waiting(cast, case, amount, at) -> CompensationGrant:
    """Handed in as if nothing else waited, as it would be had each been asked for in another month."""
    grant = a_cash_draft(cast, case, amount, at=at, **LAW)
    grant.refresh_from_db()
    with signed(by=cast.ana, reason="grant.submitted", at=at):
        grant.submit(digest=digest_of(grant, grant.case, policies_in_force(at)), approvals_needed=1)
        grant.save()
    return grant


def _payments(cast, told, cases, at) -> None:
    """One grant; two payers, its asker and its approver each try four times, every time with another reference."""
    grant = an_approved_grant(cast, cases[0], "300.00", at=at)
    asker, approver = copy(cast.ana), copy(cast.tara)
    asker.is_superuser = approver.is_superuser = True
    people = [cast.olga, cast.petra, asker, approver]
    acts = [
        partial(
            pay_grant,
            grant.pk,
            by=people[place % 4],
            at=at,
            payment_key=grant.payment_key,
            reference=f"ZF{grant.pk}-{place}",
            file=a_receipt(),
        )
        for place in range(PARALLEL)
    ]
    told.hear(race(*acts, patience=PATIENCE))
    payments = CompensationGrant.history.filter(id=grant.pk, state=GrantState.PAID).count()
    told.paid_twice += payments != 1 or grant.case.evidence.count() != 1
    grant.refresh_from_db()
    told.approved_by_asker += grant.paid_by_id in (grant.asked_by_id, grant.approved_by_id)


def _splits(cast, told, cases, at) -> None:
    """784 yuan as sixteen times 49: within ana's own authority 200 for the customer and 100 a case, not a cent more."""
    drafts = [a_draft(cast, cases[place % CASES], amount="49.00", at=at) for place in range(PARALLEL)]
    told.hear(race(*(partial(submit_grant, draft.pk, by=cast.ana, at=at) for draft in drafts), patience=PATIENCE))
    rows = CompensationGrant.objects.filter(case__in=cases, own_authority=True)
    limit = limits_in_force(at)["staff"]
    told.above_limit += _sum(rows) > limit.per_customer
    told.above_limit += sum(_sum(rows.filter(case=case)) > limit.per_case for case in cases)


def _sum(rows) -> Decimal:
    return sum(rows.values_list("amount", flat=True), Decimal(0))
