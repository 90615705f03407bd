"""What a search that found nothing looked for, in words, and where else to look."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Link
from casemgmt.privacy.normal_forms import NotRecognised, normal_phone, normal_text
from complaints.admin.base import visible_cases
from complaints.admin.searching import TAIL_OF_A_PHONE, in_quotes, matching
from complaints.rules.case_numbers import as_case_number
from complaints.rules.typed_numbers import corrections_of, is_mistyped_case_number, plain

EVERYTHING = "all"
MEANT_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class SearchTold:
    """What a search that found nothing looked for, and where else to look."""

    sentences: tuple[str, ...]
    links: tuple[Link, ...] = ()


class TellsOfSearches:
    """A list of cases whose search says what it did. Stands before the admin class; `queues_for` names the tabs."""

    def get_search_results(self, request, queryset, search_term):
        """By number, order, phone, name, goods and words."""
        return matching(queryset, search_term, moment(request)), False

    def get_changelist_instance(self, request):
        """The list, with `told_of_search`: asked by the template alone, and only when nothing was found."""
        changelist = super().get_changelist_instance(request)
        queue = request.GET.get("queue", "")
        tab = next((tab for tab in self.queues_for(request) if queue in ("", tab.name)), None)
        narrowed = tab is not None and tab.name != EVERYTHING
        label = str(tab.label) if narrowed else ""
        changelist.told_of_search = partial(told_of, request, changelist.query, queue=label)
        return changelist


def told_of(request, text: str, *, queue: str = "") -> SearchTold | None:
    """What `text` was looked for as, among the cases of the queue called so (all, when it has no name).

    Offers the cases that a mistyped number may mean, and all cases when something is found there.
    """
    text = text.strip()
    if not text:
        return None
    sentences, links = [_looked_for(text)], []
    for number in meant_by(request, text):
        links.append(Link(_("Did you mean %(number)s?") % {"number": number}, found_url(number)))
    if queue:
        sentences.append(_("You searched in “%(queue)s”.") % {"queue": queue})
        elsewhere = matching(visible_cases(request), text, moment(request)).order_by().values("pk")[:100]
        count = len(elsewhere)
        if count:
            links.append(Link(_("Search all cases (%(count)s)") % {"count": count}, found_url(text)))
        else:
            sentences.append(_("Nothing among all the cases you can see either."))
    if in_quotes(text) is None and not any(character.isdecimal() for character in plain(text)):
        sentences.append(_("Names, accounts and phone numbers are found only when they are typed whole."))
    return SearchTold(tuple(sentences), tuple(links))


def found_url(text: str) -> str:
    """The list of all cases, searched for this text."""
    query = urlencode({"queue": EVERYTHING, "q": text})
    return f"{reverse('admin:complaints_complaint_changelist')}?{query}"


def meant_by(request, text: str) -> list[str]:
    """The visible cases that a mistyped number is a single slip away from; none when it may be too many."""
    numbers = corrections_of(text)
    if not numbers:
        return []
    found = visible_cases(request).filter(case_number__in=numbers).order_by("-case_number")
    meant = list(found.values_list("case_number", flat=True)[: MEANT_AT_MOST + 1])
    return meant if len(meant) <= MEANT_AT_MOST else []


def _looked_for(text: str) -> str:
    quoted = in_quotes(text)
    if quoted is not None:
        return _("No text and no goods hold the words “%(text)s”.") % {"text": quoted}
    number = as_case_number(text)
    if number is not None:
        return _("There is no case %(text)s.") % {"text": number}
    if is_mistyped_case_number(text):
        return _("“%(text)s” is no case number: its check digit does not fit.") % {"text": text}
    digits = normal_text(text)
    if digits.isdecimal() and len(digits) == TAIL_OF_A_PHONE:
        return _("No phone number and no case number ends in %(text)s.") % {"text": digits}
    try:
        normal_phone(text)
    except NotRecognised:
        pass
    else:
        return _("No case of a customer with the phone number %(text)s.") % {"text": text}
    if any(character.isdecimal() for character in digits) and digits.isascii():
        return _("No case, order, parcel or account has the number %(text)s, and no text holds it.") % {"text": text}
    return _("No customer is called “%(text)s”, and no text and no goods hold these words.") % {"text": text}
