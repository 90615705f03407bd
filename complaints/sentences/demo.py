"""What is said when the demo shop is opened."""

from django.utils.translation import gettext_lazy as _

from casemgmt.sentences import Sentence

SENTENCES = {
    "story.demo.opened": Sentence(_("opened the demo shop")),
}
