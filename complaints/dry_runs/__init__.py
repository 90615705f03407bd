"""What a draft of a policy would change in the cases: the same rules as for real decisions, asked with the draft."""

from complaints.dry_runs.cases import CASES
from complaints.dry_runs.categories import checklists_judged, demands_of_categories_judged
from complaints.dry_runs.citing import bars_judged, citations_judged, rules_of_the_shop_judged
from complaints.dry_runs.deadlines import clocks_moved, ladders_moved
from complaints.dry_runs.entitlements import amounts_moved
from complaints.dry_runs.filled_texts import texts_told
from complaints.dry_runs.money import authorities_moved, grants_judged
from complaints.dry_runs.next_calls import follow_ups_moved, next_tries_moved, plans_of_calls_judged
from complaints.dry_runs.outside import outside_moved
from complaints.dry_runs.periods import periods_moved
from complaints.dry_runs.refusals import refusals_judged
from complaints.dry_runs.remedies import plans_judged
from complaints.dry_runs.talks import calls_judged
from complaints.dry_runs.templates import texts_judged
from complaints.dry_runs.wordings import words_judged
from complaints.dry_runs.words import WORDS
from policies.dry_running import register_cases, register_replay, register_texts
from policies.words.codes import register_words

__all__ = ["register_all"]


def register_all() -> None:
    """Tell the policies what can be replayed here, by the kinds that decide it."""
    register_cases(CASES)
    register_words("dry_run", WORDS.items())
    register_replay(["clock", "calendar"], clocks_moved)
    register_replay(["escalation"], ladders_moved)
    register_replay(["limit"], authorities_moved)
    register_replay(["compensation_kind"], grants_judged)
    register_replay(["refusal_ground"], refusals_judged)
    register_replay(["calling_window"], calls_judged)
    register_replay(["phrase"], words_judged)
    register_replay(["entitlement"], amounts_moved)
    register_replay(["category"], demands_of_categories_judged)
    register_replay(["checklist"], checklists_judged)
    register_replay(["period"], periods_moved)
    register_replay(["follow_up"], follow_ups_moved)
    register_replay(["attempt_ladder"], next_tries_moved)
    register_replay(["call_plan"], plans_of_calls_judged)
    register_replay(["remedy"], plans_judged)
    register_replay(["legal_reference"], citations_judged)
    register_replay(["template"], texts_judged)
    register_texts("template", texts_told)
    register_replay(["refusal_bar", "entitlement"], bars_judged)
    register_replay(["company_rule"], rules_of_the_shop_judged)
    register_replay(["outside"], outside_moved)
