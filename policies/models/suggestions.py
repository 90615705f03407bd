"""What was learnt from cases, as suggestions to change a policy: answered by a draft, or declined with a reason."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition

from casemgmt.ledger import History
from casemgmt.privacy.words import SPOKEN_GUARDS, Spoken
from casemgmt.stateful import StateField, Stateful
from policies.models.rows import PolicyKind


class PolicySaid(Spoken):
    """The words of a suggestion, and of the answer to it."""

    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written down by")
    )
    said_at = models.DateTimeField(_("said at"))

    history = History(excluded_fields=["words", "words_salt"], guards=SPOKEN_GUARDS)

    class Meta:
        verbose_name = _("words about a policy")
        verbose_name_plural = _("words about policies")
        default_permissions = ()

    def __str__(self):
        return self.words or str(_("(erased)"))


class SuggestionState(models.TextChoices):
    """Where a suggestion stands."""

    OPEN = "open", pgettext_lazy("suggestion", "open")
    TAKEN_UP = "taken_up", _("taken up")
    DECLINED = "declined", pgettext_lazy("suggestion", "declined")


class PolicySuggestion(Stateful):
    """Somebody proposes to change a policy (S-CLO-06, S-CLO-08), or calls it too harsh (S-TAB-17).

    `kind` and `key` name the policy, not one edition of it. `case_id` and `case_number` are those of the case that
    taught it; empty where somebody proposes by themselves. The answer is a draft, or words why not.
    """

    class Aim(models.TextChoices):
        CHANGE = "change", _("a lesson of cases: the policy should change")
        TOO_HARSH = "too_harsh", _("the policy itself is a minefield: too harsh")
        PROCESS = "process", _("the way of handling complaints should change")

    state = StateField(_("state"), choices=SuggestionState, default=SuggestionState.OPEN)
    kind = models.CharField(_("kind"), max_length=32)
    key = models.CharField(_("key"), max_length=64)
    aim = models.CharField(_("what it aims at"), max_length=12, choices=Aim)
    words = models.ForeignKey(PolicySaid, models.PROTECT, related_name="+", verbose_name=_("suggestion"))
    case_id = models.BigIntegerField(_("case"), null=True, editable=False)
    case_number = models.CharField(_("case number"), max_length=40, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("suggestion", "made by")
    )
    made_at = models.DateTimeField(pgettext_lazy("suggestion", "made at"))
    draft = models.ForeignKey(
        "policies.PolicyRow", models.PROTECT, related_name="answers", verbose_name=_("draft"), null=True
    )
    answer = models.ForeignKey(PolicySaid, models.PROTECT, related_name="+", verbose_name=_("answer"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("answered by"), null=True
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    history = History()

    class Meta:
        verbose_name = _("suggestion for a policy")
        verbose_name_plural = _("suggestions for policies")
        ordering = ["-made_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("propose_policy", _("Can propose changes of policies"))]
        constraints = [
            models.CheckConstraint(
                name="policy_suggestion_is_answered",
                condition=models.Q(state="open", answered_by__isnull=True, answered_at__isnull=True)
                | models.Q(state="taken_up", draft__isnull=False, answered_by__isnull=False)
                | models.Q(state="declined", answer__isnull=False, answered_by__isnull=False),
            )
        ]

    def __str__(self):
        return f"{dict(PolicyKind.choices).get(self.kind, self.kind)} · {self.get_aim_display()}"

    @transition(field=state, source=SuggestionState.OPEN, target=SuggestionState.TAKEN_UP)
    def take_up(self, *, draft, by, at):
        """A draft answers it."""
        self.draft, self.answered_by, self.answered_at = draft, by, at

    @transition(field=state, source=SuggestionState.OPEN, target=SuggestionState.DECLINED)
    def decline(self, *, answer, by, at):
        """Not done, and why."""
        self.answer, self.answered_by, self.answered_at = answer, by, at
