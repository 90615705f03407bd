"""The small forms of the deeds on a policy; the draft itself is written in `policies.forms`."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, choice_field, day_field, instant_field, line_field, words_field
from policies.forms.leaves import YamlField, special_field
from policies.forms.registry import form_of
from policies.forms.whole_text import TextForm
from policies.models import PolicyRow, PolicyState, PolicySuggestion
from policies.rules.freshness import review_day
from policies.words.cases import about, reworded

LONGEST = 2000


def draft_form(*args, row, **kwargs):
    """The form of the draft's own kind."""
    return form_of(row.kind)(*args, row=row, **kwargs)


def text_form(*args, row, **kwargs):
    """The draft as text, for experts."""
    return TextForm(*args, row=row, **kwargs)


def _some_words(label, help_text="", *, required=True) -> forms.CharField:
    field = words_field(label, rows=3, help_text=help_text, required=required)
    field.validators.append(MaxLengthValidator(LONGEST))
    return field


def next_midnight(at: datetime) -> datetime:
    """The first midnight at which a draft of today can begin, with a day in between to look at it."""
    local = timezone.localtime(at)
    return datetime.combine(local.date() + timedelta(days=2), time(0), local.tzinfo)


class BeginForm(ActionForm):
    """From when another text holds, and why."""

    valid_from = instant_field(_("valid from"), help_text=_("The past keeps its answers. It can still be changed."))
    reason = _some_words(_("why it changes"), _("Read by the second person and kept with the edition."))

    def prepare(self):
        """A beginning that leaves time for the second person."""
        self.fields["valid_from"].initial = next_midnight(self.at)


class RemarkForm(ActionForm):
    """Why a tried draft goes back."""

    remark = _some_words(_("What must be mended?"), _("The drafter reads it."))


class ReviewForm(ActionForm):
    """What came of looking at a row again, and when to look next."""

    words = _some_words(_("result of the review"), _("What was found, and what follows from it."))
    next_on = day_field(_("next review on"), help_text=_("From that day on it stands under “to be reviewed” again."))

    def prepare(self):
        """As long as rows of its kind are trusted."""
        self.fields["next_on"].initial = review_day(self.row.kind, timezone.localtime(self.at).date())


class CaseForm(ActionForm):
    """One own case of a draft: what it is about, and one question with its facts and the expected answer."""

    number = forms.IntegerField(required=False, widget=forms.HiddenInput())
    says = line_field(_("What the case is about"), help_text=_("One sentence that tells why the answer must be so."))
    facts = special_field(YamlField, _("Question, facts and expected answer"), "", rows=10)

    def prepare(self):
        """The case that is changed, or an empty one with an example."""
        self.fields["facts"].help_text = _("As in the packs: “due:” with “clock”, “starts” and “is” under it.")
        held = self._held(self.initial.get("number"))
        if held and not self.is_bound:
            self.fields["says"].initial = about(held)
            self.fields["facts"].initial = {name: value for name, value in held.items() if name != "says"}

    def inputs(self):
        """What `set_case` is given."""
        facts, number = self.cleaned_data["facts"], self.cleaned_data["number"]
        says = reworded(self._held(number), self.cleaned_data["says"])
        case = {"says": says, **(facts if isinstance(facts, dict) else {})}
        return {"case": case, "number": number}

    def _held(self, number: object) -> dict:
        """The stored case of this number; empty for a new one."""
        return self.row.cases[int(number)] if str(number).isdigit() and int(number) < len(self.row.cases) else {}


class NumberForm(ActionForm):
    """Which own case."""

    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput())


class SuggestForm(ActionForm):
    """What should change about this policy, and why."""

    aim = choice_field(
        _("what it aims at"), PolicySuggestion.Aim, help_text=_("Policy editors read the aim first, then the words.")
    )
    words = _some_words(_("What should change, and why?"), _("No names of customers: policy editors see no cases."))

    def prepare(self):
        """A lesson, unless it is said otherwise."""
        self.fields["aim"].initial = PolicySuggestion.Aim.CHANGE


class TakeUpForm(ActionForm):
    """Which draft answers a suggestion."""

    draft_id = forms.TypedChoiceField(coerce=int, label=_("draft"), empty_value=None)

    def prepare(self):
        """The drafts of this policy that are not switched on yet, and its newest edition."""
        rows = PolicyRow.objects.filter(kind=self.row.kind, key=self.row.key).order_by("-edition")
        rows = rows.exclude(state=PolicyState.DISCARDED).filter(pack="")
        choices = [(row.pk, f"{row.title} · {row.edition} · {row.get_state_display()}") for row in rows[:20]]
        self.fields["draft_id"].choices = choices
        if not choices:
            self.fields["draft_id"].help_text = _("There is no draft of this policy yet: draft a change first.")


class DeclineForm(ActionForm):
    """Why a suggestion is not followed."""

    words = _some_words(_("Why not?"), _("Whoever made the suggestion reads it."))
