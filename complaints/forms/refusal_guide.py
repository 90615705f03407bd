"""What the guided page of a refusal shows beside its fields: how far each step is, what lacks, and what there is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from casemgmt.adminkit.acting import Reason, in_words
from complaints.actions.assigning import subjects_of
from complaints.actions.investigating import verified_assessment
from complaints.actions.proposing_refusals import WeighedProposal
from complaints.actions.superiors import Superiors
from complaints.actions.weighing_refusals import forbidden_by, pretexts, said
from complaints.models import Assessment, Complaint, Evidence, LadderRecord
from complaints.places import language_of, region_of
from complaints.rules.refusing import LADDER, Forbidden
from complaints.states import EvidenceRequestState, EvidenceState
from complaints.vocabulary import EvidenceType, LadderStep, StatementKind
from policies.lookup import PoliciesInForce, legal_references_in_force, outside_bodies_in_force
from policies.rules.refusal_bars import bars_to
from policies.values import RefusalGround

LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step beside the page: "here", "done", "lacks" (with how many things) or "open"."""

    code: str
    number: int
    label: str | Promise
    hint: str | Promise
    standing: str
    lacks: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its name, what it needs or says, and why it cannot be chosen."""

    value: str
    label: str
    note: str = ""
    words: str = ""
    is_chosen: bool = False
    forbidden: Forbidden | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A kind of evidence that carries the ground: how it stands, and where it is mended."""

    label: str
    note: str
    is_here: bool = False
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder of non-acceptance: when it was walked, what came of it, by whom."""

    label: str
    walked: LadderRecord | None


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything beside the fields."""

    steps: tuple[StepShown, ...]
    step: StepShown
    next_step: StepShown | None
    previous: StepShown | None
    reasons: tuple[tuple[str, Reason], ...]
    verdict: Assessment | None
    ladder: tuple[Rung, ...]
    grounds: tuple[Choice, ...]
    pretexts: tuple[Choice, ...]
    proofs: tuple[Proof, ...]
    rules: tuple[Choice, ...]
    laws: tuple[Choice, ...]
    other_laws: tuple[Choice, ...]
    deciders: tuple[str, ...]
    title: str = ""


def refuse_url(case_id: int, step: str = "") -> str:
    """The guided page of a refusal, at a step."""
    url = reverse("admin:complaints_complaint_refuse", args=[case_id])
    return f"{url}?step={step}" if step else url


def deed_url(case: Complaint, name: str, **more: str) -> str:
    """A dialog of the case that comes back to the guided page."""
    url = reverse("admin:complaints_complaint_do", args=[case.pk, name])
    return "&".join([f"{url}?back=refuse", *(f"{key}={value}" for key, value in more.items())])


def reasons_in_words(case: Complaint, weighed: WeighedProposal, step_of) -> tuple[tuple[str, Reason], ...]:
    """Everything that stands against handing it in, with the step it belongs to and the way to mend it."""
    found = []
    for violation in weighed.violations:
        step = step_of(violation.field, violation.code)

        def mend(mend_at: str, step=step, violation=violation) -> str:
            if mend_at.startswith("field:") or not mend_at:
                return refuse_url(case.pk, step) + (f"#id_{violation.field}" if violation.field else "")
            return deed_url(case, mend_at) if mend_at in DEEDS else refuse_url(case.pk, step)

        found.append((step, in_words(violation, mend)))
    return tuple(found)


DEEDS = frozenset(
    {"walk-ladder", "state-facts", "ask-for-evidence", "draft-plan", "reinvestigate", "tick-checklist", "add-evidence"}
)
"""Deeds of the case that mend a reason without leaving the page."""


def guide_of(
    case: Complaint, typed: Mapping, weighed: WeighedProposal, *, step: str, steps, step_of, person, at: datetime
) -> Guide:
    """Beside the fields, from what was typed so far; a handful of queries, whatever was typed."""
    policies = weighed.policies
    reasons = reasons_in_words(case, weighed, step_of)
    lacks = {code: sum(of == code for of, _reason in reasons) for code in (one.code for one in steps)}
    shown = tuple(
        StepShown(
            one.code, number, one.label, one.hint, _standing(one, step, lacks[one.code], reasons), lacks[one.code]
        )
        for number, one in enumerate(steps, start=1)
    )
    here = next(number for number, one in enumerate(shown) if one.code == step)
    chosen = str(typed.get("ground", ""))
    ground = policies.refusal_grounds.get(chosen)
    laws = legal_references_in_force(at, region=region_of(case))
    cited = ground.law if ground else ()
    law_choices = [
        Choice(code, said(law.label), law.article, said(law.figure), typed.get("legal_reference") == code)
        for code, law in laws.items()
        if law.in_force
    ]
    named = [choice for choice in law_choices if choice.value in cited or choice.is_chosen]
    passed_over = subjects_of(case) | {person.pk, case.handler_id}
    return Guide(
        steps=shown,
        step=shown[here],
        next_step=shown[here + 1] if here + 1 < len(shown) else None,
        previous=shown[here - 1] if here else None,
        reasons=reasons,
        verdict=verified_assessment(case),
        ladder=_ladder(case),
        grounds=tuple(_grounds(case, policies, weighed, chosen)),
        pretexts=tuple(
            Choice(bar.code, said(bar.label), is_chosen=bar.code == chosen, forbidden=forbidden_by(bar, policies))
            for bar in pretexts(policies)
        ),
        proofs=tuple(_proofs(case, ground)) if ground else (),
        rules=tuple(
            Choice(code, said(rule.label), rule.number, said(rule.text), typed.get("company_rule") == code)
            for code, rule in policies.company_rules.items()
        ),
        laws=tuple(named),
        other_laws=tuple(choice for choice in law_choices if choice not in named),
        deciders=tuple(found.name for found in Superiors(at).told(case.team_id, None, frozenset(passed_over - {None}))),
        title=_title(case),
    )


def _title(case: Complaint) -> str:
    content = case.statements.filter(kind=StatementKind.CONTENT).order_by("pk").values_list("words", flat=True).first()
    return Truncator(" ".join((content or "").split())).chars(LONGEST_TITLE)


def _standing(one, step: str, lacks: int, reasons) -> str:
    if one.code == step:
        return "here"
    if one.code == "summary":
        return "locked" if reasons else "open"
    return "lacks" if lacks else "done"


def _ladder(case: Complaint) -> tuple[Rung, ...]:
    walked = {row.step: row for row in case.ladder.select_related("words", "walked_by").order_by("walked_at", "pk")}
    labels = dict(LadderStep.choices)
    return tuple(Rung(str(labels[step]), walked.get(step)) for step in LADDER)


def _grounds(case: Complaint, policies: PoliciesInForce, weighed: WeighedProposal, chosen: str) -> Iterable[Choice]:
    types = dict(EvidenceType.choices)
    for code, ground in policies.refusal_grounds.items():
        bars = bars_to(code, policies.refusal_bars.values(), policies.entitlements, weighed.facts).holding
        needs = [str(types.get(kind, kind)) for kind in ground.needs_evidence]
        note = _("Needs one of: %(types)s, verified.") % {"types": _(", ").join(needs)} if needs else ""
        if ground.needs_evidence_request:
            note = _("Needs that evidence was asked of the customer with a date, and did not come.")
        barred = forbidden_by(bars[0], policies) if bars else None
        yield Choice(code, said(ground.label), note, said(ground.company_policy), code == chosen, barred)


def _proofs(case: Complaint, ground: RefusalGround) -> Iterable[Proof]:
    labels = dict(EvidenceType.choices)
    states: dict[str, set] = {}
    for kind, state in (
        Evidence.objects.for_case(case).exclude(state=EvidenceState.EXCLUDED).values_list("evidence_type", "state")
    ):
        states.setdefault(kind, set()).add(state)
    requests = case.evidence_requests.order_by("asked_at", "pk")
    asked = {request.evidence_type: request for request in requests}
    here = case_url_of(case) + "#evidence"
    for kind in ground.needs_evidence:
        links = (
            (_("Add it"), deed_url(case, "add-evidence", evidence_type=kind)),
            (_("Ask for it"), deed_url(case, "ask-for-evidence", evidence_type=kind)),
        )
        if EvidenceState.VERIFIED in states.get(kind, ()):
            yield Proof(str(labels.get(kind, kind)), _("verified"), is_here=True)
        elif states.get(kind):
            yield Proof(str(labels.get(kind, kind)), _("here, not verified yet"), links=((_("Verify it"), here),))
        elif kind in asked and asked[kind].state == EvidenceRequestState.ASKED:
            yield Proof(str(labels.get(kind, kind)), _("asked for, not here yet"), links=links[:1])
        else:
            yield Proof(str(labels.get(kind, kind)), _("not here"), links=links)
    if ground.needs_evidence_request:
        for request in asked.values():
            is_over = request.state == EvidenceRequestState.NOT_ANSWERED
            yield Proof(
                f"{request.get_evidence_type_display()} · {request.get_state_display()}",
                _("asked for; the date is over") if is_over else _("asked for, not here yet"),
                is_here=is_over,
            )
        if not asked:
            links = ((_("Ask for it"), deed_url(case, "ask-for-evidence")),)
            yield Proof(_("Evidence asked of the customer"), _("never asked for"), links=links)


def case_url_of(case: Complaint) -> str:
    """The page of the case."""
    return reverse("admin:complaints_complaint_change", args=[case.pk])


def routes_in_words(case: Complaint, at: datetime) -> str:
    """The ways that are named to customers of this shop, with their numbers and pages, in the customer's language."""
    language = language_of(case.customer)
    lines = []
    for body in outside_bodies_in_force(at, region=region_of(case)).values():
        if body.advised:
            reached = " ".join(filter(None, (body.phone, body.site)))
            lines.append(f"{len(lines) + 1}. {body.label.in_language(language)} {reached}".rstrip())
    return "\n".join(lines)
