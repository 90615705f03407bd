"""Help by role: what one may do, what comes first, how to read a deadline, whom to ask."""

from collections.abc import Callable

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.helping import Chapter, Section
from casemgmt.adminkit.pages import Link
from complaints.roles import (
    ADMINISTRATORS,
    AUDITORS,
    OPERATIONS,
    POLICY_EDITORS,
    STAFF,
    SUPERVISORS,
    groups_of,
)

CASES = reverse_lazy("admin:complaints_complaint_changelist")
DESK = reverse_lazy("admin:index")
GLOSSARY = reverse_lazy("desk:help_glossary")
APPROVALS = reverse_lazy("desk:approvals")
ESCALATIONS = reverse_lazy("desk:escalations")


def for_role(role: str) -> Callable:
    """Whether the viewer has this role."""
    return lambda request: role in groups_of(request.user)


def for_everybody(request) -> bool:
    """Always."""
    return True


DEADLINES = Section(
    _("How to read a deadline"),
    (
        _("Red with an octagon: late, and for how long. Amber: less than six hours left. Grey: later."),
        _("Two bars: paused, because we wait for somebody. A tick: met."),
        _(
            "“Why this time” on a case shows every hour that was counted, the holiday left out, and "
            "the policy behind it."
        ),
        _("Working days leave out weekends and holidays and include make-up days; the first day is not counted."),
    ),
)
REFUSALS_OF_THE_SYSTEM = Section(
    _("When a button does not do it"),
    (
        _("A step that is not possible yet stays visible with its reasons. Each reason has a link to mend it."),
        _("What you typed is never lost: close a dialog and open it again, and it is back."),
        _("“Somebody changed this while you were writing” means a colleague was faster: look, then send it again."),
    ),
)

STAFF_CHAPTER = Chapter(
    "staff",
    _("Handling cases"),
    _("From the first call to the summary: what to do when, and who helps."),
    (
        Section(
            _("What you may do"),
            (
                _("You see your own cases, those of your team, and those that nobody has. You act on your own."),
                _("You grant small sums by yourself, up to your limit. Above it you ask, and another person decides."),
                _("You propose a refusal; a supervisor decides it. You never decide what you asked for yourself."),
            ),
            (Link(_("My desk"), DESK), Link(_("Cases"), CASES)),
        ),
        Section(
            _("Your day"),
            (
                _("Begin with “Do this first” on your desk: it is what runs out first."),
                _(
                    "Then the calls due now. Outside the calling window nobody is called; the next time is "
                    "proposed to you."
                ),
                _("A customer gets a first answer before the case can be judged, even if the answer is short."),
                _("Whatever you promise becomes a row with a date. If it gets late, a superior sees it."),
                _("How to speak, what never to say, plans for hard cases and the law stand in the knowledge."),
            ),
            (Link(_("Knowledge"), reverse_lazy("desk:knowledge")),),
        ),
        Section(
            _("The road of a case"),
            (
                _(
                    "Registered, first assessment, investigation, negotiating a plan, carrying it out, "
                    "follow-up, closed."
                ),
                _("There are two judgements: at first sight, and after the facts. The second may reverse the first."),
                _(
                    "Before a refusal, the ladder: talk further, ask a superior, offer something else, hold "
                    "the principle."
                ),
            ),
        ),
        DEADLINES,
        REFUSALS_OF_THE_SYSTEM,
        Section(
            _("Whom to ask"),
            (
                _("Beyond your authority, or the customer still says no: “Escalate” on the case."),
                _("Another department has to do something: give it a task with a date, on the case."),
                _("You cannot sign in or are in the wrong team: the administrators."),
            ),
        ),
    ),
    for_role(STAFF),
)

SUPERVISOR_CHAPTER = Chapter(
    "supervisors",
    _("Leading a team"),
    _("Deciding what others ask for, seeing who has too much, stepping in before it is late."),
    (
        Section(
            _("What you may do"),
            (
                _("You see your team's cases, those that nobody has, and every case in which something waits for you."),
                _("You approve money up to your limit and decide refusals and escalations, never your own requests."),
                _("Money above every single limit needs two different supervisors: the line says first or second."),
                _("You change handlers, reopen, void and merge, each with a reason."),
            ),
            (Link(_("Approvals"), APPROVALS), Link(_("Cases"), CASES)),
        ),
        Section(
            _("Deciding"),
            (
                _(
                    "The inbox shows what is asked, by whom, against which limit, on which ground, and what "
                    "has changed."
                ),
                _(
                    "Send back what lacks something and say what. Refuse what shall not be; a better request "
                    "is a new one."
                ),
                _("Your yes is bound to what you saw. If amount, payee or facts change, it lapses by itself."),
            ),
        ),
        Section(
            _("What went up"),
            (
                _(
                    "Escalations go to one person by rule: the lead of the team, whoever stands in, the next level; "
                    "never to the handler, to who asked, or to whom the complaint is about."
                ),
                _(
                    "Take note, and the reminders stop. Nobody takes note: you are reminded as often as the policy "
                    "says, then the next level hears of it, and so on until somebody does."
                ),
                _(
                    "Your decision holds at once. Taking over makes you the handler; more authority lets the handler "
                    "grant up to an amount on this case until a day, within your own limit; more resources are a "
                    "task of a department."
                ),
                _("What is answered, paid, called or kept closes its escalation by itself, and the story says so."),
            ),
            (Link(_("Escalations"), ESCALATIONS),),
        ),
        Section(
            _("Who has what"),
            (
                _(
                    "One square a case: its column says how many days ago it came in, an exclamation mark says "
                    "it is late."
                ),
                _(
                    "Many squares to the right are old cases. Click a name for that person's list, and assign "
                    "from there."
                ),
            ),
        ),
        DEADLINES,
        Section(
            _("Whom to ask"),
            (
                _("A limit or deadline is wrong: the policy editors; they draft, another person activates."),
                _("A complaint about you: you do not see it. Another supervisor does."),
            ),
        ),
    ),
    for_role(SUPERVISORS),
)

OPERATIONS_CHAPTER = Chapter(
    "operations",
    _("Paying and shipping"),
    _("Paying what was approved, once; dealing with what came back; answering tasks."),
    (
        Section(
            _("What you may do"),
            (
                _("You see cases with a payment or a task for you. You neither ask for money nor approve it."),
                _(
                    "You pay what another person approved, and record the reference. The same grant is never "
                    "paid twice."
                ),
            ),
            (Link(_("My desk"), DESK),),
        ),
        Section(
            _("When money comes back"),
            (
                _("Record that it came back, and why. Pay it again unchanged, or let the handler enter another payee."),
                _("Another payee means another approval: the old yes was for the old account."),
            ),
        ),
        DEADLINES,
        Section(
            _("Whom to ask"),
            (
                _("The sum looks wrong: do not pay, write a note on the case; its handler sees it."),
                _("A task cannot be done by its date: say so to the handler before the date, on the case."),
            ),
        ),
    ),
    for_role(OPERATIONS),
)

AUDITOR_CHAPTER = Chapter(
    "auditors",
    _("Reading as an auditor"),
    _("Everything can be read, nothing changed, and what you open is logged."),
    (
        Section(
            _("What you may do"),
            (
                _("You read every case, masked, with its whole history: who, when, from what to what, and why."),
                _("Personal data is shown for a reason; the access log keeps who looked at what."),
                _("You write findings as notes. You never decide, pay or change a case."),
            ),
            (Link(_("Refused and overridden"), reverse_lazy("desk:oversight")),),
        ),
        Section(
            _("Where to look"),
            (
                _(
                    "Refused cases, calls outside the rules, money that two supervisors approved, reopened and "
                    "voided cases."
                ),
                _("Rights refused in 30 days show who tried what they may not; a few are ordinary, a pattern is not."),
                _("Each deadline can be replayed: “Why this time” works it out again from the policy of its day."),
            ),
        ),
        DEADLINES,
    ),
    for_role(AUDITORS),
)

POLICY_CHAPTER = Chapter(
    "policies",
    _("Keeping the policies"),
    _("Deadlines, limits, grounds and hours are dated rows; who drafts does not activate."),
    (
        Section(
            _("What you may do"),
            (
                _(
                    "You draft and try policies. Another person activates them, from a day on; the past stays "
                    "as it was."
                ),
                _("You see no cases. What a policy does to cases is tried on real ones, without their people."),
            ),
            (Link(_("Policies"), reverse_lazy("admin:policies_policyrow_changelist")),),
        ),
        Section(
            _("Good to know"),
            (
                _("A case keeps the policy of its day: a new row changes no deadline that runs already."),
                _("Rows marked “check with counsel” are general knowledge and want a lawyer's look."),
            ),
        ),
    ),
    for_role(POLICY_EDITORS),
)

ADMINISTRATOR_CHAPTER = Chapter(
    "administrators",
    _("Keeping people and places"),
    _("Accounts, teams, departments, shops and who stands in for whom; no cases."),
    (
        Section(
            _("What you may do"),
            (
                _(
                    "You let people in, put them into teams, and give them roles; supervisors and auditors "
                    "need a second person."
                ),
                _("People are never deleted: make them inactive, and their name stays in the history."),
                _("A substitution lends the sight of a team for some days, and no authority."),
            ),
            (Link(_("People"), reverse_lazy("admin:people_person_changelist")),),
        ),
        Section(
            _("When something ails"),
            (
                _("Your desk says how old the last sweep is. If it is old, reminders and escalations stand still."),
                _("Locked-out sign-ins open by themselves after a quarter of an hour."),
            ),
        ),
    ),
    for_role(ADMINISTRATORS),
)

ROLES_CHAPTER = Chapter(
    "roles",
    _("Who may do what"),
    _("Six roles, and why nobody has all of it."),
    (
        Section(
            _("The roles"),
            (
                _("Staff handle cases. Supervisors decide. Operations pay and ship. Auditors read everything."),
                _("Policy editors keep the rules. Administrators keep people and places, and see no cases."),
            ),
        ),
        Section(
            _("Why two people"),
            (
                _("Who asks does not approve, and who approves does not pay: three people for money."),
                _("Whom a complaint is about does not see it, whatever their role."),
                _(
                    "A right that you lack is refused, and the attempt is noted. That is no reproach; it "
                    "protects you too."
                ),
            ),
            (Link(_("Glossary"), GLOSSARY),),
        ),
    ),
    for_everybody,
)

CHAPTERS = (
    STAFF_CHAPTER,
    SUPERVISOR_CHAPTER,
    OPERATIONS_CHAPTER,
    AUDITOR_CHAPTER,
    POLICY_CHAPTER,
    ADMINISTRATOR_CHAPTER,
    ROLES_CHAPTER,
)
