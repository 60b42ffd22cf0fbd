"""The shape of the code, read from its imports: one direction, and one door to each outside library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ingest", "assistant", "eval")
MODULES = sorted([ROOT / "app.py", *(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))])

ALLOWED = {
    "ingest": {"ingest"},
    "assistant": {"assistant", "ingest"},
    "eval": {"eval", "assistant", "ingest"},
    "app.py": {"assistant", "ingest"},
}
# Libraries that are a language more than a service; and those whose one door is a folder, or the app and its screens.
EVERYWHERE = {"pydantic", "numpy"}
DOORS = {"streamlit": {"app.py", "assistant/screens/"}, "sqlalchemy": {"ingest/"}}


def imported(file: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, anywhere in it, but for type checking."""
    for node in ast.walk(_without_type_checking(ast.parse(file.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _without_type_checking(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return tree


def place(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("file", MODULES, ids=place)
def test_imports_run_one_way(file: Path) -> None:
    ours = {name.partition(".")[0] for name in imported(file)} & {*PACKAGES, "app", "tests"}
    assert ours <= ALLOWED[file.relative_to(ROOT).parts[0]]


@pytest.mark.parametrize("measuring", [False, True], ids=["product", "eval"])
def test_each_outside_library_has_one_door(measuring: bool) -> None:
    doors: dict[str, set[str]] = defaultdict(set)
    for file in MODULES:
        if place(file).startswith("eval/") is measuring:
            for library in {name.partition(".")[0] for name in imported(file)}:
                folder = next((door for door in DOORS.get(library, ()) if place(file).startswith(door)), None)
                doors[library].add("its folder" if folder else place(file))
    outside = set(doors) - sys.stdlib_module_names - {*PACKAGES, *EVERYWHERE}
    assert {library: sorted(doors[library]) for library in outside if len(doors[library]) > 1} == {}


@pytest.mark.parametrize("heavy", ["torch", "sentence_transformers", "chromadb", "streamlit", "pdfplumber", "pandas"])
def test_the_command_line_starts_without(heavy: str) -> None:
    code = f"import sys, assistant.cli; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.slow
def test_importing_has_no_effect(tmp_path: Path) -> None:
    names = [place(file).removesuffix(".py").replace("/", ".") for file in MODULES]
    plain = [name for name in names if name != "app" and not name.endswith(("__init__", "__main__"))]
    code = "import importlib\n" + "\n".join(f"importlib.import_module({name!r})" for name in plain)
    environment = {"PATH": "", "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, list(tmp_path.iterdir())) == (0, "", []), ran.stderr
