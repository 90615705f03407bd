"""docs/running.md and deploy/ say what settings and checks say."""

import re

import yaml

from tests.house.reading import ROOT

PAGE = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "casemgmt" / "settings.py").read_text(encoding="utf-8")
FOR_TESTS_ALONE = {"CASEMGMT_EXTRA_APPS"}


def test_every_variable_of_the_settings_is_in_the_table():
    read = set(re.findall(r'\benv(?:\.\w+)?\("([A-Z_]+)"', SETTINGS))
    table = set(re.findall(r"^\|.*?\|", PAGE, re.MULTILINE))
    named = set(re.findall(r"`([A-Z_]+)`", " ".join(table)))
    assert "DATABASE_URL" in read
    assert read - named - FOR_TESTS_ALONE == set()
    assert named - read - {"PORT", "HOST"} == set()


def test_every_check_is_on_the_page():
    numbers = set(re.findall(r'_error\(\s*"E(\d{3})"', (ROOT / "casemgmt" / "checks.py").read_text(encoding="utf-8")))
    listed = set()
    for first, joint, last in re.findall(r"E(\d{3})(?:(, | to )E(\d{3}))?", PAGE):
        between = range(int(first), int(last) + 1) if joint == " to " else [int(first), int(last or first)]
        listed |= {f"{number:03}" for number in between}
    assert len(numbers) >= 15
    assert listed == numbers


def test_compose_and_systemd_run_the_five_processes_alike():
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for name in ("web", "worker", "beat", "relay"):
        unit = (ROOT / "deploy" / "systemd" / f"casemgmt-{name}.service").read_text(encoding="utf-8")
        in_unit = re.search(r"^ExecStart=\S+/bin/(.+)$", unit, re.MULTILINE)[1]
        assert in_unit.replace("127.0.0.1:8000", "0.0.0.0:8000") == services[name]["command"]
    assert "migrate" in services["release"]["command"]
