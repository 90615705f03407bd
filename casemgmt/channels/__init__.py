"""The ways out of the house, each behind the same small interface: e-mail, webhooks, text messages, robots."""

from casemgmt.channels.base import (
    Answer,
    Channel,
    Gone,
    Unreachable,
    Unsendable,
    channel_named,
    register_channel,
)

__all__ = ["Answer", "Channel", "Gone", "Unreachable", "Unsendable", "channel_named", "register_channel"]
