"""Every refused right leaves one access event, written after the rollback of what was refused."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casemgmt.privacy import access
from casemgmt.privacy.models import AccessKind


class RightRefused(PermissionDenied):
    """Somebody may not: which right, on which row. What is raised as PermissionDenied is noted by its address."""

    def __init__(self, right: str, subject_label: str = "", subject_pk: object = ""):
        super().__init__(right)
        self.right, self.subject_label, self.subject_pk = right, subject_label, subject_pk


def note_refusal(request, right: str, subject_label: str = "", subject_pk: object = "") -> None:
    """Write the access event of a signed-in person; visitors who were sent to the sign-in page leave none."""
    if not request.user.is_authenticated:
        return
    request.refusal_is_noted = True
    access.note(
        AccessKind.REFUSED_RIGHT,
        by=request.user,
        at=timezone.now(),
        subject_label=subject_label,
        subject_pk=str(subject_pk).replace("\x00", ""),
        reason=right,
        request=getattr(request, "request_id", ""),
        own_transaction=True,
    )


class NoteRefusedRights:
    """The one place where a refused right is noted, whichever view or action refused it.

    Stands after authentication and before whatever answers 405: a method that a page does not know is noted too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not getattr(request, "refusal_is_noted", False):
            note_refusal(request, f"method.{request.method[:20].lower()}", subject_pk=request.path[:64])
        return response

    def process_exception(self, request, exception):
        """Note it once; the answer stays the 403 page."""
        if isinstance(exception, RightRefused):
            note_refusal(request, exception.right, exception.subject_label, exception.subject_pk)
        elif isinstance(exception, PermissionDenied):
            match = request.resolver_match
            note_refusal(
                request, match.view_name if match else "", subject_pk=match.kwargs.get("object_id", "") if match else ""
            )
