"""Public reviews: found, answered by two people where they are bad, removed by the platform alone (S-PUB)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models import ShopPlatform
from casemgmt.people.models.guards import decided_by_two
from casemgmt.stateful import StateField, Stateful
from complaints.models.case_guards import not_by_a_subject
from complaints.states import ReviewState
from complaints.vocabulary import RemovalGround

R = ReviewState
WITHOUT_ANSWER = (R.FOUND, R.KEPT)


def _removal_without_evidence(sql):
    """The platform is asked with evidence enclosed, or not at all (S-PUB-02)."""
    asked = sql.one_of(sql.new("state"), [R.REMOVAL_REQUESTED.value])
    held = f"SELECT 1 FROM complaints_reviewevidence held WHERE held.review_id = {sql.new('id')}"
    return f"({asked} AND NOT EXISTS ({held}))"


def _duty_rewritten(sql):
    return sql.changed("needs_approval", "case", "stars", "words", "found_by")


class Review(Stateful):
    """What somebody wrote about us in public, on the case that it belongs to.

    `needs_approval` is fixed when it is found: the policy of that day says from how few stars on two people answer.
    Nothing is ever given or threatened for a review (E-commerce Law art. 17, 39): there is no move for that.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="reviews", verbose_name=_("case"))
    state = StateField(_("state"), choices=R, default=R.FOUND)
    platform = models.CharField(_("platform"), max_length=20, choices=ShopPlatform)
    link = models.CharField(_("link"), max_length=500, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"))
    words = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("words"))
    written_at = models.DateTimeField(_("written at"))
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("review", "found by")
    )
    found_at = models.DateTimeField(pgettext_lazy("review", "found at"))
    answer_due_at = models.DateTimeField(_("answer due at"))
    warned_at = models.DateTimeField(_("warned at"), null=True)
    needs_approval = models.BooleanField(_("answered by two people"), default=False)
    policy_id = models.BigIntegerField(_("policy"))
    answer = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("public answer"), null=True
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answered by"), null=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True
    )
    remark = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("remark"), null=True
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    removal_ground = models.CharField(_("ground for removal"), max_length=20, choices=RemovalGround, blank=True)
    removal_words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("request for removal"), null=True
    )
    removal_asked_at = models.DateTimeField(_("removal asked at"), null=True)
    platform_says = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("answer of the platform"), null=True
    )
    platform_decided_at = models.DateTimeField(_("platform decided at"), null=True)
    improved_stars = models.PositiveSmallIntegerField(_("stars after the change"), null=True)
    improved_words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("words after the change"), null=True
    )
    improved_at = models.DateTimeField(_("improved at"), null=True)

    history = History(
        guards=[
            Guard(
                "review.removal_without_evidence",
                _removal_without_evidence,
                message="removal is asked for with evidence alone",
            ),
            *decided_by_two("decided_by", "answered_by"),
            not_by_a_subject("decided_by"),
            Guard("review.duty_rewritten", _duty_rewritten, on=("update",), message="what was found never changes"),
        ]
    )

    class Meta:
        verbose_name = _("public review")
        verbose_name_plural = _("public reviews")
        ordering = ["-found_at", "-pk"]
        indexes = [
            models.Index(
                fields=["answer_due_at"], condition=Q(state__in=WITHOUT_ANSWER), name="reviews_without_an_answer"
            )
        ]
        constraints = [
            models.CheckConstraint(name="review_has_one_to_five_stars", condition=Q(stars__gte=1, stars__lte=5)),
            models.CheckConstraint(
                name="review_answered_in_words",
                condition=~Q(state__in=[R.ANSWER_PROPOSED, R.ANSWERED])
                | Q(answer__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="review_answer_needs_two_people",
                condition=Q(answered_at__isnull=True) | Q(needs_approval=False) | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="review_decided_by_another",
                condition=Q(decided_by__isnull=True) | Q(answered_by__isnull=True) | ~Q(decided_by=F("answered_by")),
            ),
            models.CheckConstraint(
                name="review_removal_has_a_ground",
                condition=~Q(state__in=[R.REMOVAL_REQUESTED, R.REMOVED, R.KEPT])
                | (Q(removal_words__isnull=False) & ~Q(removal_ground="")),
            ),
            models.CheckConstraint(
                name="review_improved_in_stars",
                condition=~Q(state=R.IMPROVED) | Q(improved_stars__gt=F("stars"), improved_stars__lte=5),
            ),
        ]

    @transition(field=state, source=[R.FOUND, R.KEPT], target=R.ANSWER_PROPOSED)
    def propose_answer(self, *, by, answer):
        """An answer that a second person has to see."""
        self._answer(by, answer)

    @transition(field=state, source=[R.FOUND, R.KEPT], target=R.ANSWERED)
    def publish_answer(self, *, by, at, answer):
        """An answer that one person may give."""
        self._answer(by, answer)
        self.answered_at = at

    @transition(field=state, source=R.ANSWER_PROPOSED, target=R.ANSWERED)
    def approve_answer(self, *, by, at):
        """The second person agrees."""
        self.decided_by = by
        self.answered_at = at

    @transition(field=state, source=R.ANSWER_PROPOSED, target=R.FOUND)
    def send_back_answer(self, *, by, remark):
        """Not like this, and why."""
        self.decided_by = by
        self.remark = remark

    @transition(field=state, source=[R.FOUND, R.ANSWERED], target=R.REMOVAL_REQUESTED)
    def request_removal(self, *, at, ground, words):
        """The platform is asked to look at it; the evidence is linked already."""
        self.removal_ground = ground
        self.removal_words = words
        self.removal_asked_at = at

    @transition(field=state, source=R.REMOVAL_REQUESTED, target=R.REMOVED)
    def remove(self, *, at, says):
        """The platform took it down."""
        self._platform_decided(at, says)

    @transition(field=state, source=R.REMOVAL_REQUESTED, target=R.KEPT)
    def keep(self, *, at, says):
        """The platform leaves it; it can still be answered."""
        self._platform_decided(at, says)

    @transition(field=state, source=[R.FOUND, R.ANSWERED, R.REMOVAL_REQUESTED, R.KEPT], target=R.IMPROVED)
    def improve(self, *, at, stars, words):
        """The customer changed it for the better, unasked and unpaid."""
        self.improved_stars = stars
        self.improved_words = words
        self.improved_at = at

    def _answer(self, by, answer):
        self.answer = answer
        self.answered_by = by
        self.decided_by = None
        self.remark = None

    def _platform_decided(self, at, says):
        self.platform_says = says
        self.platform_decided_at = at


class ReviewEvidence(models.Model):
    """A piece of evidence that supports what we ask of the platform."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="supports", verbose_name=_("public review"))
    evidence = models.ForeignKey(
        "complaints.Evidence", models.PROTECT, related_name="reviews", verbose_name=_("evidence")
    )

    history = History()

    class Meta:
        verbose_name = _("evidence about a review")
        verbose_name_plural = _("evidence about reviews")
        constraints = [models.UniqueConstraint(fields=["review", "evidence"], name="review_evidence_once")]
