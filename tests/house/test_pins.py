"""What is installed is what is written down, and every line says why."""

import re
from importlib import metadata

import pytest

from tests.house.reading import ROOT

PIN = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(\[[a-z,]+\])?==(?P<version>[^\s#]+)\s+# (?P<reason>\S.+)")


def requirement_lines():
    for file in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                yield pytest.param(line, id=line.split("==")[0])


@pytest.mark.parametrize("line", list(requirement_lines()))
def test_a_requirement_is_pinned_installed_and_has_its_reason(line):
    pin = PIN.fullmatch(line)
    assert pin, f"not pinned, or without a reason: {line}"
    assert metadata.version(pin["name"]) == pin["version"]


def test_the_two_state_machines_are_not_both_installed():
    installed = {distribution.name.lower() for distribution in metadata.distributions()}
    assert "django-fsm-2" in installed
    assert "django-fsm" not in installed
