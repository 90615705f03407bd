"""The glossary: the field's standard terms (ISO 10002, GB/T 19012) in one sentence each."""

from collections.abc import Callable
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.adminkit.helping import Term


def _list(model: str, query: str = "") -> Callable[[], str]:
    return lambda: reverse(f"admin:complaints_{model}_changelist") + query


CASE, REGISTER = _list("complaint"), partial(reverse, "admin:complaints_complaint_add")
ON_THE_CASE, ON_REGISTERING, IN_JUDGING = _("on every case"), _("when registering"), _("when judging")
APPROVALS = partial(reverse, "desk:approvals")

TERMS = (
    Term(
        "complaint",
        pgettext_lazy("glossary", "complaint"),
        _("Somebody is not content and wants an answer; reasonable or not, each one is registered."),
        ON_REGISTERING,
        REGISTER,
    ),
    Term(
        "case",
        pgettext_lazy("glossary", "case"),
        _("A complaint with everything that is done about it, from its number to its summary."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "case-number",
        pgettext_lazy("glossary", "case number"),
        _("The name of a case for everybody; it is given at registration and never used again."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "channel",
        pgettext_lazy("glossary", "intake channel"),
        _("How the complaint arrived: phone, chat, platform, letter, shop and others."),
        ON_REGISTERING,
        REGISTER,
    ),
    Term(
        "demand",
        pgettext_lazy("glossary", "customer's demand"),
        _("What the customer asks for; the problem itself is something else."),
        ON_REGISTERING,
        REGISTER,
    ),
    Term(
        "real-need",
        pgettext_lazy("glossary", "real need"),
        _("What would truly help, as found in talking; it may differ from the demand."),
        IN_JUDGING,
    ),
    Term(
        "preliminary-judgement",
        pgettext_lazy("glossary", "preliminary judgement"),
        _("The view at first sight; the investigation may reverse it."),
        IN_JUDGING,
    ),
    Term(
        "verdict",
        pgettext_lazy("glossary", "verified verdict"),
        _("What the facts show: substantiated, partly, or not."),
        _("after the investigation"),
    ),
    Term(
        "reasonable",
        pgettext_lazy("glossary", "reasonable complaint"),
        _("A complaint that the facts, law or our own promise bear out."),
        IN_JUDGING,
    ),
    Term(
        "unreasonable",
        pgettext_lazy("glossary", "unreasonable complaint"),
        _("One that they do not bear out; it gets the same care, and perhaps a lawful no."),
        IN_JUDGING,
    ),
    Term(
        "severity",
        pgettext_lazy("glossary", "severity"),
        _("How much harm is or may be done: minor, ordinary, serious, grave."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "evidence",
        pgettext_lazy("glossary", "evidence"),
        _("What proves a fact: photo, report, waybill, chat; sealed on arrival, never changed."),
        _("Evidence"),
        _list("evidence"),
    ),
    Term(
        "finding",
        pgettext_lazy("glossary", "finding"),
        _("What we found out ourselves, beside what the customer tells."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "responsible-party",
        pgettext_lazy("glossary", "responsible party"),
        _("Who caused it: seller, courier, customer, supplier, or nobody that can be named."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "plan",
        pgettext_lazy("glossary", "handling plan"),
        _("Explanation, remedy and follow-up, offered to the customer as one."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "remedy",
        pgettext_lazy("glossary", "remedy"),
        _("What makes it good: refund, exchange, repair, apology, compensation."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "compensation",
        pgettext_lazy("glossary", "compensation"),
        _("Money or what stands in for it; asked for, approved and paid by three people."),
        _("Compensation"),
        _list("compensationgrant"),
    ),
    Term(
        "limit",
        pgettext_lazy("glossary", "authority limit"),
        _("How much a role may grant at once, on a case, to a customer and in a day."),
        _("Approvals"),
        APPROVALS,
    ),
    Term(
        "goodwill",
        pgettext_lazy("glossary", "goodwill"),
        _("Giving without owing; marked as such, so that it makes no rule."),
        _("Compensation"),
        _list("compensationgrant"),
    ),
    Term(
        "payee",
        pgettext_lazy("glossary", "payee"),
        _("Who gets the money; another payee lapses the approval."),
        _("Compensation"),
        _list("compensationgrant"),
    ),
    Term(
        "commitment",
        pgettext_lazy("glossary", "commitment"),
        _("A promise with an owner and a date; released only by the customer or a second person."),
        _("Promises"),
        _list("commitment"),
    ),
    Term(
        "escalation",
        pgettext_lazy("glossary", "escalation"),
        _("Going up to a superior, by hand or by a missed deadline, until somebody answers."),
        _("Escalations"),
        _list("escalation"),
    ),
    Term(
        "clock",
        pgettext_lazy("glossary", "deadline"),
        _("An instant worked out from a policy, a calendar and pauses; it can be replayed."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "first-response",
        pgettext_lazy("glossary", "first response"),
        _("The first real answer that reached the customer; an automatic receipt is none."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "pause",
        pgettext_lazy("glossary", "pause"),
        _("Waiting for somebody else; it stops the clocks that the policy lets it stop."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "refusal",
        pgettext_lazy("glossary", "refusal"),
        _("A lawful no: with ground, evidence, law, explanation and the customer's other ways."),
        _("Refusals"),
        _list("refusalproposal"),
    ),
    Term(
        "ladder",
        pgettext_lazy("glossary", "ladder of non-acceptance"),
        _("Talk further, ask a superior, offer other options, hold the principle: in this order."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "follow-up",
        pgettext_lazy("glossary", "follow-up"),
        _("Asking afterwards whether it is solved and whether the customer is content."),
        _("Follow-ups"),
        _list("followupcall"),
    ),
    Term(
        "calling-window",
        pgettext_lazy("glossary", "calling window"),
        _("The hours in which customers may be called; outside it nobody is."),
        _("My desk"),
        partial(reverse, "admin:index"),
    ),
    Term(
        "summary",
        pgettext_lazy("glossary", "summary"),
        _("What was learnt; without it no case is closed."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "root-cause",
        pgettext_lazy("glossary", "root cause"),
        _("Why it could happen; what happened is something else."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "measure",
        pgettext_lazy("glossary", "improvement measure"),
        _("What we change so that it does not happen again, with an owner and a day."),
        _("Measures"),
        _list("improvementaction"),
    ),
    Term(
        "route",
        pgettext_lazy("glossary", "outside route"),
        _("Mediation, authority, arbitration or court: where the customer goes beside us."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "platform-claim",
        pgettext_lazy("glossary", "platform claim"),
        _("The complaint as the marketplace files it, with deadlines of its own."),
        ON_REGISTERING,
        REGISTER,
    ),
    Term(
        "no-reason-return",
        pgettext_lazy("glossary", "seven-day no-reason return"),
        _("The right to send goods back within seven days without saying why, with exceptions."),
        ON_REGISTERING,
        REGISTER,
    ),
    Term(
        "waybill",
        pgettext_lazy("glossary", "waybill number"),
        _("The courier's number, by which the way of a parcel is proved."),
        _("Orders"),
        _list("order"),
    ),
    Term(
        "merge",
        pgettext_lazy("glossary", "merged case"),
        _("Two cases about one matter: one leads, every text stays, the earliest deadline counts."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "void",
        pgettext_lazy("glossary", "voided case"),
        _("Entered in error, spam or test; never because it is bothersome."),
        ON_THE_CASE,
        CASE,
    ),
    Term(
        "handover",
        pgettext_lazy("glossary", "substitution"),
        _("Somebody stands in for some days: they see the team's cases and gain no authority."),
        _("My desk"),
        partial(reverse, "admin:index"),
    ),
    Term(
        "masking",
        pgettext_lazy("glossary", "masking"),
        _("Names and numbers are shown in part; the whole only for a reason, and noted."),
        _("Customers"),
        _list("customer"),
    ),
    Term(
        "breach",
        pgettext_lazy("glossary", "breach"),
        _("Something that happened against a rule; it is recorded all the same, with its reason."),
        ON_THE_CASE,
        CASE,
    ),
)
"""Every term once; the code is its place on the page."""
