"""The channels that the house comes with."""

from casemgmt.channels.base import register_channel
from casemgmt.channels.letters import Letters
from casemgmt.channels.robots import DingTalkRobot, FeishuRobot, WeComRobot
from casemgmt.channels.text_messages import TextMessages
from casemgmt.channels.webhooks import Webhooks


def register_all() -> None:
    """Make each known; called once, when the apps are ready."""
    for channel in (Letters(), Webhooks(), TextMessages(), WeComRobot(), DingTalkRobot(), FeishuRobot()):
        register_channel(channel)
