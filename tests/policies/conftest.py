"""Two policy editors, the service account, and an installation without any policy.

The stage of the tests has the national pack loaded already.
"""

import pytest
from django.contrib.auth import get_user_model

from casemgmt.people.accounts import service_account
from tests.emptying import forget_policies


@pytest.fixture
def vera(db):
    """Drafts policies."""
    return get_user_model().objects.create_user("vera", name="薇拉")


@pytest.fixture
def paul(db):
    """Activates what Vera drafted."""
    return get_user_model().objects.create_user("paul", name="保罗")


@pytest.fixture
def release(db):
    """The service account, by which a release acts."""
    return service_account()


@pytest.fixture
def bare(db):
    """An installation that has no policy yet."""
    forget_policies()
