"""What can be done about bodies outside, counsel, routes that are named, and public reviews."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.forms import ActionForm
from complaints.actions import advising, answering_bodies, engaging_counsel, reviewing, routing
from complaints.forms import outside, public
from complaints.states import RouteState


def _step(name, label, to: RouteState, form, weight, **more) -> CaseAction:
    """One step of a route as a button of its own."""
    return CaseAction(
        name,
        label,
        "route",
        partial(routing.move_route, to=str(to)),
        form,
        partial(routing.why_not_move, to=str(to)),
        weight=weight,
        **more,
    )


ROUTE = (
    CaseAction(
        "write-letter",
        _("Letter or answer"),
        "route",
        answering_bodies.write_letter,
        public.LetterForm,
        answering_bodies.why_not_write_letter,
        submit=_("Record the letter"),
        weight=9,
    ),
    _step("route-accepted", _("Accepted"), RouteState.ACCEPTED, outside.RouteStepForm, 10),
    _step("route-not-accepted", _("Not accepted"), RouteState.NOT_ACCEPTED, outside.RouteWordsForm, 11),
    _step("route-heard", _("Heard"), RouteState.HEARD, outside.RouteStepForm, 12),
    _step("route-decided", _("Decided"), RouteState.DECIDED, outside.RulingForm, 13),
    _step("route-settled", _("Settled"), RouteState.SETTLED, outside.RulingForm, 14),
    _step("route-ended", _("Ended without agreement"), RouteState.ENDED_WITHOUT_AGREEMENT, outside.RouteEndForm, 15),
    _step("route-withdrawn", _("The customer took it back"), RouteState.WITHDRAWN, outside.RouteEndForm, 16),
    _step("route-complied", _("Complied with"), RouteState.COMPLIED, ActionForm, 17),
    _step("route-nothing-to-do", _("Nothing to do"), RouteState.NOTHING_TO_DO, ActionForm, 18),
    CaseAction(
        "route-dates",
        _("Dates and number"),
        "route",
        routing.set_route_dates,
        outside.RouteDatesForm,
        routing.why_not_set_dates,
        weight=19,
    ),
)

COUNSEL = (
    CaseAction(
        "record-counsel-word",
        _("What counsel said"),
        "counsel.read",
        engaging_counsel.record_counsel_word,
        public.CounselWordForm,
        engaging_counsel.why_not_hear_counsel,
        weight=10,
    ),
    CaseAction(
        "end-counsel",
        _("The engagement is over"),
        "counsel.read",
        engaging_counsel.end_counsel,
        ActionForm,
        engaging_counsel.why_not_hear_counsel,
        weight=11,
    ),
)

REVIEW = (
    CaseAction(
        "answer-review",
        _("Answer in public"),
        "review",
        reviewing.answer_review,
        public.AnswerReviewForm,
        reviewing.why_not_answer_review,
        weight=10,
    ),
    CaseAction(
        "approve-review-answer",
        _("Agree to the answer"),
        "review.decide",
        reviewing.approve_answer,
        ActionForm,
        reviewing.why_not_decide_answer,
        weight=11,
        checks_version=True,
    ),
    CaseAction(
        "send-back-review-answer",
        _("Send the answer back"),
        "review.decide",
        reviewing.send_back_answer,
        public.RemarkForm,
        reviewing.why_not_decide_answer,
        weight=12,
    ),
    CaseAction(
        "request-removal",
        _("Ask for removal"),
        "review",
        reviewing.request_removal,
        public.RemovalForm,
        reviewing.why_not_request_removal,
        weight=13,
    ),
    CaseAction(
        "note-platform-decision",
        _("The platform decided"),
        "review",
        reviewing.note_platform_decision,
        public.PlatformDecisionForm,
        reviewing.why_not_note_platform,
        weight=14,
    ),
    CaseAction(
        "note-improvement",
        _("The customer improved it"),
        "review",
        reviewing.note_improvement,
        public.ImprovedForm,
        reviewing.why_not_improve,
        weight=15,
    ),
)

OUTSIDE = (
    CaseAction(
        "record-route",
        _("Record an outside route"),
        "route",
        routing.record_route,
        outside.RouteForm,
        routing.why_not_record_route,
        weight=206,
        group="seldom",
    ),
    CaseAction(
        "name-routes",
        _("Name other routes to the customer"),
        "contact.record",
        advising.name_routes,
        public.NameRoutesForm,
        submit=_("Record as told"),
        weight=207,
        group="seldom",
    ),
    CaseAction(
        "engage-counsel",
        _("Engage counsel"),
        "route",
        engaging_counsel.engage_counsel,
        public.EngageCounselForm,
        engaging_counsel.why_not_engage_counsel,
        weight=208,
        group="seldom",
    ),
    CaseAction(
        "record-review",
        _("Record a public review"),
        "review",
        reviewing.record_review,
        public.ReviewForm,
        reviewing.why_not_record_review,
        weight=209,
        group="seldom",
    ),
)

REGISTER_REVIEW = CaseAction(
    "register-review",
    _("Register a public review"),
    "case.register",
    lambda pk, **typed: reviewing.register_review(**typed),
    public.NewReviewForm,
    submit=_("Register"),
    intro=_("For a review of somebody whom no case is about yet: it becomes a case of its own."),
)
