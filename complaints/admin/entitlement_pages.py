"""The pages of what a customer is owed: every entitlement with its answer now, and one of then, computed again."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Link
from casemgmt.money import amount_shown
from complaints.actions.entitling import replay
from complaints.admin.base import action_url, case_url, entitlements_url, holds
from complaints.admin.entitlement_cards import card_of, piles_of
from policies.lookup import policies_by_id, policies_in_force, policies_in_words, policies_read_once


class EntitlementPages:
    """What the admin of cases shows of the rights of a customer. Stands before the list and the actions."""

    def get_urls(self):
        """The overview, and one answer that was written down."""
        overview = path(
            "<int:object_id>/entitlements/",
            self.admin_site.admin_view(self.entitlements_view),
            name="complaints_complaint_entitlements",
        )
        one = path(
            "<int:object_id>/entitlements/<int:answer_id>/",
            self.admin_site.admin_view(self.entitlement_view),
            name="complaints_complaint_entitlement",
        )
        return [overview, one, *super().get_urls()]

    def entitlements_view(self, request, object_id: int):
        """Owed, not owed, or what is missing to tell: each with its arithmetic, its clause and its policy."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "view", object_id)
        case = self.seen_or_404(request, object_id)
        at = moment(request)
        with policies_read_once():
            piles = piles_of(request, case, at, policies_in_force(at))
        may_state = case.is_open and holds(request, "case.edit_facts", case, at)
        context = {
            **self.admin_site.each_context(request),
            **self._frame(case, _("What the customer is owed")),
            "piles": piles,
            "state": Link(_("State facts"), action_url(case, "state-facts"), sheet=True) if may_state else None,
        }
        return TemplateResponse(request, "complaints/entitlements.html", context)

    def entitlement_view(self, request, object_id: int, answer_id: int):
        """An answer with the facts and the policy of then, and whether it comes out the same today."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "view", object_id)
        case = self.seen_or_404(request, object_id)
        recorded = case.entitlement_answers.filter(pk=answer_id).select_related("recorded_by").first()
        if recorded is None:
            raise Http404
        again = replay(recorded)
        words = policies_in_words([recorded.policy_id])[recorded.policy_id]
        laws = policies_by_id(recorded.law_policy_ids).values()
        context = {
            **self.admin_site.each_context(request),
            **self._frame(
                case, _("What was owed on %(day)s") % {"day": date_format(recorded.as_of, "SHORT_DATE_FORMAT")}
            ),
            "recorded": recorded,
            "card": card_of(case, again.entitlement, again.answer, words, laws, {}),
            "stored": recorded.get_verdict_display(),
            "stored_amount": amount_shown(recorded.amount, recorded.currency) if recorded.amount is not None else "",
            "is_same": again.is_same,
            "overview_url": entitlements_url(case.pk),
        }
        return TemplateResponse(request, "complaints/entitlement_why.html", context)

    def _frame(self, case, title) -> dict:
        return {
            "title": title,
            "subtitle": case.case_number,
            "opts": self.opts,
            "case": case,
            "back_url": case_url(case.pk, "entitlements"),
        }
