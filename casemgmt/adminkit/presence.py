"""“Someone else is here”: pages say that they are open, and are told who else has the same row open."""

from datetime import datetime, timedelta

from django.db.models import F
from django.http import Http404, HttpResponseNotAllowed, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.models import Presence
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused

HERE_FOR = timedelta(seconds=90)
"""So long after its last word a page counts as open; it speaks every 30 seconds."""

HERE, WRITING, GONE = "here", "writing", "gone"


class PresenceMixin:
    """Gives the pages of a model `<pk>/here/`, for whoever may see the row. Stands before AuditedAdmin."""

    def get_urls(self):
        """The address that pages speak to."""
        here = path(
            "<int:object_id>/here/",
            self.admin_site.admin_view(self.here_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_here",
        )
        return [here, *super().get_urls()]

    def here_url(self, row) -> str:
        """Where a page of this row says that it is open."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_here", args=[row.pk])

    def here_view(self, request, object_id: int):
        """Note that the viewer is here (`state`: here, writing or gone) and answer who else is, in words.

        404 for a row that the viewer may not see, so that nobody learns from it that others work on something.
        """
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise RightRefused("view", self.opts.label_lower, row.pk)
        note_presence(request.user, row, request.POST.get("state", HERE), at=moment(request))
        return JsonResponse({"people": people_in_words(request.user, row, at=moment(request))})


def note_presence(person, row, state: str, *, at: datetime) -> None:
    """Write down that this person has the row open, or has closed it; what nobody has open any more goes."""
    subject = {"subject_label": row._meta.label_lower, "subject_pk": str(row.pk)}
    Presence.objects.filter(seen_at__lt=at - HERE_FOR).delete()
    if state == GONE:
        Presence.objects.filter(person=person, **subject).delete()
        return
    Presence.objects.bulk_create(
        [Presence(person=person, seen_at=at, is_writing=state == WRITING, **subject)],
        update_conflicts=True,
        unique_fields=["subject_label", "subject_pk", "person"],
        update_fields=["seen_at", "is_writing"],
    )


def people_in_words(person, row, *, at: datetime) -> list[str]:
    """Who else has the row open now, those who write first: one sentence a person."""
    others = (
        Presence.objects.filter(subject_label=row._meta.label_lower, subject_pk=str(row.pk), seen_at__gte=at - HERE_FOR)
        .exclude(person=person)
        .annotate(name=F("person__name"))
        .order_by("-is_writing", "name")
        .values_list("name", "is_writing")
    )
    return [
        (_("%(name)s is writing here") if is_writing else _("%(name)s has this open too")) % {"name": name}
        for name, is_writing in others
    ]
