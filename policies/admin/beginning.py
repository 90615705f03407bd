"""The form for a policy that has no edition yet."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from casemgmt.adminkit.forms import choice_field, line_field
from policies.admin.forms import LONGEST, BeginForm
from policies.models import PolicyRow, PolicyState


class NewForm(BeginForm):
    """Key and titles; the text starts as that of a policy of the same kind, for a kind knows no empty text."""

    key = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]*\Z",
        label=_("key"),
        max_length=64,
        help_text=_("Short and for ever: small letters, digits, dots, - and _."),
        widget=UnfoldAdminTextInputWidget(),
    )
    title_zh = line_field(_("title in Chinese"))
    title_en = line_field(_("title in English"))
    source_zh = line_field(_("source in Chinese"), max_length=LONGEST)
    source_en = line_field(_("source in English"), max_length=LONGEST)
    like = choice_field(_("starts as a copy of"))
    field_order = ("key", "title_zh", "title_en", "like", "valid_from", "reason", "source_zh", "source_en")

    def prepare(self):
        """The policies of the kind that hold, to start from."""
        super().prepare()
        rows = PolicyRow.objects.filter(kind=self.row.kind, state=PolicyState.ACTIVE, closing=False)
        newest = {row.key: row for row in rows.order_by("key", "valid_from").defer("body", "cases")}
        self.fields["like"].choices = [(row.pk, f"{row.title} ({key})") for key, row in newest.items()]

    def clean_key(self):
        """A key that has editions is changed by another edition, not begun anew."""
        key = self.cleaned_data["key"]
        if PolicyRow.objects.filter(kind=self.row.kind, key=key).exclude(state=PolicyState.DISCARDED).exists():
            raise forms.ValidationError(_("There is a policy of this key already: draft a change of it."))
        return key

    def inputs(self):
        """What `draft_new` is given."""
        typed = self.cleaned_data
        return {
            "like_id": int(typed["like"]),
            "key": typed["key"],
            "title": {"en": typed["title_en"], "zh": typed["title_zh"]},
            "source": {"en": typed["source_en"], "zh": typed["source_zh"]},
            "valid_from": typed["valid_from"],
            "reason": typed["reason"],
        }
