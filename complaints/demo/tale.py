"""One case, told from its first word on, with everything that people can do in it."""

from complaints.demo.acts.calling import Calling
from complaints.demo.acts.ending import Ending
from complaints.demo.acts.finding import Finding
from complaints.demo.acts.incidents import Incidents
from complaints.demo.acts.intake import Intake
from complaints.demo.acts.paying import Paying
from complaints.demo.acts.planning import Planning
from complaints.demo.acts.public import Public
from complaints.demo.acts.refusing import Refusing
from complaints.demo.acts.returning import Returning
from complaints.demo.acts.rights import Rights
from complaints.demo.acts.shifts import Shifts
from complaints.demo.acts.talking import Talking
from complaints.demo.acts.timing import Timing
from complaints.demo.acts.touching import Touching
from complaints.demo.acts.wording import Wording


class Tale(
    Intake,
    Talking,
    Wording,
    Calling,
    Finding,
    Rights,
    Planning,
    Paying,
    Returning,
    Refusing,
    Public,
    Timing,
    Shifts,
    Ending,
    Touching,
    Incidents,
):
    """What a story is told with. `case` is the case as it stands, `at` the moment of the story."""
