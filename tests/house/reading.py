"""How the tests about the code read the code."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("casemgmt", "complaints", "policies")


@dataclass(frozen=True)
class Source:
    """One Python file of the product."""

    path: str
    module: str
    tree: ast.Module
    lines: int

    def is_in(self, *rooms: str) -> bool:
        """Whether the module is one of the rooms, or inside one."""
        return any(self.module == room or self.module.startswith(room + ".") for room in rooms)

    def imported(self) -> set[str]:
        """Every module or name that the file imports, in full: `from a.b import c` gives a.b and a.b.c."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        return found


@cache
def sources() -> tuple[Source, ...]:
    """All Python files of the product, and manage.py."""
    return tuple(read(path) for path in sorted(_python_files()))


def read(path: Path) -> Source:
    """One file, parsed."""
    text = path.read_text(encoding="utf-8")
    relative = path.relative_to(ROOT)
    module = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
    return Source(str(relative), module, ast.parse(text), len(text.splitlines()))


def _python_files():
    yield ROOT / "manage.py"
    for room in PRODUCT:
        yield from (ROOT / room).rglob("*.py")


@cache
def tracked_files() -> tuple[Path, ...]:
    """What git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())
