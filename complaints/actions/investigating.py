"""Finding out what happened: both sides' accounts, our finding, the verified verdict."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.lapsing import lapse_changed_grants
from complaints.actions.moving import violations_in_move
from complaints.actions.requesting_evidence import evidence_facts
from complaints.actions.stating import state_words
from complaints.actions.ticking import violations_in_checklists
from complaints.actions.timing import refit_clocks
from complaints.models import Account, Assessment, Complaint, Finding
from complaints.roles import demand_right
from complaints.rules import establishing
from complaints.rules.paperwork import violations_in_required_words, violations_in_writing
from complaints.vocabulary import (
    DamageCause,
    ResponsibleParty,
    Side,
    StatementKind,
    UnreasonableCause,
    UnreasonableDefinition,
    UnreasonableType,
    Verdict,
)
from policies.lookup import categories_in_force


@transaction.atomic
def record_account(
    case_id: int, *, by, at: datetime, words: str, side: str = Side.CUSTOMER, given_at: datetime | None = None
) -> Account:
    """What one side says happened, as it was said (S-INT-07, S-INV-08). Another account is another row."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        violations_in_required_words(words, code="account.words_missing", field="words"),
        violations_in_side(side),
        _violations_in_future(given_at, at),
    )
    with signed(by=by, reason="account.recorded", at=at):
        statement = state_words(case, StatementKind.ACCOUNT, words, by=by, at=at, side=Side(side))
        return Account.objects.create(case=case, side=side, statement=statement, taken_by=by, given_at=given_at or at)


def violations_in_side(side: str, *, field: str = "side"):
    """Customer, company or third party."""
    if side not in Side.values:
        yield Violation("account.side_unknown", field=field)


def _violations_in_future(given_at, at):
    if given_at is not None and given_at > at:
        yield Violation("account.given_in_future", field="given_at")


@transaction.atomic
def record_finding(
    case_id: int,
    *,
    by,
    at: datetime,
    words: str,
    responsible_party: str = "",
    root_cause: str = "",
    undetermined_because: str = "",
    damage_cause: str = "",
    matches_account: bool | None = None,
    return_reasonable: bool | None = None,
) -> Finding:
    """What our own investigation found. The newest finding counts; the older ones stay.

    It may come piece by piece: *establish* asks for the root cause and the responsible party. Money that names
    another party at fault is a draft again.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    party = responsible_party if responsible_party in ResponsibleParty.values else ""
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        violations_in_required_words(words, code="finding.words_missing", field="words"),
        establishing.violations_in_finding(responsible_party=party, undetermined_because=undetermined_because or ""),
    )
    with signed(by=by, reason="finding.recorded", at=at):
        finding = Finding.objects.create(
            case=case,
            statement=state_words(case, StatementKind.FINDING, words, by=by, at=at),
            root_cause=state_words(case, StatementKind.ROOT_CAUSE, root_cause, by=by, at=at),
            responsible_party=party,
            undetermined_because=state_words(case, StatementKind.REASON, undetermined_because, by=by, at=at),
            damage_cause=damage_cause if damage_cause in DamageCause.values else "",
            matches_account=matches_account,
            return_reasonable=return_reasonable,
            found_by=by,
            found_at=at,
        )
    lapse_changed_grants(case, by=by, at=at)
    return finding


def newest_finding(case: Complaint) -> Finding | None:
    """The finding that counts; asks no query where the findings were read before."""
    return max(case.findings.all(), key=lambda found: (found.found_at, found.pk), default=None)


def verified_assessment(case: Complaint) -> Assessment | None:
    """The verified assessment that counts; asks no query where the assessments were read before."""
    verified = [found for found in case.assessments.all() if found.stage == Assessment.Stage.VERIFIED]
    return max(verified, key=lambda found: (found.judged_at, found.pk), default=None)


def known_facts(case: Complaint) -> frozenset[str]:
    """Which of the facts that categories may ask for are known."""
    finding = newest_finding(case)
    order = case.order
    known = {
        "order": order is not None,
        "product": case.product_id is not None or (order is not None and order.product_id is not None),
        "damage_cause": finding is not None and bool(finding.damage_cause),
        "return_branch": bool(case.return_branch),
        "signed_by": order is not None and bool(order.signed_by),
        "subject": case.subjects.filter(lifted_at__isnull=True).exists(),
        "occurred_at": case.occurred_at is not None,
    }
    return frozenset(fact for fact, is_known in known.items() if is_known)


def why_not_establish(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What keeps the facts from being established, whatever the verdict."""
    impossible = list(violations_in_move(case, "establish"))
    return impossible or [*_violations_in_paperwork(case, at), *violations_in_checklists(case, "establish", at=at)]


def _violations_in_paperwork(case, at):
    finding = newest_finding(case)
    yield from establishing.violations_in_establishing(
        establishing.EstablishingFacts(
            customer_account=case.accounts.filter(side=Side.CUSTOMER).exists()
            or case.statements.filter(kind=StatementKind.CONTENT).exists(),
            finding=None
            if finding is None
            else establishing.FindingFacts(
                responsible_party=finding.responsible_party,
                says_why_undetermined=finding.undetermined_because_id is not None,
                has_root_cause=finding.root_cause_id is not None,
            ),
        )
    )
    category = categories_in_force(case.registered_at).get(case.category)
    if category is not None:
        yield from establishing.violations_in_known_facts(category.required_facts, known_facts(case))
        facts = evidence_facts(case, category, at=at)
        yield from establishing.violations_in_evidence(facts, code="establish.evidence_missing")


@transaction.atomic
def establish(
    case_id: int,
    *,
    by,
    at: datetime,
    verdict: str,
    category: str = "",
    basis: str = "",
    unreasonable_type: str = "",
    unreasonable_definition: str = "",
    unreasonable_cause: str = "",
) -> Complaint:
    """The facts stand: the verified verdict, which may reverse the first judgement either way (S-TRI-03).

    For whoever handles the case. It rests on the newest finding and says so. `category`, when the facts put the
    case into another one; its evidence and facts count then, and clocks are fitted. After *reinvestigate* a new
    verdict is a new row.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(violations_in_move(case, "establish"))
    kind = unreasonable_type if unreasonable_type in UnreasonableType.values else ""
    case.category = category or case.category
    demand(
        why_not_establish(case, by=by, at=at),
        _violations_in_category(case),
        establishing.violations_in_verdict(
            verdict=verdict if verdict in Verdict.values else "", unreasonable_type=kind
        ),
    )
    with signed(by=by, reason="case.established", at=at):
        assessment = Assessment.objects.create(
            case=case,
            stage=Assessment.Stage.VERIFIED,
            verdict=verdict,
            finding=newest_finding(case),
            unreasonable_type=kind,
            unreasonable_definition=(
                unreasonable_definition if unreasonable_definition in UnreasonableDefinition.values else ""
            ),
            unreasonable_cause=unreasonable_cause if unreasonable_cause in UnreasonableCause.values else "",
            basis=state_words(case, StatementKind.BASIS, basis, by=by, at=at),
            judged_by=by,
            judged_at=at,
        )
        case.establish(assessment=assessment)
        refit_clocks(case, at=at)
        case.save()
    return case


def _violations_in_category(case):
    if case.category not in categories_in_force(case.registered_at):
        yield Violation("judge.category_unknown", field="category")


def why_not_reinvestigate(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Only the state; what is new is typed."""
    return list(violations_in_move(case, "reinvestigate"))


@transaction.atomic
def reinvestigate(case_id: int, *, by, at: datetime, news: str) -> Complaint:
    """Something new turned up, and the facts are looked into again (S-TRI-03)."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(violations_in_move(case, "reinvestigate"))
    demand(violations_in_required_words(news, code="reinvestigate.news_missing", field="news"))
    with signed(by=by, reason="case.reinvestigated", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, news, by=by, at=at)
        case.reinvestigate()
        case.save()
    return case
