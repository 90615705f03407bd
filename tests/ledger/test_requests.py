"""An unsafe request is signed by its user; a GET and a visitor cannot write."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from casemgmt.ledger import current_signature
from casemgmt.ledger.middleware import SignUnsafeRequests
from casemgmt.people.models import Person
from tests.ledger.acting import by

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]


@pytest.fixture
def person():
    with by():
        return Person.objects.create(username="ann", name="安然")


def answered(method, user, path="/admin/login/", **headers):
    seen = []

    def view(request):
        seen.append(current_signature())
        return HttpResponse()

    request = RequestFactory().generic(method, path, headers=headers)
    request.user = user
    SignUnsafeRequests(view)(request)
    return seen[0], request


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_an_unsafe_request_is_signed(method, person):
    signature, request = answered(method, person)
    assert (signature.user_id, signature.actor) == (str(person.pk), "安然")
    assert (signature.reason, signature.source) == ("admin:login", "web")
    assert signature.request == request.request_id != ""


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE"])
def test_a_safe_request_is_not(method, person):
    assert answered(method, person)[0] is None


def test_a_visitor_signs_nothing():
    assert answered("POST", AnonymousUser())[0] is None


def test_the_callers_request_id_is_kept_when_it_is_a_plain_word(person):
    assert answered("POST", person, **{"X-Request-ID": "abc-1.2"})[1].request_id == "abc-1.2"
    for odd in ("a b", "x" * 65, "<script>", ""):
        assert answered("POST", person, **{"X-Request-ID": odd})[1].request_id not in ("", odd)


def test_an_unknown_page_is_signed_as_such(person):
    assert answered("POST", person, path="/no-such-page/")[0].reason == "unknown-page"


def test_the_middleware_stands_in_the_house_after_authentication():
    names = [path.rpartition(".")[2] for path in settings.MIDDLEWARE]
    assert names.index("SignUnsafeRequests") > names.index("AuthenticationMiddleware")
