"""What the contacts of a case say about whether the customer was told."""

from datetime import datetime

from complaints.models import Complaint
from complaints.rules.telling import ToldFacts
from complaints.vocabulary import WRITTEN_CHANNELS, Channel, ContactOutcome, ContactPurpose, Direction


def known_channels(case: Complaint) -> frozenset[str]:
    """On which channels the customer can be reached: by what is on record, and by where the complaint came from."""
    customer = case.customer
    if customer is None:
        return frozenset()
    channels = set()
    if customer.phone and not customer.no_calls:
        channels.add(Channel.PHONE.value)
    if customer.email:
        channels.add(Channel.EMAIL.value)
    if customer.account and case.channel in (Channel.PLATFORM, Channel.QIANNIU, Channel.ONLINE_CHAT):
        channels.add(str(case.channel))
    return frozenset(channels)


def told_facts(case: Complaint, purpose: ContactPurpose, *, since: datetime | None = None) -> ToldFacts:
    """How far the customer was told, by contacts of this purpose, since the instant that is given.

    Any delivered contact of the purpose counts as told; attempts count by channel. A written message counts
    as written whether it was read or not. What was to go out from here and was given up told nobody anything.
    """
    contacts = case.contacts.filter(direction=Direction.OUTGOING, purpose=purpose)
    if since is not None:
        contacts = contacts.filter(occurred_at__gte=since)
    lost = set(case.dispatches.filter(failed_at__isnull=False).values_list("contact_id", flat=True))
    rows = contacts.values_list("pk", "channel", "outcome")
    found = [(channel, outcome) for key, channel, outcome in rows if key not in lost]
    tried = frozenset(channel for channel, outcome in found if outcome != ContactOutcome.AUTOMATIC)
    return ToldFacts(
        told=any(outcome == ContactOutcome.DELIVERED for _, outcome in found),
        known_channels=known_channels(case),
        tried_channels=tried,
        tried_in_writing=bool(tried & {channel.value for channel in WRITTEN_CHANNELS}),
    )
