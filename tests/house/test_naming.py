"""How files and modules are named and how long they may grow, so that the tree stays a table of contents."""

import ast
import re

from tests.house.reading import ROOT, read, sources, tracked_files

LONGEST = 350
FORBIDDEN = {"utils", "util", "helpers", "helper", "services", "service", "managers", "manager", "common", "misc"}
UNFINISHED = re.compile(
    r"#.*\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|# no" r"qa|type: " r"ignore|pytest\.mark\.(?:skip|xfail)|pytest\.skip\("
)
MACHINE = re.compile("(?<![\\w.~-])/" + "(work|root|home/[a-z]+|tmp/w|farm)/")
HAND_WRITTEN = [source for source in sources() if ".migrations." not in source.module]
PYTHON_FILES = [path for path in tracked_files() if path.suffix == ".py" and "migrations" not in path.parts]


def test_a_file_holds_one_subject():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON_FILES}
    assert [f"{path.relative_to(ROOT)}: {length}" for path, length in lengths.items() if length > LONGEST] == []


def test_nothing_is_left_for_later():
    wrong = {str(path.relative_to(ROOT)): UNFINISHED.findall(path.read_text(encoding="utf-8")) for path in PYTHON_FILES}
    assert {path: marks for path, marks in wrong.items() if marks} == {}


def test_modules_are_named_after_a_subject():
    assert [source.path for source in HAND_WRITTEN if FORBIDDEN & set(source.module.split("."))] == []


def test_a_module_says_why_it_exists():
    assert [source.path for source in HAND_WRITTEN if source.tree.body and not ast.get_docstring(source.tree)] == []


def test_public_classes_say_what_they_are():
    silent = [
        f"{source.path}: {node.name}"
        for source in HAND_WRITTEN
        for node in source.tree.body
        if isinstance(node, ast.ClassDef) and _owes_a_docstring(node) and not ast.get_docstring(node)
    ]
    assert silent == []


def test_migrations_carry_names():
    numbered = re.compile(r"\d{4}_(?!auto_)[a-z][a-z0-9_]+")
    migrations = [source for source in sources() if ".migrations." in source.module]
    assert migrations
    assert [source.path for source in migrations if not numbered.fullmatch(source.module.rpartition(".")[2])] == []


def test_no_file_knows_the_machine_it_was_written_on():
    found = []
    for path in tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in MACHINE.finditer(text)]
    assert not found


def _owes_a_docstring(node):
    """A list of choices explains itself by its labels."""
    bases = " ".join(ast.unparse(base) for base in node.bases)
    return not node.name.startswith("_") and "Choices" not in bases


def test_the_marks_are_found_where_they_stand():
    assert UNFINISHED.search("x = 1  # TO" + "DO later")
    assert MACHINE.search('open("/work' + '/main/x")')
    assert not MACHINE.search("a framework/part")
    assert read(ROOT / "manage.py").module == "manage"
