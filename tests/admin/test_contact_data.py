"""The customer's card leads to correcting how they are reached; what was typed and refused stays."""

import pytest

from casemgmt.privacy.sealed import reveal
from complaints.actions.contacting import record_contact
from complaints.models import Customer
from tests.admin.looking import case_page, dialog, send, text_of
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db


def test_after_a_wrong_number_the_card_leads_to_the_right_one(ana, world):
    case = world.cases["negotiating"]
    address = dialog(case, "correct-contact-data")
    assert address in ana.get(case_page(case)).content.decode()
    assert "wrong number" not in text_of(ana.get(case_page(case)))
    record_contact(
        case.pk,
        by=world.cast.ana,
        at=NOW,
        channel="phone",
        direction="outgoing",
        outcome="wrong_number",
        words="不是本人",
    )
    assert "wrong number" in text_of(ana.get(case_page(case)))
    answer = send(ana, address, phone="12", reason="客户给了新号码")
    assert answer.status_code == 422
    assert "客户给了新号码" in text_of(answer)
    assert send(ana, address, phone="13912345678", reason="客户给了新号码").status_code == 204
    assert reveal(Customer.objects.get(pk=case.customer_id).phone).endswith("13912345678")
    assert "corrected the customer" in text_of(ana.get(case_page(case)))
