"""The least an import can cost: one unprotected pass that reads, barely checks and upserts.

No layout, no problems, no matching but by NIB, no preview, no trail, nothing to undo.
"""

from django.db import connection
from django.utils import timezone

from balikpapan.audit.staging import adapter, insert_rows
from balikpapan.intake.pipeline import limits
from balikpapan.regions.models import Kelurahan
from balikpapan.spreadsheets.opening.open import open_workbook
from industry.models import Business, BusinessYear, IndustryGroup, Kbli, ProductUnit

BUSINESS = [
    "name", "owner_name", "nik", "nib", "address", "rt", "kelurahan_id", "kecamatan_id", "phone",
    "email", "kbli_id", "group_id", "commodity", "products", "brand", "founded_year", "status",
]  # fmt: skip
FIGURES = [
    "workers_male", "workers_female", "investment", "capacity", "capacity_unit_id",
    "production_value", "raw_material_value",
]  # fmt: skip


def pass_once(content: bytes) -> None:
    """Reads the list and puts what is new or differs into the two tables."""
    sheet = open_workbook(content, "daftar.xlsx", limits()).sheets[0]
    columns = [column[1:] for column in sheet.columns]
    _refer(columns)
    for amounts in (columns[20], columns[23], columns[24]):
        amounts[:] = [amount * 1000 for amount in amounts]
    if not all(len(nik) == 16 and nik.isdigit() for nik in columns[2]):
        raise ValueError("NIK")
    _upsert(Business, ["nib"], "archived_at IS NULL AND NOT (nib = '')", BUSINESS, columns[:17])
    keys = dict(Business.objects.values_list("nib", "id"))
    links = [keys[nib] for nib in columns[3]]
    figures = [links, columns[17], columns[18], columns[19], columns[20], *columns[21:25]]
    names = ["business_id", "year", *FIGURES]
    _upsert(BusinessYear, ["business_id", "year"], "archived_at IS NULL", names, figures)


def _refer(columns):
    """Names become references, each looked up in a dictionary."""
    places = {name: (key, district) for key, name, district in
              Kelurahan.objects.values_list("id", "name", "kecamatan_id")}  # fmt: skip
    columns[7] = [places[name][1] for name in columns[6]]
    columns[6] = [places[name][0] for name in columns[6]]
    codes = dict(Kbli.objects.filter(version_year=2020).values_list("code", "id"))
    groups = dict(IndustryGroup.objects.values_list("name", "id"))
    units = dict(ProductUnit.objects.values_list("name", "id"))
    columns[10] = [codes.get(code) for code in columns[10]]
    columns[11] = [groups.get(name) for name in columns[11]]
    columns[16] = ["active"] * len(columns[16])
    columns[22] = [units.get(name) for name in columns[22]]


def _upsert(model, key, where, names, columns):
    fields = [f for f in model._meta.concrete_fields if f.attname != "id" and not f.generated]
    given = dict(zip(names, columns, strict=True))
    count, now, filled = len(columns[0]), timezone.now(), []
    for field in fields:
        adapt = adapter(field)
        values = given.get(field.attname)
        if values is None:
            value = _blank(field, now)
            filled.append([adapt(value) if adapt else value] * count)
        else:
            filled.append([adapt(value) for value in values] if adapt else values)
    rows = zip(*filled, strict=True)
    table, listed = model._meta.db_table, ", ".join(f.column for f in fields)
    changed = ", ".join(f"{n} = excluded.{n}" for n in [*names, "updated_at"] if n not in key)
    differs = " OR ".join(
        f"{table}.{name} IS DISTINCT FROM excluded.{name}" for name in names if name not in key
    )
    settled = (
        f"ON CONFLICT ({', '.join(key)}) WHERE {where} DO UPDATE SET {changed} WHERE {differs}"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE TEMP TABLE passing AS SELECT {listed} FROM {table} LIMIT 0")
            insert_rows("passing", [f.column for f in fields], rows)
            cursor.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM passing {settled}")
            cursor.execute("DROP TABLE passing")
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks}) {settled}", rows)


def _blank(field, now):
    if field.attname in ("created_at", "updated_at"):
        return now
    if field.attname == "version":
        return 1
    if field.has_default():
        return field.get_default()
    return None if field.null else ""
