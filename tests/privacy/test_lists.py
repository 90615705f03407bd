"""A list of customers shows masks, and no address makes an oracle of it (Q1)."""

import pytest
from django.contrib.admin import AdminSite
from django.test import RequestFactory

from casemgmt.adminkit.audited import AuditedAdmin
from casemgmt.people.models import Person
from complaints.models import Customer
from tests.privacy.conftest import NAME, PHONE

pytestmark = pytest.mark.django_db


class CustomerList(AuditedAdmin):
    """The plainest list that shows sealed columns."""

    list_display = ["name", "phone", "no_calls"]
    list_select_related = ["key"]


@pytest.fixture
def answer(lin):
    """What a superuser gets for a query string."""
    request_factory = RequestFactory()
    root = Person.objects.create_superuser("root", "root@example.com", "x", name="Root")

    def ask(query=""):
        request = request_factory.get(f"/admin/complaints/customer/{query}")
        request.user, request.session = root, {}
        return CustomerList(Customer, AdminSite()).changelist_view(request)

    return ask


def test_the_list_is_masked(answer):
    response = answer()
    changelist = response.context_data["cl"]
    assert [str(row.phone) for row in changelist.result_list] == ["138****6021"]


@pytest.mark.parametrize(
    "query",
    [
        "?phone__startswith=1",
        "?phone__contains=138",
        f"?phone={PHONE}",
        f"?name={NAME}",
        "?name__regex=.",
        "?phone_index__startswith=a",
        "?key__customer__name__gt=a",
        "?o=0",
        "?o=-1",
        "?o=2.1",
    ],
)
def test_no_query_string_is_an_oracle(answer, query):
    assert answer(query).status_code == 400
