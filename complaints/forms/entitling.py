"""Forms of what a customer is owed: facts stated by hand, and an answer written down."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import (
    ActionForm,
    amount_field,
    choice_field,
    day_field,
    number_field,
    with_empty,
    words_field,
)
from casemgmt.amounts import amount_in
from complaints.actions.entitling import answers_of
from complaints.actions.knowing import known_of
from complaints.forms.facts import optional_key
from complaints.models import EntitlementAnswer
from complaints.rules.knowing import STATABLE
from policies.values.case_facts import FACTS, MOST_COUNTED
from policies.words.facts import ANSWERS, FACT_NAMES, fact_value

CENTS = "0.01"


def _field_of(name: str, help_text) -> forms.Field:
    label, shape = FACT_NAMES[name], FACTS[name]
    match shape.kind:
        case "day":
            return day_field(label, required=False, help_text=help_text)
        case "amount":
            return amount_field(label, required=False, help_text=help_text)
        case "count":
            return number_field(label, required=False, help_text=help_text, least=0, most=MOST_COUNTED)
    codes = ("yes", "no") if shape.kind == "yes_no" else shape.choices
    choices = [("", _("not known")), *((code, ANSWERS[code]) for code in codes)]
    return choice_field(label, choices, required=False, help_text=help_text)


class StateFactsForm(ActionForm):
    """Facts that no other record holds (S-TRI-19, S-RET-06); an address may ask for some of them alone."""

    def prepare(self):
        """A field for each fact that is asked for, with what is known of it; and the ground."""
        asked = [name for name in self._asked() if name in STATABLE]
        known = known_of(self.row)
        stated = {row.name: row.value for row in self.row.stated_facts.all()}
        for name in asked or STATABLE:
            seen = known.get(name)
            from_records = seen is not None and seen.origin != "stated"
            help_text = _("The records say: %(value)s. State it only if it was otherwise.") % {
                "value": fact_value(seen.value)
            } if from_records else _("Leave it empty if nobody knows.")  # fmt: skip
            self.fields[name] = _field_of(name, help_text)
            self.fields[name].initial = stated.get(name, "")
        self.fields["reason"] = words_field(
            _("How this is known"),
            rows=2,
            help_text=_("Where it was looked up, or who said so; it stands in the record."),
        )

    def _asked(self) -> list[str]:
        if self.is_bound:
            return [name for name in STATABLE if name in self.data]
        return str(self.initial.get("facts", "")).split(",")

    def clean(self):
        """Each fact as its text; an amount that is none stays as typed, and the rule says so."""
        data = super().clean()
        facts = {}
        for name in STATABLE:
            if name not in self.fields or name not in data:
                continue
            value = data.pop(name)
            if FACTS[name].kind == "amount" and value:
                amount = amount_in(value)
                value = value if amount is None else f"{amount:f}"
            facts[name] = "" if value in (None, "") else str(value)
        data["facts"] = facts
        return data


class RecordEntitlementForm(ActionForm):
    """Which answer is written down, and for what."""

    entitlement = choice_field(
        _("Entitlement"), help_text=_("Its answer of today is kept with the facts and the policy that made it.")
    )
    plan_id = choice_field(_("For the plan"), required=False, help_text=_("The plan that rests on this answer."))
    finding_id = choice_field(
        _("For the finding"), required=False, help_text=_("Or the finding from which it follows; one of the two.")
    )

    def prepare(self):
        """The entitlements with their answers now, the plans and the findings of the case."""
        language = get_language() or "zh-hans"
        verdicts = dict(EntitlementAnswer.Verdict.choices)
        self.fields["entitlement"].choices = with_empty(
            [
                (row.code, f"{row.label.in_language(language)} · {verdicts[answer.verdict]}")
                for row, answer in answers_of(self.row, self.at)
            ]
        )
        plans = [
            (plan.pk, _("Version %(number)s: %(state)s") % {"number": plan.number, "state": plan.get_state_display()})
            for plan in self.row.plans.order_by("-number")
        ]
        findings = [(finding.pk, str(finding.statement)[:80]) for finding in self.row.findings.order_by("-found_at")]
        self.fields["plan_id"].choices = with_empty(plans)
        self.fields["finding_id"].choices = with_empty(findings)
        if not self.is_bound:
            self.fields["plan_id"].initial = plans[0][0] if plans else ""
            self.fields["finding_id"].initial = findings[0][0] if findings and not plans else ""

    def clean_plan_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["plan_id"])

    def clean_finding_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["finding_id"])
