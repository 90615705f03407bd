"""The landing page of policy editors: drafts on their way, and rows that a lawyer should look at."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from casemgmt.adminkit.counting import counts_of
from casemgmt.adminkit.frame import register_landing
from casemgmt.adminkit.landings import Count, Landing, Pile, PileRow
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import ClockCard, Link, StateChip
from casemgmt.people.groups import GroupName
from policies.actions.reviewing import due_for_review
from policies.models import PolicyRow, PolicyState, PolicySuggestion, SuggestionState

SHOWN = 6


def landing_of(request) -> Landing | None:
    """For policy editors alone."""
    if not request.user.groups.filter(name=GroupName.POLICY_EDITORS).exists():
        return None
    at = moment(request)
    rows = PolicyRow.objects.order_by("valid_from", "pk")
    heaps = {
        "drafts": rows.filter(state=PolicyState.DRAFTED),
        "tried": rows.filter(state=PolicyState.TRIED),
        "review": due_for_review(at.date()).order_by("review_on", "pk"),
        "coming": rows.filter(state=PolicyState.ACTIVE, valid_from__gt=at),
        "counsel": rows.filter(state=PolicyState.ACTIVE, check_with_counsel=True),
    }
    titles = {
        "drafts": _("Drafts to try"),
        "tried": _("Tried, to be activated by another person"),
        "review": _("To be reviewed"),
        "coming": _("Will hold soon"),
        "counsel": _("To be checked with counsel"),
    }
    queries = {
        "drafts": "?state__exact=drafted",
        "tried": "?state__exact=tried",
        "review": "?review=due",
        "coming": "?state__exact=active",
        "counsel": "?check_with_counsel__exact=1",
    }
    everything = reverse("admin:policies_policyrow_changelist")
    suggestions = PolicySuggestion.objects.filter(state=SuggestionState.OPEN).order_by("made_at", "pk")
    counts = counts_of(heaps | {"suggestions": suggestions})
    all_suggestions = reverse("admin:policies_policysuggestion_changelist") + "?state__exact=open"
    return Landing(
        title=_("My desk"),
        counts=(
            *(Count(titles[name], counts[name], everything + queries[name]) for name in heaps),
            Count(_("Suggestions"), counts["suggestions"], all_suggestions),
        ),
        piles=(
            *(
                Pile(
                    titles[name],
                    tuple(_row(row) for row in heaps[name][:SHOWN]),
                    counts[name],
                    Link(_("All of them"), everything + queries[name]),
                )
                for name in heaps
                if counts[name]
            ),
            *_suggested(suggestions, counts["suggestions"], all_suggestions),
        ),
        buttons=(Link(_("Policies"), everything, icon="policy"),),
        nothing_to_do="" if counts["drafts"] or counts["tried"] else _("No draft waits."),
    )


def _suggested(suggestions, count: int, url: str) -> Iterator[Pile]:
    """What supervisors suggest, the oldest first."""
    if not count:
        return
    rows = []
    for suggestion in suggestions.select_related("words", "made_by")[:SHOWN]:
        page = reverse("admin:policies_policysuggestion_change", args=[suggestion.pk])
        rows.append(
            PileRow(
                title=Truncator(str(suggestion.words)).chars(80),
                url=page,
                note=f"{suggestion.get_aim_display()} · {suggestion.made_by}",
                state=StateChip(suggestion.get_state_display()),
                deed=Link(_("Answer it"), page),
            )
        )
    yield Pile(_("Suggestions"), tuple(rows), count, Link(_("All of them"), url))


def _row(row: PolicyRow) -> PileRow:
    url = reverse("admin:policies_policyrow_change", args=[row.pk])
    is_coming = row.state != PolicyState.ACTIVE
    return PileRow(
        title=row.title,
        url=url,
        note=row.get_kind_display(),
        clock=ClockCard("", row.valid_from) if is_coming else None,
        state=StateChip(row.get_state_display()),
        deed=Link(_("Look at it"), url),
    )


register_landing(landing_of)
