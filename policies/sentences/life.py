"""What is said about the life of a policy: drafts, own cases, dry runs, reviews and suggestions."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

REASONS = {
    "policy.own_case_failed": Sentence(
        _("A case fails: %(says)s (expected %(expected)s, found %(found)s)."),
        _("Correct the draft, or the case if the change is meant."),
    ),
    "policy.case_broken": Sentence(_("%(place)s: the case “%(says)s” cannot be asked: %(fault)s.")),
    "policy.dry_run_missing": Sentence(
        _("No dry run of this draft is finished: nobody knows yet what it changes in the cases."),
        _("Start a dry run."),
        "dry-run",
    ),
    "policy.dry_run_stale": Sentence(
        _("The dry run was of another text, or beside another edition."), _("Start a dry run again."), "dry-run"
    ),
    "policy.dry_run_under_way": Sentence(_("A dry run is under way."), _("Wait for it, or stop it."), "stop-dry-run"),
    "policy.no_dry_run_under_way": Sentence(_("No dry run is under way."), _("Reload the page.")),
    "policy.changes_no_cases": Sentence(_("A policy of this kind changes nothing in cases; it needs no dry run.")),
    "policy.no_such_case": Sentence(_("There is no such case any more."), _("Reload the page.")),
    "policy.case_says_nothing": Sentence(_("Say in a line what the case is about."), _("Write it."), "field:says"),
    "policy.case_asks_nothing": Sentence(
        _("A case asks one question, such as due, grant or call, with its facts under it."),
        _("Correct the facts."),
        "field:facts",
    ),
    "policy.case_not_asked": Sentence(
        _("The case cannot be asked: %(fault)s."), _("Correct the facts."), "field:facts"
    ),
    "policy.too_many_cases": Sentence(_("A draft has at most %(most)s cases of its own.")),
    "policy.review_says_nothing": Sentence(_("Say what came of the review."), _("Write it."), "field:words"),
    "policy.review_not_ahead": Sentence(
        _("The next review must lie in the future."), _("Choose a later day."), "field:next_on"
    ),
    "policy.not_ranges": Sentence(_("Write times as 09:00-12:00, 13:00-18:00.")),
    "policy.no_list": Sentence(_("There is no list of holidays for this time zone.")),
    "policy.not_yaml": Sentence(_("This is no YAML: %(fault)s")),
    "suggestion.no_such_policy": Sentence(_("There is no such policy."), _("Choose one of the list."), "field:policy"),
    "suggestion.not_open": Sentence(_("This suggestion was answered already."), _("Reload the page.")),
    "suggestion.says_nothing": Sentence(_("Say what should change, and why."), _("Write it."), "field:words"),
    "suggestion.not_its_policy": Sentence(
        _("The draft is of another policy."), _("Choose a draft of this policy."), "field:draft"
    ),
}

STORY = {
    "policy.rewritten": Sentence(_("Draft of a policy changed")),
    "policy.discarded": Sentence(_("Draft of a policy discarded")),
    "policy.case_set": Sentence(_("Own case of a policy written")),
    "policy.case_dropped": Sentence(_("Own case of a policy taken out")),
    "policy.cases_meant": Sentence(_("Own cases of a policy brought in line with the change")),
    "policy.reviewed": Sentence(_("Policy reviewed")),
    "suggestion.made": Sentence(_("Change of a policy suggested")),
    "suggestion.taken_up": Sentence(_("Suggestion taken up by a draft")),
    "suggestion.declined": Sentence(_("Suggestion declined")),
}

NOTICES = {
    "notice.policy_review_due": Sentence(_("A policy is to be reviewed: %(title_zh)s (%(title_en)s).")),
    "notice.policy_dry_run_done": Sentence(
        _("A dry run is finished: of %(cases)s cases the draft changes %(changed)s.")
    ),
    "notice.policy_suggested": Sentence(_("Somebody suggests to change a policy: %(title_zh)s (%(title_en)s).")),
    "notice.policy_suggestion_answered": Sentence(
        _("Your suggestion to change a policy was answered: %(title_zh)s (%(title_en)s).")
    ),
}

LIFE: Mapping[str, Sentence] = MappingProxyType({**REASONS, **STORY, **NOTICES})
