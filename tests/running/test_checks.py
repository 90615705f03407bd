"""A wrong setting is refused by name, with the line to change."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection

from casemgmt import checks
from casemgmt.keys import kept_key, new_key


def ids(found):
    return [message.id.removeprefix("casemgmt.") for message in found]


def test_a_good_installation_has_nothing_to_mend():
    everything = [
        *checks.secrets_are_real(None),
        *checks.doors_are_closed(None),
        *checks.time_is_local(None),
        *checks.broker_is_named(None),
        *checks.one_state_machine(None),
        *checks.sqlite_is_safe(None),
    ]
    assert everything == []


@pytest.mark.parametrize(
    ("check", "changes", "expected"),
    [
        ("secrets_are_real", {"SECRET_KEY": ""}, ["E001"]),
        ("secrets_are_real", {"SECRET_KEY": "short"}, ["E002"]),
        ("secrets_are_real", {"SECRET_KEY": "django-insecure-" + "k3" * 30}, ["E002"]),
        ("secrets_are_real", {"SECRET_KEY": "please-change-me-" + "k3" * 30}, ["E002"]),
        ("secrets_are_real", {"CASEMGMT_MASTER_KEY": ""}, ["E003"]),
        ("doors_are_closed", {"DEBUG": True, "EMBEDDED": False}, ["E004"]),
        ("doors_are_closed", {"DEBUG": True, "EMBEDDED": True, "ALLOWED_HOSTS": ["shop.example"]}, ["E004"]),
        ("doors_are_closed", {"DEBUG": True, "EMBEDDED": True, "ALLOWED_HOSTS": ["localhost"]}, []),
        ("doors_are_closed", {"ALLOWED_HOSTS": ["*"]}, ["E005"]),
        ("doors_are_closed", {"ALLOWED_HOSTS": []}, ["E006"]),
        ("time_is_local", {"TIME_ZONE": "UTC"}, ["E007"]),
        ("time_is_local", {"TIME_ZONE": "Etc/GMT-8"}, ["E007"]),
        ("time_is_local", {"TIME_ZONE": "Europe/London"}, []),
        ("broker_is_named", {"CELERY_BROKER_URL": ""}, ["E008"]),
        ("nothing_is_played", {"DEMO_RECEIVER": True, "EMBEDDED": False}, ["E016"]),
        ("nothing_is_played", {"DEMO_RECEIVER": True, "EMBEDDED": True}, []),
    ],
)
def test_each_wrong_setting_has_its_own_number_and_a_hint(settings, check, changes, expected):
    for name, value in changes.items():
        setattr(settings, name, value)
    found = getattr(checks, check)(None)
    assert ids(found) == expected
    assert all(message.hint for message in found)


def test_the_other_state_machine_is_found(monkeypatch):
    versions = {"django-fsm": "4.0.0"}
    monkeypatch.setattr(metadata, "version", versions.__getitem__)
    assert ids(checks.one_state_machine(None)) == ["E009"]


def a_file(path):
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}


def test_a_database_that_everyone_can_open_is_refused(settings, tmp_path, monkeypatch):
    file = tmp_path / "cases.sqlite3"
    file.touch()
    monkeypatch.setitem(settings.DATABASES, "default", a_file(file))
    tmp_path.chmod(0o755)
    file.chmod(0o644)
    assert ids(checks.sqlite_is_safe(None)) == ["E010"]
    file.chmod(0o600)
    assert checks.sqlite_is_safe(None) == []
    file.chmod(0o644)
    tmp_path.chmod(0o700)
    assert checks.sqlite_is_safe(None) == []


def test_a_network_drive_is_refused(settings, tmp_path, monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "default", a_file(tmp_path / "x"))
    monkeypatch.setattr(checks, "_file_system", lambda path: "nfs4")
    assert ids(checks.sqlite_is_safe(None)) == ["E011"]


def test_the_file_system_is_that_of_the_closest_mount(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("x / ext4 rw 0 0\nserver:/s /srv/with\\040space nfs4 rw 0 0\ny /srv tmpfs rw 0 0\n")
    assert checks._file_system(Path("/srv/with space/cases"), mounts) == "nfs4"
    assert checks._file_system(Path("/srv/with"), mounts) == "tmpfs"
    assert checks._file_system(Path("/else"), mounts) == "ext4"
    assert checks._file_system(Path("/else"), tmp_path / "none") == ""


def test_a_key_that_others_can_read_is_refused(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    kept_key(tmp_path / "secrets" / "master_key")
    assert checks.sqlite_is_safe(None) == []
    (tmp_path / "secrets" / "master_key").chmod(0o640)
    assert ids(checks.sqlite_is_safe(None)) == ["E012"]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_itself_says_whether_it_is_durable():
    assert checks.sqlite_is_durable(None, databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA foreign_keys=OFF")
        found = ids(checks.sqlite_is_durable(None, databases=["default"]))
    connection.close()
    assert found == ["E014", "E015"]


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_rollback_journal_is_found(tmp_path, monkeypatch):
    """In a file of its own: a journal changes only while nobody else has the database open."""
    other = connection.copy("other")
    other.settings_dict["NAME"] = str(tmp_path / "other.sqlite3")
    monkeypatch.setattr(checks, "connections", {"other": other})
    with other.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=DELETE")
    found = ids(checks.sqlite_is_durable(None, databases=["other"]))
    other.close()
    assert found == ["E013"]


@pytest.mark.django_db
def test_django_runs_our_checks():
    call_command("check", fail_level="ERROR")
    assert {check.__name__ for check in checks.checks.registry.registry.get_checks()} >= {
        "secrets_are_real",
        "sqlite_is_safe",
    }


def settings_in(environment, code="", cwd=django_settings.BASE_DIR):
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    return subprocess.run(
        [sys.executable, "-c", code or "import casemgmt.wsgi"],
        env=clean | {"DJANGO_SETTINGS_MODULE": "casemgmt.settings"} | environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_does_not_start_without_its_secrets(tmp_path):
    refused = settings_in(
        {"DATABASE_URL": "postgresql://cases@localhost:1/cases", "CASEMGMT_VAR": str(tmp_path / "var")}
    )
    assert refused.returncode == 1
    assert [line.partition(":")[0] for line in refused.stderr.splitlines()] == [
        "casemgmt.E001",
        "casemgmt.E003",
        "casemgmt.E008",
    ]
    assert not (tmp_path / "var").exists()


def test_an_embedded_installation_makes_its_keys_for_its_owner_alone(tmp_path):
    started = settings_in({"CASEMGMT_VAR": str(tmp_path / "var")})
    assert started.returncode == 0, started.stderr
    keys = sorted((tmp_path / "var" / "secrets").iterdir())
    assert [key.name for key in keys] == ["master_key", "secret_key"]
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o600}
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_a_key_is_made_once_and_kept(tmp_path):
    file = tmp_path / "deep" / "key"
    assert kept_key(file) == kept_key(file)
    assert len(new_key()) == 44
    assert new_key() != new_key()
