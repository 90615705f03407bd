"""The admin of the access log."""

from django.contrib import admin
from django.contrib.admin import AllValuesFieldListFilter
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.privacy.codes_in_words import part_in_words, reason_in_words, subject_in_words
from casemgmt.privacy.models import AccessEvent


class SubjectFilter(AllValuesFieldListFilter):
    """The subjects that occur, in words."""

    def choices(self, changelist):
        """As Django offers them, with words for the labels."""
        for choice in super().choices(changelist):
            yield choice | {"display": subject_in_words(str(choice["display"]))}


@admin.register(AccessEvent)
class AccessEventAdmin(ReadOnlyAdmin):
    """Who looked at personal data, took files, or tried what they may not."""

    empty_words = _("Nobody has opened personal data, and nobody was refused a right.")
    list_display = ["at", "person_name", "kind", "subject", "subject_pk", "part", "why"]
    list_filter = ["kind", ("subject_label", SubjectFilter)]
    search_fields = ["person_name", "=subject_pk"]
    sortable_by = []
    fields = [
        "at",
        "person_name",
        "kind",
        "subject",
        "subject_pk",
        "part",
        "why",
        "statement_id",
        "request",
    ]

    @admin.display(description=_("subject"))
    def subject(self, event):
        """What was looked at, in words."""
        return subject_in_words(event.subject_label)

    @admin.display(description=_("field"))
    def part(self, event):
        """Which part of it, in words."""
        return part_in_words(event.subject_field)

    @admin.display(description=_("reason"))
    def why(self, event):
        """The right that was refused, or what it was opened for, in words."""
        return reason_in_words(event.reason)
