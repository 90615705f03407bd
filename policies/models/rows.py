"""Policies as dated rows: what is allowed, since which instant, who drafted it and who switched it on."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from casemgmt.ledger import Guard, History
from casemgmt.people.models.guards import decided_by_two
from casemgmt.sentences import say
from casemgmt.stateful import StateField, Stateful
from policies.reading import BodyRefused, read_body
from policies.values import KINDS


class PolicyKind(models.TextChoices):
    """What a row is about; each kind has its value class in `policies.values`."""

    CALENDAR = "calendar", _("working calendar")
    CLOCK = "clock", _("clock")
    ESCALATION = "escalation", _("escalation steps")
    CALLING_WINDOW = "calling_window", _("calling window")
    ATTEMPT_LADDER = "attempt_ladder", _("what follows an attempt to call")
    CALL_PLAN = "call_plan", _("when a call needs a plan")
    CALL_GUIDE = "call_guide", _("guide of a talk")
    FOLLOW_UP = "follow_up", _("follow-up")
    LIMIT = "limit", _("authority limit")
    COMPENSATION_KIND = "compensation_kind", _("kind of compensation")
    REFUSAL_GROUND = "refusal_ground", _("ground of refusal")
    REFUSAL_BAR = "refusal_bar", _("bar to refusing")
    COMPANY_RULE = "company_rule", _("rule of the shop")
    ENTITLEMENT = "entitlement", _("entitlement")
    REMEDY = "remedy", _("line of the remedies matrix")
    CATEGORY = "category", _("category")
    LEGAL_REFERENCE = "legal_reference", _("legal reference")
    PERIOD = "period", _("periods")
    ASSIGNMENT = "assignment", _("assignment of cases")
    UPLOAD = "upload", _("file upload")
    TEMPLATE = "template", _("template")
    CHECKLIST = "checklist", _("checklist")
    KNOWLEDGE = "knowledge", _("knowledge")
    PHRASE = "phrase", _("phrase")
    OUTSIDE_BODY = "outside_body", _("body outside")
    OUTSIDE = "outside", _("outside routes and reviews")
    PROMOTION = "promotion", _("big promotion")


class PolicyState(models.TextChoices):
    """Where a row stands. Only active rows are in force, and from `valid_from` on."""

    DRAFTED = "drafted", _("drafted")
    TRIED = "tried", _("tried")
    ACTIVE = "active", pgettext_lazy("policy", "active")
    REVOKED = "revoked", _("revoked")
    DISCARDED = "discarded", _("discarded")


SWITCHED_ON = [PolicyState.ACTIVE, PolicyState.REVOKED]
MOVES_WITH_THE_STATE = (
    "state", "version", "activated_by", "activated_at", "revoked_by", "revoked_at", "dry_run", "remark",
)  # fmt: skip


MOVES_WITH_A_REVIEW = ("review_on", "reviewed_by", "reviewed_at", "review_words")


def _changed_after_the_draft(sql):
    """Only a draft may be rewritten; what was tried or switched on stands as it is, and is looked at again."""
    written = sql.changed_beyond(*MOVES_WITH_THE_STATE, *MOVES_WITH_A_REVIEW)
    return f"({sql.differs(sql.old('state'), sql.value(PolicyState.DRAFTED.value))} AND {written})"


def _activation_rewritten(sql):
    """Who switched a row on, and when, never changes."""
    was_on = sql.one_of(sql.old("state"), [state.value for state in SWITCHED_ON])
    return f"({was_on} AND {sql.changed('activated_by', 'activated_at')})"


def _origin_rewritten(sql):
    """Whose draft it was, and which pack brought it, never changes: four eyes hang on it."""
    return sql.changed("kind", "key", "edition", "drafted_by", "pack", "pack_edition")


def _pack_of_a_person(sql):
    """Rows of packs need no second person, for the release is one: so nobody but the service account brings them."""
    return (
        f"({sql.differs(sql.new('pack'), sql.value(''))} AND NOT EXISTS (SELECT 1 FROM people_person drafter"
        f" WHERE drafter.id = {sql.new('drafted_by')} AND drafter.is_service))"
    )


class PolicyRow(Stateful):
    """One policy from one instant on (S-POL-11).

    A row ends where the next active row of the same kind and key begins; a closing row ends its key without
    a successor. So at most one row of a key is in force, on both engines, by the unique key alone. From
    activation a row is frozen: a changed figure is a new row. `edition` numbers the rows of a key; `version`
    is the lock of this row. Rows with a `pack` were switched on by the release as the second person, and
    may reach back only on an installation that had no policy yet. Read elsewhere through `policies.lookup`.
    """

    kind = models.CharField(_("kind"), max_length=32, choices=PolicyKind)
    key = models.CharField(_("key"), max_length=64)
    edition = models.PositiveIntegerField(_("edition"), editable=False)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_zh = models.CharField(_("title in Chinese"), max_length=200)
    valid_from = models.DateTimeField(_("valid from"))
    closing = models.BooleanField(_("ends this policy"), default=False)
    state = StateField(_("state"), choices=PolicyState, default=PolicyState.DRAFTED)
    body = models.JSONField(_("content"), default=dict, blank=True)
    source_en = models.TextField(_("source in English"), max_length=2000)
    source_zh = models.TextField(_("source in Chinese"), max_length=2000)
    check_with_counsel = models.BooleanField(_("check with counsel"), default=False)
    reason = models.TextField(_("why it changes"), max_length=2000, blank=True)
    cases = models.JSONField(_("own cases"), default=list, blank=True, editable=False)
    dry_run = models.JSONField(_("dry run at activation"), default=dict, blank=True, editable=False)
    remark = models.TextField(_("remark of who sent it back"), max_length=2000, blank=True, editable=False)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("reviewed by"),
    )
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, editable=False)
    review_words = models.TextField(_("result of the review"), max_length=2000, blank=True, editable=False)
    pack = models.CharField(_("pack"), max_length=64, blank=True, editable=False)
    pack_edition = models.PositiveIntegerField(_("edition in the pack"), null=True, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("drafted by")
    )
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("activated by"),
    )
    activated_at = models.DateTimeField(_("activated at"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("revoked by"),
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    history = History(
        guards=[
            Guard(
                "policy.frozen",
                _changed_after_the_draft,
                on=("update",),
                message="a policy is frozen once it was tried",
            ),
            Guard(
                "policy.activation_rewritten",
                _activation_rewritten,
                on=("update",),
                message="who activated a policy never changes",
            ),
            Guard(
                "policy.origin_rewritten",
                _origin_rewritten,
                on=("update",),
                message="the origin of a policy never changes",
            ),
            Guard(
                "policy.pack_of_a_person",
                _pack_of_a_person,
                on=("insert",),
                message="rows of packs are brought by the release alone",
            ),
            *decided_by_two("activated_by", "drafted_by"),
        ]
    )

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["kind", "key", "-valid_from", "-edition"]
        permissions = [
            ("draft_policy", _("Can draft policies")),
            ("activate_policy", _("Can activate policies that someone else drafted")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "valid_from"],
                condition=Q(state=PolicyState.ACTIVE),
                name="policy_begins_once",
                violation_error_message=_("Another active policy of this key begins at the same instant."),
            ),
            models.UniqueConstraint(fields=["kind", "key", "edition"], name="policy_edition_is_unique"),
            models.UniqueConstraint(
                fields=["pack", "kind", "key", "pack_edition"],
                condition=~Q(pack=""),
                name="policy_pack_edition_is_unique",
            ),
            models.CheckConstraint(condition=Q(kind__in=PolicyKind.values), name="policy_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=PolicyState.values), name="policy_state_is_known"),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(source_en="") & ~Q(source_zh=""), name="policy_has_key_and_source"
            ),
            models.CheckConstraint(
                condition=Q(pack="", pack_edition__isnull=True) | (~Q(pack="") & Q(pack_edition__isnull=False)),
                name="policy_pack_has_an_edition",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[PolicyState.DRAFTED, PolicyState.TRIED, PolicyState.DISCARDED],
                    activated_by__isnull=True,
                    activated_at__isnull=True,
                )
                | Q(state__in=SWITCHED_ON, activated_by__isnull=False, activated_at__isnull=False),
                name="policy_active_names_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(activated_by__isnull=True) | ~Q(pack="") | ~Q(activated_by=F("drafted_by")),
                name="policy_activated_by_another",
                violation_error_message=_("Someone other than the drafter must activate a policy."),
            ),
            models.CheckConstraint(
                condition=Q(activated_at__isnull=True) | ~Q(pack="") | Q(valid_from__gte=F("activated_at")),
                name="policy_never_reaches_back",
                violation_error_message=_("A policy cannot begin before it is activated."),
            ),
            models.CheckConstraint(
                condition=(~Q(state=PolicyState.REVOKED) & Q(revoked_by__isnull=True, revoked_at__isnull=True))
                | Q(state=PolicyState.REVOKED, revoked_by__isnull=False, revoked_at__lt=F("valid_from")),
                name="policy_revoked_before_it_begins",
                violation_error_message=_("Only a policy that has not begun can be revoked."),
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.key} · {self.edition})"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_zh if (get_language() or "").startswith("zh") else self.title_en

    @property
    def source(self) -> str:
        """Clause, law, rows of the requirements, or "configuration", in the reader's language."""
        return self.source_zh if (get_language() or "").startswith("zh") else self.source_en

    def clean(self):
        """A body that its kind understands; every fault is named by its place."""
        if self.kind not in KINDS:
            return
        if self.closing:
            if self.body:
                raise ValidationError({"body": _("A row that ends a policy has no content.")})
            return
        try:
            self.value()
        except BodyRefused as refused:
            raise ValidationError({"body": [say(found) for found in refused.violations]}) from refused

    def value(self):
        """The frozen value of this row, or BodyRefused with every fault of its body. A closing row has none."""
        return read_body(KINDS[self.kind], self.pk or 0, self.key, self.body)

    @transition(field=state, source=PolicyState.DRAFTED, target=PolicyState.TRIED)
    def try_out(self):
        """The draft holds together; from here on its words are fixed."""
        if not self.closing:
            self.value()

    @transition(field=state, source=PolicyState.TRIED, target=PolicyState.DRAFTED)
    def redraft(self, *, remark=""):
        """Back to the desk, to be changed and tried again; the remark says why."""
        self.remark = remark

    @transition(field=state, source=[PolicyState.DRAFTED, PolicyState.TRIED], target=PolicyState.DISCARDED)
    def discard(self):
        """Given up before it was ever switched on."""

    @transition(field=state, source=PolicyState.TRIED, target=PolicyState.ACTIVE)
    def activate(self, *, by, at):
        """Switched on by someone who did not draft it. It is in force from `valid_from`, which is not past."""
        if by.pk == self.drafted_by_id:
            raise ValueError("the drafter cannot activate a policy")
        if self.valid_from < at:
            raise ValueError("a policy cannot begin before it is activated")
        if not self.closing:
            self.value()
        self.activated_by, self.activated_at = by, at

    @transition(field=state, source=PolicyState.ACTIVE, target=PolicyState.REVOKED)
    def revoke(self, *, by, at):
        """Taken back before it began; afterwards only a new row can change anything."""
        if self.valid_from <= at:
            raise ValueError("a policy that has begun cannot be revoked")
        self.revoked_by, self.revoked_at = by, at
