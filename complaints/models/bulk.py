"""Work on many cases at once: what was chosen, what a dry run said of each case, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.people.models import Team
from casemgmt.privacy.words import SPOKEN_GUARDS, Spoken
from casemgmt.stateful import StateField, Stateful
from complaints.models.tags import Tag
from complaints.states import BulkState


class BulkWords(Spoken):
    """What was typed for a whole run: the reason of an assignment, or a line to the handlers.

    Each case gets the words once more as a statement of its own when its turn comes.
    """

    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    said_at = models.DateTimeField(_("said at"))

    history = History(excluded_fields=["words", "words_salt"], guards=SPOKEN_GUARDS)

    class Meta:
        verbose_name = _("words of a bulk run")
        verbose_name_plural = _("words of bulk runs")
        default_permissions = ()

    def __str__(self):
        return self.words or _("(erased)").__str__()


class BulkRun(Stateful):
    """The same deed on many cases: chosen, tried dry, then run exactly as it was shown (T15).

    Belongs to whoever made it; supervisors of `team`, the maker's at that time, and auditors may read it. Nobody
    deletes it. `handler_ids` are the people among whom the cases are shared out.
    """

    class Kind(models.TextChoices):
        ASSIGN = "assign", _("Assign")
        TAKE = "take", _("Take")
        SHARE = "share", _("Give out by rule")
        MOVE = "move", _("Move to a team")
        TAG = "tag", _("Tag")
        UNTAG = "untag", _("Remove a tag")
        REMIND = "remind", _("Remind")
        LINK = "link", _("Link to an incident")
        OFFER = "offer", _("Offer the plan of an incident")
        TELL = "tell", _("Tell everybody of an incident")

    state = StateField(_("state"), choices=BulkState, default=BulkState.CHOSEN)
    kind = models.CharField(_("what is done"), max_length=8, choices=Kind)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_runs", verbose_name=_("made by")
    )
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("team"), null=True)
    made_at = models.DateTimeField(_("made at"))
    handler_ids = models.JSONField(_("new handlers"), default=list)
    to_team = models.ForeignKey(Team, models.PROTECT, related_name="+", verbose_name=_("new team"), null=True)
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="+", verbose_name=_("tag"), null=True)
    incident = models.ForeignKey(
        "complaints.Incident", models.PROTECT, related_name="runs", verbose_name=_("incident"), null=True
    )
    incident_plan = models.ForeignKey(
        "complaints.IncidentPlan", models.PROTECT, related_name="runs", verbose_name=_("plan of an incident"), null=True
    )
    message = models.ForeignKey(
        "complaints.IncidentMessage", models.PROTECT, related_name="runs", verbose_name=_("message"), null=True
    )
    words = models.ForeignKey(BulkWords, models.PROTECT, related_name="+", verbose_name=_("words"), null=True)
    retry_of = models.ForeignKey(
        "self", models.PROTECT, related_name="retries", verbose_name=_("another try of"), null=True
    )
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("bulk run")
        verbose_name_plural = _("bulk runs")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state"], condition=models.Q(state="running"), name="bulk_runs_under_way")]

    @transition(field=state, source=[BulkState.CHOSEN, BulkState.PLANNED], target=BulkState.PLANNED)
    def plan(self):
        """Tried dry: each case says what would become of it. Nothing has changed yet."""

    @transition(field=state, source=BulkState.PLANNED, target=BulkState.RUNNING)
    def begin(self, *, at):
        """Its maker said yes to what was shown."""
        self.started_at = at

    @transition(field=state, source=BulkState.RUNNING, target=BulkState.FINISHED)
    def finish(self, *, at):
        """Every case has had its turn."""
        self.finished_at = at

    @transition(field=state, source=BulkState.RUNNING, target=BulkState.STOPPED)
    def stop(self, *, at):
        """Stopped on the way: what is done stays done, the rest stays as it was."""
        self.finished_at = at

    @transition(field=state, source=[BulkState.CHOSEN, BulkState.PLANNED], target=BulkState.CANCELLED)
    def cancel(self):
        """Not done after all."""


class BulkLine(models.Model):
    """One case of a run. `reasons` are coded violations; `before` and `after` hold the names of that time.

    Without history: what happened to a case stands in the history of the case. `tries` counts how often a worker
    took the line in hand, so that one that kills its worker is set aside.
    """

    class Outcome(models.TextChoices):
        CHOSEN = "chosen", _("chosen")
        WILL = "will", _("will change")
        WILL_NOT = "will_not", _("will not change")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        STOPPED = "stopped", _("not reached")

    run = models.ForeignKey(BulkRun, models.PROTECT, related_name="lines", verbose_name=_("bulk run"))
    place = models.PositiveIntegerField(pgettext_lazy("sequence", "place"))
    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="+", verbose_name=_("case"))
    seen_version = models.PositiveIntegerField(_("version"))
    outcome = models.CharField(_("result"), max_length=8, choices=Outcome, default=Outcome.CHOSEN)
    reasons = models.JSONField(_("reasons"), default=list)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("new handler"), null=True
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("case of a bulk run")
        verbose_name_plural = _("cases of bulk runs")
        ordering = ["run", "place"]
        default_permissions = ()
        indexes = [models.Index(fields=["run", "outcome", "place"], name="bulk_lines_by_outcome")]
        constraints = [models.UniqueConstraint(fields=["run", "case"], name="case_once_a_bulk_run")]
