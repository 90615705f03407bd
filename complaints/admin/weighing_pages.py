"""Why a grant went the way it went, and why a plan offers what it offers: computed again from what was kept."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Fact
from casemgmt.people.models import Person
from casemgmt.people.one_person import accounts_of
from complaints.actions.watching_money import patterns_around
from complaints.actions.weighing_authority import weighings_of
from complaints.actions.weighing_remedies import fit_again
from complaints.admin.split_told import is_told_of_splits, split_in_words
from complaints.forms.guides import in_remedy_words, plan_guide, rungs_in_words
from complaints.models import CompensationGrant, HandlingPlan
from policies.lookup import policies_in_force, policies_in_words
from policies.words.facts import fact_name, fact_value


def grant_why_url(grant: CompensationGrant) -> str:
    """Where the route of a grant is explained; "" before it was handed in."""
    return reverse("admin:complaints_compensationgrant_why", args=[grant.pk]) if grant.weighed else ""


def plan_why_url(plan: HandlingPlan) -> str:
    """Where the remedies of a plan are explained; "" for a plan that no matrix was asked for."""
    return reverse("admin:complaints_handlingplan_why", args=[plan.pk]) if plan.fitting else ""


def deviation_of(plan: HandlingPlan) -> str:
    """Which remedies of the plan the facts did not suggest, and why they are right; "" for none."""
    if plan.deviation_id is None:
        return ""
    return _("another remedy than those that fit (%(remedies)s): %(why)s") % {
        "remedies": in_remedy_words(plan.fitting.get("deviates", ())), "why": plan.deviation,
    }  # fmt: skip


class WhyPage:
    """An explanation of one row: `<pk>/why/`, read by whoever sees the case."""

    why_template = ""

    def get_urls(self):
        """The explanation stands before Django's own addresses."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_why"
        return [path("<int:object_id>/why/", self.admin_site.admin_view(self.why_view), name=name), *super().get_urls()]

    def why_view(self, request, object_id: int):
        """Computed again just now; nothing is changed."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "view", object_id)
        row = self.seen_or_404(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            **self.told_why(request, row),
            "opts": self.opts,
            "subtitle": self.case_of(row).case_number,
            "case": self.case_of(row),
            "back_url": self.url_after(request, row, None),
        }
        return TemplateResponse(request, self.why_template, context)


class GrantWhy(WhyPage):
    """Whose word was enough for a grant, with every limit; and the reasons that were typed for it."""

    why_template = "complaints/grant_why.html"

    def told_why(self, request, grant: CompensationGrant) -> dict:
        """Each weighing with its rungs; 404 before the request was handed in."""
        found = weighings_of(grant)
        if not found:
            raise Http404
        names = dict(Person.objects.filter(pk__in=[one.approver_id for one in found]).values_list("pk", "name"))
        kind = policies_in_words([found[0].kind_id]).get(found[0].kind_id) if found[0].kind_id else None
        plans = grant.case.plans.exclude(deviation=None).select_related("deviation").order_by("-number")
        return {
            "title": _("Why this grant went this way"),
            "grant": grant,
            "kind": kind,
            "weighings": [
                {
                    "heading": _("Approved by %(name)s, %(day)s")
                    % {"name": names.get(one.approver_id, ""), "day": date_format(one.on, "SHORT_DATE_FORMAT")}
                    if one.approver_id
                    else _("Handed in by %(name)s, %(day)s")
                    % {"name": grant.asked_by.name, "day": date_format(one.on, "SHORT_DATE_FORMAT")},
                    "rungs": rungs_in_words(one.rungs, grant.amount),
                    "is_same": one.is_same,
                    "beyond_commitment": one.beyond_commitment,
                }
                for one in found
            ],
            "deviations": [deviation_of(plan) for plan in plans],
            "splits": _splits(request, grant),
        }


def _splits(request, grant) -> list[str]:
    """The patterns that the grant belongs to, for who approves and audits, but not for who asked."""
    if grant.asked_by_id in accounts_of(request.user) or not is_told_of_splits(request.user):
        return []
    limits = policies_in_force(moment(request)).limits.values()
    found = patterns_around([grant], limits, seen_by=request.user.pk)
    return [split_in_words(pattern) for pattern in found.get(grant.pk, ())]


class PlanWhy(WhyPage):
    """Which remedies fitted when the plan was drafted, on which facts, and why another was taken."""

    why_template = "complaints/plan_why.html"

    def told_why(self, request, plan: HandlingPlan) -> dict:
        """The lines that spoke then; 404 for a plan that no matrix was asked for."""
        again = fit_again(plan)
        if again is None:
            raise Http404
        return {
            "title": _("Why these remedies"),
            "plan": plan,
            "guide": plan_guide(policies_in_force(plan.drafted_at), again.fit),
            "facts": [Fact(fact_name(name), fact_value(value)) for name, value in again.facts.known.items()],
            "day": date_format(again.facts.today, "SHORT_DATE_FORMAT"),
            "is_same": again.is_same,
            "deviation": deviation_of(plan),
        }
