"""What is announced to everybody about an incident, beyond the customers it hit; two people stand for it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models.guards import decided_by_two
from casemgmt.stateful import StateField, Stateful
from complaints.models.incidents import Incident, IncidentWords
from complaints.states import PublicNoticeState

S = PublicNoticeState


def _rewritten(sql):
    """What two people looked at stays what they looked at; other words are another row.

    The yes or no stands once it is given, and where it was published is written by the step that says so alone.
    """
    return (
        f"{sql.changed('incident', 'number', 'words', 'proposed_by', 'proposed_at')}"
        f" OR ({sql.old('state')} <> {sql.value(S.PROPOSED.value)}"
        f" AND {sql.changed('decided_by', 'decided_at', 'remark')})"
        f" OR ({sql.changed('link', 'published_at')} AND NOT ({sql.old('state')} = {sql.value(S.APPROVED.value)}"
        f" AND {sql.new('state')} = {sql.value(S.PUBLISHED.value)}))"
    )


class PublicNotice(Stateful):
    """An announcement about an incident for the shop's own page or a social network (S-COM-31).

    Whoever drafts it does not decide it. It is published outside; `link` and `published_at` say where and since when.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="announcements", verbose_name=_("incident"))
    number = models.PositiveSmallIntegerField(_("number"))
    state = StateField(_("state"), choices=S, default=S.PROPOSED)
    words = models.ForeignKey(IncidentWords, models.PROTECT, related_name="+", verbose_name=_("words"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by"), null=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    remark = models.ForeignKey(IncidentWords, models.PROTECT, related_name="+", verbose_name=_("remark"), null=True)
    link = models.CharField(_("link"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True)

    history = History(
        guards=[
            Guard("public_notice.rewritten", on=("update",), refuse_when=_rewritten),
            *decided_by_two("decided_by", "proposed_by"),
        ]
    )

    class Meta:
        verbose_name = _("public announcement")
        verbose_name_plural = _("public announcements")
        ordering = ["incident", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="public_notice_number_once"),
            models.CheckConstraint(
                name="public_notice_needs_two_people",
                condition=models.Q(state=S.PROPOSED, decided_by__isnull=True)
                | (
                    ~models.Q(state=S.PROPOSED)
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~models.Q(decided_by=models.F("proposed_by"))
                ),
            ),
            models.CheckConstraint(
                name="public_notice_published_somewhere",
                condition=~models.Q(state=S.PUBLISHED) | (models.Q(published_at__isnull=False) & ~models.Q(link="")),
            ),
        ]

    def __str__(self):
        return f"{self.incident} · {self.number}"

    @transition(field=state, source=S.PROPOSED, target=S.APPROVED)
    def approve(self, *, by, at, remark=None):
        """A second person agrees to these very words."""
        self._decide(by, at, remark)

    @transition(field=state, source=S.PROPOSED, target=S.SENT_BACK)
    def send_back(self, *, by, at, remark):
        """Not in these words, and why."""
        self._decide(by, at, remark)

    @transition(field=state, source=S.APPROVED, target=S.PUBLISHED)
    def publish(self, *, link, published_at):
        """It stands there for all to read."""
        self.link = link
        self.published_at = published_at

    def _decide(self, by, at, remark):
        self.decided_by = by
        self.decided_at = at
        self.remark = remark
