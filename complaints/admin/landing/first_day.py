"""The first day: six steps until the first complaint can be answered, and who may take each."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.landings import Deed, Landing, Stair
from casemgmt.adminkit.pages import Link
from casemgmt.people.models import Person, Shop
from casemgmt.sweeps import last_completed
from complaints.models import Complaint
from complaints.roles import OPERATIONS, STAFF, SUPERVISORS, day_of, may
from policies.lookup import policies_in_force


def has_no_cases(person) -> bool:
    """Whether nothing was ever registered, as far as this person may know."""
    return not Complaint.objects.not_about(person).exists()


def stairs_of(request, at: datetime) -> tuple[Stair, ...]:
    """The steps in their order; the first that is not done is the present one."""
    roles = set(
        Person.objects.filter(is_active=True, is_service=False, groups__isnull=False).values_list(
            "groups__name", flat=True
        )
    )
    policies = policies_in_force(at)
    runs = "escalate_overdue" in last_completed()
    register = may(request.user, "case.register", on=day_of(at))
    administrators, editors = _("administrators"), _("policy editors, and a second person")
    steps = [
        (
            Shop.objects.exists(),
            _("Shops, teams and departments"),
            _("A shop belongs to the team that answers for it."),
            administrators,
            _seen(request, "people", "shop"),
        ),
        (
            {STAFF, SUPERVISORS, OPERATIONS} <= roles,
            _("Let colleagues in"),
            _("Somebody who handles, somebody who approves, somebody who pays: three people."),
            administrators,
            _seen(request, "people", "person"),
        ),
        (
            bool(policies.clocks),
            _("Look at the policies of the country"),
            _("Deadlines, grounds of refusal, calling hours; they came with the release."),
            editors,
            _seen(request, "policies", "policyrow"),
        ),
        (
            bool(policies.limits),
            _("Set the limits of compensation"),
            _("Without limits nobody can give a cent; everything else works."),
            editors,
            _seen(request, "policies", "policyrow"),
        ),
        (
            runs,
            _("See that the sweeps run"),
            _("They remind, escalate and call due; they start with the product."),
            administrators,
            None,
        ),
        (
            False,
            _("Register the first complaint"),
            _("By hand, or from a file with the cases you have; a dry run comes first."),
            _("staff and supervisors"),
            Link(_("Register a complaint"), reverse("admin:complaints_complaint_add")) if register else None,
        ),
    ]
    here = next(place for place, step in enumerate(steps) if not step[0])
    return tuple(
        Stair(title, note, who, link, is_done=is_done, is_current=place == here)
        for place, (is_done, title, note, who, link) in enumerate(steps)
    )


def _seen(request, app: str, model: str) -> Link | None:
    if not request.user.has_perm(f"{app}.view_{model}"):
        return None
    return Link(_("Look"), reverse(f"admin:{app}_{model}_changelist"))


def landing_of_the_first_day(request, at: datetime) -> Landing:
    """Nothing is registered yet: what to do before, and what to do first."""
    stairs = stairs_of(request, at)
    here = next(stair for stair in stairs if stair.is_current)
    why = here.note if here.link else _("%(what)s Who may do it: %(who)s.") % {"what": here.note, "who": here.who}
    return Landing(
        title=_("My desk"),
        deed=Deed(here.title, why, here.link or Link(_("How this works"), reverse("desk:help"))),
        stairs=stairs,
    )
