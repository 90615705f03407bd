"""Why the law let a refusal be proposed: every bar and right that was asked, on the facts of then, asked again."""

from functools import partial
from types import MappingProxyType

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Fact
from casemgmt.sentences import say
from complaints.admin.weighing_pages import WhyPage
from complaints.models import RefusalProposal
from complaints.places import region_of
from complaints.roles import day_of
from policies.lookup import policies_by_id, policies_in_words, working_time_in_force
from policies.rules.answering import CaseFacts
from policies.rules.entitlement import answer_to
from policies.rules.refusal_bars import bars_to, owed_and_refused
from policies.values.case_facts import read_fact
from policies.words.facts import fact_name, fact_value


def refusal_why_url(refusal: RefusalProposal) -> str:
    """Where the law behind a refusal is explained; "" where none was asked."""
    return reverse("admin:complaints_refusalproposal_why", args=[refusal.pk]) if refusal.weighed else ""


class RefusalWhy(WhyPage):
    """What the law said to the ground and to what is refused, with the rows that the proposal kept."""

    why_template = "complaints/refusal_why.html"

    def told_why(self, request, refusal: RefusalProposal) -> dict:
        """Each bar on the ground and each right to the remedy with its answer; 404 where nothing was asked."""
        kept = refusal.weighed
        if not kept:
            raise Http404
        rows = policies_by_id([*kept["bars"], *kept["rights"]])
        bars = [rows[number] for number in kept["bars"]]
        rights = {rows[number].code: rows[number] for number in kept["rights"]}
        facts = _facts_of(refusal)
        found = bars_to(refusal.ground, bars, rights, facts)
        owed = owed_and_refused(rights.values(), facts, refusal.refuses, region=region_of(refusal.case))
        touching = [bar for bar in bars if refusal.ground in bar.grounds]
        asked = [right for right in rights.values() if not refusal.refuses or refusal.refuses in right.remedies]
        cited = (refusal.ground_policy_id, refusal.company_rule_policy_id, refusal.legal_policy_id)
        words = policies_in_words([*cited, *(row.policy_id for row in (*touching, *asked))])
        language = get_language() or "zh-hans"
        return {
            "title": _("Why this refusal could be proposed"),
            "refusal": refusal,
            "cited": [words[number] for number in cited if number in words],
            "bars": [
                {
                    "title": bar.label.in_language(language),
                    "why": bar.why.in_language(language),
                    "holds": bar in found.holding,
                    "policy": words.get(bar.policy_id),
                }
                for bar in touching
            ],
            "rights": [
                {
                    "title": right.label.in_language(language),
                    "answer": answer.verdict,
                    "steps": [say(step) for step in answer.steps],
                    "policy": words.get(right.policy_id),
                }
                for right, answer in ((right, answer_to(right, facts)) for right in asked)
                if right.remedies
            ],
            "facts": [Fact(fact_name(name), fact_value(value)) for name, value in facts.known.items()],
            "is_same": not found.holding and not found.missing and not owed,
        }


def _facts_of(refusal: RefusalProposal) -> CaseFacts:
    known = {name: read_fact(name, text) for name, text in refusal.weighed["facts"].items()}
    days = partial(working_time_in_force, refusal.proposed_at)
    return CaseFacts(day_of(refusal.proposed_at), MappingProxyType(known), days)
