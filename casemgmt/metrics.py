"""What Prometheus reads, worked out at the moment of asking from the database: right however many processes there are.

No name, no number of a case. Guarded by METRICS_TOKEN or METRICS_NETWORKS; without either there is no such page.
"""

import hmac
import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from casemgmt import checking_ledger, health, operation, probing, request_times, tallies


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers; 404 without a setting that lets anybody in, 403 for who has not the token."""
    if not settings.METRICS_TOKEN and not settings.METRICS_NETWORKS:
        raise Http404
    if not _may_read(request):
        return HttpResponse(status=403)
    return HttpResponse(generate_latest(_numbers(timezone.now())), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_read(request) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    right = hmac.compare_digest(token.strip().encode(), settings.METRICS_TOKEN.encode())
    if settings.METRICS_TOKEN and scheme.lower() == "bearer" and right:
        return True
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(network, strict=False) for network in settings.METRICS_NETWORKS)


def _numbers(at) -> CollectorRegistry:
    registry = CollectorRegistry()

    def gauge(name: str, says: str, *labels: str) -> Gauge:
        return Gauge(f"casemgmt_{name}", says, labels, registry=registry)

    runs = operation.last_runs()
    age = gauge("sweep_age_seconds", "Since the last completed run of a sweep.", "sweep")
    selected = gauge("sweep_selected", "Rows that the last completed run found.", "sweep")
    lasted = gauge("sweep_seconds", "How long the last completed run took.", "sweep")
    broke = gauge("sweep_broke", "1 when a later run broke off.", "sweep")
    for run in runs:
        broke.labels(run.name).set(bool(run.broke))
        if run.completed is not None:
            lasted.labels(run.name).set((run.completed.finished_at - run.completed.started_at).total_seconds())
            age.labels(run.name).set((at - run.completed.finished_at).total_seconds())
            selected.labels(run.name).set(run.completed.selected)
    up = gauge("up", "1 when the process was heard lately.", "process")
    for sign in operation.signs_of_life(at, runs):
        up.labels(sign.name).set(sign.is_well)
    waiting = gauge("outbox_waiting", "Messages that wait.", "channel")
    oldest = gauge("outbox_oldest_due_seconds", "Since when the oldest message is due.", "channel")
    dead = gauge("outbox_given_up", "Messages that were given up.", "channel")
    for way in operation.outbox_by_channel(at):
        waiting.labels(way.channel).set(way.waiting)
        oldest.labels(way.channel).set((at - way.oldest).total_seconds() if way.oldest else 0)
        dead.labels(way.channel).set(way.dead)
    due = gauge("due_rows", "Rows that a sweep should take, counted to a thousand.", "kind")
    late = gauge("due_oldest_seconds", "Since when the oldest of them is due.", "kind")
    for found in probing.due_now(at):
        due.labels(found.probe.name).set(found.count)
        late.labels(found.probe.name).set((at - found.oldest).total_seconds() if found.oldest else 0)
    for counted, number in probing.counted():
        gauge(counted.name, f"Rows: {counted.name}.").set(number)
    gauge("disk_free_bytes", "Free where the data lie.").set(health.free_bytes())
    gauge("database_bytes", "Size of the database.").set(operation.database().size)
    last = checking_ledger.last_check()
    if last is not None:
        gauge("ledger_check_age_seconds", "Since the last check of the history.").set(
            (at - last.finished_at).total_seconds()
        )
        gauge("ledger_drifted_rows", "Rows that were not as history knows them.").set(last.selected)
    registry.register(Counted(at))
    return registry


class Counted(Collector):
    """What the processes counted themselves: requests by route, and what became of messages."""

    def __init__(self, at):
        self.found = tallies.together(at)

    def collect(self):
        """Two families; a route that nobody asked for has no line."""
        yield self._requests()
        results = CounterMetricFamily(
            "casemgmt_relay_results", "What became of messages that were tried.", labels=("channel", "result")
        )
        for (name, *labels), number in sorted(self.found.items()):
            if name == "relay_results":
                results.add_metric(labels, number)
        yield results

    def _requests(self) -> HistogramMetricFamily:
        family = HistogramMetricFamily("casemgmt_request_seconds", "How long answers took.", labels=("route", "status"))
        for labels, total in sorted(self._sums()):
            below, buckets = 0.0, []
            for bound in (*map(str, tallies.BOUNDS), "+Inf"):
                below += self.found.get((request_times.NAME, *labels, bound), 0)
                buckets.append((bound, below))
            family.add_metric(labels, buckets, total)
        return family

    def _sums(self):
        name = f"{request_times.NAME}_sum"
        return [(labels, total) for (which, *labels), total in self.found.items() if which == name]
