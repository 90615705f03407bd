"""Makes the pictures of the README: opens a demo shop of its own, and looks at it with the system's Chromium.

    python docs/screenshots/make.py

Nothing of an installation is touched; everything lies in a temporary folder. It takes about three minutes.
"""

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

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What is shown, to whom: name of the picture, person of the demo, address (%s: the case), width and height.
PICTURES = (
    ("start", "limei", "/admin/", 1280, 860),
    ("list", "chenjing", "/admin/complaints/complaint/", 1280, 860),
    ("case", "limei", "/admin/complaints/complaint/%s/change/", 1360, 1100),
    ("case-phone", "limei", "/admin/complaints/complaint/%s/change/", 390, 844),
    ("approvals", "chenjing", "/admin/complaints/compensationgrant/", 1280, 860),
)


def main() -> None:
    """Open the shop, serve it, take the pictures."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser is None:
        sys.exit("No Chromium was found; the pictures stay as they are.")
    with tempfile.TemporaryDirectory(prefix="casemgmt-pictures-") as var:
        os.environ |= {"CASEMGMT_VAR": var, "DJANGO_SETTINGS_MODULE": "casemgmt.settings", "LOG_LEVEL": "ERROR"}
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs an event loop in this thread
        sys.path.insert(0, str(ROOT))
        import_module("django").setup()
        call_command = import_module("django.core.management").call_command
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_policies", "cn-national", verbosity=0)
        call_command("load_demo")
        with served() as address:
            look(browser, address)


def look(browser: str, address: str) -> None:
    """One window a picture, each with the session of its person."""
    case = telling_case()
    playwright = import_module("playwright.sync_api").sync_playwright
    with playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for name, username, path, width, height in PICTURES:
            context = chromium.new_context(
                base_url=address,
                viewport={"width": width, "height": height},
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
            )
            context.add_cookies([{"name": "sessionid", "value": session_of(username), "url": address}])
            page = context.new_page()
            page.goto(path % case if "%s" in path else path, wait_until="networkidle")
            page.screenshot(path=HERE / f"{name}.png")
            print(HERE / f"{name}.png")
            context.close()
        chromium.close()


def telling_case() -> int:
    """The coat with a stained collar: a promise of money that came too late."""
    cases = import_module("complaints.models").Complaint.objects
    return cases.get(statements__kind="content", statements__words__startswith="大衣领口一大块污渍").pk


def session_of(username: str) -> str:
    """The session of somebody who has logged in."""
    person = import_module("casemgmt.people.models").Person.objects.get(username=username)
    client = import_module("django.test").Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


@contextmanager
def served():
    """The product behind gunicorn, on a port that is free."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "casemgmt.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"],
        cwd=ROOT,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                with closing(socket.create_connection(("127.0.0.1", port), timeout=2)):
                    break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
