"""The people room as an app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from casemgmt import sentences
from casemgmt.people.accounts import make_service_account
from casemgmt.people.sentences import SENTENCES


class PeopleConfig(AppConfig):
    """Found by Django. Registers what the room says, and keeps the service account."""

    name = "casemgmt.people"
    label = "people"
    verbose_name = _("people")

    def ready(self):
        sentences.register(SENTENCES)
        post_migrate.connect(make_service_account, sender=self)
