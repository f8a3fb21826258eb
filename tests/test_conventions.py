"""What is true of the whole repository."""

import ast
import re
import runpy
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = settings.BASE_DIR
OURS = ("balikpapan", "facilities", "industry")
UNSEEN = {".venv", "data", "__pycache__", ".git", "node_modules"}
TEXT = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".json", ".svg", ".csv", ""}


def files(*suffixes: str, under: str = ".") -> list[Path]:
    """The files of the repository with one of these endings."""
    matches = (path for path in (ROOT / under).rglob("*") if path.is_file())
    return sorted(
        path
        for path in matches
        if path.suffix in suffixes
        and not any(part in UNSEEN or part.endswith("_cache") for part in path.parts)
        and ".hypothesis" not in path.parts
    )


def sources() -> list[Path]:
    """The program's own Python files, without migrations."""
    return [
        path for top in OURS for path in files(".py", under=top) if "migrations" not in path.parts
    ]


def names(paths) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def lines_with(pattern: str, paths) -> list[str]:
    """Where a pattern occurs, as file:line."""
    sought = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if sought.search(line)
    ]


# Dependencies

LOCKS = ("requirements.txt", "requirements-dev.txt")
# The oldest versions without a known hole; a package that is not installed is fine.
FLOORS = {
    "django": "5.2.19",
    "django-import-export": "4.4.3",
    "tablib": "3.10.0",
    "openpyxl": "3.1.5",
    "defusedxml": "0.7.1",
    "xlrd": "2.0.2",
    "pyyaml": "5.4",
    "pillow": "12.3.0",
    "reportlab": "3.6.13",
    "sqlparse": "0.5.0",
    "lxml": "4.9.1",
    "waitress": "2.1.3",
    "gunicorn": "23",
}


def pins(name: str) -> dict[str, str]:
    """The locked versions of one lock file."""
    matches = re.findall(r"(?m)^([a-z0-9-]+)(?:\[.*?\])?==([^\s;]+)", (ROOT / name).read_text())
    return dict(matches)


def as_numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_files_are_as_new_as_pyproject(name):
    fingerprint = runpy.run_path(str(ROOT / ".ci" / "lock.py"))["dependency_hash"]

    wanted = fingerprint((ROOT / "pyproject.toml").read_text("utf-8"))

    assert f"# pyproject: {wanted}\n" in (ROOT / name).read_text("utf-8"), (
        "jalankan python3 .ci/lock.py"
    )


def test_the_development_set_holds_the_runtime_set_unchanged():
    assert pins(LOCKS[0]).items() <= pins(LOCKS[1]).items()


@pytest.mark.parametrize("name", LOCKS)
def test_p57_every_locked_package_has_a_hash_and_no_address(name):
    text = (ROOT / name).read_text("utf-8")

    for block in re.split(r"(?m)^(?=[a-z0-9])", text)[1:]:
        assert "--hash=sha256:" in block, block
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_p57_no_locked_package_is_below_its_floor(name):
    locked = pins(name)

    assert [
        package
        for package, floor in FLOORS.items()
        if package in locked and as_numbers(locked[package]) < as_numbers(floor)
    ] == []


def test_django_import_export_stays_below_the_version_that_renames_its_fields():
    assert as_numbers(pins(LOCKS[0])["django-import-export"]) < [5]


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lists = re.findall(r"(?ms)^(?:dependencies|dev) = \[\n(.*?)^\]", text)

    assert len(lists) == 2
    assert [line for part in lists for line in part.splitlines() if "  # " not in line] == []


# The repository


def test_the_change_log_begins_with_the_version_that_pyproject_states():
    version = re.search(r'(?m)^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    [latest] = re.findall(r"(?m)^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"))[:1]

    assert latest == version[1]


def test_no_file_names_a_path_or_an_index_of_one_machine():
    machine = r"/(work|root|home)/[a-z.]|/tmp/[a-z]|extra-" + r"index|find-" + r"links|pypi\.org"

    assert lines_with(machine, files(*TEXT)) == []


def test_p58_no_file_holds_a_secret():
    secret = r"BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_\w{30}|django-" + r"insecure-\w{20}"

    assert lines_with(secret, files(*TEXT)) == []


def test_nothing_is_left_open_or_switched_off():
    left = r"\b(TO" + r"DO|FIX" + r"ME)\b|mark\.(xf" + r"ail|sk" + r"ip)"
    # Where there is no browser, its tests say so instead of failing.
    allowed = ROOT / "tests" / "conftest.py"

    paths = [path for path in files(".py", ".html", ".css", ".js") if path != allowed]

    assert lines_with(left, paths) == []


def test_a_module_is_named_for_what_it_knows():
    vague = {"utils", "util", "helpers", "helper", "common", "constants", "misc"}

    assert names(path for path in sources() if vague & {path.stem, path.parent.name}) == []


def test_a_file_has_one_subject():
    long = (path for path in files(".py") if len(path.read_text("utf-8").splitlines()) > 420)

    assert names(path for path in long if "migrations" not in path.parts) == []


# What these are is said by their base; what they are about, by the model beside them.
TELLING = ("QuerySet", "Choices", "Admin", "Inline", "Widget", "Form")


def bases(node: ast.AST) -> list[str]:
    """The names of the classes a class is built on."""
    return [ast.unparse(base) for base in getattr(node, "bases", ())]


def undocumented(path: Path) -> list[str]:
    """The public classes and functions of a file without a docstring."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
        and not any(base.endswith(TELLING) for base in bases(node))
    ]


def test_every_public_class_and_function_says_what_it_is_in_the_office():
    # A command says so in its help, an app configuration in its name.
    silent = ("commands", "migrations")

    assert [
        line
        for path in sources()
        if path.name != "apps.py" and path.parent.name not in silent
        for line in undocumented(path)
    ] == []


# A report that leaves the register as one file brings its style along, and its own CSP.
STANDALONE = ROOT / "balikpapan" / "reports" / "templates" / "reports" / "document.html"


def test_p59_templates_hold_no_inline_script_style_or_foreign_address():
    inline = r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:"
    # What lies in docs is printed from a file, never served.
    pages = [
        path for path in files(".html", ".svg") if path != STANDALONE and "docs" not in path.parts
    ]

    assert lines_with(inline, pages) == []
    assert lines_with(r"https?://(?!www\.w3\.org)", files(".html", ".svg")) == []


def test_p59_style_sheets_and_scripts_fetch_nothing_from_elsewhere():
    assert lines_with(r"https?://(?!www\.w3\.org)|\beval\(|@import", files(".css", ".js")) == []


def test_migrations_are_named_for_what_they_do():
    migrations = (path for path in files(".py") if path.parent.name == "migrations")

    assert names(path for path in migrations if "_auto_" in path.name) == []


# The models

MODELS = [model for model in apps.get_models() if model._meta.app_config.name.split(".")[0] in OURS]
BY_NAME = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


@BY_NAME
def test_a_model_has_one_indonesian_name(model):
    options = model._meta

    assert options.verbose_name == options.verbose_name_plural
    assert "verbose_name" in options.original_attrs


@BY_NAME
def test_a_constraint_is_named_for_its_app_its_model_and_what_holds(model):
    options = model._meta
    start = f"{options.app_label}_{options.model_name}_"

    assert [
        constraint.name
        for constraint in options.constraints
        if not constraint.name.startswith(start)
    ] == []
