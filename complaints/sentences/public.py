"""What is said of letters, counsel, routes that are named to customers, and public reviews."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "letter.direction_missing": Sentence(
        _("Whether the letter came or went is missing."), _("Choose one."), "field:direction"
    ),
    "letter.words_missing": Sentence(_("What the letter says is missing."), _("Write it down."), "field:words"),
    "letter.in_future": Sentence(_("This lies in the future."), _("Correct the time."), "field:occurred_at"),
    "letter.answer_is_ours": Sentence(
        _("An answer goes from us to the body."), _("Take the tick away, or choose “to the body”."), "field:is_answer"
    ),
    "letter.nobody_waits": Sentence(
        _("The body does not wait for an answer any more."), _("Record it without the tick."), "field:is_answer"
    ),
    "letter.evidence_not_here": Sentence(
        _("One of the pieces is not evidence of this case, or was excluded."),
        _("Choose evidence of this case."),
        "field:evidence_ids",
    ),
    "letter.not_spokesperson": Sentence(
        _("The policy does not let you answer the press."),
        _("Escalate it to whoever may speak for us."),
        "raise-escalation",
    ),
    "counsel.who_missing": Sentence(_("Who was engaged is missing."), _("Write down the name."), "field:who"),
    "counsel.instructions_missing": Sentence(
        _("What counsel is to do is missing."), _("Write down the instructions."), "field:instructions"
    ),
    "counsel.words_missing": Sentence(_("What counsel said is missing."), _("Write it down."), "field:words"),
    "counsel.ended": Sentence(_("This engagement is over."), _("Engage counsel again."), "engage-counsel"),
    "route.orders_nothing": Sentence(
        _("Only a decision or a settlement obliges us."),
        _("Take the tick away, or choose another step."),
        "field:obliges",
    ),
    "route.runs_no_more": Sentence(_("This route has come to its end."), _("Record the next rung."), "record-route"),
    "route.nothing_given": Sentence(
        _("Nothing is entered."), _("Enter a date or the number that the body gave."), "field:hearing_at"
    ),
    "outside.ended_case_is_outside": Sentence(
        _("The case had ended, and a body outside still deals with it."),
        _("Note how the route ended, or follow its decision."),
        "route-ended",
    ),
    "close.routes_not_named": Sentence(
        _("The customer is not satisfied and was not told where else to turn."),
        _("Name the routes to the customer."),
        "name-routes",
    ),
    "review.platform_unknown": Sentence(_("The platform is missing."), _("Choose one."), "field:platform"),
    "review.shop_missing": Sentence(_("The shop is missing."), _("Choose the shop."), "field:shop_id"),
    "review.link_is_none": Sentence(
        _("This is no address of a page."), _("Enter one that begins with https://, or leave it empty."), "field:link"
    ),
    "review.stars_unknown": Sentence(
        _("Stars go from %(lowest)s to %(highest)s."), _("Correct the number."), "field:stars"
    ),
    "review.words_missing": Sentence(_("What the review says is missing."), _("Copy its words."), "field:words"),
    "review.in_future": Sentence(_("This lies in the future."), _("Correct the time."), "field:written_at"),
    "review.answer_missing": Sentence(_("The answer is missing."), _("Write it."), "field:answer"),
    "review.remark_missing": Sentence(
        _("Why it goes back is missing."), _("Write what should be different."), "field:remark"
    ),
    "review.ground_unknown": Sentence(
        _("This is no ground to remove a review; a low mark is none either."),
        _("Choose a ground, or answer the review."),
        "field:ground",
    ),
    "review.removal_words_missing": Sentence(
        _("What the platform is told is missing."), _("Write down what is wrong with it."), "field:words"
    ),
    "review.evidence_missing": Sentence(
        _("The platform is asked with evidence or not at all."),
        _("Choose the evidence that shows it."),
        "field:evidence_ids",
    ),
    "review.never_bought": Sentence(
        _("Nobody pays, gives or threatens so that a review goes (E-commerce Law art. 17 and 39)."),
        _("Answer the review; what was offered for it has to be taken back."),
        "field:nothing_given",
    ),
    "review.not_improved": Sentence(
        _("It had %(before)s stars; an improved one has more, at most %(highest)s."),
        _("Correct the number."),
        "field:stars",
    ),
    "notice.case_back_outside": Sentence(_("A body outside has taken up a case that had ended.")),
    "notice.route_letter_sent": Sentence(_("A letter went to a body outside.")),
    "notice.route_letter_received": Sentence(_("A letter came from a body outside.")),
    "notice.route_hearing_soon": Sentence(_("A hearing outside is near.")),
    "notice.route_answer_soon": Sentence(_("An answer to a body outside falls due.")),
    "notice.escalated.media": Sentence(_("The press asks about a case: you are named to answer.")),
    "notice.escalated.route": Sentence(_("An answer to a body outside is late.")),
    "notice.review_found": Sentence(_("A public review was found about this case.")),
    "notice.review_answer_waits": Sentence(_("A public answer waits for a second person.")),
    "notice.review_answer_decided": Sentence(_("Your public answer was decided.")),
    "notice.review_answer_due": Sentence(_("A public review still has no answer.")),
    "story.case.back_outside": Sentence(_("the case is open again: a body outside took it up")),
    "story.route.dates_set": Sentence(_("noted dates or the number of an outside route")),
    "story.route.letter_sent": Sentence(_("wrote to a body outside")),
    "story.route.letter_received": Sentence(_("recorded a letter from a body outside")),
    "story.route.hearing_warned": Sentence(_("a hearing was near")),
    "story.route.answer_warned": Sentence(_("an answer to a body outside fell due soon")),
    "story.route.answer_overdue": Sentence(_("an answer to a body outside was late")),
    "story.route_advice.arose": Sentence(_("the case is unresolved: the customer is to hear of other routes")),
    "story.route_advice.told": Sentence(_("told the customer where else to turn")),
    "story.counsel.engaged": Sentence(_("engaged counsel")),
    "story.counsel.said": Sentence(_("wrote down what counsel said")),
    "story.counsel.ended": Sentence(_("the engagement of counsel ended")),
    "story.review.found": Sentence(_("found a public review")),
    "story.review.answer_proposed": Sentence(_("proposed a public answer")),
    "story.review.answered": Sentence(_("the public answer was given")),
    "story.review.answer_sent_back": Sentence(_("sent a public answer back")),
    "story.review.removal_requested": Sentence(_("asked the platform to remove a review")),
    "story.review.removed": Sentence(_("the platform removed the review")),
    "story.review.kept": Sentence(_("the platform keeps the review")),
    "story.review.improved": Sentence(_("the customer improved the review")),
    "story.review.warned": Sentence(_("a public review waited for its answer")),
}
