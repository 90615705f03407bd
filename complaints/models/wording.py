"""Words that need somebody else's yes before a customer reads them: asked for and decided, for these very words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.people.models.guards import decided_by_two
from casemgmt.stateful import StateField, Stateful
from complaints.models.case_guards import not_by_a_subject
from complaints.states import OverrideState
from complaints.vocabulary import Channel

S = OverrideState


class WordingOverride(Stateful):
    """A second person's yes or no to one phrase in one text; whoever asks does not decide.

    `words` is the whole text as it will be sent: the override covers these very words and no others, and its digest
    stands in history (S-TAB, S-PRO-02). `phrase_policy_id` is the policy row of the phrase. Blocked phrases have none.
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="wording_overrides", verbose_name=_("case")
    )
    state = StateField(_("state"), choices=S, default=S.ASKED)
    phrase_policy_id = models.BigIntegerField(_("version of the phrase"))
    words = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("words"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel, blank=True)
    reason = models.ForeignKey("complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="wordings_asked", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("remark"), null=True
    )

    history = History(
        guards=[*decided_by_two("decided_by", "asked_by", others_stay=True), not_by_a_subject("decided_by")]
    )

    class Meta:
        verbose_name = _("words to be agreed to")
        verbose_name_plural = _("words to be agreed to")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="wording_needs_two_people",
                condition=models.Q(state=S.ASKED, decided_by__isnull=True)
                | (
                    ~models.Q(state=S.ASKED)
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False, remark__isnull=False)
                    & ~models.Q(decided_by=models.F("asked_by"))
                ),
            ),
        ]

    def __str__(self):
        return str(self.words)

    @transition(field=state, source=S.ASKED, target=S.APPROVED)
    def approve(self, *, by, at, remark):
        """These words may go out, and why."""
        self._decide(by, at, remark)

    @transition(field=state, source=S.ASKED, target=S.REJECTED)
    def reject(self, *, by, at, remark):
        """Not in these words, and why."""
        self._decide(by, at, remark)

    def _decide(self, by, at, remark):
        self.decided_by = by
        self.decided_at = at
        self.remark = remark
