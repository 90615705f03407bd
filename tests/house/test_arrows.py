"""Which room may import which: the arrows of docs/architecture.md, and no way around them."""

import ast

from tests.house.reading import Source, sources

FRAMEWORKS = ("django", "celery", "django_fsm", "simple_history", "unfold", "redis")
MAY_NOT_IMPORT = [
    # who, whom, why
    (("policies",), ("complaints",), "policies are used by complaints and know nothing of them"),
    (("casemgmt",), ("policies", "complaints"), "the kernel has no noun of the domain"),
    (
        ("complaints.models",),
        (
            "complaints.actions",
            "complaints.rules",
            "complaints.admin",
            "complaints.forms",
            "complaints.tasks",
            "complaints.notices",
            "policies.lookup",
            "policies.models",
        ),
        "models remember, they neither decide nor act",
    ),
    (
        ("complaints.actions",),
        ("complaints.admin", "complaints.forms", "complaints.tasks", "casemgmt.adminkit"),
        "actions do not know who presses the button",
    ),
    (
        ("complaints.rules", "policies.rules", "policies.values", "casemgmt.violations"),
        (
            *FRAMEWORKS,
            "complaints.models",
            "complaints.actions",
            "complaints.admin",
            "policies.models",
            "policies.lookup",
            "casemgmt.models",
            "casemgmt.people",
            "casemgmt.ledger",
            "casemgmt.privacy",
            "casemgmt.outbox",
        ),
        "rules are pure functions over plain values",
    ),
    (
        ("complaints",),
        ("policies.models", "policies.admin", "policies.actions"),
        "others read policies through policies.lookup alone",
    ),
]
# Where a request, a task or a command comes in; and the functions by which SQLite has a clock of its own.
ENTRANCES = (
    *("casemgmt.adminkit", "casemgmt.beating", "casemgmt.health", "casemgmt.metrics"),
    "casemgmt.ledger.functions_sqlite",
)
ENTRANCE_ROOMS = {"tasks", "commands", "migrations"}
CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def test_no_room_imports_what_it_must_not_know():
    wrong = [
        f"{source.path} imports {name}: {why}"
        for source in sources()
        for who, whom, why in MAY_NOT_IMPORT
        if source.is_in(*who)
        for name in sorted(source.imported())
        if _is_in(name, whom) and not _is_in(name, who)
    ]
    assert wrong == []


def test_tasks_are_imported_by_nobody():
    doorbells = ("casemgmt.tasks", "complaints.tasks", "policies.tasks")
    wrong = [
        f"{source.path} imports {name}"
        for source in sources()
        if not source.is_in(*doorbells)
        for name in source.imported()
        if _is_in(name, doorbells)
    ]
    assert wrong == []


def test_every_import_is_absolute_named_and_on_top():
    wrong = [f"{source.path}:{line}" for source in sources() for line in imports_out_of_place(source.tree)]
    assert wrong == []


def test_only_entrances_look_at_the_clock():
    """Everyone else is handed `at`, so that a decision can be replayed."""
    wrong = [
        f"{source.path}:{line}"
        for source in sources()
        if not source.is_in(*ENTRANCES) and not ENTRANCE_ROOMS & set(source.module.split("."))
        for line in looks_at_the_clock(source.tree)
    ]
    assert wrong == []


def test_the_search_for_imports_finds_each_kind():
    tree = ast.parse("from . import a\nfrom b import *\ndef f():\n    import c\n")
    assert len(imports_out_of_place(tree)) == 3


def test_the_search_for_clocks_finds_calls_and_defaults():
    tree = ast.parse("x = timezone.now()\ny = Field(default=timezone.now)\nz = datetime.datetime.now(UTC)\n")
    assert looks_at_the_clock(tree) == [1, 2, 3]


def test_an_arrow_against_the_rules_is_found():
    source = Source("policies/x.py", "policies.x", ast.parse("from complaints.models import Complaint"), 1)
    assert any(_is_in(name, ("complaints",)) for name in source.imported())


def imports_out_of_place(tree):
    """Line numbers of relative imports, star imports, and imports inside functions."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.level or any(alias.name == "*" for alias in node.names)):
            found.append(node.lineno)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found += [inner.lineno for inner in ast.walk(node) if isinstance(inner, ast.Import | ast.ImportFrom)]
    return found


def looks_at_the_clock(tree):
    """Line numbers where a clock is read, or handed on to be read."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if (name, node.attr) in CLOCKS:
                found.add(node.lineno)
    return sorted(found)


def _is_in(name, rooms):
    return any(name == room or name.startswith(room + ".") for room in rooms)
