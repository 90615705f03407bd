"""The form of a draft: its title, source and beginning, and every entry of its body as a field."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, day_field, instant_field, line_field, words_field, yes_field
from casemgmt.sentences import say
from casemgmt.violations import Violation
from policies.forms.entries import Entries
from policies.forms.grouping import FieldGroup, groups_of
from policies.models import PolicyRow, PolicyState
from policies.reading import BodyRefused, read_body
from policies.rules.freshness import review_day
from policies.values import KINDS

LONGEST = 2000


class DraftForm(ActionForm):
    """A draft of one kind (`self.row.kind`), filled with what the row holds.

    A kind with a form of its own overrides `add_body_fields`, `typed_body` and `field_at`; the rest stays. Every
    fault that the reader of bodies finds is shown at its field, and what was typed stays.
    """

    draft_template = "policies/draft.html"
    title_zh = line_field(_("title in Chinese"), help_text=_("As it is called wherever it decides something."))
    title_en = line_field(_("title in English"), help_text=_("As it is called wherever it decides something."))
    valid_from = instant_field(
        _("valid from"), help_text=_("The past keeps its answers: this instant must not have passed at activation.")
    )
    reason = words_field(
        _("why it changes"), rows=2, help_text=_("Read by the second person and kept with the edition.")
    )
    source_zh = words_field(_("source in Chinese"), rows=2, help_text=_("Clause, rule or decision it rests on."))
    source_en = words_field(_("source in English"), rows=2, help_text=_("Clause, rule or decision it rests on."))
    review_on = day_field(
        _("to be reviewed on"), required=False, help_text=_("On this day policy editors are told to look at it again.")
    )
    check_with_counsel = yes_field(
        _("check with counsel"), help_text=_("A lawyer has yet to confirm it; shown wherever it decides.")
    )

    HEAD = ("title_zh", "title_en", "valid_from", "reason")
    FOOT = ("source_zh", "source_en", "review_on", "check_with_counsel")

    def prepare(self):
        """First values from the row, then the fields of the body."""
        row = self.row
        for name in (*self.HEAD, *self.FOOT):
            self.fields[name].initial = getattr(row, name)
        for name in ("reason", "source_zh", "source_en"):
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))
        if row.review_on is None:
            self.fields["review_on"].initial = review_day(row.kind, self.at.date())
        head = {name: self.fields.pop(name) for name in self.HEAD}
        foot = {name: self.fields.pop(name) for name in self.FOOT}
        self.fields.update(head)
        if not row.closing:
            self.add_body_fields(row.body or {})
        self.fields.update(foot)

    def add_body_fields(self, body: dict) -> None:
        """A field for every entry of the kind, holding what `body` says."""
        self.entries = Entries(self.row.kind, KINDS[self.row.kind], self.codes_in_force)
        self.fields.update(dict(self.entries.fields(body, self.data if self.is_bound else None)))

    def typed_body(self) -> dict:
        """The body as it was typed, not yet judged: what the reader of bodies is given."""
        return self.entries.typed(self.cleaned_data)

    def field_at(self, place: str) -> str | None:
        """The field at which a fault in the place of a body is shown; None for on top."""
        return self.entries.field_at(place, self.fields)

    def codes_in_force(self, kind: str) -> list[tuple[str, str]]:
        """The codes of a kind that hold when the draft begins, or now, with their titles: what names may lead to."""
        rows = PolicyRow.objects.filter(kind=kind, state=PolicyState.ACTIVE, closing=False)
        rows = rows.order_by("key", "valid_from").defer("body", "cases")
        return list({row.key: row.title for row in rows}.items())

    def body_fields(self) -> list:
        """The bound fields of the body, for templates."""
        outside = {*self.HEAD, *self.FOOT}
        return [field for field in self.visible_fields() if field.name not in outside]

    def body_groups(self) -> list[FieldGroup]:
        """The bound fields of the body by entry, for templates."""
        return groups_of(self.body_fields())

    def head_fields(self) -> list:
        """The bound fields above the body."""
        return [self[name] for name in self.HEAD if name in self.fields]

    def foot_fields(self) -> list:
        """The bound fields under the body."""
        return [self[name] for name in self.FOOT if name in self.fields]

    def clean(self):
        """The body, read as the rules read it; every fault at its field."""
        cleaned = super().clean()
        if self.row.closing:
            self._body = {}
            return cleaned
        self._body = self.typed_body()
        try:
            read_body(KINDS[self.row.kind], self.row.pk or 0, self.row.key, self._body)
        except BodyRefused as refused:
            for found in refused.violations:
                self.refuse_at(found)
        return cleaned

    def refuse_at(self, found: Violation) -> None:
        """Show a fault of the body at its field, unless something is said there already."""
        name = self.field_at(str(found.params["place"]))
        if name is not None and name in self.errors:
            return
        label = self.fields[name].label if name else found.params["place"]
        told = Violation(found.code, found.field, {**found.params, "place": label})
        self.add_error(name, ValidationError(say(told), code=found.code))

    def inputs(self) -> dict:
        """What `rewrite_draft` is given."""
        typed = {name: self.cleaned_data[name] for name in (*self.HEAD, *self.FOOT)}
        return {
            "title": {"en": typed["title_en"], "zh": typed["title_zh"]},
            "source": {"en": typed["source_en"], "zh": typed["source_zh"]},
            "body": self._body,
            **{name: typed[name] for name in ("valid_from", "reason", "review_on", "check_with_counsel")},
        }
