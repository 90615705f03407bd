"""What changed in a request since it was handed in last and came back, in words; nothing for a first request."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from casemgmt.money import amount_shown
from complaints.models import CompensationGrant, RefusalProposal, Review
from complaints.policy_words import in_policy_words
from complaints.states import GrantState, RefusalState
from policies.lookup import PoliciesInForce

GRANT_FIELDS = ("amount", "kind", "purpose", "fault", "legal_reference", "goodwill", "basis_id", "payee_id")
REFUSAL_CODES = ("ground", "company_rule", "legal_reference")
REFUSAL_WORDS = (
    "understood",
    "impact_on_customer",
    "impact_on_opinion",
    "impact_in_law",
    "relationship",
    "company_policy",
    "explanation",
    "alternatives",
    "routes",
)


def grants_before(keys: Iterable[int]) -> dict[int, Mapping]:
    """Of each grant what was handed in before it came back; one statement, nothing for a first request."""
    versions = CompensationGrant.history.filter(id__in=list(keys)).order_by("id", "history_id")
    runs: dict[int, list] = defaultdict(list)
    state_before: dict[int, str] = {}
    for version in versions.values("id", "state", *GRANT_FIELDS):
        if version["state"] == GrantState.AWAITING_APPROVAL and state_before.get(version["id"]) != version["state"]:
            runs[version["id"]].append(version)
        state_before[version["id"]] = version["state"]
    return {pk: found[-2] for pk, found in runs.items() if len(found) > 1}


def changes_in_grant(row: CompensationGrant, before: Mapping | None, policies: PoliciesInForce) -> tuple[str, ...]:
    """Each field that differs, old and new; that it was handed in before, where none does."""
    if before is None:
        return ()
    found = []
    if before["amount"] != row.amount:
        amounts = {"old": amount_shown(before["amount"]), "new": amount_shown(row.amount)}
        found.append(_("was %(old)s, is %(new)s") % amounts)
    for name in ("kind", "purpose", "fault", "legal_reference"):
        if before[name] != getattr(row, name):
            found.append(_change(row, name, before[name], getattr(row, name), policies))
    if before["goodwill"] != row.goodwill:
        found.append(_("now as goodwill") if row.goodwill else _("no longer as goodwill"))
    if before["basis_id"] != row.basis_id:
        found.append(_("the reasons were written anew"))
    if before["payee_id"] != row.payee_id:
        found.append(_("another payee"))
    return tuple(found) or (_("handed in again, the amount unchanged"),)


def refusals_before(rows: Iterable[RefusalProposal]) -> dict[int, RefusalProposal]:
    """Of each case the proposal that was sent back last; two statements."""
    earlier = RefusalProposal.objects.filter(case__in=[row.case_id for row in rows], state=RefusalState.SENT_BACK)
    earlier = earlier.select_related("remark", *REFUSAL_WORDS).prefetch_related("evidence_links").order_by("pk")
    return {row.case_id: row for row in earlier}


def changes_in_refusal(
    row: RefusalProposal, before: RefusalProposal | None, policies: PoliciesInForce
) -> tuple[str, ...]:
    """Why it came back, and each part that differs from then: codes old and new, texts by name, evidence by number."""
    if before is None:
        return ()
    found = [_("sent back before: %(why)s") % {"why": before.remark}]
    for name in REFUSAL_CODES:
        old, new = getattr(before, name), getattr(row, name)
        if old != new:
            found.append(_change(row, name, old, new, policies))
    written = [
        str(RefusalProposal._meta.get_field(name).verbose_name)
        for name in REFUSAL_WORDS
        if _words(before, name) != _words(row, name)
    ]
    if written:
        found.append(_("written anew: %(parts)s") % {"parts": _(", ").join(written)})
    was = {link.evidence_id for link in before.evidence_links.all()}
    now = {link.evidence_id for link in row.evidence_links.all()}
    if now - was:
        found.append(_("evidence added: %(n)s") % {"n": len(now - was)})
    if was - now:
        found.append(_("evidence left out: %(n)s") % {"n": len(was - now)})
    return tuple(found)


def with_refusals_before(rows: QuerySet, **same: str) -> QuerySet:
    """The rows with `refused_because`: why the last one like it was refused; `same` says what makes it alike."""
    alike = rows.model.objects.filter(state="rejected", **{name: OuterRef(of) for name, of in same.items()})
    return rows.annotate(refused_because=Subquery(alike.order_by("-pk").values("remark__words")[:1]))


def refused_before(row) -> str:
    """That the same was asked for and refused, and why; "" when it never was."""
    why = row.refused_because
    return _("refused before: %(why)s") % {"why": why} if why else ""


def sent_back(why: str | None) -> tuple[str, ...]:
    """That it was asked for before and came back, and why; nothing when it never did."""
    return (_("sent back before: %(why)s") % {"why": why},) if why else ()


def with_answers_before(rows: QuerySet[Review]) -> QuerySet[Review]:
    """The rows with `sent_back_because`: why an earlier answer to the same review came back."""
    earlier = Review.history.filter(id=OuterRef("pk"), history_change_reason="review.answer_sent_back")
    return rows.annotate(sent_back_because=Subquery(earlier.order_by("-history_id").values("remark__words")[:1]))


def with_decided_before(rows: QuerySet, *parts: str) -> QuerySet:
    """Rows of incidents with state, remark and parts of the one that was decided last, each as `…_before`."""
    decided = rows.model.objects.filter(
        incident=OuterRef("incident"), number__lt=OuterRef("number"), decided_by__isnull=False
    ).order_by("-number")
    return rows.annotate(
        state_before=Subquery(decided.values("state")[:1]),
        remark_before=Subquery(decided.values("remark__words")[:1]),
        **{f"{part}_before": Subquery(decided.values(f"{part}__words")[:1]) for part in parts},
    )


def changes_of_an_incident(row, *parts: str) -> tuple[str, ...]:
    """Why the one before came back, and which parts were written anew since."""
    if row.state_before != "sent_back":
        return ()
    names = [
        str(row._meta.get_field(part).verbose_name)
        for part in parts
        if (getattr(row, f"{part}_before") or "") != _words(row, part)
    ]
    anew = (_("written anew: %(parts)s") % {"parts": _(", ").join(names)},) if names else ()
    return (*sent_back(row.remark_before), *anew)


def _words(row: RefusalProposal, name: str) -> str:
    said = getattr(row, name)
    return (said.words or "").strip() if said else ""


def _change(row, name: str, old: str, new: str, policies: PoliciesInForce) -> str:
    field = row._meta.get_field(name)
    told = {
        "what": field.verbose_name,
        "old": _told(field, old, policies) or "—",
        "new": _told(field, new, policies) or "—",
    }
    return _("%(what)s: was %(old)s, is %(new)s") % told


def _told(field, value: str, policies: PoliciesInForce) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(in_policy_words(field, value, policies)) if value else ""
