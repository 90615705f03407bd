"""Everything that happened to a case, one act an entry, told from the history that the database wrote.

An act writes several rows under one signature; here they are one entry again: who, when, the sentence of the
reason code, what was said, and what changed in words. Nothing is stored for the page.
"""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from casemgmt.sentences import registered
from complaints.case_file import CaseFile, name_of, open_file
from complaints.clock_words import clock_name, extension_in_words
from complaints.models import (
    Assessment,
    CallPlan,
    CallStep,
    CaseSummary,
    CaseTag,
    Clock,
    ClockExtension,
    Commitment,
    CompensationGrant,
    Complaint,
    ComplaintSubject,
    Contact,
    ContactConsent,
    DepartmentTask,
    Dispatch,
    DueChange,
    EntitlementAnswer,
    Escalation,
    Evidence,
    EvidenceRequest,
    ExternalRoute,
    Finding,
    FollowUpCall,
    HandlingPlan,
    ImprovementAction,
    LadderRecord,
    LegalHold,
    Mention,
    Pause,
    ProgressNotice,
    RefusalProposal,
    RegularContact,
    ReturnRequest,
    Review,
    ScheduledCall,
    SettlementAgreement,
    StartedCall,
    StatedFact,
    Statement,
)
from complaints.policy_words import in_policy_words
from complaints.untold_fields import NOT_TOLD, UNTOLD_WORDS
from complaints.vocabulary import ContactOutcome, Direction, Side, StatementKind
from policies.lookup import PoliciesInForce, policies_in_force

KIND_OF = {
    Contact: "message",
    Evidence: "file",
    EvidenceRequest: "file",
    CompensationGrant: "money",
    Commitment: "promise",
    ReturnRequest: "promise",
    SettlementAgreement: "promise",
    FollowUpCall: "call",
    ProgressNotice: "message",
    RegularContact: "call",
    Dispatch: "message",
    Escalation: "escalation",
    RefusalProposal: "decision",
    ExternalRoute: "outside",
    Review: "outside",
    Pause: "clock",
    ClockExtension: "clock",
    DueChange: "clock",
    HandlingPlan: "plan",
    CallPlan: "call",
    ScheduledCall: "call",
    StartedCall: "call",
}
"""What an entry is, when the act wrote a row of this model; anything else is about the state or the facts."""

TOLD = (
    Complaint,
    Contact,
    Assessment,
    Finding,
    Evidence,
    EvidenceRequest,
    HandlingPlan,
    LadderRecord,
    StatedFact,
    EntitlementAnswer,
    Commitment,
    ReturnRequest,
    SettlementAgreement,
    CompensationGrant,
    RefusalProposal,
    FollowUpCall,
    ProgressNotice,
    RegularContact,
    Dispatch,
    Escalation,
    Pause,
    ClockExtension,
    DueChange,
    DepartmentTask,
    ExternalRoute,
    Review,
    ComplaintSubject,
    CaseSummary,
    ImprovementAction,
    CaseTag,
    CallPlan,
    ScheduledCall,
    StartedCall,
    ContactConsent,
    LegalHold,
)
"""The models whose rows make up the story of a case."""

FOR_THE_STORY = (*TOLD, Statement)
"""The models whose versions a case file needs, for its story to be told."""

LATE = timedelta(hours=1)
"""An act written down so much later than it happened is marked as recorded late."""


@dataclass(frozen=True, slots=True)
class Change:
    """One changed field in words. `old` is None for a new row."""

    label: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the act. `theirs` when the customer said them; `naming` are the names of colleagues marked with @.

    What was said in a step of a call bears the name of the step.
    """

    kind: str
    label: str
    words: str
    theirs: bool
    naming: tuple[str, ...] = ()
    in_step: bool = False


@dataclass(slots=True)
class Entry:
    """One act on the case, as the timeline shows it."""

    at: datetime
    written_at: datetime
    who: str
    source: str
    reason: str
    headline: str
    kind: str = "state"
    direction: str = ""
    channel: str = ""
    outcome: str = ""
    breach: str = ""
    lacks: tuple[str, ...] = ()
    wording: tuple[dict, ...] = ()
    said: list[Said] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    evidence_ids: list[int] = field(default_factory=list)
    contact_id: int | None = None

    @property
    def recorded_late(self) -> bool:
        """Whether somebody wrote it down much later than it happened; what a command tells of old days is no news."""
        return self.source != "command" and self.written_at - self.at > LATE

    @property
    def is_internal(self) -> bool:
        """Whether customers never see its words."""
        return self.kind != "message"


def story_of(case: Complaint, policies: PoliciesInForce | None = None, file: CaseFile | None = None) -> list[Entry]:
    """The entries of a case, newest first, from its `file`; without one, a file of its own is read.

    Codes of categories, grounds and the like read in the words of `policies`, by default those of the last act.
    """
    file = file or open_file(copy(case), FOR_THE_STORY)
    acts: dict[tuple, list] = defaultdict(list)
    for model in TOLD:
        previous: dict[int, models.Model] = {}
        for row in file.versions[model]:
            acts[_act(row)].append((model, row, previous.get(row.id)))
            previous[row.id] = row
    spoken: dict[tuple, list[Statement]] = defaultdict(list)
    statements = {statement.pk: statement for statement in file.rows[Statement]}
    firsts = {}
    for row in file.versions[Statement]:
        spoken[_act(row)].append(statements[row.id])
        acts.setdefault(_act(row), [])
        firsts.setdefault(_act(row), row)
    policies = policies or policies_in_force(max((act[2] for act in acts), default=case.registered_at))
    entries = [
        _entry(rows, rows[0][1] if rows else firsts[act], spoken.get(act, ()), file, policies)
        for act, rows in acts.items()
    ]
    return sorted(entries, key=lambda entry: (entry.at, entry.written_at), reverse=True)


def _act(row) -> tuple:
    """What belongs to one act: the same person, reason and instants, within a second of the database's clock."""
    return (row.history_user_id, row.history_change_reason, row.history_at, row.history_request)


def _entry(rows, first, statements: Iterable[Statement], file, policies) -> Entry:
    entry = Entry(
        at=first.history_at,
        written_at=first.history_date,
        who=first.history_actor,
        source=first.history_source,
        reason=first.history_change_reason,
        headline=headline_of(first.history_change_reason),
    )
    for model, row, previous in rows:
        if model in KIND_OF:
            entry.kind = KIND_OF[model]
        if model is Contact:
            _tell_contact(entry, row)
        elif model is Evidence and row.history_type == "+":
            entry.evidence_ids.append(row.id)
        elif model in (DueChange, ClockExtension) and row.history_type == "+":
            entry.changes.append(_moved(model, row, file))
            continue
        entry.changes += _changes(model, row, previous, file, policies)
    steps = {step.words_id: step for step in file.rows.get(CallStep, ()) if step.words_id is not None}
    for statement in statements:
        if statement.kind in UNTOLD_WORDS:
            continue
        step = steps.get(statement.pk)
        entry.said.append(
            Said(
                statement.kind,
                step.get_code_display() if step else statement.get_kind_display(),
                statement.words if statement.words is not None else _("(erased)"),
                statement.side == Side.CUSTOMER,
                _named_in(statement, file),
                step is not None,
            )
        )
        if not rows:
            entry.kind = "note" if statement.kind == StatementKind.NOTE else "facts"
    return entry


def _moved(model, row, file: CaseFile) -> Change:
    """The deadline of which clock moved from when to when, or how much more time was asked for."""
    clock = file.thing(Clock, row.clock_id)
    if model is ClockExtension:
        return Change(clock_name(clock), None, extension_in_words(row, clock))
    due = DueChange._meta.get_field("due_after")
    return Change(clock_name(clock), in_words(due, row.due_before, file), in_words(due, row.due_after, file))


def _named_in(statement: Statement, file: CaseFile) -> tuple[str, ...]:
    mentions = [mention for mention in file.rows.get(Mention, ()) if mention.statement_id == statement.pk]
    people = [file.thing(get_user_model(), mention.person_id) for mention in mentions]
    return tuple(name for person in people if person is not None for name in (person.name, person.username))


def headline_of(reason: str) -> str:
    """The sentence of a reason code; a code without one is shown as it is, so that nothing is hidden."""
    sentence = registered().get(f"story.{reason}")
    return str(sentence.says) if sentence else reason


def _tell_contact(entry: Entry, row) -> None:
    entry.kind = "call" if row.channel == "phone" else "message"
    entry.contact_id = row.id
    entry.direction = row.direction
    entry.channel = row.get_channel_display()
    entry.outcome = "" if row.outcome == ContactOutcome.DELIVERED else row.get_outcome_display()
    entry.breach = row.breach
    entry.lacks = tuple(row.working.get("lacks", ()))
    entry.wording = tuple(row.working.get("wording", ()))
    if row.call_again_at is not None:
        again = formats.date_format(timezone.localtime(row.call_again_at), "SHORT_DATETIME_FORMAT")
        entry.outcome = " · ".join(filter(None, (str(entry.outcome), _("next call %(at)s") % {"at": again})))
    if row.direction == Direction.INCOMING and row.emotion:
        entry.outcome = row.get_emotion_display()


def _changes(model, row, previous, file, policies) -> list[Change]:
    if model is Contact or (model is Complaint and previous is None):
        return []
    found = []
    for model_field in model._meta.concrete_fields:
        if model_field.name in NOT_TOLD or _is_words(model_field) or not hasattr(row, model_field.attname):
            continue
        old = getattr(previous, model_field.attname) if previous is not None else None
        new = getattr(row, model_field.attname)
        if old == new or (previous is None and new in (None, "", False)):
            continue
        label = str(model_field.verbose_name)
        before = None if previous is None else in_words(model_field, old, file, policies)
        found.append(Change(label, before, in_words(model_field, new, file, policies)))
    return found


def _is_words(model_field) -> bool:
    return model_field.is_relation and model_field.related_model in (Statement, Contact, Evidence)


def in_words(model_field: models.Field, value, file: CaseFile, policies: PoliciesInForce | None = None) -> str:
    """A stored value as a reader says it: choices by their words, instants in local time, people by name."""
    if value in (None, ""):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if model_field.is_relation:
        thing = file.thing(model_field.related_model, value)
        return name_of(thing) if thing is not None else f"#{value}"
    return in_policy_words(model_field, value, policies)
