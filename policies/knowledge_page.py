"""The page of knowledge and its lines in the palette: read by everybody who works here, changed as policies are."""

from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgmt.adminkit.audited import LONGEST_SEARCH
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.palette import FOUND_AT_MOST, Found, FoundGroup, register_entries, register_finder
from casemgmt.refusing import page
from policies.knowing import entries_at, found_in, topics
from policies.lookup import policies_in_words


@require_safe
def knowledge_view(request):
    """Everything by topic, or what holds the words that were asked for (`q`), in one topic or in all (`topic`)."""
    text, topic = request.GET.get("q", "").strip(), request.GET.get("topic", "")
    named = topics()
    if len(text) > LONGEST_SEARCH:
        return page(400, _("The search text is too long: at most %(limit)s characters.") % {"limit": LONGEST_SEARCH})
    if "\x00" in text or (topic and topic not in named):
        return page(400, _("The value of the filter is not valid."))
    everything = entries_at(moment(request))
    found = found_in(everything, text, topic)
    rows = policies_in_words(entry.row for entry in found)
    return drawn(
        request,
        "policies/knowledge.html",
        {
            "title": _("Knowledge"),
            "groups": [
                (code, named[code], [(entry, rows[entry.row]) for entry in entries])
                for code, entries in groupby(found, key=lambda entry: entry.topic)
            ],
            "topics": [(code, label) for code, label in named.items() if any(e.topic == code for e in everything)],
            "text": text,
            "topic": topic,
            "count": len(found),
        },
    )


def url_of(anchor: str) -> str:
    """Where an entry stands on the page."""
    return f"{reverse('desk:knowledge')}#{anchor}"


def rows_for(request, text: str) -> list[FoundGroup]:
    """The entries that hold the typed words."""
    named = topics()
    lines = [
        Found(entry.subject, url_of(entry.anchor), named[entry.topic], "menu_book")
        for entry in found_in(entries_at(moment(request)), text)[:FOUND_AT_MOST]
    ]
    return [FoundGroup(_("Knowledge"), tuple(lines))]


def entries_for(request) -> list[FoundGroup]:
    """The page itself, from anywhere."""
    return [FoundGroup(_("Knowledge"), (Found(_("Knowledge"), reverse("desk:knowledge"), icon="menu_book"),))]


register_page("knowledge/", knowledge_view, "knowledge")
register_finder("knowledge", rows_for, weight=40)
register_entries("knowledge", entries_for, weight=40)
