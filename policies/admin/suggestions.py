"""Suggestions to change policies: read by everybody whom policies bind, answered by policy editors."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.violations import Violation
from policies.admin.buttons import DRAFT
from policies.admin.forms import DeclineForm, TakeUpForm
from policies.models import PolicyKind, PolicyRow, PolicySuggestion, SuggestionState
from policies.suggesting import decline_suggestion, take_up_suggestion


def _only_open(row, *, by, at):
    return [] if row.state == SuggestionState.OPEN else [Violation("suggestion.not_open")]


@admin.register(PolicySuggestion)
class PolicySuggestionAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """A list of suggestions, each with its answer."""

    empty_words = _("No suggestion yet. Supervisors make them on the page of a case or of a policy.")
    list_display = ["made_at", "policy_title", "aim", "state", "made_by"]
    list_display_links = ["made_at", "policy_title"]
    list_filter = ["state", "aim"]
    list_select_related = ["made_by"]
    sortable_by = []
    fieldsets = [
        (None, {"fields": ["policy_title", "aim", "state", "said", "case_number", "maker", "made_at"]}),
        (_("answer"), {"fields": ["draft_title", "answered", "answerer", "answered_at"]}),
    ]
    case_actions = (
        CaseAction(
            "take-up",
            _("Take it up"),
            DRAFT,
            take_up_suggestion,
            TakeUpForm,
            _only_open,
            intro=_("A draft of this policy answers it; whoever made the suggestion is told."),
            weight=10,
            group="next",
        ),
        CaseAction(
            "decline",
            pgettext_lazy("suggestion", "Decline"),
            DRAFT,
            decline_suggestion,
            DeclineForm,
            _only_open,
            weight=20,
        ),
    )
    change_form_before_template = "people/offers.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With what can be done."""
        row = self.get_object(request, str(object_id)) if object_id else None
        offers = self.offers(request, row) if row is not None else []
        return super().changeform_view(request, object_id, form_url, {"offers": offers, **(extra_context or {})})

    def is_beside_the_point(self, violation):
        """An answered suggestion offers nothing any more."""
        return violation.code == "suggestion.not_open"

    def get_queryset(self, request):
        """With the titles of the policies they are about, in one query."""
        editions = PolicyRow.objects.filter(kind=OuterRef("kind"), key=OuterRef("key")).order_by("-edition")
        rows = super().get_queryset(request)
        return rows.annotate(
            title_en=Subquery(editions.values("title_en")[:1]), title_zh=Subquery(editions.values("title_zh")[:1])
        )

    @admin.display(description=_("policy"))
    def policy_title(self, suggestion):
        """In the reader's language."""
        kind = dict(PolicyKind.choices).get(suggestion.kind, suggestion.kind)
        title = suggestion.title_zh if (get_language() or "").startswith("zh") else suggestion.title_en
        return f"{kind} · {title or suggestion.key}"

    @admin.display(description=_("suggestion"))
    def said(self, suggestion):
        """The words."""
        return str(suggestion.words)

    @admin.display(description=pgettext_lazy("suggestion", "made by"))
    def maker(self, suggestion):
        """By name: not everybody who reads policies may open people."""
        return str(suggestion.made_by)

    @admin.display(description=_("draft"))
    def draft_title(self, suggestion):
        """The draft that answered it."""
        return str(suggestion.draft or "—")

    @admin.display(description=_("answer"))
    def answered(self, suggestion):
        """Why not."""
        return str(suggestion.answer or "—")

    @admin.display(description=_("answered by"))
    def answerer(self, suggestion):
        """By name, likewise."""
        return str(suggestion.answered_by or "—")
