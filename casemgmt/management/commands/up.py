"""`manage.py up`: the whole house on one machine, with nothing installed but Python."""

import fcntl
import http.client
import ipaddress
import os
import socket
import sys
import time
from contextlib import closing, suppress

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from casemgmt import embedded
from casemgmt.checks import refuse_misconfiguration
from casemgmt.preparing import prepare
from casemgmt.supervisor import Supervisor

FIRST_PORT = 8000
PORTS_TO_TRY = 20
WEB_MAY_TAKE = 60.0


class Command(BaseCommand):
    """Prepares the database, then runs broker, web, worker, beat and relay until it is told to stop.

    A child that dies is started again. Ctrl-C and SIGTERM end everything cleanly, with exit code 0.
    """

    help = "Run everything on this machine: broker, web, worker, beat and relay."
    requires_system_checks = []

    def handle(self, *args, **options):
        started = time.monotonic()
        os.umask(0o077)
        refuse_misconfiguration()
        run_dir = settings.VAR_DIR / "run"
        run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        host = os.environ.get("HOST") or "127.0.0.1"
        with (run_dir / "up.lock").open("a+") as lock:
            _hold(lock)
            supervisor = Supervisor(run_dir, settings.VAR_DIR / "log", self.tell, os.environ)
            supervisor.listen()
            if supervisor.end_orphans():
                self.tell("Ended what an earlier run had left behind.")
            port = _free_port(host)
            lock.truncate(0)
            lock.write(f"http://{_shown(host)}:{port}/")
            lock.flush()
            try:
                self._run(supervisor, run_dir, host, port, started)
            finally:
                supervisor.stop()
        self.tell("Stopped.")

    def _run(self, supervisor, run_dir, host, port, started):
        if settings.EMBEDDED:
            self._start_broker(supervisor)
        prepare(run_dir / "prepared", self.tell)
        connections.close_all()
        if supervisor.stopping:
            return
        supervisor.start("web", _web(host, port))
        if not self._wait_for_web(supervisor, host, port):
            return
        celery = [sys.executable, "-m", "celery", "-q", "-A", "casemgmt"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        supervisor.start("worker", [*celery, "worker", "--concurrency=2", "--loglevel=WARNING", *quiet])
        supervisor.start("beat", [*celery, "beat", "--loglevel=WARNING", "--pidfile="])
        supervisor.start("relay", [sys.executable, "-u", str(settings.BASE_DIR / "manage.py"), "relay"])
        seconds = time.monotonic() - started
        self.tell(f"Ready after {seconds:.1f} s: http://{_shown(host)}:{port}/")
        self.tell(f"Logs are in {settings.VAR_DIR / 'log'}. Ctrl-C stops everything.")
        supervisor.watch()
        self.tell("Stopping …")

    def _start_broker(self, supervisor):
        if embedded.end_left_over(settings.BROKER_SOCKET):
            self.tell("Ended a broker that an earlier run had left behind.")
        command = embedded.broker_command(settings.BROKER_SOCKET, settings.VAR_DIR / "broker")
        supervisor.start("broker", command)
        if not embedded.wait_until_it_answers(settings.BROKER_SOCKET):
            raise CommandError(f"The broker does not answer; see {settings.VAR_DIR / 'log' / 'broker.log'}.")

    def _wait_for_web(self, supervisor, host, port):
        until = time.monotonic() + WEB_MAY_TAKE
        while not supervisor.stopping:
            supervisor.look_after()
            if _answers(host, port):
                return True
            if time.monotonic() > until:
                raise CommandError(f"The web server does not answer; see {settings.VAR_DIR / 'log' / 'web.log'}.")
            time.sleep(0.05)
        return False

    def tell(self, sentence):
        """One line for the person at the terminal, at once."""
        self.stdout.write(sentence)
        self.stdout.flush()


def _web(host, port):
    return [
        *(sys.executable, "-m", "gunicorn", "casemgmt.wsgi"),
        *("--bind", f"{host}:{port}"),
        *("--workers", "1", "--threads", "8", "--worker-class", "gthread"),
        *("--timeout", "60", "--graceful-timeout", "5"),
        "--no-control-socket",
    ]


def _hold(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        where = lock.read().strip()
        raise CommandError(f"It runs already, at {where or 'an address not yet known'}") from None


def _free_port(host):
    """The port in PORT, or an error when it is busy; without PORT the first free one from 8000."""
    asked = os.environ.get("PORT")
    if asked:
        if not asked.isdecimal() or not 0 < int(asked) < 65536:
            raise CommandError(f"PORT is {asked!r}, but a port is a number from 1 to 65535.")
        if not _is_free(host, int(asked)):
            raise CommandError(f"Port {asked} is busy. Set PORT to another one, or leave it out to take the next free.")
        return int(asked)
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY):
        if _is_free(host, port):
            return port
    raise CommandError(f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS_TO_TRY - 1} are all busy. Set PORT to a free one.")


def _is_free(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError:
            return False
    return True


def _shown(host):
    """The address to show for an address to listen on."""
    with suppress(ValueError):
        if ipaddress.ip_address(host).is_unspecified:
            return "127.0.0.1"
    return host


def _answers(host, port):
    with closing(http.client.HTTPConnection(_shown(host), port, timeout=2)) as client:
        try:
            client.request("GET", "/healthz")
            client.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
    return True
