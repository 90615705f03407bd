"""What a channel is, what it may answer, and which channels there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from casemgmt.models import OutboxMessage
from casemgmt.sentences import registered, say
from casemgmt.violations import Violation

TEST = "notice.endpoint_test"
"""The code of a message that only tries whether an endpoint answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: the status when there was one, the beginning of the text, how long it took."""

    status: int | None = None
    text: str = ""
    milliseconds: int = 0


class Unreachable(Exception):
    """The way is closed for now; no message is to blame. `wait` is how long the other side asks to be left alone."""

    def __init__(
        self,
        code: str = OutboxMessage.Failure.UNREACHABLE,
        answer: Answer | None = None,
        wait: timedelta | None = None,
    ):
        self.code, self.answer, self.wait = code, answer or Answer(), wait
        super().__init__(code)


class Unsendable(Exception):
    """This message cannot go; `code` is one of OutboxMessage.Failure."""

    def __init__(self, code: str, answer: Answer | None = None):
        self.code, self.answer = code, answer or Answer()
        super().__init__(code)


class Gone(Unsendable):
    """The other side says that there is nobody any more; nothing is to be sent there again."""


class Channel:
    """One way out. `send` hands messages that belong together to the other side, or raises.

    `pause` is the least time between two messages to one endpoint; `forgets` whether a sent message may lose its
    facts. Raises Unreachable when the way is closed, Unsendable when it is this message.
    """

    name = ""
    pause = timedelta(0)
    forgets = True

    def send(self, messages: Sequence[OutboxMessage], *, now: datetime) -> Answer | None:
        """Send; `now` is the moment of sending, for signatures that grow old."""
        raise NotImplementedError


_CHANNELS: dict[str, Channel] = {}


def register_channel(channel: Channel) -> None:
    """Make a channel known by its name; registering a name again replaces its channel."""
    _CHANNELS[channel.name] = channel


def channel_named(name: str) -> Channel:
    """The channel of a message. A name that nobody registered is a bug and raises KeyError."""
    return _CHANNELS[name]


def words_for_a_group(message: OutboxMessage) -> str:
    """The message as a group reads it, in the language that is active: the case and what happened, nobody's name.

    Sentences of notices speak to one person; a code "outside.<code>" says the same to many. Raises Unsendable.
    """
    code = f"outside.{message.kind}" if f"outside.{message.kind}" in registered() else message.kind
    try:
        sentence = say(Violation(code, params=message.params))
    except (KeyError, TypeError, ValueError) as error:
        raise Unsendable(OutboxMessage.Failure.UNREADABLE) from error
    return (
        _("%(number)s: %(sentence)s") % {"number": message.case_number, "sentence": sentence}
        if (message.case_number)
        else sentence
    )
