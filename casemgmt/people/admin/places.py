"""The sidebar entries of people: shown to whoever may look at them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.frame import Group, Place, register_sidebar

ICONS = {
    "person": "group",
    "rightschange": "how_to_reg",
    "numberchange": "badge",
    "substitution": "swap_horiz",
    "team": "groups",
    "department": "apartment",
    "shop": "storefront",
}


def sidebar_of(request) -> list[Group]:
    """People, who stands in for whom, and where they belong."""
    labels = {
        "person": _("People"),
        "rightschange": _("Appointments"),
        "numberchange": _("Staff numbers"),
        "substitution": _("Substitutions"),
        "team": _("Teams"),
        "department": _("Departments"),
        "shop": _("Shops"),
    }
    places = tuple(
        Place(label, reverse(f"admin:people_{model}_changelist"), ICONS[model])
        for model, label in labels.items()
        if request.user.has_perm(f"people.view_{model}")
    )
    return [Group(_("People"), places)]


register_sidebar("people", sidebar_of, weight=80)
