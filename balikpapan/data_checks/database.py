"""Checks of the database itself: its pages, references, constraints and numbers."""

import re

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, F, OuterRef, Q, Sum

from balikpapan.audit.fields import RupiahField
from balikpapan.audit.models import Record
from balikpapan.audit.periods import overlaps
from facilities.models import Bill, Deposit, Withdrawal

from .registry import RESTORE, Run, check

READ = 2_000
_CONSTRAINT = re.compile(r'\bCONSTRAINT "([^"]+)"')
MIGRATE = "Jalankan python3 manage.py migrate."
CORRECT = "Betulkan lewat formulir catatan itu."


def stored_models() -> list[type[models.Model]]:
    """Every model that has a table of its own."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def records() -> list[type[Record]]:
    """Every kind of record the office keeps."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def periodical() -> list[type[Record]]:
    """Every kind of record whose periods of one subject share no day."""
    return [model for model in records() if model.no_overlap is not None]


def _ask(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _pragma(name):
    """The answers of one of SQLite's own checks, but for its "ok"."""
    try:
        return [str(row[0]) for row in _ask(f"PRAGMA {name}") if row[0] != "ok"]
    except DatabaseError as error:
        return [str(error)]


@check("pages", "Halaman basis data utuh", RESTORE, is_quick=True)
def _pages(run: Run):
    if connection.vendor == "sqlite":
        yield from (f"SQLite: {answer}" for answer in _pragma("quick_check(10)"))
        return
    for (name,) in _ask(
        "SELECT indexrelid::regclass::text FROM pg_index "
        "WHERE NOT (indisvalid AND indisready AND indislive)"
    ):
        yield f"Indeks {name} tidak sah."
    for model in stored_models():
        try:
            _ask(f'SELECT * FROM "{model._meta.db_table}" LIMIT 1')
        except DatabaseError as error:
            yield f"Tabel {model._meta.db_table} tidak terbaca: {error}"
            return


@check("pages_in_full", "Seluruh isi basis data dan indeksnya terbaca", RESTORE)
def _pages_in_full(run: Run):
    if connection.vendor == "sqlite":
        yield from (f"SQLite: {answer}" for answer in _pragma("integrity_check(10)"))
        return
    for model in stored_models():
        table = model._meta.db_table
        try:
            # The row as text is made of every column, wherever it is stored.
            _ask(f'SELECT count(t::text) FROM "{table}" AS t')
        except DatabaseError as error:
            yield f"Tabel {table} tidak terbaca: {error}"
            return


@check("migrations", "Tabel sesuai versi program", MIGRATE, is_quick=True)
def _migrations(run: Run):
    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"Migrasi {migration} belum dijalankan."


@check("constraints_present", "Semua batasan ada di basis data", MIGRATE, is_quick=True)
def _constraints_present(run: Run):
    present = _constraints()
    for model in apps.get_models():
        if model._meta.managed:
            wanted = {one.name for one in (*model._meta.constraints, *model._meta.indexes)}
            for name in sorted(wanted - present.get(model._meta.db_table, set())):
                yield f"Batasan {name} tidak ada."
    rules = dict.fromkeys(rule for model in records() for rule in model.database_rules())
    for rule in rules:
        yield from (f"Batasan {name} tidak ada." for name in rule.missing())


def _constraints() -> dict[str, set[str]]:
    """Table -> the names of its constraints and indexes.

    One question for all tables: Django's own introspection reads them one by one, which holds up
    every start for half a second.
    """
    if connection.vendor == "sqlite":
        # A constraint stands in the text that made its table, an index by itself.
        rows = _ask("SELECT tbl_name, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        pairs = [(table, name) for table, name, _ in rows]
        pairs += [(table, name) for table, _, sql in rows for name in _CONSTRAINT.findall(sql)]
    else:
        pairs = _ask(
            "SELECT relname, conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid "
            "WHERE relnamespace = current_schema()::regnamespace UNION ALL "
            "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = current_schema()"
        )
    names: dict[str, set[str]] = {}
    for table, name in pairs:
        names.setdefault(table, set()).add(name)
    return names


@check("references", "Setiap rujukan menunjuk catatan yang ada", RESTORE)
def _references(run: Run):
    for model in stored_models():
        for link in model._meta.concrete_fields:
            if not link.remote_field or not link.related_model:
                continue
            target = link.target_field.name
            owner = link.related_model._base_manager.filter(**{target: OuterRef(link.attname)})
            lost = model._base_manager.filter(
                ~Exists(owner), **{f"{link.attname}__isnull": False}
            ).order_by("pk")
            for key in lost.values_list("pk", flat=True)[:20]:
                yield f"{model._meta.verbose_name} nomor {key}: {link.verbose_name} tidak ada."


@check("conditions", "Setiap catatan memenuhi batasan nilainya", CORRECT)
def _conditions(run: Run):
    for model in apps.get_models():
        checks = [c for c in model._meta.constraints if isinstance(c, models.CheckConstraint)]
        for constraint in checks:
            # Only asked how it writes the condition, so it is not entered as for a change.
            condition = constraint._get_check_sql(model, connection.schema_editor())
            condition = condition.replace("%", "%%")
            table = connection.ops.quote_name(model._meta.db_table)
            # Unknown is no breach: so does the database itself judge.
            for (key,) in _ask(f"SELECT id FROM {table} WHERE NOT ({condition}) ORDER BY id"):
                message = constraint.get_violation_error_message()
                yield f"{model._meta.verbose_name} nomor {key}: {message}"


@check("uniqueness", "Yang harus tunggal hanya ada satu", CORRECT)
def _uniqueness(run: Run):
    for model in apps.get_models():
        unique = [
            (c.fields, c.condition)
            for c in model._meta.constraints
            if isinstance(c, models.UniqueConstraint) and c.fields
        ]
        unique += [((f.name,), None) for f in model._meta.concrete_fields if f.unique]
        for fields, condition in unique:
            rows = model._base_manager.order_by()
            rows = rows.filter(condition) if condition is not None else rows
            rows = rows.exclude(Q(*[(f"{name}__isnull", True) for name in fields], _connector=Q.OR))
            repeated = rows.values(*fields).annotate(often=models.Count("pk"))
            labels = ", ".join(str(model._meta.get_field(name).verbose_name) for name in fields)
            for row in repeated.filter(often__gt=1).order_by(*fields):
                yield f"{model._meta.verbose_name}: {labels} dipakai {row['often']} catatan."


@check("periods", "Masa dari satu pokok tidak bertumpang tindih", CORRECT)
def _periods(run: Run):
    for model in periodical():
        rule = model.no_overlap
        names = (rule.subject, rule.start, *rule.ends)
        rows = model._base_manager.filter(archived_at=None).order_by("pk").values("pk", *names)
        taken = [(row[rule.subject], rule.period_of(row), row["pk"]) for row in rows]
        for one, other in overlaps(taken):
            yield f"{model._meta.verbose_name} nomor {one} dan {other} bertumpang tindih masanya."


@check("stock", "Yang keluar dari titipan tidak melebihi yang masuk", CORRECT)
def _stock(run: Run):
    for key in Withdrawal.database_rule.broken():
        yield f"{Deposit._meta.verbose_name} nomor {key}: yang keluar melebihi yang masuk."


@check("bills", "Jumlah SKRD sama dengan jumlah barisnya", CORRECT)
def _bills(run: Run):
    lines = Sum("lines__amount", filter=Q(lines__archived_at=None), default=0)
    bills = Bill.objects.kept().annotate(added_up=lines).exclude(total=F("added_up"))
    for bill in bills.order_by("pk").select_related("business"):
        yield f"{bill}: jumlahnya {bill.total}, barisnya {bill.added_up}."


@check("rules", "Setiap catatan memenuhi aturannya (tanggal, tahun)", CORRECT)
def _rules(run: Run):
    for model in records():
        fields = [f for f in model._meta.concrete_fields if not f.generated]
        for record in model._base_manager.filter(archived_at=None).order_by("pk").iterator(READ):
            values = {f.attname: getattr(record, f.attname) for f in fields}
            for _, message in model.all_faults(values):
                yield f"{model._meta.verbose_name} nomor {record.pk}: {message}"


@check("choices", "Setiap pilihan termasuk daftar pilihannya", CORRECT)
def _choices(run: Run):
    for model in apps.get_models():
        for chosen in model._meta.concrete_fields:
            if not chosen.choices or not model.__module__.startswith(
                ("balikpapan", "industry", "facilities")
            ):
                continue
            allowed = [value for value, _ in chosen.flatchoices]
            if isinstance(chosen, models.CharField):
                allowed.append("")
            rows = model._base_manager.exclude(**{f"{chosen.name}__isnull": True})
            rows = rows.exclude(**{f"{chosen.name}__in": allowed}).order_by("pk")
            for key in rows.values_list("pk", flat=True)[:20]:
                yield (
                    f"{model._meta.verbose_name} nomor {key}: {chosen.verbose_name} di luar pilihan."
                )


@check("value_types", "Setiap nilai terbaca sebagai jenisnya", CORRECT)
def _value_types(run: Run):
    for model in records():
        fields = [
            f
            for f in model._meta.concrete_fields
            if isinstance(f, models.IntegerField | models.BooleanField) and not f.generated
        ]
        names = [f.attname for f in fields]
        rows = model._base_manager.order_by("pk").values_list("pk", *names)
        for key, *values in rows.iterator(READ):
            for model_field, value in zip(fields, values, strict=True):
                if value is not None and not _is_readable(model_field, value):
                    yield (
                        f"{model._meta.verbose_name} nomor {key}: {model_field.verbose_name} "
                        "bukan angka."
                    )


def _is_readable(model_field, value):
    try:
        return model_field.to_python(value) == value and not isinstance(value, str)
    except ValidationError:
        return False


@check("sums", "Jumlah uang di basis data sama dengan jumlah barisnya", CORRECT)
def _sums(run: Run):
    for model in records():
        for money in model._meta.concrete_fields:
            if not isinstance(money, RupiahField) or money.generated:
                continue
            values = model._base_manager.order_by().values_list(money.attname, flat=True)
            counted = sum(int(value) for value in values.iterator(READ) if value is not None)
            quote = connection.ops.quote_name
            total = _ask(f"SELECT sum({quote(money.column)}) FROM {quote(model._meta.db_table)}")
            total = total[0][0] or 0
            if total != counted:
                yield (
                    f"{model._meta.verbose_name}, {money.verbose_name}: {total} menurut basis data, "
                    f"{counted} menurut barisnya."
                )


@check("numbers_ahead", "Nomor catatan berikutnya belum dipakai", RESTORE, is_quick=True)
def _numbers_ahead(run: Run):
    for model in stored_models():
        key, table = model._meta.pk, model._meta.db_table
        if not isinstance(key, models.AutoField | models.BigAutoField):
            continue
        largest = _ask(f'SELECT max("{key.column}") FROM "{table}"')[0][0] or 0
        if connection.vendor == "sqlite":
            rows = _ask("SELECT seq FROM sqlite_sequence WHERE name = %s", table)
            last = rows[0][0] if rows else 0
        else:
            sequence = _ask("SELECT pg_get_serial_sequence(%s, %s)", f'"{table}"', key.column)[0][0]
            last = _ask(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")[
                0
            ][0]
        if last < largest:
            yield f"{model._meta.verbose_name}: nomor berikutnya {last + 1}, padahal ada {largest}."
