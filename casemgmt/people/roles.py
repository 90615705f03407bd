"""Groups are made by code, the same after every migrate (roles.md)."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction


class UnknownPermission(LookupError):
    """The specification names permissions that no model has."""


@transaction.atomic
def install_groups(spec: Mapping[str, Iterable[str]]) -> list[str]:
    """Make each group hold exactly the permissions named ("app.codename"); return the names of changed groups.

    What somebody added to a group by hand is taken away again. A group that the specification does not name
    is left alone. The second time changes nothing. Raises UnknownPermission, and then nothing was changed.
    """
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    wanted = {str(name): set(codenames) for name, codenames in spec.items()}
    unknown = sorted(set().union(*wanted.values()) - known.keys()) if wanted else []
    if unknown:
        raise UnknownPermission(", ".join(unknown))
    changed = []
    for name, codenames in wanted.items():
        group, created = Group.objects.get_or_create(name=name)
        ids = {known[codename] for codename in codenames}
        if created or set(group.permissions.values_list("pk", flat=True)) != ids:
            group.permissions.set(ids)
            changed.append(name)
    return changed
