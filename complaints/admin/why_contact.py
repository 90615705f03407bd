"""Why a call is refused, and what the rules said to an exchange of ours: arithmetic, policies, and the same again."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.sentences import say
from casemgmt.violations import Violation
from complaints.admin.base import case_url
from complaints.explaining_contacts import CallExplained, a_call_now, the_call_then, the_words_then
from complaints.models import Contact
from complaints.sentences.calling import PLAN_REASONS
from policies.lookup import policies_in_words, policies_read_once
from policies.rules.calling import open_ranges, zone_of


def contact_why_url(contact_id: int, case_id: int) -> str:
    """Where an exchange of ours is explained."""
    return reverse("admin:complaints_complaint_contact_why", args=[case_id, contact_id])


def is_explained(contact: Contact) -> bool:
    """Whether rules were asked about it."""
    return bool(contact.working.get("window") or contact.working.get("wording"))


class ContactWhyPages:
    """Adds `<pk>/call/why/` and `<pk>/contacts/<contact>/why/` to the admin of cases, for whoever sees the case."""

    def get_urls(self):
        """Both stand before the page of a call."""
        now = path(
            "<int:object_id>/call/why/",
            self.admin_site.admin_view(self.call_why_view),
            name="complaints_complaint_call_why",
        )
        then = path(
            "<int:object_id>/contacts/<int:contact_id>/why/",
            self.admin_site.admin_view(self.contact_why_view),
            name="complaints_complaint_contact_why",
        )
        return [now, then, *super().get_urls()]

    def call_why_view(self, request, object_id: int):
        """What stands for and against calling now; asked anew each time."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "view", object_id)
        case = self.seen_or_404(request, object_id)
        with policies_read_once():
            call = a_call_now(case, at=moment(request))
            return self._drawn(request, case, _("Why this call may or may not be made"), call, [])

    def contact_why_view(self, request, object_id: int, contact_id: int):
        """What the rules said then, and whether they say the same now; 404 where none was asked."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "view", object_id)
        case = self.seen_or_404(request, object_id)
        contact = case.contacts.select_related("words", "breach_reason", "customer").filter(pk=contact_id).first()
        if contact is None or not is_explained(contact):
            raise Http404
        call, words = the_call_then(contact), the_words_then(contact)
        return self._drawn(request, case, _("Why this exchange is marked as it is"), call, words, contact)

    def _drawn(self, request, case, title: str, call: CallExplained | None, words: list, contact=None):
        ids = [one.phrase.policy_id for one in words]
        if call is not None:
            ids += [call.window.policy_id, call.plan_policy_id or 0]
        rows = policies_in_words(ids)
        language = get_language() or "zh-hans"
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": case.case_number,
            "case": case,
            "back_url": case_url(case),
            "contact": contact,
            "call": call,
            "lines": lines_of(call) if call else (),
            "broken": [say(violation) for violation in call.broken] if call else (),
            "plan_reasons": [str(PLAN_REASONS[why]) for why in call.needs_plan] if call else (),
            "policy": rows.get(call.window.policy_id) if call else None,
            "plan_policy": rows.get(call.plan_policy_id) if call else None,
            "words": [
                {
                    "one": one,
                    "title": one.phrase.label.in_language(language),
                    "why": one.phrase.why.in_language(language),
                    "instead": one.phrase.instead.in_language(language) if one.phrase.instead else "",
                    "policy": rows.get(one.phrase.policy_id),
                }
                for one in words
            ],
        }
        return TemplateResponse(request, "complaints/contact_why.html", context)


def lines_of(call: CallExplained) -> tuple[tuple[str, str, bool], ...]:
    """Each rule with its figures in words, and whether it stands against the call."""
    window, codes = call.window, {violation.code for violation in call.broken}
    zone = zone_of(window, call.wish)
    at = call.at.astimezone(zone)
    hours = _(", ").join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in open_ranges(window, call.wish))
    last = call.calls[-1].astimezone(zone) if call.calls else None
    hour_codes = {"call.outside_window", "call.quiet_hour", "call.not_at_this_hour"}
    gap = _("no call before")
    if last is not None:
        gap = _("the last one %(at)s, at least %(minutes)s minutes between two") % {
            "at": date_format(localtime(last, zone), "Y-m-d H:i"), "minutes": window.gap_minutes,
        }  # fmt: skip
    counted = ngettext(
        "%(made)s of %(most)s call in %(days)s days",
        "%(made)s of %(most)s calls in %(days)s days",
        window.calls_in_days,
    )
    said = {"made": len(call.in_days), "most": window.calls_in_days, "days": window.days}
    return (
        (_("Hours"), f"{at:%H:%M} · {hours} ({zone.key})", bool(codes & hour_codes)),
        (_("Day"), date_format(at, "Y-m-d D"), "call.quiet_day" in codes),
        (_("Calls that day"), f"{len(call.that_day)} / {window.calls_a_day}", "call.cap_reached" in codes),
        (_("Calls in a row of days"), counted % said, "call.cap_in_days_reached" in codes),
        (_("Gap"), gap, "call.too_soon" in codes),
        (
            _("The customer's word"),
            say(Violation("call.opted_out")) if "call.opted_out" in codes else _("no word against calls"),
            "call.opted_out" in codes or any(code.startswith("consent.") for code in codes),
        ),
    )
