"""What the codes of stated facts and entitlements say."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence
from policies.words.facts import fact_name

_FACT = {"fact": fact_name}

SENTENCES: Mapping[str, Sentence] = MappingProxyType(
    {
        "fact.nothing_stated": Sentence(_("No fact is stated."), _("Fill in at least one of them.")),
        "fact.not_statable": Sentence(
            _("This fact has a record of its own: %(fact)s."), _("Put it right where it stands."), None, _FACT
        ),
        "fact.unreadable": Sentence(
            _("This is no answer to “%(fact)s”."), _("Correct the answer, or leave it empty."), None, _FACT
        ),
        "fact.day_ahead": Sentence(
            _("This day lies ahead: %(fact)s."), _("Enter the day on which it happened."), None, _FACT
        ),
        "entitlement.not_in_force": Sentence(
            _("No such entitlement is in force for this shop."), _("Choose one of the list."), "field:entitlement"
        ),
        "entitlement.for_nothing": Sentence(
            _("It is not said what the answer belongs to."), _("Choose a plan or a finding."), "field:plan_id"
        ),
        "entitlement.plan_of_another_case": Sentence(
            _("This plan belongs to another case."), _("Choose one of the list."), "field:plan_id"
        ),
        "entitlement.finding_of_another_case": Sentence(
            _("This finding belongs to another case."), _("Choose one of the list."), "field:finding_id"
        ),
        "story.facts.stated": Sentence(_("stated facts of the case")),
        "story.entitlement.recorded": Sentence(_("wrote down what the customer is owed")),
    }
)
