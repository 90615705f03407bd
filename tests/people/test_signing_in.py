"""Guessing passwords: the same answer for everybody, then a locked door (Q19)."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from casemgmt.people.accounts import service_account
from casemgmt.people.models import Person

RIGHT = "correct-horse-battery"

pytestmark = pytest.mark.django_db


@pytest.fixture
def amei():
    person = Person(username="amei", name="阿梅", is_staff=True)
    person.set_password(RIGHT)
    person.save()
    return person


def sign_in(client, username, password, address="192.0.2.1"):
    return client.post(
        reverse("admin:login"),
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        HTTP_ACCEPT_LANGUAGE="en",
    )


def errors(response):
    return str(response.context["form"].non_field_errors())


def test_wrong_unknown_and_inactive_get_the_same_words(client, amei):
    gone = Person(username="gone", name="走了", is_staff=True, is_active=False)
    gone.set_password(RIGHT)
    gone.save()
    answers = {
        errors(sign_in(client, username, password))
        for username, password in (
            ("amei", "wrong"),
            ("nobody", RIGHT),
            ("gone", RIGHT),
            ("AMEI", RIGHT),
            ("' OR 1=1 --", "x"),
            (service_account().username, ""),
        )
        if password
    }
    assert len(answers) == 1


def test_the_fifth_wrong_password_locks_and_says_for_how_long(client, amei):
    for _ in range(4):
        assert sign_in(client, "amei", "wrong").status_code == 200
    locked = sign_in(client, "amei", "wrong")
    assert locked.status_code == 429
    assert "15" in locked.content.decode()
    assert sign_in(client, "amei", RIGHT).status_code == 429
    assert "_auth_user_id" not in client.session


def test_an_unknown_name_is_locked_just_the_same(client):
    answers = [sign_in(client, "nobody", "wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]


def test_a_lock_holds_for_one_name_from_one_address(client, amei):
    for _ in range(5):
        sign_in(client, "amei", "wrong")
    assert sign_in(client, "nobody", "wrong").status_code == 200
    assert sign_in(client, "amei", RIGHT, address="192.0.2.2").status_code == 302


def test_the_lock_opens_when_its_time_is_over(client, amei):
    for _ in range(5):
        sign_in(client, "amei", "wrong")
    over = timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    AccessAttempt.objects.update(attempt_time=over)
    for attempt in AccessAttempt.objects.filter(expiration__isnull=False):
        attempt.expiration.expires_at = over
        attempt.expiration.save()
    assert sign_in(client, "amei", RIGHT).status_code == 302


def test_signing_in_writes_no_history(client, amei):
    rows = amei.history.count()
    assert sign_in(client, "amei", RIGHT).status_code == 302
    amei.refresh_from_db()
    assert amei.last_login is not None
    assert amei.history.count() == rows


def test_nobody_signs_in_as_the_service_account(client):
    system = service_account()
    for password in ("", "!", system.password):
        assert sign_in(client, system.username, password).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_huge_password_is_refused_before_it_is_hashed(client, amei):
    assert sign_in(client, "amei", "x" * (3 * 1024 * 1024)).status_code in (200, 400)
    assert "_auth_user_id" not in client.session
