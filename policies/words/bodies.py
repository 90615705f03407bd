"""A policy's body in words, for people who read policies and not JSON."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from types import MappingProxyType

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from casemgmt.people.regions import region_in_words
from policies.reading import IDENTITY
from policies.values import (
    AttemptStep,
    ChannelPoints,
    ChecklistItem,
    EscalationStep,
    ExtensionTerms,
    GuideStep,
    Label,
    Length,
    NamedDay,
    PauseCap,
    PauseReminder,
    PersonCap,
    ReasonScript,
    SeverityPoints,
    Skill,
    WorkingRange,
)
from policies.words.assigning import NAMES as NAMES_OF_ASSIGNING
from policies.words.assigning import part_in_words as assigning_in_words
from policies.words.calling import CODED, codes_in_words, part_in_words
from policies.words.calling import NAMES as NAMES_OF_CALLING
from policies.words.codes import gaps_in_words, word_for, words_of
from policies.words.facts import NAMES as NAMES_OF_FACTS
from policies.words.facts import facts_in_words, is_about_facts
from policies.words.following_up import CODED as CODED_OF_FOLLOW_UPS
from policies.words.following_up import NAMES as NAMES_OF_FOLLOW_UPS
from policies.words.following_up import codes_in_words as follow_up_codes_in_words
from policies.words.following_up import reminder_in_words
from policies.words.knowledge import CODED as CODED_OF_KNOWLEDGE
from policies.words.knowledge import NAMES as NAMES_OF_KNOWLEDGE
from policies.words.knowledge import codes_in_words as knowledge_codes_in_words
from policies.words.outside import NAMES as NAMES_OF_OUTSIDE
from policies.words.phrases import CODED as CODED_OF_PHRASES
from policies.words.phrases import NAMES as NAMES_OF_PHRASES
from policies.words.phrases import codes_in_words as phrase_codes_in_words
from policies.words.templates import TEMPLATE_WORDS

NAMES: Mapping[str, object] = MappingProxyType(
    {
        "case_authority_days": gettext_lazy("most days for which more authority may be given for a case"),
        "notices_before_grouped": gettext_lazy("notices of escalations at once before they are grouped"),
        "acknowledge_within": gettext_lazy("taken note of within"),
        "task_warning_hours": gettext_lazy("hours of warning before a department's task falls due"),
        "agreement_copy_hours": gettext_lazy("hours to give the customer a copy of an agreement"),
        "answer_deadline_days": gettext_lazy("days until silence is an answer"),
        "approvers": gettext_lazy("other people who must agree"),
        "apology": gettext_lazy("apology"),
        "article": gettext_lazy("article"),
        "attempts_max": gettext_lazy("attempts"),
        "backlog_notices_grouped": gettext_lazy("notices of old cases are grouped"),
        "begins_on": gettext_lazy("first day"),
        "bodies": gettext_lazy("only for the bodies"),
        "bytes_max": gettext_lazy("bytes in a file"),
        "calendar": gettext_lazy("working calendar"),
        "calls_a_day": gettext_lazy("calls a day"),
        "calls_in_days": gettext_lazy("calls in the span of days"),
        "case_bytes_max": gettext_lazy("bytes in a case"),
        "case_files_max": gettext_lazy("files in a case"),
        "categories": gettext_lazy("only for the categories"),
        "channels": gettext_lazy("channels"),
        "clock": gettext_lazy("clock"),
        "closes": pgettext_lazy("hours", "until"),
        "commitment_warning_hours": gettext_lazy("hours of warning before a promise falls due"),
        "company_policy": gettext_lazy("company policy"),
        "content_types": gettext_lazy("types of content"),
        "currency": gettext_lazy("currency"),
        "day_bytes_max": gettext_lazy("bytes from one person a day"),
        "day_files_max": gettext_lazy("files from one person a day"),
        "days": gettext_lazy("span of days"),
        "delay": gettext_lazy("delay"),
        "direct_settlement": gettext_lazy("may be settled directly"),
        "duplicate_window_days": gettext_lazy("days in which likely duplicates are looked for"),
        "echo_days": gettext_lazy("days after it in which goods and money go back"),
        "ends_on": gettext_lazy("last day"),
        "escalation": gettext_lazy("escalation steps"),
        "evidence_request_days": gettext_lazy("days to send evidence"),
        "entitlement": gettext_lazy("while the customer has this right"),
        "extension": gettext_lazy("more time"),
        "figure": gettext_lazy("figure"),
        "files_max": gettext_lazy("files at a time"),
        "found_in": gettext_lazy("found in"),
        "gap_minutes": gettext_lazy("minutes between two calls"),
        "grounds": gettext_lazy("grounds that are barred"),
        "holidays": gettext_lazy("holidays"),
        "in_force": gettext_lazy("in force"),
        "is_refund": gettext_lazy("is a refund"),
        "incident_cases_a_day": gettext_lazy("cases of an incident in a day before it goes up"),
        "incident_window_days": gettext_lazy("days before an incident in which its cases are looked for"),
        "kind_class": gettext_lazy("class"),
        "label": gettext_lazy("name"),
        "law": gettext_lazy("law"),
        "length": gettext_lazy("length"),
        "mailed_items_count": gettext_lazy("mailed items count as calls"),
        "make_up_days": gettext_lazy("make-up days that work"),
        "make_up_ranges": gettext_lazy("hours of a make-up day"),
        "mark": gettext_lazy("mark (F found in the source, U unverified)"),
        "moves_to_working_day": gettext_lazy("moves off a day off"),
        "name_max": gettext_lazy("characters in a file name"),
        "near_days": gettext_lazy("days in which sums close under the limit are looked at together"),
        "near_of_customer": gettext_lazy("so many to one customer or order are shown as split"),
        "near_of_requester": gettext_lazy("so many of one requester are shown as split"),
        "near_percent": gettext_lazy("percent of the limit from which a sum is close under it"),
        "needs_evidence": gettext_lazy("evidence needed"),
        "needs_evidence_request": gettext_lazy("evidence was asked for and did not come"),
        "needs_our_fault": gettext_lazy("only for our own fault"),
        "needs_payment_proof": gettext_lazy("paid with a file that proves it"),
        "needs_verified_verdict": gettext_lazy("needs a verified verdict"),
        "number": gettext_lazy("number of the rule"),
        "offer_stands_days": gettext_lazy("days that an offer stands"),
        "official_years": gettext_lazy("years with announced holidays"),
        "oldest_days": gettext_lazy("days that one may wait at most"),
        "opens": pgettext_lazy("hours", "from"),
        "order": pgettext_lazy("sequence", "order"),
        "parent": gettext_lazy("belongs to"),
        "pause_caps": gettext_lazy("longest pauses"),
        "paused_by": gettext_lazy("stopped by"),
        "pauses_max": gettext_lazy("pauses of a case"),
        "payout_working_days": gettext_lazy("working days to pay"),
        "per_case": gettext_lazy("at most in a case"),
        "per_customer": gettext_lazy("at most for a customer"),
        "per_day": gettext_lazy("at most a day"),
        "per_grant": gettext_lazy("at most in one grant"),
        "published": gettext_lazy("where customers read it before they buy"),
        "purpose": gettext_lazy("purpose"),
        "quiet_dates": gettext_lazy("days without calls"),
        "quiet_weekdays": gettext_lazy("weekdays without calls"),
        "recorded_late_hours": gettext_lazy("hours after which an entry is late"),
        "refund_only_until_hour": gettext_lazy("hour of the day before which refund-only requests are decided"),
        "reminders": gettext_lazy("reminders before it goes higher"),
        "refund_only_warning_minutes": gettext_lazy("minutes of warning before that hour"),
        "return_sending_days": gettext_lazy("days to send agreed goods back"),
        "return_settling_days": gettext_lazy("days to refund or replace goods that came back"),
        "reasons": gettext_lazy("only for the reasons"),
        "regions": gettext_lazy("only for the regions"),
        "waiting_per_person": gettext_lazy("refunds and returns that one person can have waiting"),
        "reopen_days": gettext_lazy("days in which a case may be reopened"),
        "request_reminder_minutes": gettext_lazy("working minutes until a request is reminded of"),
        "request_decision_minutes": gettext_lazy("working minutes until a request goes up"),
        "required_facts": gettext_lazy("facts needed"),
        "role": gettext_lazy("role"),
        "routes": gettext_lazy("only for the outside routes"),
        "rung": gettext_lazy("rung"),
        "severities": gettext_lazy("only for the severities"),
        "severity": gettext_lazy("usual severity"),
        "starts_from": gettext_lazy("counted from"),
        "starts_on": gettext_lazy("starts with"),
        "steps": gettext_lazy("steps"),
        "stops_on": gettext_lazy("ends with"),
        "text": gettext_lazy("text"),
        "unresolved_advice_days": gettext_lazy("days after which other routes are advised"),
        "warn_before": gettext_lazy("warning before"),
        "week": gettext_lazy("hours of the week"),
        "window_days": gettext_lazy("days that count for a customer"),
        "zone": gettext_lazy("time zone"),
        **NAMES_OF_FACTS,
        **NAMES_OF_ASSIGNING,
        **NAMES_OF_CALLING,
        **NAMES_OF_FOLLOW_UPS,
        **NAMES_OF_PHRASES,
        **NAMES_OF_KNOWLEDGE,
        **NAMES_OF_OUTSIDE,
    }
)


def body_in_words(value) -> list[tuple[str, list[str]]]:
    """Each entry of a policy's value with its name and its lines, in the reader's language; empty ones left out."""
    return [(str(NAMES[entry]), lines) for entry, lines in entries_in_words(value)]


def entries_in_words(value) -> list[tuple[str, list[str]]]:
    """The same with the code of the entry instead of its name."""
    told = []
    for field in fields(value):
        entry = getattr(value, field.name)
        if field.name in IDENTITY or entry in (None, ()):
            continue
        lines = _week(entry) if field.name == "week" else _lines(field.name, entry)
        told.append((field.name, lines))
    return told


def _week(week: tuple) -> list[str]:
    closed = pgettext("calendar", "closed")
    return [f"{WEEKDAYS[number]}{_(': ')}{_joined(ranges) or closed}" for number, ranges in enumerate(week)]


def _lines(name: str, entry: object) -> list[str]:
    if is_about_facts(name, entry):
        return facts_in_words(name, entry)
    if name == "texts":
        return [line for _language, text in entry.each() for line in gaps_in_words(text).splitlines()]
    if name == "regions":
        return [_(", ").join(region_in_words(code) for code in entry)]
    if name == "clock":
        return [word_for("clock_names", entry)]
    if name == "text":
        return _words(entry).splitlines()
    if name in CODED_OF_KNOWLEDGE:
        return [knowledge_codes_in_words(entry)]
    if name in ("channels", "purpose", "apology"):
        codes = entry if isinstance(entry, tuple) else (entry,)
        return [_(", ").join(str(TEMPLATE_WORDS[code]) for code in codes)]
    if name in CODED_OF_FOLLOW_UPS:
        return [follow_up_codes_in_words(entry)]
    if name in CODED_OF_PHRASES:
        return [phrase_codes_in_words(entry)]
    if name in ("forms", "unless"):
        return ["　".join(entry)]
    if name in CODED:
        return [codes_in_words(entry)]
    if name == "quiet_weekdays":
        return [str(WEEKDAYS[number]) for number in entry]
    if name == "official_years":
        return [_(", ").join(str(year) for year in entry)]
    if isinstance(entry, tuple) and any(is_dataclass(item) and not isinstance(item, WorkingRange) for item in entry):
        return [line for item in entry for line in _words(item).splitlines()]
    if words_of(name) and isinstance(entry, str | tuple):
        codes = entry if isinstance(entry, tuple) else (entry,)
        return [_(", ").join(word_for(name, code) for code in codes)]
    return [_words(entry)]


def _joined(entries: tuple) -> str:
    return _(", ").join(_words(entry) for entry in entries)


def _words(entry: object) -> str:
    match entry:
        case bool():
            return _("yes") if entry else _("no")
        case str():
            return entry
        case tuple():
            return _joined(entry)
        case time():
            return f"{entry:%H:%M}"
        case date():
            return date_format(entry, "SHORT_DATE_FORMAT")
        case Label():
            return entry.in_language(get_language() or "en")
        case Length():
            return length_in_words(entry)
        case WorkingRange():
            return f"{entry.opens:%H:%M}–{entry.closes:%H:%M}"
        case NamedDay():
            return f"{_words(entry.day)} {entry.name}"
        case EscalationStep():
            role = ROLES[entry.to_role]
            return _("Level %(level)s, %(after)s after: %(role)s") % {
                "level": entry.level, "after": _words(entry.after), "role": role,
            }  # fmt: skip
        case ChecklistItem():
            return _words(entry.label)
        case AttemptStep() | GuideStep() | ReasonScript():
            return part_in_words(entry, length_in_words)
        case SeverityPoints() | ChannelPoints() | PersonCap() | Skill():
            return assigning_in_words(entry)
        case PauseReminder():
            return reminder_in_words(entry)
        case PauseCap():
            return _cap_in_words(entry)
        case ExtensionTerms():
            return _extension_in_words(entry)
    return number_format(entry, use_l10n=True, force_grouping=True)


def _cap_in_words(cap: PauseCap) -> str:
    days = ngettext("%(days)s day", "%(days)s days", cap.days) % {"days": cap.days}
    told = f"{_words(cap.label)}{_(': ')}{days}"
    hours = _(", ").join(str(step.after_hours) for step in cap.reminders)
    return _("%(cap)s; reminders after %(hours)s hours") % {"cap": told, "hours": hours} if hours else told


def _extension_in_words(terms: ExtensionTerms) -> str:
    told = ngettext(
        "%(times)s time, up to %(longest)s, by the word of %(role)s",
        "%(times)s times, up to %(longest)s each, by the word of %(role)s",
        terms.times,
    ) % {"times": terms.times, "longest": _words(terms.longest), "role": ROLES[terms.approved_by]}
    if terms.tell_customer_hours is None:
        return told
    return _("%(terms)s; the customer knows within %(hours)s hours") % {
        "terms": told, "hours": terms.tell_customer_hours,
    }  # fmt: skip


ROLES: Mapping[str, object] = MappingProxyType(
    {
        "team_lead": gettext_lazy("the team lead"),
        "supervisor": gettext_lazy("the supervisor"),
        "department_supervisor": gettext_lazy("the supervisor of the department"),
    }
)


def length_in_words(length: Length) -> str:
    """A length such as "5 working days"."""
    amount = length.amount
    match length.unit:
        case "minutes":
            words = ngettext("%(amount)s minute", "%(amount)s minutes", amount)
        case "hours":
            words = ngettext("%(amount)s hour", "%(amount)s hours", amount)
        case "working_minutes":
            words = ngettext("%(amount)s working minute", "%(amount)s working minutes", amount)
        case "working_days":
            words = ngettext("%(amount)s working day", "%(amount)s working days", amount)
        case _:
            words = ngettext("%(amount)s calendar day", "%(amount)s calendar days", amount)
    return words % {"amount": amount}
