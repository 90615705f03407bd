"""Who is signed in, in few statements: the person with team and groups, and all their permissions at once."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import F, Q


class PeopleBackend(ModelBackend):
    """Django's own, in two statements instead of four. What it answers is the same."""

    def get_user(self, user_id):
        """The person with their team and the names of their groups, if they may sign in; else None."""
        people = get_user_model()._default_manager.select_related("team").filter(pk=user_id)
        found = list(people.annotate(group_name=F("groups__name")))
        if not found or not self.user_can_authenticate(found[0]):
            return None
        found[0].known_group_names = frozenset(row.group_name for row in found if row.group_name is not None)
        return found[0]

    def get_all_permissions(self, user_obj, obj=None):
        """Their own permissions and those of their groups, asked once for each object."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            rows = Permission.objects.order_by()
            if not user_obj.is_superuser:
                rows = rows.filter(Q(user=user_obj.pk) | Q(group__user=user_obj.pk)).distinct()
            names = rows.values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{label}.{codename}" for label, codename in names}
        return user_obj._perm_cache
