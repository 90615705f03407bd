"""What is said when the customer goes outside: routes, waiting, decisions."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "route.kind_unknown": Sentence(_("The route is missing."), _("Choose one from the list."), "field:kind"),
    "route.body_does_not_fit": Sentence(
        _("This kind of body does not handle this route."),
        _("Choose another kind of body, or another route."),
        "field:body_kind",
    ),
    "route.body_missing": Sentence(_("The name of the body is missing."), _("Enter its name."), "field:body_name"),
    "route.too_long": Sentence(_("At most %(most)s characters."), _("Shorten it.")),
    "route.account_missing": Sentence(
        _("What it is about is missing."), _("Write down what the customer asks of the body."), "field:account"
    ),
    "route.filed_in_future": Sentence(
        _("It cannot have been filed in the future."), _("Correct the time."), "field:filed_at"
    ),
    "route.before_it_was_filed": Sentence(_("This cannot be before it was filed."), _("Correct the time.")),
    "route.arbitration_without_basis": Sentence(
        _("Arbitration needs a clause in the contract, or the agreement of both sides."),
        _("Choose the basis, or another route."),
        "field:arbitration_basis",
    ),
    "route.case_merged": Sentence(_("The case follows %(leading)s."), _("Record it there.")),
    "route.step_unknown": Sentence(_("This step is missing."), _("Choose one from the list."), "field:to"),
    "route.not_possible_from": Sentence(
        _("This is not possible while the route is “%(state)s”."),
        _("Choose another step, or record the next rung."),
        "record-route",
    ),
    "route.words_missing": Sentence(_("What was said or decided is missing."), _("Write it down."), "field:words"),
    "route.promise_open": Sentence(
        _("What was ordered is not carried out yet."), _("Keep the promise first."), "keep-commitment"
    ),
    "route.points_below_zero": Sentence(
        _("Penalty points are not negative."), _("Correct the points."), "field:penalty_points"
    ),
    "outside.no_route": Sentence(_("No body outside has this case."), _("Record the route first."), "record-route"),
    "outside.money_pending": Sentence(
        _("Money is asked for or to be paid, so we do more than wait."), _("Pay or cancel it first."), "cancel-grant"
    ),
    "outside.reason_missing": Sentence(_("The reason is missing."), _("Write down why."), "field:reason"),
    "outside.asked_what_missing": Sentence(
        _("What we wait for is missing."), _("Write down what is expected of whom."), "field:asked_what"
    ),
    "outside.because_missing": Sentence(
        _("Why the case goes on is missing."), _("Choose what happened."), "field:because"
    ),
    "outside.route_still_runs": Sentence(
        _("A route still runs."), _("Note how it ended, or say that we act again."), "route-ended"
    ),
    "outside.decision_waits": Sentence(_("A decision was made outside."), _("Follow it."), "outside-decided"),
    "outside.route_of_another_case": Sentence(
        _("This route does not belong to the case."), _("Choose a route of this case."), "field:route_id"
    ),
    "outside.no_decision": Sentence(
        _("No decision or settlement is on record for this route."), _("Record it first."), "route-ended"
    ),
    "outside.to_unknown": Sentence(_("Where the case goes on is missing."), _("Choose one."), "field:to"),
    "outside.promise_missing": Sentence(
        _("What was ordered is missing."), _("Write down what we have to do."), "field:promise"
    ),
    "outside.due_missing": Sentence(
        _("Until when it has to be done is missing."), _("Enter the date of the ruling."), "field:due_at"
    ),
    "outside.due_in_past": Sentence(_("This date is over already."), _("Enter a later one."), "field:due_at"),
    "outside.owner_unknown": Sentence(
        _("There is no such person here."), _("Choose somebody who sees to it."), "field:owner_id"
    ),
    "outside.nothing_to_carry_out": Sentence(
        _("There is nothing to carry out."), _("Say what was ordered, or choose another way."), "field:to"
    ),
    "outside.something_is_owed": Sentence(_("Something is still owed."), _("Carry it out first."), "field:to"),
    "notice.route_recorded": Sentence(_("The customer went outside with this case.")),
    "notice.route_moved": Sentence(_("There is news from outside on this case.")),
    "notice.decided_outside": Sentence(_("This case was decided outside.")),
    "story.route.recorded": Sentence(_("recorded an outside route")),
    "story.route.accepted": Sentence(_("the body took the case on")),
    "story.route.not_accepted": Sentence(_("the body did not take the case on")),
    "story.route.heard": Sentence(_("both sides were heard outside")),
    "story.route.decided": Sentence(_("recorded the decision from outside")),
    "story.route.settled": Sentence(_("recorded the settlement reached outside")),
    "story.route.ended_without_agreement": Sentence(_("the outside route ended without agreement")),
    "story.route.withdrawn": Sentence(_("the customer took the outside route back")),
    "story.route.complied": Sentence(_("complied with the decision")),
    "story.route.nothing_to_do": Sentence(_("noted that the decision asks nothing of us")),
    "story.case.waits_outside": Sentence(_("left the case to the body outside")),
    "story.case.went_on_route_ended": Sentence(_("went on: the outside route ended without a decision")),
    "story.case.went_on_we_act_again": Sentence(_("went on: we act again")),
    "story.case.decided_outside": Sentence(_("followed the decision from outside")),
}
