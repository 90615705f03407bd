"""How large a file may be at all, so that more of it is not even written down on its way in."""

from datetime import datetime

from complaints.rules.import_tables import MOST_BYTES
from policies.lookup import policies_in_force


def largest_file(at: datetime) -> int:
    """In bytes: the largest that the policies take as evidence, or that is taken as an import."""
    return max([MOST_BYTES, *(policy.bytes_max for policy in policies_in_force(at).uploads.values())])
