"""The entry of the suggestions in the sidebar, for whoever may read them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.frame import Group, Place, register_sidebar


def sidebar_of(request) -> list[Group]:
    """Beside the policies themselves."""
    if not request.user.has_perm("policies.view_policysuggestion"):
        return []
    url = reverse("admin:policies_policysuggestion_changelist")
    return [Group(_("Basis"), (Place(_("Suggestions"), url, "tips_and_updates"),))]


register_sidebar("policies", sidebar_of, weight=12)
