"""What the palette finds in this room: cases and their customers, the queues, and what can be begun anywhere."""

from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.palette import FOUND_AT_MOST, Found, FoundGroup, register_entries, register_finder
from complaints.admin.base import case_url, visible_cases
from complaints.admin.drawing import first_words
from complaints.admin.queues import queues_of
from complaints.admin.search_told import found_url, meant_by
from complaints.admin.searching import SHORTEST_WORDS, ids_by_key, ids_by_newest_words, in_quotes, tokens_of
from complaints.models import Complaint, Statement
from complaints.roles import day_of, may
from complaints.vocabulary import StatementKind


def rows_for(request, text: str) -> list[FoundGroup]:
    """The cases that the viewer may see, their customers when the text names one, and the way to all of them."""
    visible = visible_cases(request)
    if visible.query.is_empty():
        return []
    quoted = in_quotes(text)
    ids = [] if quoted else ids_by_key(visible, text, moment(request), FOUND_AT_MOST)
    ids = ids or ids_by_newest_words(visible, quoted or text, FOUND_AT_MOST)
    cases = _cases(ids)
    meant = [] if cases else meant_by(request, text)
    further = [
        Found(_("Did you mean %(number)s?") % {"number": number}, found_url(number), icon="spellcheck")
        for number in meant
    ]
    if len(text) >= SHORTEST_WORDS:
        further.append(Found(_("Search all cases for “%(text)s”") % {"text": text}, found_url(text), icon="search"))
    return [
        FoundGroup(_("Cases"), tuple(_line(case) for case in cases)),
        FoundGroup(_("Customers"), tuple(_customers(cases, text))),
        FoundGroup(_("Search"), tuple(further)),
    ]


def _cases(ids: list[int]) -> list[Complaint]:
    """The cases in the order found, each with the first words of the complaint; one query."""
    if not ids:
        return []
    content = Statement.objects.filter(case=OuterRef("pk"), kind=StatementKind.CONTENT).order_by("pk")
    place = Case(*(When(pk=pk, then=Value(number)) for number, pk in enumerate(ids)), output_field=IntegerField())
    cases = Complaint.objects.filter(pk__in=ids).select_related("customer__key", "product")
    return list(cases.annotate(said=Subquery(content.values("words")[:1])).order_by(place))


def _line(case: Complaint) -> Found:
    parts = (case.case_number, case.get_state_display(), str(case.customer or ""), str(case.product or ""))
    return Found(first_words(case.said), case_url(case.pk), " · ".join(filter(None, parts)), "folder_open")


def _customers(cases: list[Complaint], text: str):
    """The customers of the found cases whom the text names, masked; each leads to the cases of theirs one may see."""
    tokens = tokens_of(text)
    known = {case.customer_id: case.customer for case in cases if case.customer_id}
    for customer in known.values():
        if any(getattr(customer, f"{kind}_index") == token for kind, token in tokens.items()):
            query = urlencode({"customer": customer.pk, "queue": "all"})
            url = f"{reverse('admin:complaints_complaint_changelist')}?{query}"
            yield Found(str(customer), url, _("all cases of this customer"), "person")


def entries_for(request) -> list[FoundGroup]:
    """What can be begun from anywhere, and the queues of this viewer."""
    day = day_of(moment(request))
    deeds = []
    if may(request.user, "case.register", on=day):
        register = reverse("admin:complaints_complaint_add")
        deeds.append(Found(gettext_lazy("Register a complaint"), register, icon="add"))
    if may(request.user, "import", on=day):
        deeds.append(
            Found(gettext_lazy("Import a file"), reverse("admin:complaints_importbatch_add"), icon="upload_file")
        )
    groups = [FoundGroup(_("Actions"), tuple(deeds))]
    if may(request.user, "case.view", on=day):
        cases = reverse("admin:complaints_complaint_changelist")
        queues = tuple(
            Found(queue.label, f"{cases}?queue={queue.name}", icon="inbox") for queue in queues_of(request.user)
        )
        groups.append(FoundGroup(_("Queues"), queues))
    return groups


register_finder("complaints", rows_for, weight=10)
register_entries("complaints", entries_for, weight=10)
