"""What a form asks where its words may leave from here: whether somebody has sent them already."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, yes_field
from complaints.actions.dispatching import sendable_channels


class SendingForm(ActionForm):
    """Words to a customer on the field `channel`: they leave from here where that is possible, else they are recorded.

    Call `offer_sending` in `prepare`. The action gets `send`.
    """

    sendable: frozenset[str] = frozenset()
    by_hand = yes_field(
        _("I have sent it myself"),
        help_text=_("Else it leaves from here, by e-mail or SMS, and the case shows whether it arrived."),
    )

    def offer_sending(self, case, *, channel: str = "") -> None:
        """Ask only where something can leave from here: on any channel, or on this one."""
        self.sendable = sendable_channels(case)
        asked = self.fields.pop("by_hand")
        if self.sendable and (not channel or channel in self.sendable):
            self.fields["by_hand"] = asked

    def with_sending(self, data: dict, *, channel: str = "") -> dict:
        """The inputs with `send` instead of the box."""
        rest = {name: value for name, value in data.items() if name != "by_hand"}
        is_over = data.get("by_hand") or data.get("occurred_at") or data.get("outcome", "delivered") != "delivered"
        return rest | {"send": (channel or data.get("channel")) in self.sendable and not is_over}

    def inputs(self) -> dict:
        """What the action is given."""
        return self.with_sending(super().inputs())
