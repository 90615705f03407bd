"""Keeps the processes of an embedded installation alive, and ends them together."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STOP_WITHIN = 12.0
QUICK_DEATH = 10.0
LONGEST_PAUSE = 30.0
BIGGEST_LOG = 20 * 1024 * 1024
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Child:
    """One process that should always run: its name, its command, and how its lives went."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = 0.0
    again_at: float | None = None


class Supervisor:
    """Starts children in sessions of their own, so that Ctrl-C reaches the supervisor alone; restarts the dead.

    What runs is noted in a file: when the supervisor itself was killed, the next one finds the orphans and ends them.
    """

    def __init__(self, run_dir: Path, log_dir: Path, tell: Callable[[str], None], env: Mapping[str, str]):
        self._register = run_dir / "children.json"
        self._log_dir = log_dir
        self._tell = tell
        self._env = dict(env)
        self._children: list[Child] = []
        self.stopping = False
        for directory in (run_dir, log_dir):
            directory.mkdir(parents=True, exist_ok=True, mode=0o700)

    def listen(self) -> None:
        """Stop on Ctrl-C, SIGTERM and the end of the terminal; a second time at once."""
        for number in STOPPING_SIGNALS:
            signal.signal(number, self._on_signal)

    def _on_signal(self, number, frame):
        if self.stopping:
            self._kill_all()
        self.stopping = True

    def start(self, name: str, command: Sequence[str]) -> Child:
        """Start a child and keep it running from now on."""
        child = Child(name, command)
        self._children.append(child)
        self._launch(child)
        return child

    def watch(self, pause: float = 0.2) -> None:
        """Until told to stop: look after the children."""
        while not self.stopping:
            self.look_after()
            time.sleep(pause)

    def look_after(self) -> None:
        """Restart whoever died; one that dies at once again and again waits longer each time."""
        now = time.monotonic()
        for child in self._children:
            if child.again_at is not None:
                if now >= child.again_at:
                    self._launch(child)
            elif child.process.poll() is not None:
                lived = now - child.started
                child.pause = min(max(child.pause * 2, 1.0), LONGEST_PAUSE) if lived < QUICK_DEATH else 0.0
                child.again_at = now + child.pause
                self._tell(
                    f"{child.name} ended ({_ending(child.process.returncode)}), starting it again; "
                    f"log: {self._log_dir / child.name}.log"
                )

    def stop(self) -> None:
        """Ask the children to end, the last started first; end those by force that take too long."""
        self.stopping = True
        for child in reversed(self._children):
            _signal(child.process, signal.SIGTERM)
            if child.name == "web":
                _wait(child.process, STOP_WITHIN / 2)
        deadline = time.monotonic() + STOP_WITHIN
        for child in reversed(self._children):
            _wait(child.process, max(0.1, deadline - time.monotonic()))
        self._kill_all()
        self._register.unlink(missing_ok=True)

    def end_orphans(self) -> int:
        """End what an earlier supervisor left behind when it was killed; returns how many there were."""
        try:
            noted = json.loads(self._register.read_text())
        except (FileNotFoundError, ValueError):
            return 0
        orphans = [pid for pid, birth in noted if birth and _birth(pid) == birth]
        for number in (signal.SIGTERM, signal.SIGKILL):
            for pid in orphans:
                try:
                    os.killpg(pid, number)
                except (ProcessLookupError, PermissionError):
                    continue
            until = time.monotonic() + STOP_WITHIN / 2
            while any(_birth(pid) for pid in orphans) and time.monotonic() < until:
                time.sleep(0.05)
        self._register.unlink(missing_ok=True)
        return len(orphans)

    def _launch(self, child):
        log = self._log_dir / f"{child.name}.log"
        if log.exists() and log.stat().st_size > BIGGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            child.process = subprocess.Popen(
                child.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._env,
                start_new_session=True,
            )
        child.started = time.monotonic()
        child.again_at = None
        self._note_children()

    def _note_children(self):
        """Whole or not at all: whoever reads it may do so at any moment."""
        pids = [child.process.pid for child in self._children if child.process]
        draft = self._register.with_suffix(".draft")
        draft.write_text(json.dumps([[pid, _birth(pid)] for pid in pids]))
        draft.replace(self._register)

    def _kill_all(self):
        for child in self._children:
            try:
                os.killpg(child.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue
            _wait(child.process, 1.0)


def _signal(process, number):
    if process.poll() is None:
        process.send_signal(number)


def _wait(process, seconds):
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _ending(code):
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _birth(pid):
    """When the process was born, in the words of the system; empty when there is no such process, or only its shell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        if Path("/proc/self/stat").exists():
            return ""
        asked = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return asked.stdout.strip()
    return "" if fields[0] == "Z" else fields[19]
