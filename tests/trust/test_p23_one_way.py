"""Promise 23: records are written where they are traced, and nowhere else."""

import ast
from contextlib import nullcontext

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from balikpapan.audit import register_triggers
from balikpapan.audit.models import Record
from balikpapan.audit.register_triggers import REFUSAL
from balikpapan.management.commands.shell import refuse_writing
from industry.models import Business
from tests.factories import BusinessFactory
from tests.trust.damages import lost_register_trigger

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


# In the database


BUSINESS = "industry_business"


@pytest.fixture
def by_hand(db):
    """A session such as sqlite3, psql and ``manage.py shell`` have."""
    business = BusinessFactory(name="Amplang Uji")
    refuse_writing()
    yield business
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA recursive_triggers = ON"
            if connection.vendor == "sqlite"
            else "SET balikpapan.program = 'on'"
        )


def copied(name):
    fields = [f for f in Business._meta.concrete_fields if not f.generated]
    columns = [f.column for f in fields if f.column not in ("id", "name")]
    return (
        f"INSERT INTO {BUSINESS} (name, {', '.join(columns)}) "
        f"SELECT '{name}', {', '.join(columns)} FROM {BUSINESS}"
    )


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(f"UPDATE {BUSINESS} SET name = 'Lain'", id="update"),
        pytest.param(f"DELETE FROM {BUSINESS}", id="delete"),
        pytest.param(copied("Lain"), id="insert"),
        pytest.param("UPDATE industry_revenue SET realised = 0", id="another-register"),
    ],
)
def test_p23_what_is_written_past_the_program_is_refused(by_hand, statement):
    rows = connection.vendor == "postgresql" or BUSINESS in statement
    refused = pytest.raises(IntegrityError, match=REFUSAL) if rows else nullcontext()

    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(Business.objects.values_list("name", flat=True)) == ["Amplang Uji"]


def test_p23_a_queryset_by_hand_is_refused_and_the_program_writes_on(by_hand, db):
    for act in (
        lambda: Business.objects.update(name="Lain"),
        lambda: Business.objects.all().delete(),
        lambda: Business.objects.bulk_create([BusinessFactory.build()]),
        lambda: Business.objects.bulk_update([by_hand], ["name"]),
    ):
        with pytest.raises(IntegrityError, match=REFUSAL), transaction.atomic():
            act()


@pytest.mark.django_db
def test_p23_every_register_is_guarded_and_a_lost_trigger_comes_back():
    assert register_triggers.missing() == []
    lost_register_trigger()
    [name] = register_triggers.missing()

    call_command("migrate", verbosity=0)

    assert register_triggers.missing() == []
    assert name.startswith(BUSINESS)
