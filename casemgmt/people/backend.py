"""Who is signed in, in few statements: the person with their team, and all their permissions at once."""

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Q


class PeopleBackend(ModelBackend):
    """Django's own, in two statements instead of four. What it answers is the same."""

    def get_user(self, user_id):
        """The person with their team, if they may sign in; else None."""
        person = get_user_model()._default_manager.select_related("team").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None

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
