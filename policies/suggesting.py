"""The door by which others propose a change of a policy; what becomes of it is the policy editors' to say."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.outbox import put
from casemgmt.people.groups import GroupName
from casemgmt.violations import Violation, demand
from policies.models import PolicyRow, PolicySaid, PolicyState, PolicySuggestion, SuggestionState

Aim = PolicySuggestion.Aim


def policies_to_choose(at: datetime) -> list[tuple[str, str]]:
    """Every policy in force as "kind:key" with its title, for whoever proposes; sorted by kind and title."""
    rows = PolicyRow.objects.filter(state=PolicyState.ACTIVE, valid_from__lte=at).order_by("kind", "key", "valid_from")
    newest = {(row.kind, row.key): row for row in rows.defer("body", "cases")}
    return [
        (f"{kind}:{key}", f"{row.get_kind_display()} · {row.title}")
        for (kind, key), row in newest.items()
        if not row.closing
    ]


@transaction.atomic
def suggest_change(
    policy: str,
    *,
    by,
    at: datetime,
    words: str,
    aim: str = Aim.CHANGE,
    case_id: int | None = None,
    case_number: str = "",
) -> PolicySuggestion:
    """Propose to change a policy, named "kind:key"; who may is the caller's to ask. A second call makes a second one.

    The policy editors are told.
    """
    kind, _colon, key = policy.partition(":")
    rows = PolicyRow.objects.filter(kind=kind, key=key, state=PolicyState.ACTIVE, valid_from__lte=at)
    newest = rows.order_by("-valid_from").first()
    demand(
        [] if newest else [Violation("suggestion.no_such_policy", field="policy")],
        [] if words.strip() else [Violation("suggestion.says_nothing", field="words")],
    )
    with signed(by=by, reason="suggestion.made", at=at):
        said = PolicySaid(said_by=by, said_at=at).speak(words)
        said.save()
        suggestion = PolicySuggestion.objects.create(
            kind=kind,
            key=key,
            aim=aim if aim in Aim.values else Aim.CHANGE,
            words=said,
            case_id=case_id,
            case_number=case_number,
            made_by=by,
            made_at=at,
        )
    _tell(_editors(), "notice.policy_suggested", suggestion, newest, at)
    return suggestion


@transaction.atomic
def take_up_suggestion(suggestion_id: int, *, by, at: datetime, draft_id: int) -> PolicySuggestion:
    """A draft of the same policy answers the suggestion; whoever made it is told. The second answer is refused."""
    suggestion = _open(suggestion_id)
    draft = PolicyRow.objects.get(pk=draft_id)
    if (draft.kind, draft.key) != (suggestion.kind, suggestion.key):
        demand([Violation("suggestion.not_its_policy", field="draft")])
    with signed(by=by, reason="suggestion.taken_up", at=at):
        suggestion.take_up(draft=draft, by=by, at=at)
        suggestion.save()
    _tell([suggestion.made_by], "notice.policy_suggestion_answered", suggestion, draft, at)
    return suggestion


@transaction.atomic
def decline_suggestion(suggestion_id: int, *, by, at: datetime, words: str) -> PolicySuggestion:
    """Not done, and why; whoever made it is told. The second answer is refused."""
    suggestion = _open(suggestion_id)
    demand([] if words.strip() else [Violation("suggestion.says_nothing", field="words")])
    with signed(by=by, reason="suggestion.declined", at=at):
        said = PolicySaid(said_by=by, said_at=at).speak(words)
        said.save()
        suggestion.decline(answer=said, by=by, at=at)
        suggestion.save()
    row = PolicyRow.objects.filter(kind=suggestion.kind, key=suggestion.key).order_by("-edition").first()
    _tell([suggestion.made_by], "notice.policy_suggestion_answered", suggestion, row, at)
    return suggestion


def _open(suggestion_id: int) -> PolicySuggestion:
    suggestion = PolicySuggestion.objects.select_for_update(of=("self",)).get(pk=suggestion_id)
    demand([] if suggestion.state == SuggestionState.OPEN else [Violation("suggestion.not_open")])
    return suggestion


def _editors() -> Iterable:
    return get_user_model().objects.filter(groups__name=GroupName.POLICY_EDITORS, is_active=True)


def _tell(people: Iterable, code: str, suggestion: PolicySuggestion, row: PolicyRow, at: datetime) -> None:
    for person in people:
        put(
            code,
            key=f"{code}:{suggestion.pk}:{person.pk}",
            to=person,
            at=at,
            subject=row,
            case_number=suggestion.case_number,
            params={"title_en": row.title_en, "title_zh": row.title_zh},
        )
