"""A template as it reads and would read in a case, for one reader: filled as far as they may see the case."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from complaints.actions.wording import findings_in, told_of
from complaints.dry_runs.templates import channel_of, reading_of, text_for, with_what_texts_need
from complaints.models import Complaint
from complaints.roles import cases_visible_to, day_of
from complaints.template_values import names
from policies.dry_running import FoundWords, ToldText
from policies.rules.filling import filled
from policies.values import Template


def texts_told(
    rows: Sequence[Template | None], case_ids: Sequence[int], *, viewer, at: datetime, seen_at: datetime
) -> Mapping[int, ToldText]:
    """The text of the template before and after in each of the cases, filled as it was at `at`, the run's moment.

    Who may not see a case at `seen_at` reads the template's own words, with what the case fills in named in brackets
    instead of shown, and hears what the wording check says to those words alone.
    """
    visible = set(
        cases_visible_to(viewer, on=day_of(seen_at)).filter(pk__in=list(case_ids)).values_list("pk", flat=True)
    )
    cases = with_what_texts_need(Complaint.objects.filter(pk__in=list(case_ids)))
    return {case.pk: _told(rows, case, at, is_seen=case.pk in visible) for case in cases}


def _told(rows, case: Complaint, at: datetime, *, is_seen: bool) -> ToldText:
    if is_seen:
        before, after = (reading_of(row, case, at).words for row in rows)
    else:
        named = {name: f"[{words}]" for name, words in names().items()}
        before, after = (filled(text_for(row, case), named, {}) for row in rows)
    found = findings_in(case, after, at=at, channel=channel_of(rows[1], case))
    return ToldText(before, after, is_seen, tuple(FoundWords(one.severity, **told_of(one)) for one in found))
