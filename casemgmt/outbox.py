"""What must be told, written in the same transaction as its cause, and sent afterwards by the relay.

The request never waits for a mail server, a rollback takes the message with it, and a crash loses none. People are
told by `put`, other programs and groups of colleagues by `announce`; `casemgmt.relaying` sends.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from django.db import models, transaction
from django.utils.timezone import localtime

from casemgmt.models import Endpoint, EndpointKind, Notice, NoticeSettings, OutboxMessage
from casemgmt.notice_kinds import kind_of
from casemgmt.notice_words import FOR
from casemgmt.people.models import Substitution
from casemgmt.setwise import insert_each

IN_APP = "in_app"
EMAIL = OutboxMessage.Channel.EMAIL.value
BOTH = (IN_APP, EMAIL)


class About(NamedTuple):
    """The row a word is about, for those who hold its key and no object: "complaints.complaint", 12."""

    label: str
    pk: int


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to tell one person: `kind` is a registered code, `params` fill its sentence.

    `key` names it for ever; putting the same key again tells nobody twice. `subject` is the row it is about,
    `case_number` what staff call the case. No personal data in `params`.
    """

    kind: str
    key: str
    to: models.Model
    subject: models.Model | About | None = None
    case_number: str = ""
    params: dict = field(default_factory=dict)
    not_before: datetime | None = None
    channels: Iterable[str] = BOTH


class Belonging(NamedTuple):
    """The team and the shop that a row belongs to, for endpoints that want only theirs."""

    team_id: int | None
    shop_id: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a row, whoever is told of it.

    `key` names it for ever and is the same for everybody who is told. `params` fill the sentence that a group reads;
    `facts` are codes that other programs get, never words or names.
    """

    kind: str
    key: str
    subject: models.Model | About
    case_number: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


def put(
    kind: str,
    *,
    key: str,
    to: models.Model,
    at: datetime,
    subject=None,
    case_number: str = "",
    params: dict | None = None,
    not_before: datetime | None = None,
    channels: Iterable[str] = BOTH,
) -> None:
    """Tell one person one thing: on their list at once, and by e-mail when the relay runs after commit.

    Call it inside the transaction of the cause. Without `case_number` the subject's own `number` is taken.
    """
    put_many([Word(kind, key, to, subject, case_number, params or {}, not_before, channels)], at=at)


def put_many(words: Iterable[Word], *, at: datetime) -> None:
    """`put` for many at once, in as many statements whatever their number, as each person's own settings say.

    Who has no address gets no e-mail, but the notice. Duties are always on the list. Who stands in for somebody today
    is told what is for them as well, unless it was told already; who has a robot of their own is told by it too.
    """
    words = _with_substitutes(list(words), at)
    ways = _Ways({word.to.pk for word in _one_each(words)})
    notices, messages, to_robots = [], [], []
    for word in words:
        way = ways.of(word)
        label, pk = _reference(word.subject)
        number = word.case_number or getattr(word.subject, "number", None) or ""
        not_before = word.not_before or at
        row = (word.kind, word.key, way.person, label, pk, number, word.params)
        if way.is_shown and IN_APP in word.channels:
            notices.append((*row, not_before))
        if EMAIL not in word.channels:
            continue
        if way.robot is not None:
            key = f"{way.robot.pk}>{word.key}"
            to_robots.append((word.kind, key, way.robot.kind, way.robot.pk, label, pk, number, word.params, not_before))
        if way.is_mailed:
            messages.append((*row, way.wish.next_letter(not_before) if way.is_daily else not_before, way.is_daily))
    about = ("subject_label", "subject_pk", "case_number", "params")
    with transaction.atomic():
        insert_each(Notice, ("code", "key", "person_id", *about, "shown_from"), notices, fixed={"created_at": at})
        insert_each(
            OutboxMessage,
            ("kind", "key", "recipient_id", *about, "not_before", "is_daily"),
            messages,
            fixed={"created_at": at, "channel": EMAIL, "attempts": 0, "last_error": ""},
        )
        insert_each(
            OutboxMessage,
            ("kind", "key", "channel", "endpoint_id", *about, "not_before"),
            to_robots,
            fixed={"created_at": at, "is_daily": False, "attempts": 0, "last_error": ""},
        )


class _Way(NamedTuple):
    """How one person hears of one kind of word."""

    person: int
    wish: NoticeSettings
    is_shown: bool
    is_mailed: bool
    is_daily: bool
    robot: Endpoint | None


class _Ways:
    """How each of these people hears of what: a storm asks thousands of times and gets few different answers."""

    def __init__(self, people: set[int]):
        self._wishes = NoticeSettings.objects.in_bulk(people)
        self._robots = {robot.owner_id: robot for robot in Endpoint.objects.of_people(people)}
        self._known: dict[tuple[str, int], _Way] = {}

    def of(self, word: Word) -> _Way:
        question = word.kind, id(word.to)
        if question not in self._known:
            self._known[question] = self._way(word)
        return self._known[question]

    def _way(self, word: Word) -> _Way:
        wish, kind = self._wishes.get(word.to.pk) or NoticeSettings(), kind_of(word.kind)
        robot = self._robots.get(word.to.pk)
        return _Way(
            word.to.pk,
            wish,
            wish.is_shown(kind),
            bool(word.to.email) and wish.is_mailed(kind),
            wish.letters == NoticeSettings.Letters.DAILY and not kind.is_urgent,
            robot if robot is not None and kind.name in robot.events else None,
        )


def _one_each(words: Iterable[Word]) -> list[Word]:
    """One word for each reader: asking thousands of words for the key of the same few people takes long."""
    return list({id(word.to): word for word in words}.values())


def _with_substitutes(words: list[Word], at: datetime) -> list[Word]:
    """The words, and each once more for whoever stands in for its reader today; one query."""
    lent = [word for word in words if kind_of(word.kind).for_substitutes]
    standing: dict[int, list[Substitution]] = {}
    in_force = Substitution.objects.in_force(localtime(at).date()) if lent else Substitution.objects.none()
    readers = {word.to.pk for word in _one_each(lent)}
    for row in in_force.filter(stands_in_for__in=readers, person__is_active=True).select_related(
        "person", "stands_in_for"
    ):
        standing.setdefault(row.stands_in_for_id, []).append(row)
    if not standing:
        return words
    told = {(word.kind, _reference(word.subject), word.to.pk) for word in words}
    copies = [
        replace(
            word,
            to=row.person,
            key=f"{word.key}>{row.person_id}",
            params={**word.params, FOR: row.stands_in_for.name},
        )
        for word in lent
        for row in standing.get(word.to.pk, ())
        if (word.kind, _reference(word.subject), row.person_id) not in told
    ]
    return words + copies


def _reference(subject):
    if subject is None:
        return "", ""
    if isinstance(subject, About):
        return subject.label, str(subject.pk)
    return subject._meta.label_lower, str(subject.pk)


def send_to_customer(
    kind: str,
    *,
    key: str,
    channel: str,
    subject: models.Model,
    case_number: str,
    at: datetime,
    not_before: datetime,
    endpoint: Endpoint | None = None,
) -> None:
    """Put one message to a customer into the outbox; its words and the address stand with the row it is about.

    Call it inside the transaction that writes that row. The same key a second time sends nothing twice.
    """
    label, pk = _reference(subject)
    row = (kind, key, channel, endpoint.pk if endpoint is not None else None, label, pk, case_number, {})
    insert_each(
        OutboxMessage,
        ("kind", "key", "channel", "endpoint_id", "subject_label", "subject_pk", "case_number", "params"),
        [row],
        fixed={"created_at": at, "not_before": not_before, "is_daily": False, "attempts": 0, "last_error": ""},
    )


_belongings: dict[str, Callable[[set[str]], Mapping[str, Belonging]]] = {}


def register_belongings(label: str, find: Callable[[set[str]], Mapping[str, Belonging]]) -> None:
    """Say how teams and shops of rows are found: `find` gets keys as text and gives what it knows, in one query."""
    _belongings[label] = find


def announce(events: Iterable[Event], *, at: datetime) -> int:
    """Put what happened into the outbox for every endpoint that wants it; returns how many messages were new.

    Call it inside the transaction of the cause. One query when no endpoint is switched on, and a generator of events
    is not begun then; the same event a second time is not sent again.
    """
    endpoints = list(
        Endpoint.objects.of_the_house()
        .on()
        .filter(to_customers=False)
        .only("pk", "kind", "events", "team_id", "shop_id")
    )
    if not endpoints:
        return 0
    wanted = [
        (event, [endpoint for endpoint in endpoints if name in endpoint.events])
        for event in events
        for name in [kind_of(event.kind).name]
    ]
    places = _places(event for event, wanting in wanted if any(e.team_id or e.shop_id for e in wanting))
    rows = []
    for event, wanting in wanted:
        label, pk = _reference(event.subject)
        number = event.case_number or getattr(event.subject, "number", None) or ""
        for endpoint in wanting:
            if not _concerns(endpoint, places.get((label, pk))):
                continue
            params = dict(event.facts if endpoint.kind == EndpointKind.WEBHOOK else event.params)
            key = f"{endpoint.pk}>{event.key}"
            rows.append((event.kind, key, endpoint.kind, endpoint.pk, label, pk, number, params))
    with transaction.atomic():
        return insert_each(
            OutboxMessage,
            ("kind", "key", "channel", "endpoint_id", "subject_label", "subject_pk", "case_number", "params"),
            rows,
            fixed={"created_at": at, "not_before": at, "is_daily": False, "attempts": 0, "last_error": ""},
        )


def _places(events: Iterable[Event]) -> dict[tuple[str, str], Belonging]:
    asked: dict[str, set[str]] = {}
    for event in events:
        label, pk = _reference(event.subject)
        asked.setdefault(label, set()).add(pk)
    return {
        (label, pk): place
        for label, keys in asked.items()
        if label in _belongings
        for pk, place in _belongings[label](keys).items()
    }


def _concerns(endpoint: Endpoint, place: Belonging | None) -> bool:
    """What belongs to nobody known goes only to endpoints that want everything."""
    if endpoint.team_id is None and endpoint.shop_id is None:
        return True
    if place is None:
        return False
    return endpoint.team_id in (None, place.team_id) and endpoint.shop_id in (None, place.shop_id)


def waiting_and_dead() -> tuple[int, int]:
    """How many messages wait and how many were given up."""
    return OutboxMessage.objects.waiting().count(), OutboxMessage.objects.filter(failed_at__isnull=False).count()
