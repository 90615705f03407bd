"""The external ladder of one case as plain values: rungs with their bodies, routes, letters, counsel, reviews."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import ClockCard, Fact, Link, Piece, StateChip
from casemgmt.adminkit.templatetags.desk import instant
from complaints.admin import buttons
from complaints.admin.base import case_url, holds, links_for
from complaints.admin.drawing import clocks_of
from complaints.models import Complaint
from complaints.models.reviews import WITHOUT_ANSWER
from complaints.places import region_of
from complaints.states import CommitmentState
from complaints.vocabulary import RouteKind
from policies.lookup import PoliciesInForce
from policies.rules.regions import holding_in
from policies.values import OutsideBody


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body that one may turn to on a rung: by which number or page, by when it is answered, what it needs."""

    name: str
    ways: str
    page: str
    answers: str
    needs: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder. `mark` is "met" when it was walked, "soon" while it is walked, else ""."""

    number: int
    label: str
    mark: str
    note: str
    bodies: tuple[BodyLine, ...]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter of a route, with what was enclosed."""

    title: str
    words: str
    note: str
    is_ours: bool
    enclosures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteCard:
    """A route that was walked: where it stands, its dates and clocks, letters, promises, and what can be done."""

    key: int
    title: str
    state: StateChip
    is_running: bool
    account: str
    facts: tuple[Fact, ...]
    decision: str
    clocks: tuple[ClockCard, ...]
    letters: tuple[LetterLine, ...]
    promises: tuple[Piece, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CounselCard:
    """Counsel, instructions, and what they said."""

    who: str
    note: str
    instructions: str
    words: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A public review, our answer, and what the platform and the customer made of it."""

    key: int
    title: str
    state: StateChip
    link: str
    words: str
    facts: tuple[Fact, ...]
    answer: str
    enclosures: tuple[str, ...]
    links: tuple[Link, ...]


def _language() -> str:
    return get_language() or "zh-hans"


def rungs_of(case: Complaint, policies: PoliciesInForce) -> tuple[Rung, ...]:
    """The ladder as the policies know it for the region of the shop; our own talks are the first rung (S-TPR-02)."""
    language = _language()
    outside = policies.outsides.get("default")
    bodies = holding_in(policies.outside_bodies, region_of(case)).values()
    walked: dict[str, list] = {}
    for route in case.routes.all():
        walked.setdefault(route.kind, []).append(route)
    rungs = [Rung(1, _("talks with us"), "met", _("always first; a route outside follows talks that failed"), ())]
    for number, kind in enumerate(outside.ladder if outside else RouteKind.values, 2):
        routes = walked.get(kind, [])
        runs = any(route.is_pending for route in routes)
        note = "; ".join(f"{route.body_name}: {route.get_state_display()}" for route in routes)
        lines = tuple(_body_line(body, policies, language) for body in bodies if body.route == kind)
        rungs.append(Rung(number, str(RouteKind(kind).label), "soon" if runs else "met" if routes else "", note, lines))
    return tuple(rungs)


def _body_line(body: OutsideBody, policies: PoliciesInForce, language: str) -> BodyLine:
    laws = [policies.legal_references[code] for code in body.law if code in policies.legal_references]
    page = body.site if body.site.startswith("https://") else ""
    return BodyLine(
        body.label.in_language(language),
        " · ".join(filter(None, (body.phone, "" if page else body.site))),
        page,
        body.answers.in_language(language),
        tuple(need.in_language(language) for need in body.needs),
        tuple(f"{law.label.in_language(language)} [{law.mark}]" for law in laws),
    )


def routes_of(request, case: Complaint, at: datetime) -> tuple[RouteCard, ...]:
    """The routes of the case, the newest first; six queries, whatever their number."""
    rows = case.routes.select_related("account", "decision", "clause", "represented", "recorded_by")
    rows = rows.prefetch_related("letters__words", "letters__recorded_by", "letters__enclosures__evidence__file_name")
    rows = rows.prefetch_related("clocks", "commitments__what", "commitments__owner").order_by("-filed_at", "-pk")
    return tuple(_route_card(request, case, _on(route, case), at) for route in rows)


def _on(row, case: Complaint):
    """The row with the case that is here already, so that no rule asks for it again."""
    row.case = case
    return row


def _route_card(request, case, route, at) -> RouteCard:
    facts = [
        Fact(_("Filed at"), instant(route.filed_at, at)),
        Fact(_("Reference number"), route.reference_number),
        Fact(_("Hearing"), instant(route.hearing_at, at) if route.hearing_at else ""),
        Fact(_("Our answer is due"), instant(route.answer_due_at, at) if route.answer_due_at else ""),
        Fact(pgettext("route", "Answered"), instant(route.answered_at, at) if route.answered_at else ""),
        Fact(_("Acts for the customer"), str(route.represented or "")),
        Fact(_("Basis"), route.get_arbitration_basis_display() if route.arbitration_basis else ""),
        Fact(_("Clause"), str(route.clause or "")),
        Fact(_("Penalty points"), str(route.penalty_points or "")),
        Fact(pgettext("route", "Decided at"), instant(route.decided_at, at) if route.decided_at else ""),
        Fact(_("Ended at"), instant(route.ended_at, at) if route.ended_at else ""),
    ]
    return RouteCard(
        route.pk,
        f"{route.get_kind_display()} · {route.body_name}",
        StateChip(route.get_state_display()),
        route.is_pending,
        str(route.account),
        tuple(fact for fact in facts if fact.value),
        str(route.decision or ""),
        clocks_of(sorted(route.clocks.all(), key=lambda clock: clock.due_at), at, why_of),
        tuple(_letter_line(letter, at) for letter in route.letters.all()),
        tuple(_promise(row, at) for row in route.commitments.all()),
        links_for(request, route, buttons.ROUTE, case, at),
    )


def why_of(clock) -> Link:
    """The way to the arithmetic of a clock."""
    return Link(_("Why this time"), reverse("admin:complaints_complaint_why", args=[clock.case_id, clock.pk]))


def _letter_line(letter, at) -> LetterLine:
    title = _("Our answer") if letter.is_answer else str(letter.get_direction_display())
    return LetterLine(
        title,
        str(letter.words),
        f"{instant(letter.occurred_at, at)} · {letter.recorded_by.name}",
        letter.direction == "sent",
        tuple(str(piece.evidence.file_name) for piece in letter.enclosures.all()),
    )


def _promise(row, at) -> Piece:
    note = _("%(state)s, until %(due)s, %(who)s") % {
        "state": row.get_state_display(), "due": instant(row.due_at, at), "who": row.owner.name,
    }  # fmt: skip
    return Piece(
        str(row.what), note, case_url(row.case_id, "promises"), "handshake", row.state == CommitmentState.RELEASED
    )


def counsel_of(request, case: Complaint, at: datetime) -> tuple[CounselCard, ...] | None:
    """Counsel and their words for who may read them; None for anybody else."""
    if not holds(request, "counsel.read", case, at):
        return None
    rows = case.counsel.select_related("who", "instructions", "engaged_by", "route").prefetch_related(
        "words__words", "words__recorded_by"
    )
    return tuple(_counsel_card(request, case, _on(row, case), at) for row in rows)


def _counsel_card(request, case, row, at) -> CounselCard:
    told = [_("engaged by %(name)s, %(at)s") % {"name": row.engaged_by.name, "at": instant(row.engaged_at, at)}]
    if row.route:
        told.append(row.route.body_name)
    if row.ended_at:
        told.append(_("ended %(at)s") % {"at": instant(row.ended_at, at)})
    words = ((f"{instant(said.said_at, at)} · {said.recorded_by.name}", str(said.words)) for said in row.words.all())
    links = links_for(request, row, buttons.COUNSEL, case, at)
    return CounselCard(str(row.who), " · ".join(told), str(row.instructions), tuple(words), links)


def reviews_of(request, case: Complaint, at: datetime) -> tuple[ReviewCard, ...]:
    """The public reviews of the case, the newest first."""
    rows = case.reviews.select_related(
        "words", "answer", "answered_by", "decided_by", "remark", "removal_words", "platform_says", "improved_words",
        "found_by",
    ).prefetch_related("supports__evidence__file_name")  # fmt: skip
    return tuple(_review_card(request, case, _on(row, case), at) for row in rows)


def _review_card(request, case, row, at) -> ReviewCard:
    waits = row.state in WITHOUT_ANSWER
    people = [person.name for person in (row.answered_by, row.decided_by) if person is not None and row.answered_at]
    asked = f"{row.get_removal_ground_display()} · {row.removal_words}" if row.removal_words else ""
    facts = [
        Fact(_("Written at"), instant(row.written_at, at)),
        Fact(_("Discovered"), f"{instant(row.found_at, at)} · {row.found_by.name}"),
        Fact(_("Answer due"), instant(row.answer_due_at, at) if waits else ""),
        Fact(_("Answered by"), " · ".join(people)),
        Fact(_("Sent back"), str(row.remark or "")),
        Fact(_("Removal asked for"), asked),
        Fact(_("The platform"), str(row.platform_says or "")),
        Fact(_("Improved to"), _("%(stars)s of 5") % {"stars": row.improved_stars} if row.improved_stars else ""),
        Fact(_("Says now"), str(row.improved_words or "")),
    ]
    return ReviewCard(
        row.pk,
        f"{row.get_platform_display()} · " + _("%(stars)s of 5") % {"stars": row.stars},
        StateChip(row.get_state_display()),
        row.link,
        str(row.words),
        tuple(fact for fact in facts if fact.value),
        str(row.answer or ""),
        tuple(str(piece.evidence.file_name) for piece in row.supports.all()),
        links_for(request, row, buttons.REVIEW, case, at),
    )
