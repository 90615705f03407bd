"""Misconfiguration refused by name: each finding has an id and says which line to change."""

import os
import stat
import sys
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

TAG = "running"
SHORTEST_SECRET = 40
SAMPLE_WORDS = ("insecure", "change", "sample", "example", "secret", "scaffolding", "your-", "xxxxxx")
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "glusterfs", "ceph"}
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def secrets_are_real(app_configs, **kwargs):
    """E001 to E003: a secret key and a master key, long enough and nobody's sample."""
    found = []
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:
        secret = ""
    if not secret:
        found.append(_error("E001", "There is no secret key.", "Set SECRET_KEY to 50 or more random characters."))
    elif len(secret) < SHORTEST_SECRET or any(word in secret.lower() for word in SAMPLE_WORDS):
        found.append(
            _error("E002", "The secret key is short or a sample.", "Set SECRET_KEY to 50 or more random characters.")
        )
    if not settings.CASEMGMT_MASTER_KEY:
        found.append(
            _error(
                "E003",
                "There is no master key, so no personal data could be read or written.",
                "Set CASEMGMT_MASTER_KEY to 32 random bytes in URL-safe base64, and keep a copy apart from the data.",
            )
        )
    return found


def doors_are_closed(app_configs, **kwargs):
    """E004 to E006: no debug pages for others, no host that is anyone's, no plain HTTP that is not meant."""
    found = []
    own = set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS
    if settings.DEBUG and not (settings.EMBEDDED and own):
        found.append(_error("E004", "DEBUG is on where others can see it.", "Remove DEBUG from the environment."))
    if any(host.strip() == "*" for host in settings.ALLOWED_HOSTS):
        found.append(
            _error("E005", "Every host name is allowed.", "Set ALLOWED_HOSTS to the names of this installation.")
        )
    if not settings.ALLOWED_HOSTS:
        found.append(_error("E006", "No host name is allowed.", "Set ALLOWED_HOSTS to the names of this installation."))
    return found


def nothing_is_played(app_configs, **kwargs):
    """E016: the demo receiver takes messages of anybody, which only a trial may do."""
    if settings.DEMO_RECEIVER and not settings.EMBEDDED:
        return [_error("E016", "The demo receiver is switched on.", "Remove DEMO_RECEIVER from the environment.")]
    return []


def time_is_local(app_configs, **kwargs):
    """E007: calling windows and working days are civil time, so the zone must be a place's."""
    area, _, place = settings.TIME_ZONE.partition("/")
    if not settings.USE_TZ or not place or area == "Etc":
        return [
            _error(
                "E007",
                f"The time zone {settings.TIME_ZONE!r} is no place's: calling windows would be wrong.",
                "Set TIME_ZONE to the zone of the customers, such as Asia/Shanghai.",
            )
        ]
    return []


def broker_is_named(app_configs, **kwargs):
    """E008: sweeps need a bell to ring."""
    if settings.CELERY_BROKER_URL:
        return []
    return [
        _error(
            "E008",
            "There is no broker, so nothing would escalate by itself.",
            "Set REDIS_URL, or CASEMGMT_EMBEDDED=1 to run the embedded broker.",
        )
    ]


def one_state_machine(app_configs, **kwargs):
    """E009: django-fsm (AGPL since 4) and django-fsm-2 install the same module; the last one installed wins."""
    try:
        metadata.version("django-fsm")
    except metadata.PackageNotFoundError:
        return []
    return [
        _error(
            "E009",
            "django-fsm is installed beside django-fsm-2 and hides it; its licence is another one.",
            "pip uninstall django-fsm; then pip install --force-reinstall django-fsm-2.",
        )
    ]


def sqlite_is_safe(app_configs, **kwargs):
    """E010 to E012: the file of an SQLite database is this user's alone, on a disk of this machine."""
    found = []
    for file in _sqlite_files():
        if file.exists() and file.stat().st_mode & stat.S_IRWXO and file.parent.stat().st_mode & stat.S_IXOTH:
            found.append(_error("E010", f"Everyone on this machine can open {file.name}.", f"chmod 600 {file}"))
        if _file_system(file) in NETWORK_FILE_SYSTEMS:
            found.append(
                _error(
                    "E011",
                    f"{file.name} lies on a network drive, where SQLite loses data.",
                    "Set CASEMGMT_VAR to a folder of a local disk, or DATABASE_URL to a PostgreSQL server.",
                )
            )
    for key in (settings.VAR_DIR / "secrets").glob("*_key"):
        if key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            found.append(_error("E012", f"Others on this machine can read {key.name}.", f"chmod 600 {key}"))
    return found


def sqlite_is_durable(app_configs, databases=None, **kwargs):
    """E013 to E015: write-ahead log, foreign keys, and a flush to disk, as the database itself reports them."""
    found = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite":
            continue
        with connection.cursor() as cursor:
            journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
            foreign_keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
        where = "Remove the OPTIONS from DATABASE_URL; casemgmt/settings.py sets the safe ones."
        if journal.lower() != "wal":
            found.append(_error("E013", f"SQLite writes in {journal} mode: readers and writers block.", where))
        if synchronous == 0:
            found.append(_error("E014", "SQLite does not wait for the disk: a power cut loses cases.", where))
        if not foreign_keys:
            found.append(_error("E015", "SQLite does not check foreign keys.", where))
    return found


def register_all() -> None:
    """Tell Django of the checks; called once, when the apps are ready."""
    for check in (
        secrets_are_real,
        doors_are_closed,
        time_is_local,
        broker_is_named,
        one_state_machine,
        sqlite_is_safe,
        nothing_is_played,
    ):
        checks.register(check, TAG)
    checks.register(sqlite_is_durable, TAG, checks.Tags.database)


def refuse_misconfiguration() -> None:
    """End the process with the lines to change when anything above is wrong; for web servers, which run no checks."""
    found = checks.run_checks(tags=[TAG], databases=["default"])
    errors = sorted((message for message in found if message.is_serious()), key=lambda message: message.id)
    if errors:
        sys.exit("\n".join(f"{error.id}: {error.msg} {error.hint}" for error in errors))


def _error(number, message, hint):
    return checks.Error(message, hint=hint, id=f"casemgmt.{number}")


def _sqlite_files():
    for database in settings.DATABASES.values():
        if "sqlite" in database["ENGINE"] and not str(database["NAME"]).startswith((":memory:", "file:")):
            yield Path(database["NAME"])


def _file_system(path, mounts=Path("/proc/mounts")):
    """The type of the file system that holds the path; empty where the system does not tell."""
    if not mounts.exists():
        return ""
    place = os.path.realpath(path)
    best = ("", "")
    for line in mounts.read_text().splitlines():
        point, kind = line.split()[1:3]
        point = point.replace("\\040", " ")
        inside = place == point or place.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]
