"""How things are called: by nouns, by the words of the field, in sentences that stand alone."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_conventions import OURS, ROOT, files, sources

#: Said of a value they tell what was done to it, not what it is.
NO_NOUNS = {"found", "kept", "known", "told", "said", "says"}
#: The two sides of a merge are fields of its record.
SIDES_OF_A_MERGE = {
    "industry/admin/merge_pages.py",
    "industry/merging.py",
    "industry/models/merge.py",
    "tests/industry/test_merge_migration.py",
    "tests/industry/test_merge_pages.py",
    "tests/industry/test_merging.py",
    "tests/test_stale_acts.py",
    "tests/yearbook/test_closing.py",
}
QUERIES = {("balikpapan/audit/models.py", "kept"), ("tests/yearbook/recount.py", "kept")}
#: Private words for what record linkage, disclosure control and the web have names for.
PRIVATE_WORDS = {
    "accompany", "apart", "behind", "belong", "beside", "by_half", "clashes", "composing",
    "disguise", "door", "doubts", "former_keys", "ladder", "leaned_on", "mask_of", "nearfinder",
    "picked", "savedform", "saying", "shelf", "take_back", "take_in", "weakidentities", "weigh",
}  # fmt: skip
#: What the hooks of a register's rules were called; elsewhere these are plain words.
FORMER_HOOKS = {"accompany", "clashes", "derive", "former_keys", "review", "settle", "weigh"}


def own_files() -> list[Path]:
    return [*sources(), *files(".py", under="tests")]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def assigned(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name given to a value, a function or a class, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node.lineno


def named(words: set[str], tree: ast.AST) -> list[tuple[str, int]]:
    return [(name, line) for name, line in assigned(tree) if name.strip("_").lower() in words]


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    return {name_of(path): ast.parse(path.read_text("utf-8")) for path in own_files()}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("found = rows", ["found"]),
        ("def look(known, rows): pass", ["known"]),
        ("record.told = 3", ["told"]),
        ("def _said(record): pass", ["_said"]),
        ("for kept in rows: pass", ["kept"]),
        ("records = objects.kept()", []),
        ("known_words = rows", []),
    ],
)
def test_a_value_without_a_noun_is_seen(source, names):
    assert [name for name, _ in named(NO_NOUNS, ast.parse(source))] == names


def test_values_are_named_by_nouns(trees):
    assert [
        f"{path}:{line} {name}"
        for path, tree in trees.items()
        if path not in SIDES_OF_A_MERGE
        for name, line in named(NO_NOUNS, tree)
        # The records that are not archived, as every queryset of records gives them.
        if (path, name) not in QUERIES
    ] == []


def test_things_have_the_names_of_their_field(trees):
    assert [
        f"{path}:{line} {name}"
        for path, tree in trees.items()
        for name, line in named(PRIVATE_WORDS, tree)
    ] == []


def test_the_hooks_of_rules_have_their_names(trees):
    assert [
        f"{path}:{member.lineno} {member.name}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for member in node.body
        if isinstance(member, ast.FunctionDef) and member.name in FORMER_HOOKS
    ] == []


def test_a_docstring_stands_alone(trees):
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    assert [
        f"{path}:{getattr(node, 'lineno', 1)}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, kinds) and (ast.get_docstring(node) or "").startswith("The same")
    ] == []


# The arrows

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LAYERS = {
    container: contract
    for contract in SETTINGS["tool"]["importlinter"]["contracts"]
    for container in contract.get("containers", ())
}


def test_the_packages_whose_modules_have_an_order_are_named():
    assert {"balikpapan", "balikpapan.intake", "balikpapan.reports", "balikpapan.audit"} <= set(
        LAYERS
    )


@pytest.mark.parametrize("container", LAYERS)
def test_every_module_has_its_place_in_the_order_of_its_package(container):
    """A module that no layer names fails here, and in the linter, until it is given its place."""
    contract = LAYERS[container]
    placed = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    placed |= set(contract.get("exhaustive_ignores", ()))
    folder = ROOT.joinpath(*container.split("."))
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    modules |= {path.parent.name for path in folder.glob("*/*.py")} - {folder.name}

    assert contract["exhaustive"] is True
    assert modules - placed == set()


def test_no_package_of_ours_is_without_an_arrow():
    roots = SETTINGS["tool"]["importlinter"]["root_packages"]
    assert set(roots) == set(OURS)
