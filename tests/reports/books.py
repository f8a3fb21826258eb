"""A small book with every shape a table may have, for the tests of all three renderers."""

import datetime
from decimal import Decimal

from balikpapan.reports.book import ReportBook
from balikpapan.reports.models import Letterhead, Official, Role
from balikpapan.reports.tables import ReportColumn, ReportTable, Row


def revenue_table(**options):
    """PAD of four years: the figures of DOMAIN's example, with unknowns."""
    columns = [
        ReportColumn("Tahun", "year"),
        ReportColumn("Target", "rupiah"),
        ReportColumn("Realisasi", "rupiah", key="realised"),
        ReportColumn("Pertumbuhan", "percent"),
        ReportColumn("Per tanggal", "date"),
    ]
    rows = [
        (2022, None, 115_000_000, None, None),
        Row(
            (2023, None, 144_000_000, Decimal(29) / 115 * 100, None),
            {"realised": "/admin/pad/?year=2023"},
        ),
        (2024, 350_000_000, 330_280_000, 129.361111, datetime.date(2024, 11, 25)),
    ]
    return ReportTable(
        "pad", "Realisasi PAD", columns, rows, **{"number": 9, "source": "DKUMKMP", **options}
    )


def workforce_table(**options):
    """IKM per kelurahan under their kecamatan, with grouped headings and subtotals."""
    columns = [
        ReportColumn("Kelurahan"),
        ReportColumn("Unit usaha", "whole"),
        ReportColumn("Laki-laki", "whole", group="Tenaga kerja"),
        ReportColumn("Perempuan", "whole", group="Tenaga kerja"),
        ReportColumn("Luas", "decimal", unit="m²"),
    ]
    rows = [
        Row(("Balikpapan Barat",), kind="section"),
        ("Baru Ilir", 12, 1_020, 31, Decimal("12.5")),
        ("Margo Mulyo", 15, 0, None, "n/a"),
        Row(("Jumlah Balikpapan Barat", 27, 1_020, 31, Decimal("12.5")), kind="subtotal"),
    ]
    return ReportTable("ikm", "IKM per kelurahan", columns, rows, **{"number": 1, **options})


def grouped_table(before, groups, size):
    """Rows in groups, each under its heading and above its sum, after some rows of no group."""
    rows = [(f"Usaha {n}", n) for n in range(before)]
    for group in range(groups):
        rows.append(Row((f"Kecamatan {group}",), kind="section"))
        rows += [(f"Kelurahan {group}.{n}", 1) for n in range(size)]
        rows.append(Row((f"Jumlah {group}", size), kind="subtotal"))
    return ReportTable(
        "t", "Daftar", [ReportColumn("Nama"), ReportColumn("Jumlah", "whole")], rows, number=1
    )


def letterhead(**fields):
    return Letterhead(
        **{
            "office": "Dinas Koperasi, Usaha Mikro, Kecil, Menengah dan Perindustrian",
            "address": "Jalan Contoh Nomor 1",
            "contact": "Telepon (0542) 000000",
            **fields,
        }
    )


def head(**fields):
    return Official(
        **{
            "name": "Budi Contoh, S.T.",
            "nip": "197512291999022001",
            "rank": "Pembina Utama Muda (IV/c)",
            "position": "Kepala Dinas",
            "valid_from": datetime.date(2024, 1, 1),
            **fields,
        }
    )


def knowing(**fields):
    return head(
        **{
            "name": "Rina Misal, S.E.",
            "nip": "196801011990032004",
            "position": "Sekretaris Daerah",
            "role": Role.KNOWING,
            **fields,
        }
    )


def book_of(*tables, **fields):
    return ReportBook(
        **{
            "title": "Laporan Tahunan Industri",
            "year": 2024,
            "tables": tables or [workforce_table(), revenue_table()],
            "letterhead": letterhead(),
            "place": "Balikpapan",
            "date": datetime.date(2024, 12, 31),
            "signatories": [head()],
            "edition": 1,
            "provenance": [("Dibuat oleh", "Siti Contoh")],
            **fields,
        }
    )


def texts_of(table):
    """Every line of the table as a reader must find it in any rendering."""
    return [[cell.text for cell in line.cells] for line in table.lines]
