"""How large a file may be at all, so that more of it is not even written down on its way in."""

from datetime import datetime

from complaints.rules.import_tables import MOST_BYTES
from policies.lookup import NothingInForce, uploads_in_force


def largest_file(at: datetime) -> int:
    """In bytes: the largest that the policy in force takes as evidence, or that is taken as an import."""
    try:
        return max(MOST_BYTES, uploads_in_force(at).bytes_max)
    except NothingInForce:
        return MOST_BYTES
