"""A tour for each role, over the real pages; it shows and changes nothing."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.helping import Tour, TourStep, register_help
from complaints.help_chapters import CHAPTERS, for_role
from complaints.help_glossary import TERMS
from complaints.roles import ADMINISTRATORS, AUDITORS, OPERATIONS, POLICY_EDITORS, STAFF, SUPERVISORS

DESK = partial(reverse, "admin:index")
CASES = partial(reverse, "admin:complaints_complaint_changelist")
REGISTER = partial(reverse, "admin:complaints_complaint_add")
HELP = partial(reverse, "desk:help")
GRANTS = partial(reverse, "admin:complaints_compensationgrant_changelist")

BACK_TO_HELP = TourStep(
    _("Help is always here"),
    _("Chapters for your work, the glossary and the keys. The question mark on top of every page leads here."),
    HELP,
    ".cm-help-page",
)

STAFF_TOUR = Tour(
    "staff",
    _("A handler's day"),
    (
        TourStep(
            _("Do this first"),
            _("Your desk begins with one thing: what runs out first, with its button."),
            DESK,
            ".cm-deed",
        ),
        TourStep(
            _("The numbers"),
            _("What is late, due today, to be called, come back to you. Each leads to its list."),
            DESK,
            ".cm-counts",
        ),
        TourStep(
            _("The piles"),
            _("The first rows of each list; the button is the next deed of that very case."),
            DESK,
            ".cm-piles",
        ),
        TourStep(
            _("Your lists"),
            _("Tabs with counts. The earliest deadline stands on top; colour always comes with a word."),
            CASES,
            ".cm-queues",
        ),
        TourStep(
            _("Registering"),
            _("Only content, channel, time and complainant are needed; the clocks start at once."),
            REGISTER,
            ".cm-sheet",
        ),
        BACK_TO_HELP,
    ),
    for_role(STAFF),
)

SUPERVISOR_TOUR = Tour(
    "supervisors",
    _("A supervisor's day"),
    (
        TourStep(
            _("What waits for you"),
            _("Escalations, money and refusals that you decide come before everything else."),
            DESK,
            ".cm-deed",
        ),
        TourStep(
            _("Who has what"),
            _("One square a case: further right is older, red with a mark is late."),
            DESK,
            ".cm-load",
        ),
        TourStep(
            _("The inbox"),
            _("Each request on one line: decide from there. Your own stay visible and locked."),
            partial(reverse, "desk:approvals"),
            ".cm-inbox",
        ),
        TourStep(
            _("The team's lists"),
            _("Overdue, unassigned, and everybody's cases; assign from a case or from here."),
            CASES,
            ".cm-queues",
        ),
        BACK_TO_HELP,
    ),
    for_role(SUPERVISORS),
)

OPERATIONS_TOUR = Tour(
    "operations",
    _("A day in operations"),
    (
        TourStep(
            _("What to pay"),
            _("Payments with their day; money that came back stands before."),
            DESK,
            ".cm-landing-main",
        ),
        TourStep(
            _("The list of payments"),
            _("Approved by others, paid by you, once: the reference closes it."),
            GRANTS,
            ".cm-queues",
        ),
        BACK_TO_HELP,
    ),
    for_role(OPERATIONS),
)

AUDITOR_TOUR = Tour(
    "auditors",
    _("Reading as an auditor"),
    (
        TourStep(
            _("What to look at"),
            _("What was refused, overridden and looked at, in numbers that lead on."),
            DESK,
            ".cm-counts",
        ),
        TourStep(
            _("Refused and overridden"),
            _("Each kind by itself, the newest first; every row leads to its case."),
            partial(reverse, "desk:oversight"),
            ".cm-tabs",
        ),
        TourStep(
            _("The access log"),
            _("Who saw personal data, and who was refused a right. Nobody can change it."),
            partial(reverse, "admin:privacy_accessevent_changelist"),
            "#changelist",
        ),
        BACK_TO_HELP,
    ),
    for_role(AUDITORS),
)

POLICY_TOUR = Tour(
    "policies",
    _("Where the rules stand"),
    (
        TourStep(
            _("The policies"),
            _("Dated rows: what holds, since when, by whom. Each one opens in plain words."),
            partial(reverse, "admin:policies_policyrow_changelist"),
            "#changelist",
        ),
        BACK_TO_HELP,
    ),
    for_role(POLICY_EDITORS),
)

ADMINISTRATOR_TOUR = Tour(
    "administrators",
    _("People and places"),
    (
        TourStep(
            _("People"),
            _("Let somebody in, choose a team, give a role. Two roles need a second person."),
            partial(reverse, "admin:people_person_changelist"),
            "#changelist",
        ),
        TourStep(
            _("Who stands in"),
            _("For holidays and illness: the cases of a team stay in sight."),
            partial(reverse, "admin:people_substitution_changelist"),
            "#changelist",
        ),
        BACK_TO_HELP,
    ),
    for_role(ADMINISTRATORS),
)

TOURS = (STAFF_TOUR, SUPERVISOR_TOUR, OPERATIONS_TOUR, AUDITOR_TOUR, POLICY_TOUR, ADMINISTRATOR_TOUR)

register_help(chapters=CHAPTERS, terms=TERMS, tours=TOURS)
