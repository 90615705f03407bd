"""What became of real cases when a draft was held against them: counts, and one line for each difference."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DryRun(models.Model):
    """One draft held against the cases; it changes nothing and can be made again, so it has no history.

    `digest` is that of the content it was made for (`policies.rules.freshness`), `base_id` the row that was in
    force for its key. `last_case` is how far the worker has come. What an activation rested on is copied to the
    policy row itself.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("under way")
        DONE = "done", _("finished")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    row = models.ForeignKey("policies.PolicyRow", models.PROTECT, related_name="dry_runs", verbose_name=_("policy"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    digest = models.CharField(_("digest of the text"), max_length=64)
    base_id = models.BigIntegerField(_("edition in force then"), null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    asked_at = models.DateTimeField(_("asked for at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    cases = models.PositiveIntegerField(_("cases"), default=0)
    looked_at = models.PositiveIntegerField(_("cases looked at"), default=0)
    last_case = models.BigIntegerField(_("last case looked at"), default=0)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("dry run of a policy")
        verbose_name_plural = _("dry runs of policies")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "running", "done", "stopped", "failed"]),
                name="policy_dry_run_state_is_known",
            )
        ]
        indexes = [
            models.Index(
                fields=["state"], condition=models.Q(state__in=["waiting", "running"]), name="policy_dry_runs_waiting"
            )
        ]

    def __str__(self):
        return f"{self.row} · {self.get_state_display()}"

    @property
    def is_under_way(self) -> bool:
        """Whether a worker still has something to do."""
        return self.state in (self.State.WAITING, self.State.RUNNING)


class DryRunLine(models.Model):
    """One difference in one case: no name, no words of anybody, only the number of the case and figures.

    `what` is due, limit, block, amount or text; `name` the code of the clock, grant or call; `before` and `after` are
    instants, codes or amounts as text, "" for none. A text itself is never here, but codes of phrases in it.
    """

    run = models.ForeignKey(DryRun, models.CASCADE, related_name="lines", verbose_name=_("dry run of a policy"))
    case_id = models.BigIntegerField(_("case"))
    case_number = models.CharField(_("case number"), max_length=40)
    is_open = models.BooleanField(pgettext_lazy("case", "open"))
    what = models.CharField(_("what changes"), max_length=8)
    name = models.CharField(_("which"), max_length=64)
    verdict = models.CharField(_("how"), max_length=24)
    before = models.CharField(_("before"), max_length=200, blank=True)
    after = models.CharField(_("after"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("difference in a dry run")
        verbose_name_plural = _("differences in dry runs")
        ordering = ["run", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["run", "what", "verdict"], name="policy_differences")]

    def __str__(self):
        return f"{self.case_number} · {self.name}"
