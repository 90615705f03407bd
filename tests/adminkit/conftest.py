"""Who looks at the probe site: one who may change, one who only reads, one who may nothing."""

import pytest

from tests.adminkit.in_use import probe_site_in_use
from tests.adminkit.people import a_person
from tests.ledger.probe.models import Probe, Tag


@pytest.fixture(autouse=True)
def probe_site(settings):
    """The addresses are those of tests/adminkit/site.py."""
    with probe_site_in_use(settings):
        yield


@pytest.fixture
def probe(db):
    """The row that everybody looks at."""
    return Probe.objects.create(name="alpha")


@pytest.fixture
def tag(db):
    """A row with a plain change form."""
    return Tag.objects.create(name="red")


@pytest.fixture
def editor(db, client):
    """Signed in, may view and change."""
    person = a_person("edith", "view_probe", "change_probe", "view_tag", "change_tag", "add_tag")
    client.force_login(person)
    return person


@pytest.fixture
def reader(db, client):
    """Signed in, may view alone."""
    person = a_person("reda", "view_probe", "view_tag")
    client.force_login(person)
    return person
