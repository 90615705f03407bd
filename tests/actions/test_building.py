"""Every state the builder knows is reached by running the actions."""

import pytest

from tests.building import a_case, every_step

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", every_step())
def test_a_case_is_in_the_state_asked_for(cast, state):
    case = a_case(cast, state)
    case.refresh_from_db()
    assert case.state == state
