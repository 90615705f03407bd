"""Forms of linking, splitting and comparing cases."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import ActionForm, choice_field, with_empty, words_field, yes_field
from complaints.actions.citing import evidence_to_cite
from complaints.forms import choosing
from complaints.models import Complaint
from complaints.roles import cases_visible_to, day_of
from complaints.vocabulary import LinkKind, Side, StatementKind

SAID = (
    StatementKind.CONTENT,
    StatementKind.COURSE,
    StatementKind.DEMAND,
    StatementKind.REAL_NEED,
    StatementKind.DAMAGE,
    StatementKind.PLACE,
    StatementKind.MESSAGE,
    StatementKind.CALL_NOTE,
    StatementKind.ACCOUNT,
    StatementKind.ANSWER,
)
"""What tells of a matter; reasons and notes of ours do not."""
BEGINNING = 80
MOST_OFFERED = 60


def _several(label, help_text, *, required) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        required=required,
        help_text=help_text,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )


class LinkCaseForm(ActionForm):
    """Which case, how they belong together, and why."""

    other_id = choice_field(
        _("Other case"), help_text=_("Cases of the same customer, order or goods that you may see, the newest first.")
    )
    kind = choice_field(
        _("How they belong together"),
        LinkKind,
        help_text=_("Except with another customer, money of both counts against one limit."),
    )
    reason = words_field(_("Reason"), rows=2, help_text=_("What shows it; colleagues read it on both cases."))

    def prepare(self):
        """Cases that have something in common with this one; `?other_id=` offers just that one too."""
        same = Q(pk__in=[])
        for name in ("customer", "order", "product"):
            if getattr(self.row, f"{name}_id") is not None:
                same |= Q(**{name: getattr(self.row, f"{name}_id")})
        asked = str(self.data.get("other_id") or self.initial.get("other_id") or "")
        if asked.isascii() and asked.isdecimal() and len(asked) < 16:
            same |= Q(pk=int(asked))
        cases = cases_visible_to(self.person, on=day_of(self.at)).filter(same).exclude(pk=self.row.pk)
        rows = cases.select_related("customer__key").order_by("-registered_at")[:MOST_OFFERED]
        self.fields["other_id"].choices = with_empty(
            [(row.pk, f"{row.case_number} · {row.customer or ''} · {row.get_state_display()}") for row in rows]
        )

    def clean_other_id(self):
        """As a key."""
        return int(self.cleaned_data["other_id"])


class SplitForm(ActionForm):
    """The second matter, and what was said and given about it."""

    matter = words_field(
        _("The second matter"), rows=3, help_text=_("What it is about, in the customer's words as far as you can.")
    )
    statements = _several(
        _("What was said about it"),
        _("It stays in this case; the new one cites it word for word, with its source."),
        required=False,
    )
    evidence = _several(
        _("Files about it"),
        _("They stay in this case, with their custody; the new one refers to them."),
        required=False,
    )
    other_order = yes_field(_("It is about another order"), help_text=_("Which one is recorded on the new case."))
    reason = words_field(_("Reason"), rows=2, help_text=_("Why the two are handled apart."))

    def prepare(self):
        """What the customer and others said, the customer's words first; the files that count."""
        rows = self.row.statements.filter(kind__in=SAID).order_by("said_at", "pk")[:MOST_OFFERED]
        theirs_first = sorted(rows, key=lambda row: row.side != Side.CUSTOMER)
        self.fields["statements"].choices = [
            (row.pk, f"{row.get_kind_display()} · {' '.join(str(row).split())[:BEGINNING]}") for row in theirs_first
        ]
        self.fields["evidence"].choices = choosing.evidence_of(self.row)
        if not self.fields["evidence"].choices:
            del self.fields["evidence"]


class CiteForm(ActionForm):
    """Files of linked cases on which this one rests too."""

    evidence = _several(
        _("Files of linked cases"),
        _("They stay there, with their custody, and count for what this case needs."),
        required=True,
    )

    def prepare(self):
        """What may be read there and is not cited yet, with the number of its case."""
        self.fields["evidence"].choices = [
            (row.pk, f"{row.get_evidence_type_display()} · {row.file_name} · {row.case.case_number}")
            for row in evidence_to_cite(self.row, self.person, at=self.at)[:MOST_OFFERED]
        ]


def leading_case_in(query, person, at) -> Complaint | None:
    """The case of `?with=`, if there is one that this person may see."""
    asked = query.get("with", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 16):
        return None
    return cases_visible_to(person, on=day_of(at)).filter(pk=int(asked)).first()
