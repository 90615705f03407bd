"""What must hold whatever happened: the invariants of the page of roles, read from the database as it stands.

Nothing here repairs anything. Each check names the rows that break it, by a code, and shows no personal data.
"""

from complaints.invariants.breaches import Breach
from complaints.invariants.checking import broken_invariants

__all__ = ["Breach", "broken_invariants"]
