"""A handler who may not be chosen: the reason stands where the choice was made (F25)."""

import pytest

from complaints.actions.subjecting import name_subject
from tests.admin.counting import kept
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.building import an_assessing_case
from tests.cast import AT

pytestmark = pytest.mark.django_db


def test_f25_the_person_complained_about_is_not_made_the_handler(cast):
    case = an_assessing_case(cast)
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    sven = signed_in(cast.sven)
    before = kept()
    answer = send(sven, dialog(case, "assign-case"), handler_id=str(cast.ben.pk), reason="他今天有空。")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["handler_id"]
    assert "他今天有空。" in text_of(answer)
    assert kept() == before
    assert "This person is the subject of the case." in text_of(answer)
