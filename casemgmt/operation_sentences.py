"""What is said about endpoints, second tries and the watch over the house."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "notice.endpoint_test": Sentence(_("This is a test: the way from here to you is open.")),
    "notice.endpoint_switched_off": Sentence(
        _("The endpoint “%(name)s” failed for too long and was switched off. What waited for it can be sent again.")
    ),
    "notice.ledger_drifted": Sentence(
        _("The nightly check of the history found %(rows)s rows that history does not know as they are.")
    ),
    "endpoint.switched_off": Sentence(_("Endpoint switched off.")),
    "endpoint.tested": Sentence(_("Endpoint tested.")),
    "endpoint.demo_made": Sentence(_("Endpoint of the demo receiver made.")),
    "robot.kept": Sentence(_("Own robot kept.")),
    "robot.taken_away": Sentence(_("Own robot taken away.")),
    "robot.tested": Sentence(_("Own robot tested.")),
    "robot.address_missing": Sentence(_("Type the address of the robot."), _("Its maker shows it when you add it.")),
    "robot.address_of_another_maker": Sentence(
        _("This address belongs to a robot of another maker."), _("Type the address of the new one.")
    ),
    "robot.not_of_this_maker": Sentence(
        _("A robot of this maker has an address at %(host)s."), _("Copy it from there, or choose the other maker.")
    ),
    "retry.asked": Sentence(_("Asked to have it tried again.")),
    "endpoint.not_an_address": Sentence(
        _("Enter a web address starting with https://."), _("Copy it from the other side, without a user name.")
    ),
    "endpoint.address_inside": Sentence(
        _("This address lies inside the house and is not called from here."),
        _("Take a public address, or let the operator allow the network in OUTGOING_PRIVATE_NETWORKS."),
    ),
    "endpoint.secret_missing": Sentence(
        _("A secret is needed here, to sign with."), _("Make a long random one and give it to the other side too.")
    ),
    "endpoint.secret_too_short": Sentence(_("A secret has at least %(least)s characters."), _("Make a longer one.")),
    "endpoint.sms_data_missing": Sentence(
        _("A text message needs an access key, the signature name, the template code and a phone number."),
        _("The provider gives the first three."),
    ),
    "endpoint.customers_get_text_messages": Sentence(
        _("Only a gateway for text messages writes to customers."), _("Untick it, or choose text messages.")
    ),
    "endpoint.numbers_wrong": Sentence(
        _("Phone numbers are written with digits, commas between them, at most %(most)s."), _("Look at each number.")
    ),
    "endpoint.no_events": Sentence(_("Choose at least one kind of event."), _("Tick what the other side needs.")),
    "outbox.not_given_up": Sentence(_("This message was not given up; it waits or has gone out.")),
    "outbox.not_sent_yet": Sentence(_("This message has not gone out yet.")),
    "outbox.only_webhooks_again": Sentence(_("Only a webhook is sent a second time; people would read it twice.")),
    "outbox.endpoint_off": Sentence(
        _("The endpoint is switched off."), _("Switch it on first, then have the message tried again.")
    ),
}
