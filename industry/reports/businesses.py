"""Tables 1 to 3: the IKM by where they are and by what they make."""

from dataclasses import replace

from balikpapan.regions.models import Kecamatan, Kelurahan
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from ..models import IndustryGroup, Kbli
from ..models.reading import read_once
from .selection import EVERYTHING, Selection
from .shaping import (
    COLUMNS,
    NOT_FILLED,
    NOTHING,
    SOURCE,
    UNKNOWN_PLACE,
    WHOLE,
    TableSubject,
    figures_row,
    lists,
    position,
    reporting_note,
    together,
    workers_note,
)

#: From this year on data follow KBLI 2025.
KBLI_2025_FROM = 2026


def region_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 1: the IKM of every kelurahan, with subtotals per kecamatan."""
    chosen = selection.businesses(year).with_district()
    sums_of = {
        (sums["district"], sums["kelurahan"]): sums
        for sums in chosen.figures_by(year, "district", "kelurahan")
    }
    rows = []
    for kecamatan, wards in wards_by_kecamatan(sums_of):
        if selection.kecamatan in (None, kecamatan):
            rows += kecamatan_rows(kecamatan, wards, sums_of, year, selection)
    if nowhere := sums_of.get((None, None)):
        rows.append(Row((f"Kecamatan {UNKNOWN_PLACE.lower()}",), kind="section"))
        to = lists(year, selection, kecamatan__isnull=True)
        label = {"label": UNKNOWN_PLACE}
        rows.append(figures_row(label, nowhere, to=to, key="kecamatan-"))
    title = "Jumlah IKM menurut kecamatan dan kelurahan"
    return figures_table_of(
        TableSubject("ikm-wilayah", title, year, selection),
        [ReportColumn("Kecamatan/kelurahan", key="label")],
        rows,
        together(sums_of.values()),
    )


def wards_by_kecamatan(sums_of: dict) -> list[tuple[Kecamatan, list[Kelurahan]]]:
    """Every kecamatan with its kelurahan; archived ones only where an IKM still counts there."""
    used = {
        place for pair in sums_of for place in zip(("kecamatan", "kelurahan"), pair, strict=True)
    }
    wards = [
        ward
        for ward in Kelurahan.objects.order_by("code")
        if not ward.archived_at or ("kelurahan", ward.pk) in used
    ]
    return [
        (kecamatan, [ward for ward in wards if ward.kecamatan_id == kecamatan.pk])
        for kecamatan in Kecamatan.objects.order_by("code")
        if not kecamatan.archived_at or ("kecamatan", kecamatan.pk) in used
    ]


def kecamatan_rows(
    kecamatan: Kecamatan, wards: list[Kelurahan], sums_of: dict, year: int, selection: Selection
) -> list[Row]:
    """The lines of one kecamatan: its kelurahan, those without one, the subtotal."""
    groups = [sums_of.get((kecamatan.pk, ward.pk), NOTHING) for ward in wards]
    lines = [
        figures_row(
            {"label": ward.name},
            sums,
            to=lists(year, selection, kelurahan__id__exact=ward.pk),
            key=f"kelurahan-{ward.code}",
        )
        for ward, sums in zip(wards, groups, strict=True)
    ]
    place = {"kecamatan__id__exact": kecamatan.pk}
    if unknown := sums_of.get((kecamatan.pk, None)):
        groups.append(unknown)
        to = lists(year, selection, **place, kelurahan__isnull=True)
        label = {"label": UNKNOWN_PLACE}
        lines.append(figures_row(label, unknown, to=to, key=f"kelurahan-{kecamatan.code}-"))
    to = lists(year, selection, **place)
    label = {"label": f"Jumlah {kecamatan.name}"}
    key = f"kecamatan-{kecamatan.code}"
    return [
        Row((f"Kecamatan {kecamatan.name}",), kind="section"),
        *lines,
        replace(figures_row(label, together(groups), to=to, key=key), kind="subtotal"),
    ]


def group_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 2: the IKM of every kelompok of the office."""
    sums_of = sums_by_group(year, selection)
    rows = [
        figures_row({"label": label}, sums, to=lists(year, selection, **lookup), key=key)
        for key, label, lookup, sums in by_group(sums_of, selection.group)
    ]
    title = "Jumlah IKM menurut kelompok industri"
    return figures_table_of(
        TableSubject("ikm-kelompok", title, year, selection),
        [ReportColumn("Kelompok industri", key="label")],
        rows,
        together(sums_of.values()),
    )


def sums_by_group(year: int, selection: Selection) -> dict[int | None, dict]:
    """What the IKM of every kelompok reported, by its key; None are those without one."""

    def ask():
        sums = selection.businesses(year).figures_by(year, "group")
        return {line["group"]: line for line in sums}

    # Two tables of the book show it.
    return read_once(("sums by group", year, selection), ask)


def by_group(sums_of: dict, only: IndustryGroup | None = None) -> list[tuple[str, str, dict, dict]]:
    """Every kelompok in the office's order as key, label, filter of its list and sums."""
    groups = [
        (
            f"kelompok-{group.pk}",
            group.name,
            {"group__id__exact": group.pk},
            sums_of.get(group.pk, NOTHING),
        )
        for group in IndustryGroup.objects.all()
        if only in (None, group) and (not group.archived_at or group.pk in sums_of)
    ]
    if unknown := sums_of.get(None):
        groups.append(("kelompok-", NOT_FILLED, {"group__isnull": True}, unknown))
    return groups


def division_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 3: the IKM of every KBLI division, the first two digits of their code."""
    sums_of = {
        sums["division"]: sums
        for sums in selection.businesses(year).with_division().figures_by(year, "division")
    }
    version = 2025 if year >= KBLI_2025_FROM else 2020
    titles = Kbli.objects.division_titles(version)
    codes = sorted(code for code in sums_of if code)
    rows = [
        figures_row(
            {"code": code, "label": titles.get(code, f"Golongan pokok {code}")},
            sums_of[code],
            to=lists(year, selection, golongan=code),
            key=f"golongan-{code}",
        )
        for code in codes
    ]
    if unknown := sums_of.get(None):
        to = lists(year, selection, kbli__isnull=True)
        label = {"code": None, "label": NOT_FILLED}
        rows.append(figures_row(label, unknown, to=to, key="golongan-"))
    title = "Jumlah IKM menurut golongan pokok KBLI"
    return figures_table_of(
        TableSubject("ikm-kbli", title, year, selection),
        [
            ReportColumn("Kode", "number", key="code"),
            ReportColumn("Golongan pokok", key="label"),
        ],
        rows,
        together(sums_of.values()),
        f"Kode KBLI 2020 dan KBLI 2025 digolongkan menurut dua angka pertamanya; nama golongan "
        f"pokok menurut KBLI {version}.",
    )


def figures_table_of(
    subject: TableSubject, labels: list[ReportColumn], rows: list[Row], total: dict, *notes: str
) -> ReportTable:
    """A table of ``COLUMNS`` with the notes every such table carries."""
    year = subject.year
    words = {column.key: "" for column in labels} | {labels[0].key: "Jumlah"}
    sums = figures_row(words, total, to=lists(year, subject.selection), key=WHOLE)
    return ReportTable(
        subject.key,
        subject.title,
        [*labels, *COLUMNS],
        rows,
        subtitle=[position(year), *subject.selection.words(year)],
        totals=sums,
        notes=[reporting_note(year, total), *workers_note(total), *notes],
        source=SOURCE,
    )
