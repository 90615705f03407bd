"""Absences: one's own, and those of the team for who leads it; who stands in meanwhile."""

from django import forms
from django.contrib import admin
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.forms import ActionForm, choice_field, day_field, with_empty
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.notice_words import page_of, register_ways
from casemgmt.people import absences
from casemgmt.people.groups import GroupName
from casemgmt.people.models import Absence, Person
from casemgmt.people.queries import group_names_of, teams_acted_for


def _people_entered_for(viewer: Person, on) -> list[Person]:
    """For whom the viewer enters absences: themselves, and as who leads, everybody of the team."""
    everybody = Person.objects.filter(is_active=True, is_service=False)
    own = Q(pk=viewer.pk)
    if viewer.is_superuser or GroupName.SUPERVISORS in group_names_of(viewer):
        own |= Q(team__in=teams_acted_for(viewer, on))
    return list(everybody.filter(own).order_by("name", "pk"))


def _key(text: str) -> int | None:
    return int(text) if text else None


class SubstituteForm(ActionForm):
    """Who stands in."""

    substitute_id = choice_field(
        gettext_lazy("Stands in"),
        required=False,
        help_text=gettext_lazy("Handles the cases meanwhile and sees what falls due; no authority or limit is lent."),
    )

    def prepare(self):
        """Everybody who handles cases."""
        person = self.row.person if self.row.person_id else self.person
        named = [
            (other.pk, f"{other.name} · {other.team}" if other.team else other.name)
            for other in absences.possible_substitutes(person).select_related("team")
        ]
        self.fields["substitute_id"].choices = with_empty(named)

    def clean_substitute_id(self):
        """As a key."""
        return _key(self.cleaned_data["substitute_id"])


class AbsenceForm(SubstituteForm):
    """From when to when, and who stands in. Why is nobody's business."""

    person_id = choice_field(gettext_lazy("Who is away"), help_text=gettext_lazy("Yourself, or somebody you lead."))
    starts_on = day_field(gettext_lazy("First day"), help_text=gettext_lazy("From this day on, the whole day."))
    ends_on = day_field(gettext_lazy("Last day"), help_text=gettext_lazy("Itself included."))
    field_order = ["person_id", "starts_on", "ends_on", "substitute_id"]

    def prepare(self):
        """For whom the viewer may enter one."""
        super().prepare()
        people = _people_entered_for(self.person, absences.local_day(self.at))
        field = self.fields["person_id"]
        field.choices = [(person.pk, person.name) for person in people]
        field.initial = self.person.pk
        if len(people) == 1:
            field.widget = forms.HiddenInput()
        self.fields["substitute_id"].choices = [
            *self.fields["substitute_id"].choices,
            *([(self.person.pk, self.person.name)] if len(people) > 1 else []),
        ]

    def clean_person_id(self):
        """As a key."""
        return _key(self.cleaned_data["person_id"])


ENTER = CaseAction(
    "enter",
    gettext_lazy("Enter an absence"),
    absences.RIGHT,
    absences.enter_absence,
    AbsenceForm,
    submit=gettext_lazy("Enter"),
    intro=gettext_lazy("Meanwhile no new case is given; what falls due appears on the lists of who stands in."),
)


@admin.register(Absence)
class AbsenceAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Who is away, from when to when, and who stands in."""

    empty_words = gettext_lazy("Nobody is entered as away. Enter yours before you go, and say who stands in.")
    list_display = ["person", "starts_on", "ends_on", "stands_in", "stage"]
    list_select_related = ["person", "substitution__person"]
    search_fields = ["person__name"]
    sortable_by = []
    fields = ["person", "starts_on", "ends_on", "stands_in", "stage", "entered_by", "entered_at"]
    add_label = ENTER.label
    change_form_before_template = "people/offers.html"
    case_actions = (
        CaseAction(
            "name-substitute",
            gettext_lazy("Name another substitute"),
            absences.RIGHT,
            absences.name_substitute,
            SubstituteForm,
            why_not=absences.why_not_end,
            weight=20,
        ),
        CaseAction(
            "end",
            gettext_lazy("Back, or not away at all"),
            absences.RIGHT,
            absences.end_absence,
            why_not=absences.why_not_end,
            intro=gettext_lazy("From today on everything that falls due is on the own lists again."),
            weight=10,
            group="next",
        ),
    )

    def get_queryset(self, request):
        """One's own and whom one stands in for; who leads sees the team, auditors all."""
        me, on = request.user, absences.local_day(moment(request))
        rows = (
            super()
            .get_queryset(request)
            .annotate(
                stage_code=Case(
                    When(called_off_at__isnull=False, then=Value("off")),
                    When(starts_on__gt=on, then=Value("to_come")),
                    When(ends_on__gte=on, then=Value("now")),
                    default=Value("over"),
                )
            )
        )
        groups = group_names_of(me)
        if me.is_superuser or GroupName.AUDITORS in groups:
            return rows
        own = Q(person=me) | Q(substitution__person=me)
        if GroupName.SUPERVISORS in groups:
            own |= Q(person__team__in=teams_acted_for(me, on))
        return rows.filter(own)

    def has_right(self, request, right, row):
        """For oneself, or as who leads them."""
        return absences.may_enter_for(request.user, row.person, on=absences.local_day(moment(request)))

    def is_beside_the_point(self, violation):
        """What is over is not changed."""
        ended = ("absence.over", "absence.called_off_already")
        return violation.code in ended or super().is_beside_the_point(violation)

    def has_add_permission(self, request):
        """Who may enter absences at all."""
        return request.user.has_perm(absences.RIGHT)

    def add_view(self, request, form_url="", extra_context=None):
        """Entering: an action without a row yet."""
        if not self.has_add_permission(request):
            raise RightRefused(absences.RIGHT, self.opts.label_lower, "")
        return self.dialog_or_deed(request, ENTER, Absence())

    def url_after(self, request, row, result):
        """The list."""
        return reverse("admin:people_absence_changelist")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With the actions that this viewer may take."""
        row = self.get_object(request, object_id) if object_id else None
        offers = self.offers(request, row, moment(request)) if row is not None else []
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "offers": offers})

    @admin.display(description=gettext_lazy("stands in"))
    def stands_in(self, absence):
        """Who, if anybody."""
        row = absence.substitution
        return row.person.name if row is not None and row.called_off_at is None else _("nobody")

    @admin.display(description=gettext_lazy("state"))
    def stage(self, absence):
        """To come, now, over, or called off."""
        words = {
            "off": _("called off"),
            "to_come": _("to come"),
            "now": _("away until %(day)s") % {"day": date_format(absence.ends_on)},
            "over": _("over"),
        }
        return words[absence.stage_code]


register_ways("people.absence", {"": page_of("people_absence")})
