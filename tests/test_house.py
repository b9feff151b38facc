"""The house: which module may import which, how long things are, and what every part must have."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = ROOT / "src" / "kbcli"
MODULES = sorted(PACKAGE.rglob("*.py"))
COMMANDS = {"kbcli.cli", "kbcli.commands"}
ONLY_IN = {
    "click": ("cli.py", "commands/"),
    "pyshacl": ("shacl/",),
    "rdflib": ("shacl/", "incremental/window.py", "store.py"),
    "yaml": ("header.py",),
    "syntok": ("source.py",),
    "wcwidth": ("display.py", "results/table.py"),
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def test_there_is_a_house() -> None:
    assert len(MODULES) > 25


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    used = imports(path)
    for library, allowed in ONLY_IN.items():
        if any(within(name, library) for name in used):
            assert place.startswith(allowed), f"{place} imports {library}"
    if not place.startswith(("cli.py", "commands/", "__main__.py", "start.py")):
        assert not [name for name in used if any(within(name, package) for package in COMMANDS)]
    if place.startswith("results/"):
        assert not [name for name in used if within(name, "kbcli.store")]
    if place.startswith("checks/"):
        assert not [name for name in used if within(name, "kbcli.reports")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250 or path.name == "reader.py"
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, f"{path.name}: {node.name}"


def test_no_two_rules_share_a_code_or_a_slug() -> None:
    from importlib import import_module

    import pyoxigraph as ox

    from kbcli import checks
    from kbcli.shaperules import rules_of

    rules = [rule for name in checks.MODULES for rule in import_module(f"kbcli.checks.{name}").RULES]
    shapes = rules_of(
        quad.triple for quad in ox.parse(path=str(ROOT / "ontology" / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    )
    rules += shapes.values()
    assert len(shapes) > 60
    assert len({rule.code for rule in rules}) == len(rules)
    assert all(rule.slug and rule.what and rule.hint for rule in rules)
