"""Endpoints for tests, and what is announced to them."""

from casemgmt.models import Endpoint, EndpointKind
from casemgmt.outbox import About, Event, announce
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import seal
from casemgmt.sentences import Sentence, register
from tests.cast import AT

ESCALATED = "notice.escalated.clock"
SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY"
register({"test.nobody": Sentence("x")})


def an_endpoint(
    address: str, *, kind=EndpointKind.WEBHOOK, secret: str = SECRET, numbers: str = "", **more
) -> Endpoint:
    """Switched on and told of escalations, unless said otherwise."""
    key = PersonKey.fresh()
    return Endpoint.objects.create(
        **{
            "name": f"{kind} {Endpoint.objects.count() + 1}",
            "kind": kind,
            "key": key,
            "address": seal(key, address),
            "secret": seal(key, secret),
            "numbers": seal(key, numbers),
            "host": "127.0.0.1",
            "events": ["escalations"],
        }
        | more
    )


def happens(key: str = "clock:1:1", *, at=AT, kind: str = ESCALATED, pk: int = 7, **more) -> int:
    """One escalation of one case; how many messages were new."""
    facts = {"kind": kind, "key": key, "subject": About("complaints.complaint", pk), "params": {"level": 1}}
    return announce([Event(**facts | {"case_number": "C261012-0007-1"} | more)], at=at)
