"""The page of the running house: whether everything that works by itself still does, and what waits or failed."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgmt import checking_ledger, health, operation, probing
from casemgmt.adminkit.frame import Group, Place, register_sidebar
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.pages import Fact, FactGroup, Link
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.templatetags.desk import instant, span_in_words
from casemgmt.ledger.health import problems
from casemgmt.models import OutboxMessage
from casemgmt.sweep_words import SWEEP_LABELS

LOOK = "casemgmt.view_operation"
ONE_MINUTE = timedelta(minutes=1)
SIGN_LABELS = {
    "broker": gettext_lazy("Broker"),
    "beat": gettext_lazy("Clock (beat)"),
    "worker": gettext_lazy("Worker"),
    "relay": gettext_lazy("Relay of messages"),
}
SIGN_WORDS = {
    "missing": gettext_lazy("not named in the settings"),
    "unreachable": gettext_lazy("does not answer"),
    "never_heard": gettext_lazy("never heard"),
    "rings_wait": gettext_lazy("rings wait for it"),
    "silent": gettext_lazy("silent"),
}


def may_look(person) -> bool:
    """Administrators, supervisors and auditors."""
    return person.has_perm(LOOK)


def operation_view(request: HttpRequest) -> HttpResponse:
    """Everything on one page; only read."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(("GET", "HEAD"))
    if not may_look(request.user):
        raise RightRefused(LOOK, "casemgmt.operation", "") from PermissionDenied(LOOK)
    at = moment(request)
    runs = operation.last_runs()
    signs = [_sign(sign, at) for sign in operation.signs_of_life(at, runs)]
    sweeps = [_run(run, at) for run in runs]
    due = [_due(found, at) for found in probing.due_now(at)]
    ways = [_way(request, way, at) for way in operation.outbox_by_channel(at)]
    gauges = [_gauge(request, gauge, count) for gauge, count in probing.counted()]
    ledger = _ledger(at)
    wrong = [*(s for s in (*signs, *sweeps, *due) if s["is_late"]), *(w for w in ways if w["dead"])]
    wrong += [gauge for gauge in gauges if gauge["is_late"]] + ([ledger] if ledger["is_late"] else [])
    context = {
        "title": _("How the house runs"),
        "at": at,
        "wrong": len(wrong),
        "signs": signs,
        "sweeps": sweeps,
        "due": due,
        "ways": ways,
        "gauges": gauges,
        "ledger": ledger,
        "failing": [_failing(request, endpoint, at) for endpoint in operation.failing_endpoints()],
        "machine": _machine(),
        "links": _links(request),
    }
    return drawn(request, "adminkit/operation/page.html", context)


def _ago(span: timedelta) -> str:
    return _("just now") if span < ONE_MINUTE else _("%(span)s ago") % {"span": span_in_words(span)}


def _sign(sign: operation.Sign, at) -> dict:
    when = _ago(at - sign.heard_at) if sign.heard_at else ""
    if sign.is_well:
        words = _("works") if sign.name == "broker" else _("heard %(when)s") % {"when": when}
    else:
        words = " ".join(
            filter(None, (str(SIGN_WORDS[sign.code]), when and _("(last heard %(when)s)") % {"when": when}))
        )
    return {"label": SIGN_LABELS[sign.name], "words": words, "is_late": not sign.is_well}


def _run(run, at) -> dict:
    done = run.completed
    return {
        "label": SWEEP_LABELS.get(run.name, run.name),
        "name": run.name,
        "age": _ago(at - done.finished_at) if done else _("never"),
        "when": instant(done.finished_at, at) if done else "",
        "selected": done.selected if done else "",
        "done": done.done if done else "",
        "error": run.broke or (done.error if done else ""),
        "is_late": run.is_late(at),
    }


def _due(found: probing.DueNow, at) -> dict:
    late = found.oldest is not None and at - found.oldest > health.sweeps.MAY_BE_OLD
    count = f"{probing.COUNTED_TO}+" if found.count > probing.COUNTED_TO else found.count
    return {
        "label": found.probe.label,
        "count": count,
        "oldest": _("since %(span)s") % {"span": span_in_words(at - found.oldest)} if found.oldest else "",
        "is_late": late,
    }


def _way(request, way: operation.Waiting, at) -> dict:
    messages = reverse("admin:casemgmt_outboxmessage_changelist")
    may = request.user.has_perm("casemgmt.view_outboxmessage")
    return {
        "label": OutboxMessage.Channel(way.channel).label,
        "waiting": way.waiting,
        "oldest": _("since %(span)s") % {"span": span_in_words(at - way.oldest)} if way.oldest else "",
        "dead": way.dead,
        "waiting_url": f"{messages}?stands=waiting&channel={way.channel}" if may and way.waiting else "",
        "dead_url": f"{messages}?stands=dead&channel={way.channel}" if may and way.dead else "",
    }


def _gauge(request, gauge: probing.Gauge, count: int) -> dict:
    may = gauge.url_name and request.user.has_perm(gauge.right)
    return {
        "label": gauge.label,
        "count": count,
        "url": reverse(gauge.url_name) if may and count else "",
        "is_late": bool(gauge.is_bad and count),
    }


def _ledger(at) -> dict:
    last, unguarded = checking_ledger.last_check(), len(problems())
    if unguarded:
        words = ngettext("%(n)s guard is missing", "%(n)s guards are missing", unguarded) % {"n": unguarded}
    elif last is None:
        words = _("The history was not checked yet; it is every night.")
    elif last.selected:
        words = ngettext(
            "%(n)s row is not as history knows it", "%(n)s rows are not as history knows them", last.selected
        ) % {"n": last.selected}
    else:
        words = _("Every row is as history knows it.")
    when = instant(last.finished_at, at) if last else ""
    is_late = bool(unguarded or (last and last.selected))
    return {"words": words, "when": when, "found": last.error if last else "", "is_late": is_late}


def _failing(request, endpoint, at) -> dict:
    may = request.user.has_perm("casemgmt.view_endpoint")
    return {
        "label": endpoint.name,
        "url": reverse("admin:casemgmt_endpoint_change", args=[endpoint.pk]) if may else "",
        "words": _("fails since %(when)s") % {"when": instant(endpoint.failing_since, at)},
        "is_on": endpoint.is_on,
    }


def _machine() -> FactGroup:
    base, (free, total) = operation.database(), operation.disk()
    facts = [
        Fact(_("Database"), f"{base.engine} {base.version}, {filesizeformat(base.size)}"),
        Fact(
            _("Free on disk"), _("%(free)s of %(all)s") % {"free": filesizeformat(free), "all": filesizeformat(total)}
        ),
        *(Fact(name, version) for name, version in operation.versions().items()),
    ]
    if base.wal is not None:
        facts.insert(1, Fact(_("Write-ahead log"), filesizeformat(base.wal)))
    return FactGroup(_("Machine"), facts=tuple(facts))


def _links(request) -> list[Link]:
    places = (
        (_("Endpoints"), "casemgmt.view_endpoint", "admin:casemgmt_endpoint_changelist"),
        (_("Deliveries"), "casemgmt.view_delivery", "admin:casemgmt_delivery_changelist"),
        (_("Outgoing messages"), "casemgmt.view_outboxmessage", "admin:casemgmt_outboxmessage_changelist"),
        (_("Diary of sweeps"), "casemgmt.view_sweep", "admin:casemgmt_sweep_changelist"),
    )
    links = [Link(label, reverse(name)) for label, right, name in places if request.user.has_perm(right)]
    if settings.DEMO_RECEIVER and request.user.has_perm("casemgmt.add_endpoint"):
        links.append(Link(_("Demo receiver"), reverse("desk:receiver")))
    return links


def sidebar_of(request) -> list[Group]:
    """The way here, and to the endpoints for who keeps them."""
    places = []
    if may_look(request.user):
        places.append(Place(_("How the house runs"), reverse("desk:operation"), "monitor_heart"))
    if request.user.has_perm("casemgmt.view_endpoint"):
        places.append(Place(_("Endpoints"), reverse("admin:casemgmt_endpoint_changelist"), "webhook"))
    return [Group(_("Oversight"), tuple(places))] if places else []


register_page("operation/", operation_view, "operation")
register_sidebar("casemgmt", sidebar_of, weight=70)
