"""The probe site in use: its addresses instead of the house's, and the sentences of its reasons."""

from contextlib import contextmanager

from django.urls import clear_url_caches, set_urlconf

from casemgmt import sentences
from casemgmt.sentences import Sentence

SENTENCES = {
    "test.name": Sentence("This name is taken.", "Choose another.", "field:name"),
    "test.whole": Sentence("Nothing goes today.", "Rename it first.", "careful-rename"),
}


@contextmanager
def probe_site_in_use(settings):
    """The addresses are those of tests/adminkit/site.py until the end."""
    sentences.register(SENTENCES)
    settings.ROOT_URLCONF = "tests.adminkit.site"
    clear_url_caches()
    yield
    clear_url_caches()
    set_urlconf(None)
