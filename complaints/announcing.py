"""What other programs and groups are told of cases: each step, and to which team and shop a case belongs.

A transition is remembered on the row and told when the row is saved, in the transaction of the act.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models.signals import post_save
from django_fsm.signals import post_transition

from casemgmt.ledger import current_signature
from casemgmt.outbox import Belonging, Event, announce, register_belongings
from complaints.models import Complaint

CASE = "complaints.complaint"
MOVED = "event.case_moved"
REGISTERED = "event.case_registered"


def register_all() -> None:
    """Begin to listen; called once, when the app is ready."""
    register_belongings(CASE, belongings_of)
    post_transition.connect(_remember, sender=Complaint, dispatch_uid="announcing.remember")
    post_save.connect(_tell, sender=Complaint, dispatch_uid="announcing.tell")


def announce_registered(cases: Iterable[Complaint], *, at: datetime) -> None:
    """New cases, however many came at once. The second time tells nobody."""
    announce((Event(REGISTERED, f"{REGISTERED}:{case.pk}", case, case.case_number) for case in cases), at=at)


def belongings_of(keys: set[str]) -> Mapping[str, Belonging]:
    """Team and shop of each of these cases."""
    rows = Complaint.objects.filter(pk__in=keys).values_list("pk", "team_id", "shop_id")
    return {str(pk): Belonging(team, shop) for pk, team, shop in rows}


def _remember(instance, name, source, target, **kwargs):
    instance.__dict__.setdefault("_moves", []).append((name, source, target))


def _tell(instance, **kwargs):
    moves = instance.__dict__.pop("_moves", ())
    signature = current_signature()
    if not moves or signature is None or signature.at is None:
        return
    announce((_moved(instance, number, *move) for number, move in enumerate(moves)), at=signature.at)


def _moved(case, number, name, source, target) -> Event:
    facts = {"transition": name, "from": str(source), "to": str(target)}
    key = f"{MOVED}:{case.pk}:{case.version}:{number}"
    return Event(MOVED, key, case, case.case_number, {"before": str(source), "after": str(target)}, facts)
