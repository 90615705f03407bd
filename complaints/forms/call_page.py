"""The page of a call: before it is dialled, and while it is talked, step by step (W-03)."""

from dataclasses import dataclass

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, choice_field, instant_field, words_field, yes_field
from casemgmt.sentences import say
from complaints.actions.calling import follow_up_to_call, what_follows
from complaints.actions.dialling import NO_MORE_CALLS, StepTaken, open_call
from complaints.forms.call_outlook import ICONS, CallOutlook, OutcomeChoice
from complaints.forms.call_sides import Beside, beside
from complaints.forms.intake import likely_purpose
from complaints.forms.shared_fields import apology_field, mood_field
from complaints.rules.calling_again import Following, propose
from complaints.template_values import names, values_of
from complaints.vocabulary import ContactOutcome, ContactPurpose
from policies.lookup import call_guide_in_force, calling_window_in_force
from policies.rules.filling import Part, parts_of
from policies.values import Label


@dataclass(frozen=True, slots=True)
class TalkStep:
    """One of the seven steps as the page shows it."""

    number: int
    code: str
    label: str
    parts: list[Part]
    mind: tuple[str, ...]
    avoid: tuple[str, ...]
    done: forms.BoundField
    note: forms.BoundField


def purpose_of_call(case) -> str:
    """What the next call is most likely for: the follow-up that is due, else what the state of the case asks."""
    return ContactPurpose.FOLLOW_UP if follow_up_to_call(case) else likely_purpose(case)


class StartCallForm(ActionForm):
    """Just before dialling."""

    purpose = choice_field(_("Purpose"), ContactPurpose, help_text=_("What you call for; it decides what is needed."))
    started = None

    def prepare(self):
        """The likely purpose, and everything to look at before dialling."""
        if not self.is_bound:
            self.fields["purpose"].initial = purpose_of_call(self.row)
        self.beside: Beside = beside(self.row, person=self.person, at=self.at)


class TalkForm(ActionForm):
    """While talking: seven steps, each with its words, its tick and its note; then what came of it, in one click."""

    words = words_field(
        _("What was agreed"),
        required=False,
        rows=3,
        help_text=_("In a sentence or two: who does what until when. Needed when somebody was reached or declined."),
    )
    apology = apology_field()
    emotion = mood_field()
    call_again_at = instant_field(
        _("Next call"),
        required=False,
        help_text=_("Empty: as the policy proposes for the outcome. Kept only where another call follows."),
    )
    outcome = forms.ChoiceField(label=_("What came of it"), choices=(), widget=forms.HiddenInput)

    def prepare(self):
        """The steps from the guide in force, what each outcome leads to, and what stands beside."""
        self.started = open_call(self.row)
        called_at = self.started.started_at if self.started else self.at
        guide = call_guide_in_force(called_at)
        for step in guide.steps:
            self.fields[f"done_{step.code}"] = yes_field(gettext("Done"))
            self.fields[f"note_{step.code}"] = words_field(gettext("Note"), required=False, rows=2)
        self.steps = self._steps(guide)
        self.conduct = [_said(label) for label in guide.in_calls]
        self.beside: Beside = beside(self.row, person=self.person, at=self.at)
        without = self.started.pk if self.started else None
        self.follows = what_follows(self.row, at=self.at, without=without)
        follow_up = follow_up_to_call(self.row)
        window = calling_window_in_force(called_at)
        self.outlook = CallOutlook(follow_up, propose(self.at, window, self.beside.calls))
        self.outcomes = [self._choice(value) for value in (*ICONS, NO_MORE_CALLS)]
        self.fields["outcome"].choices = [
            (ContactOutcome.DELIVERED.value, ContactOutcome.DELIVERED.label),
            *((choice.value, choice.label) for choice in self.outcomes),
        ]

    def _steps(self, guide) -> list[TalkStep]:
        values, known = values_of(self.row, person=self.person, at=self.at), names()
        found = []
        for number, step in enumerate(guide.steps, start=1):
            text = (guide.reason_for(self.row.reason) if step.code == "reason" else "") or step.say
            found.append(
                TalkStep(
                    number,
                    step.code,
                    _said(step.label),
                    parts_of(text, values, known),
                    tuple(map(_said, step.mind)),
                    tuple(map(_said, step.avoid)),
                    self[f"done_{step.code}"],
                    self[f"note_{step.code}"],
                )
            )
        return found

    def _choice(self, value: str) -> OutcomeChoice:
        if value == NO_MORE_CALLS:
            effect = gettext("Stops calls to this customer; write down the words.")
            return OutcomeChoice(value, gettext("wants no more calls"), effect, "phone_disabled")
        effect = self.outlook.effect_of(value) if self.outlook.follow_up else _effect_of(self.follows[value])
        return OutcomeChoice(value, str(ContactOutcome(value).label), effect, ICONS[value])

    @property
    def reasons_of_the_next(self) -> list[str]:
        """Why the next call after no answer is not earlier."""
        return [say(violation) for violation in self.follows["no_answer"].why]

    def inputs(self) -> dict:
        """The steps with their notes; a next call where one follows, as proposed unless somebody chose another."""
        data = self.cleaned_data
        outcome = data["outcome"]
        follows = self.follows.get(outcome)
        again = data["call_again_at"] or (follows.at if follows else None)
        return {
            "outcome": outcome,
            "words": data["words"],
            "apology": data["apology"],
            "emotion": data["emotion"],
            "call_again_at": again if follows and follows.deed == "call_again" else None,
            "steps": {
                step.code: StepTaken(data[f"done_{step.code}"], data[f"note_{step.code}"]) for step in self.steps
            },
        }


def _said(label: Label) -> str:
    return label.in_language(get_language() or "zh-hans")


def _effect_of(follows: Following) -> str:
    if follows.deed == "call_again" and follows.at is not None:
        return gettext("Next call %(at)s.") % {
            "at": date_format(localtime(follows.at), "SHORT_DATETIME_FORMAT"),
        }
    return {
        "call_again": gettext("No moment for another call; write instead."),
        "write_once": gettext("No further call: write once, then wait."),
        "check_number": gettext("Say nothing of the case; check the number before the next call."),
        "other_channel": gettext("No further call: take another channel. Write down what was said."),
        "stop_calling": gettext("Calls end here. Write down what was said."),
    }.get(follows.deed, pgettext("after a call", "Nothing follows by itself."))
