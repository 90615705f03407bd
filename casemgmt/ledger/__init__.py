"""The record of what happened: who, why, what and when, written and guarded by the database itself."""

from casemgmt.ledger.binding import bind
from casemgmt.ledger.context import Signature, Signer, current_signature, signed
from casemgmt.ledger.drifts import drift
from casemgmt.ledger.guards import Guard
from casemgmt.ledger.history import History, register
from casemgmt.ledger.operations import SignedRunPython
from casemgmt.ledger.refused import Refused
from casemgmt.ledger.tables import append_only

__all__ = [
    "Guard",
    "History",
    "Refused",
    "Signature",
    "SignedRunPython",
    "Signer",
    "append_only",
    "bind",
    "current_signature",
    "drift",
    "register",
    "signed",
]
