"""Every no is a plain page with a sentence: no method, body or race ends in a 500."""

import logging

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation

from casemgmt import refusing, urls
from casemgmt.ledger import Refused
from casemgmt.logs import OneLineFormatter, on_one_line
from casemgmt.sentences import Sentence, register
from casemgmt.violations import CaseMovedOn, RuleBroken, Violation

register({"test.too_late": Sentence("It is %(days)s days too late.")})
RAISED = {
    "moved-on": CaseMovedOn("case 1"),
    "rule": RuleBroken([Violation("test.too_late", params={"days": 3}), Violation("test.unknown_code")]),
    "ledger": Refused("ledger.unsigned", "nobody signed"),
    "ledger-rule": Refused("test.unknown_code", "a guard of some model"),
    "bug": ZeroDivisionError("secret detail"),
    "files": TooManyFilesSent(),
    "fields": TooManyFieldsSent(),
    "size": RequestDataTooBig(),
}


def stumble(request, what):
    raise RAISED[what]


def read_form(request):
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    *urls.urlpatterns,
    path("stumble/<what>", stumble),
    path("form", read_form),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def english():
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    with translation.override("en"):
        yield client


@pytest.mark.parametrize(
    ("what", "status", "says"),
    [
        ("moved-on", 409, "Someone else changed it while you were working."),
        ("rule", 409, "It is 3 days too late."),
        ("ledger-rule", 409, "Nothing was changed."),
        ("bug", 500, "Nothing was saved."),
        ("files", 400, "at most 20 at a time"),
        ("fields", 400, "at most 1000 at a time"),
        ("size", 400, "at most 2 MB at a time"),
    ],
)
def test_what_no_form_caught_becomes_a_page_with_a_sentence(english, what, status, says):
    answer = english.get(f"/stumble/{what}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert says in page
    assert "secret detail" not in page
    assert 'href="/admin/"' in page


def test_what_the_ledger_refuses_is_a_409_and_in_the_log(english, caplog):
    with caplog.at_level(logging.ERROR, logger="casemgmt.refusing"):
        assert english.get("/stumble/ledger").status_code == 409
    assert "ledger.unsigned" in caplog.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/", "/no/such/page"])
def test_a_method_that_no_page_knows_is_refused_before_any_view(english, method, address):
    answer = english.generic(method, address)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_body_over_the_limit_is_refused_unread(settings, english):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    answer = english.post("/form", {"text": "x" * (1024 * 1024)})
    assert answer.status_code == 413
    assert "At most 1 MB" in answer.content.decode()


def test_too_many_fields_and_too_much_text_are_a_page(english):
    assert english.post("/form", {f"f{n}": "1" for n in range(2000)}).status_code == 400
    too_long = english.post("/form", "text=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded")
    assert too_long.status_code == 400
    assert "Too much text" in too_long.content.decode()


def test_a_length_that_is_no_number_does_no_harm():
    request = RequestFactory().get("/")
    request.META["CONTENT_LENGTH"] = "many"
    assert refusing.OnlyKnownMethods(lambda _: HttpResponse("in"))(request).content == b"in"


def test_a_page_that_does_not_exist_and_a_forged_form(english):
    assert english.get("/no/such/page").status_code == 404
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = strict.post("/form", {"a": "1"})
    assert answer.status_code == 403
    assert "came from another page" in answer.content.decode()


def test_the_start_leads_to_the_admin(english):
    assert english.get("/")["Location"] == "/admin/"


@pytest.mark.parametrize("address", ["/favicon.ico", "/admin/login/", "/no/such/page"])
def test_no_browser_asks_for_a_picture_in_vain(english, address):
    said = english.get(address, follow=address == "/favicon.ico")
    named = said.request["PATH_INFO"] if address == "/favicon.ico" else said.content.decode()
    assert "/static/casemgmt/favicon" in named
    assert finders.find("casemgmt/favicon.svg")


def test_a_guesser_is_locked_out_with_the_time_and_learns_nothing(english):
    answers = [
        english.post("/admin/login/", {"username": "nobody", "password": f"wrong-{n}"}).status_code for n in range(6)
    ]
    assert answers[:4] == [200] * 4
    assert answers[-1] == 429
    locked = english.post("/admin/login/", {"username": "nobody", "password": "again"}).content.decode()
    assert "Try again in 15 minutes." in locked


def test_the_browser_is_told_what_may_run(english):
    answer = english.get("/admin/login/")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy.pop("script-src") == "'self' 'unsafe-eval'"
    assert policy.pop("style-src-attr") == "'unsafe-inline'"
    own = {"style-src", "img-src", "font-src", "connect-src", "form-action", "media-src"}
    nobody = {"default-src", "base-uri", "object-src", "frame-ancestors"}
    assert policy == dict.fromkeys(own, "'self'") | dict.fromkeys(nobody, "'none'")
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("hostile", "line"),
    [
        ("name\r\n2026-01-01 INFO fake", "name\\r\\n2026-01-01 INFO fake"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\u2028b\u202eb", "a\\u2028b\\u202eb"),
        ("投诉 №1 – ok", "投诉 №1 – ok"),
    ],
)
def test_one_record_is_one_line(hostile, line):
    assert on_one_line(hostile) == line


def test_a_trace_stays_on_its_line():
    try:
        raise ValueError("first\nsecond")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed: %s", ("a\nb",), (type(error), error, None))
    assert "\n" not in OneLineFormatter("%(message)s").format(record)
