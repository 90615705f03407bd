"""Pages about wording: the check while somebody types, and requests for a yes to very words."""

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import LONGEST_WORDS
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.worklist import Queue
from casemgmt.people.one_person import accounts_of
from complaints.actions.wording import findings_in
from complaints.admin import buttons
from complaints.admin.paperwork import ALL_ROWS, WorkAdmin
from complaints.admin.request_changes import refused_before
from complaints.admin.request_lines import RequestLine, deeds_of, shared_by, why_this_person_may_not
from complaints.admin.wording_told import lines_of
from complaints.models import WordingOverride
from complaints.rules.wording import SPOKEN
from complaints.states import OverrideState
from complaints.vocabulary import Channel
from policies.lookup import policies_in_words

CHECKED = "contact.record"


class WordingCheckMixin:
    """Gives cases `<pk>/wording/`: what stands in the words of `words`, as a fragment. It writes nothing."""

    def get_urls(self):
        """The address that composers ask."""
        view = self.admin_site.admin_view(self.wording_view)
        check = path("<int:object_id>/wording/", view, name="complaints_complaint_wording")
        return [check, *super().get_urls()]

    def wording_view(self, request, object_id: int):
        """The findings in `words` for `channel`, by whoever may write to the customer; `plan` is the plan offered.

        POST, because what customers are written to stands in no address and no log.
        """
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        case = self.get_object(request, str(object_id))
        if case is None:
            raise Http404
        if not self.has_right(request, CHECKED, case):
            raise RightRefused(CHECKED, self.opts.label_lower, case.pk)
        words = request.POST.get("words", "").replace("\r\n", "\n")[:LONGEST_WORDS]
        channel = request.POST.get("channel", "")
        plan = request.POST.get("plan", "")
        findings = findings_in(
            case,
            words,
            at=moment(request),
            channel=channel if channel in Channel.values else "",
            plan_id=int(plan) if plan.isascii() and plan.isdecimal() and len(plan) < 16 else None,
        )
        lines = lines_of(case, words, findings)
        context = {
            "lines": lines,
            "held_back": sum(line.severity in ("block", "needs_approval") for line in lines),
            "is_spoken": channel in SPOKEN,
            "ask_url": reverse("admin:complaints_complaint_do", args=[case.pk, "ask-wording"]),
            "draft": f"{self.opts.label_lower}:{case.pk}:ask-wording",
        }
        response = render(request, "complaints/wording.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


@admin.register(WordingOverride)
class WordingOverrideAdmin(WorkAdmin):
    """Words to customers that wait for somebody's yes."""

    anchor = "wordings"
    empty_words = _("No words wait here. They are asked for while a message is written, where a phrase needs approval.")
    case_actions = buttons.WORDING
    list_display = ["case_cell", "words", "asked_by", "state_cell"]
    list_select_related = ["case__customer__key", "asked_by", "words"]
    queues = (
        Queue("approval", _("Awaiting approval"), lambda rows, request, at: rows.filter(state=OverrideState.ASKED)),
        ALL_ROWS,
    )


def wording_lines(rows: QuerySet, person, at: datetime, back: str) -> list[RequestLine]:
    """Requests for a yes to words as lines of the inbox; one query more, whatever the number of rows."""
    rows = list(rows)
    titles = policies_in_words({row.phrase_policy_id for row in rows})
    return [_line(row, person, titles[row.phrase_policy_id], at, back) for row in rows]


def _line(row: WordingOverride, person, policy, at: datetime, back: str) -> RequestLine:
    why_not = why_this_person_may_not(person, asked_by=row.asked_by_id, handler=row.case.handler_id)
    names = {"approve-wording": gettext("Agree"), "reject-wording": gettext("Do not agree")}
    return RequestLine(
        **shared_by(row, "wording", at, row.case.next_due_at),
        title=gettext("Words to the customer"),
        asker=row.asked_by.name,
        asked_at=row.asked_at,
        is_own=row.asked_by_id in accounts_of(person),
        ground=policy.title,
        policy=gettext("%(title)s, edition %(edition)s") % {"title": policy.title, "edition": policy.edition},
        change=str(row.reason),
        changes=tuple(filter(None, [refused_before(row)])),
        basis=str(row.words),
        deeds=() if why_not else deeds_of(row, names, back),
        why_not=why_not,
    )
