"""Promise 23, the part in the program: records are written where they are traced, nowhere else."""

import ast

import pytest
from django.apps import apps
from django.conf import settings

from balikpapan.audit.models import Record

RECORDS = {model.__name__ for model in apps.get_models() if issubclass(model, Record)}
WRITES = {"update", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
#: Where records are written and traced: one by one, and in bulk.
TRACED = {"balikpapan/audit/store.py", "balikpapan/audit/bulk.py"}


def sources():
    for top in ("balikpapan", "industry", "facilities"):
        for path in sorted((settings.BASE_DIR / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(settings.BASE_DIR).as_posix(), path.read_text("utf-8")


def writes_past_the_trail(text: str) -> list[int]:
    """The lines that write records of a register by a queryset."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and RECORDS & {name.id for name in ast.walk(node.func.value) if isinstance(name, ast.Name)}
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Business.objects.filter(pk=1).update(name='x')", [1]),
        ("Business.objects.kept().delete()", [1]),
        ("Revenue.objects.bulk_create(rows)", [1]),
        ("values.update(name='x')", []),
        ("Upload.objects.filter(pk=1).update(status='x')", []),
    ],
)
def test_p23_the_search_finds_what_it_looks_for(text, lines):
    assert writes_past_the_trail(text) == lines


def test_p23_no_module_writes_records_past_the_trail():
    assert {name: lines for name, text in sources() if (lines := writes_past_the_trail(text))} == {}


def test_p23_no_module_saves_a_record_itself():
    # What has no trail of its own: accounts, uploads, merges, editions, tokens.
    saving = {name for name, text in sources() if "record.save(" in text}

    assert saving <= TRACED
