"""`manage.py up` for real: it starts, mends itself, ends cleanly, and tidies up after a run that was killed."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings

from casemgmt import embedded
from casemgmt.supervisor import Supervisor

pytestmark = pytest.mark.sqlite


def a_free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """An embedded installation in a folder of its own, with an environment as bare as a new user's."""

    def __init__(self, directory):
        self.var = directory / "var"
        self.port = a_free_port()
        self.process = None
        self.said = ""

    def starts(self, **environment):
        bare = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=settings.BASE_DIR,
            env=bare | {"CASEMGMT_VAR": str(self.var), "PORT": str(self.port)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self

    def says(self, sentence):
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if re.search(sentence, line):
                return line
        pytest.fail(f"ended without saying {sentence!r}: {self.said}")
        return ""

    def ends(self, number=signal.SIGINT):
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=40)
        self.said += rest
        return self.process.returncode

    def children(self):
        return [pid for pid, _birth in json.loads((self.var / "run" / "children.json").read_text())]

    def health(self):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as client:
            client.request("GET", "/healthz")
            answer = client.getresponse()
            return answer.status, json.loads(answer.read())

    def page(self, address):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as client:
            client.request("GET", address)
            answer = client.getresponse()
            return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("up")).starts()
    assert f"127.0.0.1:{house.port}" in house.says("^Ready after")
    assert house.ends() == 0
    yield house
    if house.process.poll() is None:
        house.ends(signal.SIGKILL)


@pytest.fixture
def running(house):
    house.starts()
    ready = house.says("^Ready after")
    yield house
    if house.process.poll() is None:
        house.ends()
    del ready


def alive(pids):
    return [pid for pid in pids if os.path.exists(f"/proc/{pid}/cmdline") and open(f"/proc/{pid}/cmdline").read()]


def wait_for(condition, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if condition():
                return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


def test_the_second_start_is_quick_and_shows_the_login_page(running):
    seconds = float(re.search(r"after ([\d.]+) s", running.said)[1])
    assert seconds <= 5 * float(os.environ.get("SLOWNESS", "3"))
    status, page = running.page("/admin/login/")
    assert status == 200
    assert 'name="password"' in page
    stylesheet = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    assert running.page(stylesheet)[0] == 200


def test_ctrl_c_ends_everything_cleanly(running):
    children = running.children()
    assert len(children) == 5
    assert running.ends(signal.SIGINT) == 0
    assert running.said.rstrip().endswith("Stopped.")
    assert alive(children) == []
    assert not embedded.answers(running.var / "valkey.sock")


def test_every_killed_child_comes_back(running):
    before = running.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: len(alive(running.children())) == 5 and not set(before) & set(running.children()))
    assert wait_for(lambda: running.health()[0] == 200)
    assert running.ends(signal.SIGTERM) == 0
    assert all(f"{name} ended (signal 9)" in running.said for name in ("broker", "web", "worker", "beat", "relay"))


def test_what_a_killed_run_left_behind_is_ended_first(running):
    orphans = running.children()
    running.process.kill()
    running.process.wait()
    assert len(alive(orphans)) == 5
    running.starts()
    running.says("^Ready after")
    assert "Ended what an earlier run had left behind." in running.said
    assert alive(orphans) == []
    assert running.health()[0] == 200


def test_a_second_start_in_the_same_place_says_where_the_first_one_is(running):
    second = subprocess.run(
        [sys.executable, "manage.py", "up"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "CASEMGMT_VAR": str(running.var)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert second.returncode == 1
    assert f"It runs already, at http://127.0.0.1:{running.port}/" in second.stderr
    assert running.health()[0] == 200


@pytest.mark.parametrize(
    ("port", "sentence"),
    [("{busy}", "Port .* is busy"), ("http", "PORT is 'http'"), ("70000", "PORT is '70000'")],
)
def test_a_port_that_cannot_be_had_is_said_and_nothing_starts(tmp_path, port, sentence):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = House(tmp_path).starts(PORT=port.format(busy=taken.getsockname()[1]))
        out, _ = refused.process.communicate(timeout=60)
    assert refused.process.returncode == 1
    assert re.search(sentence, out)
    assert list((tmp_path / "var" / "log").iterdir()) == []


def test_a_broker_that_was_left_behind_is_ended(tmp_path):
    path = tmp_path / "v.sock"
    command = embedded.broker_command(path, tmp_path / "data")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as left_over:
        assert embedded.wait_until_it_answers(path)
        assert embedded.end_left_over(path)
        assert left_over.wait(10) == 0
    assert not embedded.end_left_over(path)


def test_the_queue_outlives_the_broker(tmp_path):
    path = tmp_path / "v.sock"
    for expected in (b"$-1", b"$5"):
        with subprocess.Popen(embedded.broker_command(path, tmp_path / "data"), stdout=subprocess.DEVNULL) as broker:
            assert embedded.wait_until_it_answers(path)
            assert embedded._ask(path, b"GET bell").startswith(expected)
            embedded._ask(path, b"SET bell rings")
            time.sleep(1.2)  # one flush of the log
            broker.kill() if expected == b"$-1" else broker.terminate()


def test_a_child_that_always_dies_is_tried_less_and_less_often(tmp_path):
    said = []
    supervisor = Supervisor(tmp_path / "run", tmp_path / "log", said.append, os.environ)
    child = supervisor.start("poor", [sys.executable, "-c", "raise SystemExit(3)"])
    pauses = []
    for _ in range(4):
        child.process.wait()
        supervisor.look_after()
        pauses.append(child.pause)
        child.again_at = 0
        supervisor.look_after()
    supervisor.stop()
    assert pauses == [1.0, 2.0, 4.0, 8.0]
    assert all("poor ended (exit code 3)" in line for line in said)
