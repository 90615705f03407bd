"""The list of follow-ups says what is missing, and its filters open by a button that keys reach."""

import pytest
from django.contrib import admin
from django.utils.translation import override

from complaints.models import FollowUpCall
from complaints.states import FollowUpState
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "words", "others"), [("reached", "Write down the result", "late"), ("due", "late", "Write down")]
)
def test_who_was_reached_is_not_late_but_their_answer_is_missing(state, words, others):
    call = FollowUpCall(state=FollowUpState(state), scheduled_for=NOW.replace(year=2020))
    with override("en"):
        cell = admin.site.get_model_admin(FollowUpCall).due_cell(call)
    assert words in cell
    assert others not in cell


def test_filters_open_by_a_button(world):
    page = text_of(signed_in(world.cast.sven).get("/admin/complaints/followupcall/"))
    assert '<button type="button" class="cm-button cm-filter-open"' in page
