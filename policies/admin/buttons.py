"""The buttons on a policy, as data: what can be done with a row, by whom, and what stands against it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.acting import CaseAction
from casemgmt.doorbell import ring_after_commit
from casemgmt.violations import Violation
from policies.actions.changing import activate_policy, redraft_policy, revoke_policy, try_policy, why_not_activate
from policies.actions.drafting import discard_policy, draft_change, rewrite_draft
from policies.actions.dry_running import UNDER_WAY, ask_dry_run, stop_dry_run, why_not_dry_run
from policies.actions.reviewing import review_policy
from policies.actions.setting_cases import drop_case, expect_what_was_found, set_case
from policies.admin import forms
from policies.models import PolicyRow, PolicyState
from policies.readiness import newest_dry_run, row_in_force, violations_in_content
from policies.rules.activation import violations_in_move, violations_in_revocation
from policies.suggesting import suggest_change
from policies.telling_changes import change_in_a_line, changes_between

DRAFT = "policies.draft_policy"
ACTIVATE = "policies.activate_policy"
PROPOSE = "policies.propose_policy"


def _only(*states):
    """Offered in these states alone."""

    def why_not(row: PolicyRow, *, by, at: datetime) -> list[Violation]:
        return list(violations_in_move(row.state, *states))

    return why_not


def _why_not_try(row: PolicyRow, *, by, at: datetime) -> list[Violation]:
    moves = list(violations_in_move(row.state, PolicyState.DRAFTED))
    return moves or list(violations_in_content(row))


def _why_not_revoke(row: PolicyRow, *, by, at: datetime) -> list[Violation]:
    moves = list(violations_in_move(row.state, PolicyState.ACTIVE))
    return moves or list(violations_in_revocation(valid_from=row.valid_from, at=at))


def _why_not_expect(row: PolicyRow, *, by, at: datetime) -> list[Violation]:
    moves = list(violations_in_move(row.state, PolicyState.DRAFTED))
    return moves or ([] if row.cases else [Violation("policy.no_such_case")])


def _why_not_stop(row: PolicyRow, *, by, at: datetime) -> list[Violation]:
    is_under_way = row.dry_runs.filter(state__in=UNDER_WAY).exists()
    return [] if is_under_way else [Violation("policy.no_dry_run_under_way")]


def _why_not_follow(row: PolicyRow, *, by, at: datetime) -> list[Violation]:
    """Only the newest edition is followed by another."""
    moves = list(violations_in_move(row.state, PolicyState.ACTIVE))
    newer = PolicyRow.objects.filter(
        kind=row.kind, key=row.key, state=PolicyState.ACTIVE, valid_from__gt=row.valid_from, valid_from__lte=at
    )
    return moves or ([Violation("policy.not_in_this_state", params={"state": row.state})] if newer.exists() else [])


def _draft_end(pk, *, by, at, **typed):
    return draft_change(pk, by=by, at=at, closing=True, **typed)


def _ask_dry_run(pk, *, by, at):
    """The row; the worker begins as soon as that is written."""
    run = ask_dry_run(pk, by=by, at=at)
    ring_after_commit("policies.tasks.run_policy_dry_run", run.pk)
    return run.row


def _suggest(pk, *, by, at, aim, words):
    row = PolicyRow.objects.get(pk=pk)
    suggest_change(f"{row.kind}:{row.key}", by=by, at=at, words=words, aim=aim)
    return row


def _effects_of_activation(row: PolicyRow, at: datetime):
    """What the second person is told before they say yes."""
    base = row_in_force(row, at)
    yield change_in_a_line(base, row)
    changed, _same = changes_between(base, row)
    if base is not None:
        yield _("Edition %(old)s holds until then and is kept for ever; edition %(new)s changes %(n)s entries.") % {
            "old": base.edition, "new": row.edition, "n": len(changed),
        }  # fmt: skip
    run = newest_dry_run(row)
    if run is not None and run.state == run.State.DONE:
        yield _("The dry run looked at %(cases)s cases and found a difference in %(changed)s of them.") % {
            "cases": run.cases, "changed": run.counts.get("changed", 0),
        }  # fmt: skip
    yield _("From then on the row is frozen; a mistake is mended by another edition.")


POLICY = (
    CaseAction(
        "draft-change",
        gettext_lazy("Draft a change"),
        DRAFT,
        draft_change,
        forms.BeginForm,
        _why_not_follow,
        submit=gettext_lazy("Draft"),
        intro=gettext_lazy("A copy of this edition with its own cases, to be changed in the next step."),
        weight=10,
        group="next",
    ),
    CaseAction(
        "write",
        gettext_lazy("Change the draft"),
        DRAFT,
        rewrite_draft,
        forms.draft_form,
        _only(PolicyState.DRAFTED),
        submit=gettext_lazy("Save the draft"),
        weight=30,
        checks_version=True,
        template="policies/draft.html",
    ),
    CaseAction(
        "write-text",
        gettext_lazy("Change the draft as text"),
        DRAFT,
        rewrite_draft,
        forms.text_form,
        _only(PolicyState.DRAFTED),
        submit=gettext_lazy("Save the draft"),
        intro=gettext_lazy("For those who know the entries by their names: YAML, every fault with its line."),
        weight=40,
        checks_version=True,
    ),
    CaseAction(
        "set-case",
        gettext_lazy("Write an own case"),
        DRAFT,
        set_case,
        forms.CaseForm,
        _only(PolicyState.DRAFTED),
        submit=gettext_lazy("Save the case"),
        weight=50,
    ),
    CaseAction(
        "drop-case",
        gettext_lazy("Take the case out"),
        DRAFT,
        drop_case,
        forms.NumberForm,
        _only(PolicyState.DRAFTED),
        group="hidden",
    ),
    CaseAction(
        "expect-found",
        gettext_lazy("These answers are meant to change"),
        DRAFT,
        expect_what_was_found,
        why_not=_why_not_expect,
        submit=gettext_lazy("Expect what was found"),
        intro=gettext_lazy("Every case that fails expects from now on what the draft answers. History keeps both."),
        weight=60,
    ),
    CaseAction(
        "try",
        gettext_lazy("Fix the words of the draft"),
        DRAFT,
        try_policy,
        why_not=_why_not_try,
        submit=gettext_lazy("Fix it for the second person"),
        intro=gettext_lazy("Its own cases hold. From here on nobody changes a word, until it goes back to the desk."),
        weight=15,
        group="next",
        is_step=True,
    ),
    CaseAction(
        "dry-run",
        gettext_lazy("Start a dry run"),
        DRAFT,
        _ask_dry_run,
        why_not=why_not_dry_run,
        intro=gettext_lazy("The worker holds the draft against all open cases and those closed in the last quarter."),
        weight=20,
    ),
    CaseAction(
        "stop-dry-run",
        gettext_lazy("Stop the dry run"),
        DRAFT,
        stop_dry_run,
        why_not=_why_not_stop,
        weight=21,
    ),
    CaseAction(
        "activate",
        gettext_lazy("Activate"),
        ACTIVATE,
        activate_policy,
        why_not=why_not_activate,
        submit=gettext_lazy("Activate this edition"),
        effects=_effects_of_activation,
        weight=5,
        group="next",
        is_step=True,
        checks_version=True,
    ),
    CaseAction(
        "redraft",
        gettext_lazy("Send it back"),
        DRAFT,
        redraft_policy,
        forms.RemarkForm,
        _only(PolicyState.TRIED),
        submit=gettext_lazy("Send it back to its drafter"),
        weight=25,
    ),
    CaseAction(
        "revoke",
        gettext_lazy("Revoke before it begins"),
        ACTIVATE,
        revoke_policy,
        why_not=_why_not_revoke,
        weight=70,
    ),
    CaseAction(
        "review",
        gettext_lazy("Reviewed: it stands"),
        DRAFT,
        review_policy,
        forms.ReviewForm,
        _why_not_follow,
        weight=80,
    ),
    CaseAction(
        "draft-end",
        gettext_lazy("Draft the end of this policy"),
        DRAFT,
        _draft_end,
        forms.BeginForm,
        _why_not_follow,
        submit=gettext_lazy("Draft the end"),
        weight=90,
        group="seldom",
    ),
    CaseAction(
        "discard",
        gettext_lazy("Discard the draft"),
        DRAFT,
        discard_policy,
        why_not=_only(PolicyState.DRAFTED, PolicyState.TRIED),
        intro=gettext_lazy("It stays readable and never comes into force."),
        weight=95,
        group="seldom",
    ),
    CaseAction(
        "suggest",
        gettext_lazy("Suggest a change"),
        PROPOSE,
        _suggest,
        forms.SuggestForm,
        _only(PolicyState.ACTIVE),
        submit=gettext_lazy("Send it to the policy editors"),
        weight=100,
    ),
)
