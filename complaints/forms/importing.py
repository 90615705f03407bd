"""Forms of imports: the file, what its columns and words are, and why an import is taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.adminkit.forms import ActionForm, choice_field, with_empty, words_field
from casemgmt.privacy.kinds import KINDS
from casemgmt.privacy.masks import mask_tail
from complaints.actions.staging import SheetShape, matching_for, shapes_of
from complaints.forms import choosing
from complaints.models import ImportBatch
from complaints.rules.import_columns import CHOICE_FIELDS, REQUIRED, Matching, is_forbidden, words_proposed
from complaints.rules.import_tables import LONG_NUMBER
from complaints.vocabulary import Channel, Emotion, Reason, Remedy, Severity

FIELD_LABELS = {
    "received_at": _("Received at"),
    "occurred_at": _("Happened at"),
    "channel": _("Channel"),
    "name": pgettext_lazy("person", "name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "account": _("Platform account"),
    "address": _("Address"),
    "order_number": _("Order number"),
    "product_name": _("Goods"),
    "paid_amount": _("Amount paid"),
    "waybill_number": _("Waybill number"),
    "content": _("What the customer says"),
    "demand": _("What the customer demands"),
    "reason": _("Reason"),
    "severity": _("Severity"),
    "emotion": _("Emotion"),
    "demanded_remedy": _("Demanded remedy"),
    "demanded_amount": _("Demanded amount"),
    "row_key": _("Number of the row in its old system"),
}
CHOICES_OF = {
    "channel": Channel,
    "reason": Reason,
    "severity": Severity,
    "emotion": Emotion,
    "demanded_remedy": Remedy,
}
PERSONAL = ("name", "phone", "email", "account", "address")


class ImportForm(ActionForm):
    """A file of complaints."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=255,
        help_text=_(
            "XLSX, or CSV in UTF-8 or GB18030, with a row of headings such as 投诉时间, 渠道, 客户姓名, 投诉内容."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv", "class": "cm-file"}),
    )
    mode = choice_field(_("What these complaints are"), ImportBatch.Mode, initial=ImportBatch.Mode.LIVE)
    shop_id = choice_field(_("Shop"), required=False)

    def prepare(self):
        """The shops to choose from."""
        self.fields["shop_id"].choices = with_empty(choosing.shops())

    def clean_shop_id(self):
        """As a key, or none."""
        return int(self.cleaned_data["shop_id"]) if self.cleaned_data["shop_id"] else None


class UndoForm(ActionForm):
    """Why an import is taken back."""

    reason = words_field(_("Reason"), rows=2, help_text=_("It stands in the file of each case that is voided."))


class MatchForm(ActionForm):
    """One select for each column of the sheet, and one for each word of its choice columns.

    Which words are asked depends on the columns; a column chosen just now brings its words with the next answer.
    """

    def prepare(self):
        """The columns of the sheet, as they were matched last, or as is proposed."""
        self.sheets = shapes_of(self.row)
        self.sheet_number = self._sheet_asked_for()
        self.fields["sheet"] = forms.IntegerField(widget=forms.HiddenInput(), initial=self.sheet_number)
        self.initial = {"sheet": self.sheet_number}
        if not self.sheets:
            self.sheet, self.remembered, self.proposal = None, None, Matching(())
            return
        self.sheet = self.sheets[self.sheet_number]
        self.proposal, self.remembered = matching_for(self.person, self.sheet)
        if self.row.columns and self.row.sheet == self.sheet_number:
            self.proposal = Matching(tuple(name for _heading, name in self.row.columns), self.row.words)
        for number, heading in enumerate(self.sheet.headings):
            self.fields[f"column_{number}"] = self._column_field(number, heading)
        self._word_fields = list(self._words_to_ask())
        self._not_asked_yet = False
        for name, place, word in self._word_fields:
            self.fields[f"word_{name}_{place}"] = self._word_field(name, word)
            self._propose_where_not_asked_yet(f"word_{name}_{place}")

    def _propose_where_not_asked_yet(self, name: str) -> None:
        """A word that comes with a column chosen just now stands with its proposal, and is to be looked at."""
        if self.is_bound and name not in self.data:
            self._not_asked_yet = True
            self.data = self.data.copy()
            self.data[name] = self.fields[name].initial or ""

    def _sheet_asked_for(self) -> int:
        asked = self.data.get("sheet") if self.is_bound else self.initial.get("sheet")
        number = int(asked) if str(asked or "").isascii() and str(asked or "").isdigit() else self.row.sheet
        return number if number < len(self.sheets) else self.row.sheet

    def _column_field(self, number: int, heading: str) -> forms.ChoiceField:
        offered = [("", _("— leave out —"))]
        if not is_forbidden(heading):
            offered += FIELD_LABELS.items()
        field = choice_field(
            heading or _("(column %(number)s)") % {"number": number + 1},
            offered,
            required=False,
            initial=self.proposal.fields[number],
            help_text=_("What this column of the file means; a column that is left out is not read."),
        )
        field.is_needed = True
        return field

    def _words_to_ask(self):
        fields = self._fields_said()
        for name in CHOICE_FIELDS:
            if name in fields:
                words = self.sheet.choices[fields.index(name)] or ()
                yield from ((name, place, word) for place, word in enumerate(words) if word or name == "channel")
            elif name == "channel":
                yield name, 0, ""

    def _fields_said(self) -> tuple[str, ...]:
        if not self.is_bound:
            return self.proposal.fields
        return tuple(self.data.get(f"column_{number}", "") for number in range(len(self.sheet.headings)))

    def _word_field(self, name: str, word: str) -> forms.ChoiceField:
        known = self.proposal.words.get(name, {}) | words_proposed(name, [word])
        return choice_field(
            word or _("(empty)"),
            [("", _("— not known —")), *CHOICES_OF[name].choices],
            required=False,
            initial=self.proposal.words.get(name, {}).get(word, known.get(word, "")),
            help_text=_("What this word of the file means here; it is remembered for files of this shape."),
        )

    def clean(self):
        """The fields of the columns and the codes of the words, as the rules take them."""
        data = super().clean()
        if self.sheet is None:
            raise forms.ValidationError(_("The staging of this file is emptied; upload it again."))
        if self._not_asked_yet:
            raise forms.ValidationError(_("Say what the words below mean, then check the rows."))
        fields = tuple(data.get(f"column_{number}", "") for number in range(len(self.sheet.headings)))
        words: dict[str, dict[str, str]] = {}
        for name, place, word in self._word_fields:
            if code := data.get(f"word_{name}_{place}"):
                words.setdefault(name, {})[word] = code
        self.said = {"sheet": self.sheet_number, "fields": fields, "words": words}
        return data

    def inputs(self):
        """What was said, as the action takes it."""
        return self.said

    def columns(self):
        """Each column with its masked samples, for the page: bound field, samples, whether it is a guess or barred."""
        if self.sheet is None:
            return []
        fields = self._fields_said()
        return [
            {
                "field": self[f"column_{number}"],
                "samples": samples_of(self.sheet, number, fields[number]),
                "is_guess": number in self.proposal.guessed,
                "is_barred": is_forbidden(heading),
            }
            for number, heading in enumerate(self.sheet.headings)
        ]

    def word_groups(self):
        """The words to match, by the field that they belong to."""
        groups: dict[str, list] = {}
        for name, place, _word in self._word_fields if self.sheet else ():
            groups.setdefault(name, []).append(self[f"word_{name}_{place}"])
        return [(FIELD_LABELS[name], fields) for name, fields in groups.items()]

    def missing(self):
        """The fields that every row needs and no column is yet."""
        return [FIELD_LABELS[name] for name in REQUIRED if self.sheet and name not in self._fields_said()]


def samples_of(sheet: SheetShape, number: int, name: str) -> list[str]:
    """The first cells of a column, personal data masked: by the field, and long numbers wherever they stand."""
    cells = [row[number].strip() for row in sheet.samples if number < len(row) and row[number].strip()]
    if name in PERSONAL:
        return [KINDS[name].masked(cell) for cell in cells]
    if name == "order_number":
        return cells
    return [LONG_NUMBER.sub(lambda found: mask_tail(found[0]), cell)[:60] for cell in cells]


def columns_named(batch: ImportBatch) -> list[tuple[str, object, list[str]]]:
    """Heading and field of each column, for readers who did not bring the file: its cells are not theirs."""
    return [(heading, FIELD_LABELS.get(name, ""), []) for heading, name in batch.columns]


def columns_shown(batch: ImportBatch) -> list[tuple[str, object, list[str]]]:
    """Heading, field and masked samples of each column, as the rows of the batch were read."""
    sheets = shapes_of(batch)
    sheet = sheets[batch.sheet] if batch.sheet < len(sheets) else None
    return [
        (heading, FIELD_LABELS.get(name, ""), samples_of(sheet, number, name) if sheet else [])
        for number, (heading, name) in enumerate(batch.columns)
    ]
