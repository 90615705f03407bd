"""What is said about dialling, plans of calls, consent, conduct, and what follows an attempt."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence, worded
from complaints.vocabulary import Channel

PLAN_REASONS = {
    "state": _("a call is the last resort at this step"),
    "severity": _("the case is grave"),
    "emotion": _("the customer is upset"),
    "channel": _("of where the complaint came from"),
    "legal": _("it is a legal dispute"),
    "opinion_risk": _("it may become public"),
}

SENTENCES = {
    "call.no_number": Sentence(
        _("No phone number of the customer is on record."), _("Write to the customer instead."), "write-message"
    ),
    "contact_data.nobody_known": Sentence(_("Nobody is known whose data could be corrected.")),
    "contact_data.erased": Sentence(_("This customer's data was erased.")),
    "contact_data.nothing_new": Sentence(
        _("Nothing differs from what is on record."), _("Enter what is right now."), "field:phone"
    ),
    "call.one_at_a_time": Sentence(
        _("A call was started and nobody wrote down what came of it."), _("Record it first."), "finish-call"
    ),
    "call.none_open": Sentence(
        _("No call is under way here."), _("Start one, or record a call that happened."), "record-call"
    ),
    "call.plan_missing": Sentence(
        _("This call needs a plan first, because %(because)s."),
        _("Write down what you may give, what may come, and where it ends."),
        "write-call-plan",
        {"because": worded(PLAN_REASONS)},
    ),
    "call.wanted_not_ahead": Sentence(_("The call lies in the past."), _("Choose a moment ahead."), "field:wanted_at"),
    "call.never_by_phone": Sentence(
        _("By the rules and the customer's wishes there is no moment for a call."),
        _("Write to the customer instead."),
        "write-message",
    ),
    "call.not_scheduled": Sentence(_("This call is made or called off already.")),
    "call_plan.authority_missing": Sentence(
        _("What you may give at most is missing."), _("Write it down."), "field:authority"
    ),
    "call_plan.demands_missing": Sentence(
        _("What the customer may demand is missing."), _("Think of what may come, one a line."), "field:demands"
    ),
    "call_plan.too_few_fallbacks": Sentence(
        _("At least %(least)s fallback plans are needed."), _("Write them down, one a line."), "field:fallbacks"
    ),
    "call_plan.bottom_line_missing": Sentence(
        _("The bottom line is missing."), _("Write down where it ends."), "field:bottom_line"
    ),
    "call_plan.beyond_missing": Sentence(
        _("What you do when a demand goes beyond your authority is missing."),
        _("Name who steps in, and how."),
        "field:beyond",
    ),
    "contact.channel_refused": Sentence(
        _("The customer wants no contact by %(channel)s."),
        _("Choose another channel, or say why it was needed."),
        "record-contact",
        {"channel": worded(Channel)},
    ),
    "contact.no_consent": Sentence(
        _("The customer never agreed to invitations or offers by %(channel)s."),
        _("Record the customer's yes first."),
        "record-consent",
        {"channel": worded(Channel)},
    ),
    "contact.offer_without_measure": Sentence(
        _("An offer carries an explanation together with a measure; no plan of this case holds both."),
        _("Draft the plan first, or choose another purpose."),
        "draft-plan",
    ),
    "consent.nobody_known": Sentence(_("Nobody is known to whom this wish could belong.")),
    "consent.choice_missing": Sentence(_("A choice is missing."), _("Choose one of the list.")),
    "consent.words_missing": Sentence(
        _("The customer's words are missing."), _("Write down what the customer said."), "field:words"
    ),
    "consent.in_the_future": Sentence(_("This lies in the future."), _("Enter when it was said."), "field:said_at"),
    "wish.half_hours": Sentence(_("Hours begin and end."), _("Enter both times, or none."), "field:call_until"),
    "wish.hours_out_of_order": Sentence(
        _("The hours must end later than they begin."), _("Correct the times."), "field:call_until"
    ),
    "wish.unknown_zone": Sentence(
        _("There is no such time zone."), _("Write it like Asia/Shanghai, or leave it empty."), "field:call_zone"
    ),
    "wish.unknown_language": Sentence(
        _("The house writes in no such language."), _("Choose one of the list, or none."), "field:language"
    ),
    "conduct.shop_not_named": Sentence(_("The first answer does not name the shop.")),
    "conduct.reason_not_named": Sentence(_("The first answer does not say what it is about.")),
    "conduct.no_sorry": Sentence(_("Nothing says sorry.")),
    "conduct.no_thanks": Sentence(_("Nothing says thanks.")),
    "conduct.apology_not_for_our_fault": Sentence(
        _("The fault is ours, but the apology was for the experience alone.")
    ),
    "conduct.missed_introduce": Sentence(_("The caller did not say who is calling.")),
    "conduct.missed_reason": Sentence(_("The reason of the call was not said.")),
    "conduct.missed_listen": Sentence(_("The customer was not listened to first.")),
    "conduct.missed_propose": Sentence(_("Nothing was proposed.")),
    "conduct.measure_missing": Sentence(_("An explanation alone: no measure stood behind the offer.")),
    "conduct.missed_apologise": Sentence(_("The call ended without an apology.")),
    "notice.call_scheduled": Sentence(_("A call to this customer is due now.")),
    "notice.call_breach": Sentence(_("A customer was called outside the rules.")),
    "story.call.started": Sentence(_("called the customer")),
    "story.call.finished": Sentence(_("recorded the call")),
    "story.call.scheduled": Sentence(_("scheduled a call")),
    "story.call.cancelled": Sentence(_("called off a scheduled call")),
    "story.call_plan.written": Sentence(_("wrote the plan of a call")),
    "story.consent.recorded": Sentence(_("wrote down which contacts are welcome")),
    "story.customer.contact_data_corrected": Sentence(_("corrected the customer's contact data")),
    "story.customer.wishes_noted": Sentence(_("wrote down how the customer wants to be reached")),
}
