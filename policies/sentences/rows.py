"""What the codes of this app say, and how each can be mended."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence
from policies.sentences.life import LIFE

CALLS = {
    "call.opted_out": Sentence(
        _("The customer does not want to be called."), _("Write to the customer instead."), "record-contact"
    ),
    "call.outside_window": Sentence(
        _("It is %(at)s; customers are called between %(opens)s and %(closes)s."),
        _("Call inside these hours, or write to the customer."),
        "record-contact",
    ),
    "call.quiet_day": Sentence(
        _("Customers are not called on %(day)s."), _("Call on another day, or write to the customer."), "record-contact"
    ),
    "call.cap_reached": Sentence(
        _("The customer was already called %(calls)s times today."),
        _("Call tomorrow, or write to the customer."),
        "record-contact",
    ),
    "call.cap_in_days_reached": Sentence(
        _("The customer was already called %(calls)s times within %(days)s days."),
        _("Wait some days, or write to the customer."),
        "record-contact",
    ),
    "call.too_soon": Sentence(
        _("The last call was less than %(minutes)s minutes ago."), _("Call again from %(again)s."), "record-contact"
    ),
    "call.quiet_hour": Sentence(
        _("It is %(at)s; nobody is called between %(opens)s and %(closes)s."),
        _("Call after these hours, or write to the customer."),
        "record-contact",
    ),
    "call.not_at_this_hour": Sentence(
        _("It is %(at)s where the customer is, who asked to be called between %(opens)s and %(closes)s."),
        _("Call inside these hours, or write to the customer."),
        "record-contact",
    ),
    "call.harassment_costs": Sentence(
        _("A complaint of harassment that the platform upholds costs the shop %(points)s points."),
        _("Write to the customer, or let a superior decide."),
        "record-contact",
    ),
}

GRANTS = {
    "grant.amount_not_money": Sentence(
        _("Enter an amount with at most two decimals, below 10,000,000,000."), _("Correct the amount."), "field:amount"
    ),
    "grant.amount_not_positive": Sentence(
        _("Amount must be greater than 0."), _("Correct the amount."), "field:amount"
    ),
    "grant.other_currency": Sentence(
        _("Currency must be %(currency)s for this case."), _("Correct the currency."), "field:currency"
    ),
    "grant.above_per_grant": Sentence(
        _("One grant may be at most %(limit)s %(currency)s here."),
        _("Ask for at most %(left)s %(currency)s, or let somebody with a higher limit decide."),
        "field:amount",
    ),
    "grant.above_per_case": Sentence(
        _("%(spent)s of at most %(limit)s %(currency)s are already granted in this case."),
        _("Ask for at most %(left)s %(currency)s, or let somebody with a higher limit decide."),
        "field:amount",
    ),
    "grant.above_per_customer": Sentence(
        _("%(spent)s of at most %(limit)s %(currency)s were already granted to this customer within %(days)s days."),
        _("Ask for at most %(left)s %(currency)s, or let somebody with a higher limit decide."),
        "field:amount",
    ),
    "grant.above_per_day": Sentence(
        _("%(spent)s of at most %(limit)s %(currency)s were already granted today."),
        _("Ask for at most %(left)s %(currency)s, or let somebody with a higher limit decide."),
        "field:amount",
    ),
    "grant.above_every_limit": Sentence(
        _("Nobody may grant this: one grant may be at most %(limit)s, and the limits of the case and customer hold."),
        _("Ask for less, or offer something else."),
        "field:amount",
    ),
}

BODIES = {
    "policy.not_a_table": Sentence(_("%(place)s: names with values are expected.")),
    "policy.unknown_entry": Sentence(_("%(place)s: there is no such entry.")),
    "policy.missing_entry": Sentence(_("%(place)s is missing.")),
    "policy.not_a_choice": Sentence(_("%(place)s: choose one of %(choices)s.")),
    "policy.not_a_list": Sentence(_("%(place)s: a list is expected.")),
    "policy.wrong_count": Sentence(_("%(place)s: exactly %(count)s entries are expected.")),
    "policy.not_a_whole_number": Sentence(_("%(place)s: a whole number is expected.")),
    "policy.not_a_yes_or_no": Sentence(_("%(place)s: yes or no is expected.")),
    "policy.not_a_text": Sentence(_("%(place)s: some text is expected.")),
    "policy.not_an_amount": Sentence(_("%(place)s: an amount with at most two decimals, as text, is expected.")),
    "policy.not_a_day": Sentence(_("%(place)s: a day such as 2026-02-14 is expected.")),
    "policy.not_a_time_of_day": Sentence(_("%(place)s: a time such as 09:00 is expected.")),
    "policy.below_zero": Sentence(_("%(place)s must not be negative.")),
    "policy.below_one": Sentence(_("%(place)s must be at least 1.")),
    "policy.beyond_the_day": Sentence(_("%(place)s: an hour of the day is at most 24.")),
    "policy.above_hundred": Sentence(_("%(place)s must be at most 100.")),
    "policy.too_big": Sentence(_("%(place)s must be at most %(most)s.")),
    "policy.too_long": Sentence(_("%(place)s: at most %(longest)s %(unit)s.")),
    "policy.no_length": Sentence(_("%(place)s: a clock needs some time to run.")),
    "policy.goes_up_before_reminded": Sentence(_("%(place)s must come after the reminder.")),
    "policy.empty_list": Sentence(_("%(place)s must name at least one.")),
    "policy.unknown_fact": Sentence(_("%(place)s: cases know no fact “%(name)s” of this kind.")),
    "policy.end_before_start": Sentence(_("%(place)s: the end must not come before the beginning.")),
    "policy.named_twice": Sentence(_("%(place)s: something is named twice.")),
    "policy.no_text": Sentence(_("%(place)s: a text in at least one language is needed.")),
    "policy.unknown_variable": Sentence(_("%(place)s: there is no variable %(variable)s.")),
    "policy.phrase_finds_nothing": Sentence(_("%(place)s: name wordings, numbers to be found, or what keeps it.")),
    "policy.phrase_empty": Sentence(_("%(place)s: nothing is left of “%(form)s” but signs and spaces.")),
    "policy.phrase_matches_everything": Sentence(_("%(place)s: “%(form)s” stands in nearly every letter.")),
    "policy.phrase_is_a_pattern": Sentence(
        _("%(place)s: “%(form)s” has signs of a pattern; write plain words, and … where a few characters may stand.")
    ),
    "policy.phrase_gap_at_edge": Sentence(_("%(place)s: in “%(form)s” words are missing beside a gap.")),
    "policy.phrase_too_long": Sentence(_("%(place)s: “%(form)s” is too long to be found in practice.")),
    "policy.too_many_forms": Sentence(_("%(place)s: at most %(most)s wordings.")),
    "policy.exception_without_phrase": Sentence(_("%(place)s: “%(form)s” holds none of the wordings.")),
    "policy.template_holds_phrase": Sentence(
        _("Template %(code)s: “%(words)s” must not be sent (%(title)s). Say instead: %(instead)s"),
        _("Change the words of the template."),
    ),
    "policy.braces_broken": Sentence(_("%(place)s: double braces must open and close around a name.")),
    "policy.warning_in_days": Sentence(_("%(place)s: a warning is counted back in minutes, hours or working minutes.")),
    "policy.unknown_zone": Sentence(_("%(place)s: there is no time zone %(zone)s.")),
    "policy.no_working_time": Sentence(_("%(place)s: some working time is needed.")),
    "policy.ranges_out_of_order": Sentence(_("%(place)s: times must follow each other, from earlier to later.")),
    "policy.range_outside": Sentence(_("%(place)s: these hours must lie inside the hours of calling.")),
    "policy.no_time_left": Sentence(_("%(place)s: quiet hours must leave some time for calls.")),
    "policy.wait_without_call": Sentence(_("%(place)s: a call again says after how long; nothing else waits.")),
    "policy.attempts_out_of_order": Sentence(
        _("%(place)s: attempts of “%(outcome)s” count upwards from 1, each once.")
    ),
    "policy.steps_of_a_talk": Sentence(_("%(place)s: a talk has exactly these steps, in this order: %(steps)s.")),
    "policy.day_twice": Sentence(_("%(place)s: %(day)s is named twice.")),
    "policy.levels_out_of_order": Sentence(_("%(place)s: levels count 1, 2, 3 and so on.")),
    "policy.year_out_of_reach": Sentence(_("%(place)s: a year lies between %(first)s and %(last)s.")),
    "policy.year_twice": Sentence(_("%(place)s: the year %(year)s is named twice.")),
    "policy.extension_in_another_unit": Sentence(
        _("%(place)s: more time is given in the unit of the length, %(unit)s.")
    ),
    "policy.reminders_out_of_order": Sentence(
        _("%(place)s: reminders follow each other, and come before the longest pause is over.")
    ),
    "policy.not_a_region": Sentence(_("%(place)s: write a region such as CN or CN-ZJ, not “%(region)s”.")),
    "policy.not_a_weekday": Sentence(_("%(place)s: weekdays count from 0 (Monday) to 6, and one must be left.")),
    "policy.limits_out_of_order": Sentence(
        _("%(place)s: the limit of a grant, of a case and of a customer must not fall.")
    ),
    "policy.refusal_without_proof": Sentence(_("%(place)s: a refusal needs evidence, or that it was asked for.")),
    "policy.name_leads_nowhere": Sentence(
        _("%(kind)s %(code)s, %(place)s: nothing called %(name)s is in force."),
        _("Correct the name, or activate it first."),
    ),
}

MOVES = {
    "policy.not_in_this_state": Sentence(
        _("This is not possible any more: the policy is “%(state)s”."), _("Reload the page.")
    ),
    "policy.drafter_activates": Sentence(
        _("You drafted this policy; another person must activate it."), _("Ask another policy editor.")
    ),
    "policy.reaches_back": Sentence(
        _("A policy cannot begin before it is activated."), _("Choose a later beginning."), "field:valid_from"
    ),
    "policy.begins_twice": Sentence(
        _("Another active policy of this key begins at the same instant."),
        _("Choose another beginning."),
        "field:valid_from",
    ),
    "policy.has_begun": Sentence(
        _("This policy has begun and can no longer be revoked."), _("Draft a new edition instead.")
    ),
    "policy.edition_rewritten": Sentence(
        _("The pack changes %(kind)s %(key)s, edition %(edition)s, which was already released."),
        _("Give the changed row a new edition."),
    ),
    "policy.case_failed": Sentence(_("The pack's own case fails: %(says)s (expected %(expected)s, found %(found)s).")),
    "policy.frozen": Sentence(_("A policy is frozen once it was tried."), _("Draft a new edition instead.")),
    "policy.activation_rewritten": Sentence(_("Who activated a policy, and when, never changes.")),
    "policy.pack_of_a_person": Sentence(_("Rows of packs are brought by the release alone.")),
    "policy.origin_rewritten": Sentence(_("Where a policy comes from never changes.")),
}

STORY = {
    "policy.loaded": Sentence(_("Loaded with a pack, activated by the release")),
    "policy.drafted": Sentence(_("Policy drafted")),
    "policy.tried": Sentence(_("Policy tried")),
    "policy.redrafted": Sentence(_("Policy taken back for changes")),
    "policy.activated": Sentence(_("Policy activated")),
    "policy.revoked": Sentence(_("Policy revoked before it began")),
}

SENTENCES: Mapping[str, Sentence] = MappingProxyType({**CALLS, **GRANTS, **BODIES, **MOVES, **STORY, **LIFE})
