"""The arithmetic of entitlements in sentences."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence
from policies.words.facts import answer_word, fact_name

STEPS = {
    "entitlement.condition_fails": Sentence(_("Not so: %(fact)s."), shows={"fact": fact_name}),
    "entitlement.disregarded": Sentence(_("Does not count against the customer: %(fact)s."), shows={"fact": fact_name}),
    "entitlement.return_promised": Sentence(_("The shop promised the return, so exclusions do not matter.")),
    "entitlement.class_excluded": Sentence(_("The law excludes these goods: %(goods)s."), shows={"goods": answer_word}),
    "entitlement.class_excluded_as_confirmed": Sentence(
        _("Excluded, and the buyer confirmed it at the purchase: %(goods)s."), shows={"goods": answer_word}
    ),
    "entitlement.exclusion_by_shop_does_not_count": Sentence(
        _("The shop alone excluded these goods; without the law behind it that does not count.")
    ),
    "entitlement.not_fit_for_resale": Sentence(_("Fails the resale checklist: %(fact)s."), shows={"fact": fact_name}),
    "entitlement.caused_by_customer": Sentence(_("The customer caused the damage; the goods are not at fault.")),
    "entitlement.in_the_period": Sentence(
        _("From %(start)s, that day not counted, until %(until)s; %(asked)s is in time.")
    ),
    "entitlement.after_the_period": Sentence(
        _("From %(start)s, that day not counted, until %(until)s; %(asked)s is too late.")
    ),
    "entitlement.ends_on_a_day_off": Sentence(
        _("The last day, %(last)s, is a day off: the period ends on %(until)s (Civil Code art. 203).")
    ),
    "entitlement.year_not_announced": Sentence(
        _("The holidays of %(year)s are not announced yet; the last day may move.")
    ),
    "entitlement.took_too_long": Sentence(_("From %(start)s to %(ended)s: %(days)s days, more than %(allowed)s.")),
    "entitlement.still_in_time": Sentence(_("From %(start)s to %(ended)s: %(days)s days, not more than %(allowed)s.")),
    "entitlement.repairs_failed": Sentence(
        _(
            "Failed repairs: %(failed)s of %(repairs)s; days in repair: %(days)s of %(most_days)s."
            " One of them is enough."
        )
    ),
    "entitlement.repairs_not_enough": Sentence(
        _("Failed repairs: %(failed)s of %(repairs)s; days in repair: %(days)s of %(most_days)s. Neither is reached.")
    ),
    "entitlement.times_the_price": Sentence(_("%(times)s × price %(base)s = %(sum)s %(currency)s.")),
    "entitlement.times_the_loss": Sentence(_("%(times)s × loss %(base)s = %(sum)s %(currency)s.")),
    "entitlement.raised_to_the_least": Sentence(
        _("%(sum)s is less than %(least)s %(currency)s, so %(least)s %(currency)s.")
    ),
    "entitlement.up_to": Sentence(_("Up to %(sum)s %(currency)s; a court sets it.")),
    "entitlement.refund_until": Sentence(
        _("The goods came back on %(start)s, that day not counted: the refund is due by %(until)s.")
    ),
    "entitlement.refund_is_late": Sentence(
        _("The goods came back on %(start)s: the refund was due by %(until)s and is not paid on %(ended)s.")
    ),
    "entitlement.refunded_in_time": Sentence(_("Refunded on %(ended)s, due by %(until)s: in time.")),
    "entitlement.refunded_late": Sentence(_("Refunded on %(ended)s, due by %(until)s: too late, nothing is owed now.")),
}

SENTENCES: Mapping[str, Sentence] = MappingProxyType(STEPS)
