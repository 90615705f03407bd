"""Forms of refusing: everything a lawful no needs, in steps (W-07), its decision, and that the customer knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    with_empty,
    words_field,
    yes_field,
)
from complaints.actions.proposing_refusals import draft_of, weigh_proposal
from complaints.actions.weighing_refusals import pretexts
from complaints.forms import choosing
from complaints.forms.refusal_guide import Guide, guide_of, routes_in_words
from complaints.forms.wording import look_at_words
from complaints.places import region_of
from policies.lookup import legal_references_in_force, policies_in_force


@dataclass(frozen=True, slots=True)
class RefusalStep:
    """A step of the guided page: what it is called, what it is for, and its fields."""

    code: str
    label: str | Promise
    hint: str | Promise
    fields: tuple[str, ...] = ()


STEPS = (
    RefusalStep("talks", _("Verdict and talks"), _("The verdict is verified, the ladder was walked.")),
    RefusalStep("understood", _("The problem understood"), _("In your own words."), ("understood",)),
    RefusalStep(
        "ground", _("Ground and evidence"), _("A lawful ground, and what proves it."), ("ground", "evidence_ids")
    ),
    RefusalStep(
        "impact",
        _("What it may cause"),
        _("For the customer, in public, in law, for the relationship."),
        ("impact_on_customer", "impact_on_opinion", "impact_in_law", "relationship"),
    ),
    RefusalStep(
        "basis",
        _("Rule and law"),
        _("A rule of ours and a clause of the law."),
        ("company_rule", "company_policy", "legal_reference"),
    ),
    RefusalStep(
        "explanation",
        _("Explanation and alternatives"),
        _("What the customer reads."),
        ("explanation", "alternatives"),
    ),
    RefusalStep("routes", _("Other ways"), _("Where the customer can go with it."), ("routes",)),
    RefusalStep("summary", _("Look through and hand in"), _("Somebody else decides.")),
)


class ProposeRefusalForm(ActionForm):
    """A refusal with everything that it needs (W-07)."""

    understood = words_field(
        _("The problem in your own words"),
        help_text=_("Show that we understood what is wrong for the customer; the approver checks it first."),
    )
    ground = choice_field(_("Ground"), help_text=_("The lawful reason; each ground demands its own evidence."))
    evidence_ids = forms.TypedMultipleChoiceField(
        label=_("Evidence it rests on"),
        coerce=int,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=_("Tick what proves the ground; it has to be verified, and the customer gets a copy."),
    )
    impact_on_customer = words_field(
        _("For the customer"), rows=2, help_text=_("Could a genuine claim be hurt? What does the customer lose?")
    )
    impact_on_opinion = words_field(
        _("In public"), rows=2, help_text=_("What could be said in reviews or the press, and how we would answer.")
    )
    impact_in_law = words_field(
        _("In law"),
        rows=2,
        help_text=_("Where the customer could take it, and how we would stand there."),
    )
    relationship = words_field(
        _("The long-term relationship"),
        rows=2,
        help_text=_("What the customer means to us beyond this case, and how the no is softened."),
    )
    company_rule = choice_field(
        _("Rule of the shop"), help_text=_("The rule that the refusal rests on; the customer gets its words.")
    )
    company_policy = words_field(
        _("How the rule applies here"), rows=2, help_text=_("In one or two sentences, as the customer could read it.")
    )
    legal_reference = choice_field(
        _("Law"), help_text=_("The law on which the refusal rests; a rule of ours alone is not enough.")
    )
    explanation = words_field(
        _("Explanation to the customer"), rows=6, help_text=_("Plain and polite; the customer reads this.")
    )
    alternatives = words_field(
        _("Alternatives offered"),
        required=False,
        rows=3,
        help_text=_("What we can still do, even if it is little; the customer may come back to it."),
    )
    routes = words_field(
        _("Other routes named to the customer"),
        rows=6,
        help_text=_("Where the customer can go with it: platform, consumers' association, 12315, court."),
    )

    def prepare(self):
        """What is in force, and the evidence of the case. A pretext is a known choice, to be refused in words."""
        self.policies = policies_in_force(self.at)
        grounds = [*choosing.labelled(self.policies.refusal_grounds), *_named(pretexts(self.policies))]
        self.fields["ground"].choices = with_empty(grounds)
        self.fields["company_rule"].choices = with_empty(choosing.labelled(self.policies.company_rules))
        laws = legal_references_in_force(self.at, region=region_of(self.row))
        self.fields["legal_reference"].choices = with_empty(choosing.labelled(laws))
        self.fields["evidence_ids"].choices = choosing.evidence_that_counts_for(self.row)
        look_at_words(self, self.row, "company_policy", "explanation", "alternatives", "routes")
        self.saved_at = None
        if not self.is_bound:
            draft, self.saved_at = draft_of(self.row, self.person)
            self.initial = draft | self.initial
            if not str(self.initial.get("routes", "")).strip():
                self.initial["routes"] = routes_in_words(self.row, self.at)

    @cached_property
    def typed(self) -> dict:
        """What stands in the fields now, whatever it is, as the action takes it."""
        typed = typed_in(self.data if self.is_bound else self.initial)
        numbers = [text for text in map(str, typed["evidence_ids"]) if text.isascii() and text.isdecimal()]
        return typed | {"evidence_ids": [int(text) for text in numbers if len(text) < 16]}

    @cached_property
    def step(self) -> str:
        """The step that is shown: the one asked for, the first that lacks something when it was handed in, else the
        first.
        """
        if self.is_bound:
            wrong = [step.code for step in STEPS if any(self.errors.get(name) for name in step.fields)]
            return wrong[0] if wrong else "summary"
        asked = str(self.initial.get("step", ""))
        return asked if asked in {step.code for step in STEPS} else STEPS[0].code

    @cached_property
    def guide(self) -> Guide:
        """What stands beside the fields."""
        weighed = weigh_proposal(self.row, self.typed, by=self.person, at=self.at)
        return guide_of(
            self.row,
            self.typed,
            weighed,
            step=self.step,
            steps=STEPS,
            step_of=step_of,
            person=self.person,
            at=self.at,
        )

    @property
    def here(self) -> list[forms.BoundField]:
        """The fields of the step that is shown."""
        fields = next(step.fields for step in STEPS if step.code == self.step)
        return [self[name] for name in fields]

    @property
    def elsewhere(self) -> list[forms.BoundField]:
        """The fields of all other steps, which go along unseen."""
        shown = {field.name for field in self.here}
        return [self[name] for step in STEPS for name in step.fields if name not in shown]

    @property
    def look_through(self) -> list[tuple[RefusalStep, list[tuple[str, str]]]]:
        """Every step with what was written or chosen in it, in words."""
        return [(step, [self._shown(name) for name in step.fields]) for step in STEPS if step.fields]

    def _shown(self, name: str) -> tuple[str, str]:
        field, value = self.fields[name], self.typed.get(name, "")
        if not isinstance(field, forms.ChoiceField):
            return str(field.label), str(value)
        labels = {str(code): str(label) for code, label in field.choices}
        chosen = value if isinstance(value, list) else [value]
        return str(field.label), "; ".join(labels.get(str(code), "") for code in chosen if code != "")


def _named(bars) -> list[tuple[str, str]]:
    return choosing.labelled({bar.code: bar for bar in bars})


def step_of(field: str | None, code: str) -> str:
    """The step at which a reason is mended."""
    for step in STEPS:
        if field in step.fields:
            return step.code
    return "ground" if code in ("refusal.owed_by_law", "refusal.fact_missing") else "talks"


def typed_in(data: Mapping) -> dict:
    """What was typed of a proposal, field by field, whatever it is; for drafts, which refuse nothing."""
    names = [name for step in STEPS for name in step.fields]
    typed: dict = {name: data.get(name, "") for name in names if name in data and name != "evidence_ids"}
    typed["evidence_ids"] = data.getlist("evidence_ids") if hasattr(data, "getlist") else data.get("evidence_ids", [])
    return typed


class RemarkForm(ActionForm):
    """A decision and its reason."""

    remark = words_field(
        _("Reason of the decision"),
        rows=3,
        help_text=_("Why you agree or not; the proposer and an auditor have to understand it alone."),
    )


class TellRefusalForm(ActionForm):
    """That the customer was told, with evidence and policy (S-REF-06, 07)."""

    showed_evidence = yes_field(
        _("The evidence was shown"),
        help_text=_("Tick it when the customer could look at the evidence; without it the no is not told."),
    )
    showed_policy = yes_field(
        _("Policy and law were shown"),
        help_text=_("Tick it when rule and law were named to the customer in plain words."),
    )


class ResumeForm(ActionForm):
    """Why it goes on after all."""

    because = choice_field(
        _("Because"),
        [("alternative_taken", _("the alternative is taken")), ("evidence_arrived", _("evidence arrived"))],
        help_text=_("What opens the talks again; the approved refusal lapses with it."),
    )
    words = words_field(_("What happened"), rows=3, help_text=_("What the customer said or sent, and when."))
