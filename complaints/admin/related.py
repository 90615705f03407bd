"""What a case has to do with others: links, followers, likely duplicates, its incident; and two cases side by side."""

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Link
from complaints.admin import buttons
from complaints.admin.base import CasePartAdmin, action_url, case_url, holds, links_for, visible_cases
from complaints.admin.comparing import Source, column_of, texts_of, way_of
from complaints.admin.drawing import with_titles
from complaints.admin.incident_page import incident_url
from complaints.forms.linking import leading_case_in
from complaints.models import CaseLink, Complaint

LIKELY = 10


def related_url(case_id: int) -> str:
    """The page of everything that a case has to do with."""
    return reverse("admin:complaints_complaint_related", args=[case_id])


def compare_url(case_id: int, other_id: int) -> str:
    """Two cases side by side."""
    return f"{reverse('admin:complaints_complaint_compare', args=[case_id])}?with={other_id}"


def likely_duplicates_of(request, case: Complaint) -> list[Complaint]:
    """Open cases of the same customer or order that the viewer may see, without those tied to it already."""
    same = Q(pk__in=[])
    if case.customer_id is not None:
        same |= Q(customer=case.customer_id)
    if case.order_id is not None:
        same |= Q(order=case.order_id)
    tied = CaseLink.objects.standing().of(case.pk).values_list("case_id", "other_id")
    known = {key for pair in tied for key in pair} | {case.pk}
    rows = visible_cases(request).open().filter(same).exclude(pk__in=known)
    return with_titles(rows.select_related("order", "customer__key").order_by("-registered_at")[:LIKELY])


class RelatedPages:
    """Gives the admin of cases `<pk>/related/` and `<pk>/compare/?with=<pk>`. Reading alone; deeds are dialogs."""

    def get_urls(self):
        """The two pages stand before Django's own addresses."""
        related = self.admin_site.admin_view(self.related_view)
        compare = self.admin_site.admin_view(self.compare_view)
        return [
            path("<int:object_id>/related/", related, name="complaints_complaint_related"),
            path("<int:object_id>/compare/", compare, name="complaints_complaint_compare"),
            *super().get_urls(),
        ]

    def related_view(self, request, object_id: int):
        """Links, followers with their texts, citations, likely duplicates and the incident of a case."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        case, at = self.seen_or_404(request, object_id), moment(request)
        visible = visible_cases(request)
        followers = list(visible.filter(merged_into=case.pk))
        member = case.memberships.standing().select_related("incident").order_by("-pk").first()
        context = {
            **self._pair_frame(request, case, _("Related cases")),
            "leader": visible.filter(pk=case.merged_into_id).first() if case.merged_into_id else None,
            "links": _links(request, case, at),
            "followers": [(follower, texts_of(follower)) for follower in followers],
            "merges": list(case.merges_led.select_related("case", "merged_by", "reason").order_by("pk")),
            "citations": _citations(request, case),
            "duplicates": [
                (row, case_url(row.pk), compare_url(case.pk, row.pk)) for row in likely_duplicates_of(request, case)
            ],
            "incident": member.incident if member is not None else None,
            "incident_url": incident_url(member.incident_id) if member is not None else "",
            "deeds": _deeds(request, case, at),
        }
        return TemplateResponse(request, "complaints/related.html", context)

    def compare_view(self, request, object_id: int):
        """Two cases side by side, what merging either way would do, and what stands against it."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        case, at = self.seen_or_404(request, object_id), moment(request)
        other = leading_case_in(request.GET, request.user, at)
        if other is None or other.pk == case.pk:
            return HttpResponseRedirect(related_url(case.pk))
        context = {
            **self._pair_frame(request, case, _("Compare two cases")),
            "columns": [column_of(case, at), column_of(other, at)],
            "ways": [way_of(request, follower, leading, at) for follower, leading in ((case, other), (other, case))],
            "link_url": f"{action_url(case, 'link-case')}?other_id={other.pk}"
            if holds(request, "case.edit_facts", case, at)
            else "",
        }
        return TemplateResponse(request, "complaints/compare.html", context)

    def _pair_frame(self, request, case, title):
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "content_title": title,
            "subtitle": case.case_number,
            "opts": self.opts,
            "case": case,
            "back_url": case_url(case.pk),
            "now": moment(request),
        }


def _links(request, case: Complaint, at) -> list[tuple]:
    """Each standing link from this side; a case that the viewer may not see is left out."""
    rows = CaseLink.objects.standing().of(case.pk).select_related("case", "other", "reason", "linked_by")
    visible = set(
        visible_cases(request).filter(pk__in=[_other(row, case).pk for row in rows]).values_list("pk", flat=True)
    )
    return [
        (
            row,
            _other(row, case),
            case_url(_other(row, case).pk),
            compare_url(case.pk, _other(row, case).pk),
            links_for(request, row, buttons.CASE_LINK, case, at),
        )
        for row in rows
        if _other(row, case).pk in visible
    ]


def _other(link: CaseLink, case: Complaint) -> Complaint:
    return link.other if link.case_id == case.pk else link.case


def _citations(request, case: Complaint) -> list[Source]:
    """What the case rests on since it was split off, with where it was said; only from cases that the viewer sees."""
    rows = case.citations.select_related(
        "statement__case", "statement__said_by", "evidence__case", "evidence__file_name"
    )
    visible = visible_cases(request)
    found = []
    for row in rows:
        source = row.statement.case if row.statement_id else row.evidence.case
        if not visible.filter(pk=source.pk).exists():
            continue
        if row.statement_id:
            said = row.statement
            found.append(
                Source(
                    source.case_number,
                    case_url(source.pk),
                    said.get_kind_display(),
                    said.said_by.name,
                    said.said_at,
                    str(said),
                )
            )
        else:
            piece = row.evidence
            found.append(
                Source(
                    source.case_number,
                    case_url(source.pk, "evidence"),
                    piece.get_evidence_type_display(),
                    "",
                    piece.received_at,
                    str(piece.file_name),
                )
            )
    return found


def _deeds(request, case: Complaint, at) -> list[Link]:
    names = ("link-case", "cite-evidence", "split-case", "link-incident", "unmerge")
    actions = {action.name: action for action in buttons.CASE}
    return [
        Link(actions[name].label, action_url(case, name), sheet=True)
        for name in names
        if holds(request, actions[name].right, case, at)
        and not (actions[name].why_not and actions[name].why_not(case, by=request.user, at=at))
    ]


@admin.register(CaseLink)
class CaseLinkAdmin(CasePartAdmin):
    """Links between cases: undone from either side."""

    empty_words = _("No link in this list. Cases are linked on the page “Related cases” of either.")
    list_display = ["case", "other", "kind", "linked_by", "linked_at"]
    list_select_related = ["case", "other", "linked_by"]
    sortable_by = []
    case_actions = buttons.CASE_LINK

    def get_queryset(self, request):
        """Those whose both cases the viewer may see."""
        return super().get_queryset(request).filter(other__in=visible_cases(request))

    def has_right(self, request, right, row):
        """On either of the two cases."""
        at = moment(request)
        return holds(request, right, row.case, at) or holds(request, right, row.other, at)

    def url_after(self, request, row, result):
        """Back to what the case has to do with."""
        return related_url(row.case_id)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A link is read where its case stands."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "change", object_id)
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return HttpResponseRedirect(related_url(row.case_id))
