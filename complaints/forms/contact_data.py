"""The form that puts right how a customer can be reached."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, line_field, words_field


class ContactDataForm(ActionForm):
    """Only what changes is typed; what is known is shown masked, as a hint."""

    phone = line_field(
        _("Phone"),
        required=False,
        max_length=60,
        help_text=_("Stored encrypted; needed for calls, and later found by its last four digits."),
    )
    email = line_field(
        _("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Stored encrypted; fill it in when the customer wants an answer in writing."),
    )
    account = line_field(
        _("Platform account"),
        required=False,
        max_length=100,
        help_text=_("The name on the platform, when no phone number is known."),
    )
    address = line_field(
        _("Address"),
        required=False,
        max_length=300,
        help_text=_("Only if something has to be sent or fetched; stored encrypted."),
    )
    reason = words_field(
        _("Reason"), rows=2, help_text=_("Who gave the right data and when; every case of this customer uses it.")
    )

    def prepare(self):
        """What is known stands masked in the empty field and is not sent."""
        for name in ("phone", "email", "account", "address"):
            known = getattr(self.row.customer, name, None)
            if known is not None:
                self.fields[name].widget.attrs["placeholder"] = str(known)
