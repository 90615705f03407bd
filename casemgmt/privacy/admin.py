"""The admin of the access log."""

import re

from django.apps import apps
from django.contrib import admin
from django.contrib.admin import AllValuesFieldListFilter
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.privacy.models import AccessEvent

ADDRESS = re.compile(r"([a-z]+)_([a-z]+)_[a-z_]+")


def subject_in_words(label: str) -> str:
    """What was looked at, as people call it: the model of a label or of an admin page; else as it stands."""
    of_a_page = ADDRESS.fullmatch(label)
    try:
        return str(capfirst(apps.get_model(".".join(of_a_page.groups()) if of_a_page else label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label


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
    list_display = ["at", "person_name", "kind", "subject", "subject_pk", "subject_field", "reason"]
    list_filter = ["kind", ("subject_label", SubjectFilter)]
    search_fields = ["person_name", "=subject_pk"]
    sortable_by = []
    fields = [
        "at",
        "person_name",
        "kind",
        "subject",
        "subject_pk",
        "subject_field",
        "reason",
        "statement_id",
        "request",
    ]

    @admin.display(description=_("subject"))
    def subject(self, event):
        """What was looked at, in words."""
        return subject_in_words(event.subject_label)
