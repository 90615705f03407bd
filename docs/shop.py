"""A demo shop of its own for the scripts of this folder: opened or copied, served, and looked at with Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=zh-CN"]


@contextmanager
def opened_shop(template: str = "", *, calls_at_any_hour: bool = False):
    """The address of a served demo shop in a temporary folder, which is removed afterwards.

    `template` is the folder of a demo shop that is open already; a copy is served. Without it one is opened, which
    takes a minute. `calls_at_any_hour` lets its policy editors widen the hours for calls, so that a call can be shown
    at night too. Nothing of an installation is touched.
    """
    os.umask(0o077)
    with tempfile.TemporaryDirectory(prefix="casemgmt-shop-") as place:
        var = Path(place) / "var"
        if template:
            shutil.copytree(template, var)
        else:
            var.mkdir()
        os.environ |= {"CASEMGMT_VAR": str(var), "DJANGO_SETTINGS_MODULE": "casemgmt.settings", "LOG_LEVEL": "ERROR"}
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs an event loop in this thread
        sys.path.insert(0, str(ROOT))
        import_module("django").setup()
        call_command = import_module("django.core.management").call_command
        call_command("collectstatic", interactive=False, verbosity=0)
        if not template:
            call_command("migrate", verbosity=0)
            call_command("load_policies", "cn-national", verbosity=0)
            call_command("load_demo")
        import_module("complaints.tasks").escalate_overdue()
        if calls_at_any_hour:
            _open_the_calling_window()
        with _served() as address:
            yield address


@contextmanager
def chromium():
    """The system's Chromium, driven by playwright."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("No Chromium was found; everything stays as it is.")
    with import_module("playwright.sync_api").sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def window(browser, address: str, username: str, *, width: int, height: int, scheme: str = "light"):
    """A window in Chinese in which this person of the demo is signed in."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme=scheme,
    )
    context.add_cookies([{"name": "sessionid", "value": _session_of(username), "url": address}])
    context.set_default_timeout(15_000)
    return context.new_page()


def _session_of(username: str) -> str:
    person = import_module("casemgmt.people.models").Person.objects.get(username=username)
    client = import_module("django.test").Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def _open_the_calling_window() -> None:
    """One editor drafts and tries other hours, the other switches them on: no shop can do it by fewer."""
    actions, models = import_module("policies.actions"), import_module("policies.models")
    people, at = import_module("casemgmt.people.models").Person.objects, import_module("django.utils.timezone").now()
    one, other = people.get(username="fengnan"), people.get(username="luowei")
    base = models.PolicyRow.objects.get(kind="calling_window", key="default", state="active")
    draft = actions.draft_policy(
        by=one,
        at=at,
        kind=base.kind,
        key=base.key,
        title={"en": "Calls at any hour", "zh": "全天可致电"},
        source={"en": "For counting alone.", "zh": "仅用于计数。"},
        valid_from=at,
        body=base.body | {"opens": "00:00", "closes": "23:59"},
        reason="计数要在任何钟点都能做。",
    )
    actions.run_one(actions.ask_dry_run(draft.pk, by=one, at=at).pk, at=at)
    actions.try_policy(draft.pk, by=one, at=at)
    actions.activate_policy(draft.pk, by=other, at=at)


@contextmanager
def _served():
    """The product behind gunicorn, on a port that is free."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    how = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--log-level", "error"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "casemgmt.wsgi", *how], cwd=ROOT)
    try:
        for _ in range(120):
            try:
                with closing(socket.create_connection(("127.0.0.1", port), timeout=2)):
                    break
            except OSError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)
