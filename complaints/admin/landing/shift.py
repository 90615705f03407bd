"""Where the register of the shift, the load of the team and absences are found in the menu."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.frame import Place
from complaints.roles import AUDITORS, STAFF, SUPERVISORS, groups_of


def shift_places(request) -> list[Place]:
    """For who handles, leads or audits; the load of the team for who leads it."""
    groups = groups_of(request.user)
    if not (request.user.is_superuser or groups & {STAFF, SUPERVISORS, AUDITORS}):
        return []
    places = [Place(_("Handover register"), reverse("desk:register"), "menu_book")]
    if request.user.is_superuser or SUPERVISORS in groups:
        places.append(Place(_("Load of the team"), reverse("desk:team_load"), "balance"))
    if request.user.has_perm("people.view_absence"):
        places.append(Place(_("Absences"), reverse("admin:people_absence_changelist"), "event_busy"))
    return places
