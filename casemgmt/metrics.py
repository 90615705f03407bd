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

from casemgmt import checking_ledger, health, operation, probing


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
    for run in runs:
        if run.completed is not None:
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
    return registry
