"""The page of a call: dialling and the seven steps, at an address of its own below the case (W-03)."""

from django.urls import path, reverse

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from complaints.actions.dialling import open_call
from complaints.admin.base import holds

RIGHT = "contact.record"


def call_url(case_id: int) -> str:
    """The page from which the customer of a case is called."""
    return reverse("admin:complaints_complaint_call", args=[case_id])


class CallPage:
    """Adds `<pk>/call/` to the admin of cases. Stands before its other pages.

    Before dialling it shows what stands against it and the plan; while a call is under way, the talk.
    """

    def get_urls(self):
        """The page of a call."""
        view = self.admin_site.admin_view(self.call_view)
        return [path("<int:object_id>/call/", view, name="complaints_complaint_call"), *super().get_urls()]

    def call_view(self, request, object_id: int):
        """Read alone: dialling and recording are posted to their own actions."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "call", object_id)
        case = self.seen_or_404(request, object_id)
        if not holds(request, RIGHT, case, moment(request)):
            raise RightRefused(RIGHT, self.opts.label_lower, case.pk)
        action = self.action_named("finish-call" if open_call(case) else "start-call")
        return self.dialog_or_deed(request, action, case)
