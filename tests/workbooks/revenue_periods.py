"""PAD with its periods across: months and years, each over target and realisation."""

import datetime

from tests.workbooks.book import ExpectedWorkbook, Line, held, left, recorded

TOTAL = "baris jumlah"
SIKS, SIKT = "Sewa unit SIKS", "Sewa unit SIKT"


def pad(source, year, target=None, realised=None, **more):
    """What one source states for a year, or for the month that is named."""
    amounts = {"target": target, "realised": realised}
    return {"source_name": source, "year": year, **more} | {
        k: a for k, a in amounts.items() if a is not None
    }


# One column per line would make a page of each list.
# fmt: off
MONTHS_OVER_TWO = [
    ["TARGET DAN REALISASI PAD TAHUN 2024 (Rp)"],
    ["No", "Uraian", "Januari", None, "Februari", None, "Maret", None, "Triwulan I", None, "Jumlah", None],
    [None, None, *["Target", "Realisasi"] * 5],
    recorded([1, SIKS, 10, 9, 10, 11, 10, 12, 30, 32, 30, 32],
         pad(SIKS, 2024, 10, 9, month=1), pad(SIKS, 2024, 10, 11, month=2), pad(SIKS, 2024, 10, 12, month=3)),
    Line([2, SIKT, 20, 19, 20, "Rp -", None, None, 40, 19, 40, 19],
         stored=(pad(SIKT, 2024, 20, 19, month=1), pad(SIKT, 2024, 20, 0, month=2)),
         reason="tidak berisi angka untuk «Maret»"),
    left([None, "JUMLAH", 30, 28, 30, 11, 10, 12, 70, 51, 70, 51], TOTAL),
]
BOOKS = {
    **{
        f"PAD by month over target and realisation, as {form}": ExpectedWorkbook(
            "pad", MONTHS_OVER_TWO, form=form, counted_twice=6,
            unknown=("Triwulan I – Target",), notes={"rows_per_member", "row_total", "no_member"},
            merge=["A2:A3", "B2:B3", *(f"{a}2:{b}2" for a, b in ("CD", "EF", "GH", "IJ", "KL"))] if form == "xlsx" else (),
        )
        for form in ("xlsx", "csv")
    },
    "PAD with target and realisation over the months": ExpectedWorkbook(
        "pad",
        [
            ["PAD TAHUN 2024 (Rp)"],
            ["Uraian", "Target", None, None, "Realisasi", None, None],
            [None, "Jan", "Peb", "Jumlah", "Jan", "Peb", "Jumlah"],
            recorded([SIKS, 10, 10, 20, 9, 11, 20], pad(SIKS, 2024, 10, 9, month=1), pad(SIKS, 2024, 10, 11, month=2)),
            recorded([SIKT, 20, 20, 40, 19, 18, 99], pad(SIKT, 2024, 20, 19, month=1), pad(SIKT, 2024, 20, 18, month=2)),
        ],
        form="ods", counted_twice=2, notes={"row_total", "total_mismatch"},
    ),
    "PAD by month with what came in so far": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2024 (Rp)"],
            ["No", "Uraian", "Target", "Januari", None, "Februari", None, None],
            [None, None, None, "Bulan Ini", "s.d. Bulan Ini", "Bulan Ini", "s.d. Bulan Ini", "%"],
            recorded([1, SIKS, 120, 9, 9, 11, 20, 16.7],
                 pad(SIKS, 2024, None, 9, month=1), pad(SIKS, 2024, None, 11, month=2), pad(SIKS, 2024, 120)),
            left([None, "JUMLAH", 120, 9, 9, 11, 20, 16.7], TOTAL),
        ],
        counted_twice=2, unknown=("Februari – %",), merge=["A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:H2"],
    ),
    "PAD with its years across, target and realisation of each": ExpectedWorkbook(
        "pad",
        [
            ["PAD (Rp)"],
            ["No", "Uraian", "Tahun 2021", None, "Tahun 2022", None],
            [None, None, "Target", "Realisasi", "Target", "Realisasi"],
            recorded([1, SIKS, 11, 12, 13, 14], pad(SIKS, 2021, 11, 12), pad(SIKS, 2022, 13, 14)),
            recorded([2, SIKT, 21, 22, 23, 24], pad(SIKT, 2021, 21, 22), pad(SIKT, 2022, 23, 24)),
            left([None, "JUMLAH", 32, 34, 36, 38], TOTAL),
        ],
        form="xls", counted_twice=3, notes={"rows_per_member"},
    ),
    "PAD by month of which only the sums so far are stated": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2024 (Rp)"],
            ["No", "Bulan", "Uraian", "Realisasi s.d. Bulan Ini"],
            held([1, "Januari", SIKS, 9], "cumulative_only"),
            held([2, "Februari", SIKS, 20], "cumulative_only"),
        ],
    ),
    "PAD by quarter, the last one to come": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2024 (Rp)"],
            ["No", "Uraian", "Target", "Triwulan I", "Triwulan II", "TW III", "TW 4", "Realisasi"],
            recorded([1, SIKS, 120, 30, 30, 31, None, 91], pad(SIKS, 2024, 120, 91)),
            recorded([2, SIKT, 240, 60, None, None, None, None], pad(SIKT, 2024, 240, 60, as_of=datetime.date(2024, 3, 31))),
            recorded([3, "Lapak", 10, 1, 2, 3, 4, 11], pad("Lapak", 2024, 10, 11)),
        ],
        notes={"parts_added", "total_mismatch"},
    ),
    "targets of the months, as the title says": ExpectedWorkbook(
        "pad",
        [
            ["TARGET PENERIMAAN PAD TAHUN 2024 (Rp)"],
            ["Uraian", "Januari", "Februari"],
            recorded([SIKS, 10, 11], pad(SIKS, 2024, 10, month=1), pad(SIKS, 2024, 11, month=2)),
        ],
        form="csv", counted_twice=1,
    ),
    "targets of the half-years, as the title says": ExpectedWorkbook(
        "pad",
        [
            ["TARGET PAD TAHUN 2024 (Rp)"], ["Uraian", "Semester I", "Semester II"],
            recorded([SIKS, 10, 11], pad(SIKS, 2024, 21)),
        ],
        form="ods", notes={"parts_added"},
    ),
    "PAD up to a day": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD S.D. 30 SEPTEMBER 2024 (Rp)"], ["Uraian", "Target", "Realisasi"],
            recorded([SIKS, 120, 91], pad(SIKS, 2024, 120, 91, as_of=datetime.date(2024, 9, 30))),
        ],
        form="xls",
    ),
    "PAD of the second quarter alone": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TRIWULAN II TAHUN 2024 (Rp)"], ["Uraian", "Target", "Realisasi"],
            held([SIKS, 120, 30], "part_of_year"),
        ],
    ),
    "PAD with a row for each half-year": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD TAHUN 2024 (Rp)"], ["Uraian", "Semester", "Target", "Realisasi"],
            held([SIKS, "I", 60, 30], "part_of_year"),
        ],
    ),
    "PAD with the targets before and after the change of the budget": ExpectedWorkbook(
        "pad",
        [
            ["LAPORAN REALISASI PENDAPATAN TAHUN 2024 (Rp)"],
            ["No", "Uraian", "Anggaran", None, "Bertambah/ (Berkurang)", "Realisasi"],
            [None, None, "Sebelum Perubahan", "Setelah Perubahan", None, None],
            recorded([1, SIKS, 120, 150, 30, 140],
                 pad(SIKS, 2024, 150, 140, stage="revised"), pad(SIKS, 2024, 120)),
            recorded([2, SIKT, 50, None, None, 41], pad(SIKT, 2024, 50, 41)),
            left([None, "JUMLAH", 170, 150, 30, 181], TOTAL),
        ],
        unknown=("Bertambah/ (Berkurang)",), merge=["A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"],
    ),
    "a month's form with both targets of the year": ExpectedWorkbook(
        "pad",
        [
            ["REALISASI PAD BULAN OKTOBER 2024 (Rp)"],
            ["Uraian", "Target Murni", "Target Perubahan", "Bulan Ini", "s.d. Bulan Ini"],
            recorded([SIKS, 120, 150, 10, 90],
                 pad(SIKS, 2024, 150, stage="revised"), pad(SIKS, 2024, 120),
                 pad(SIKS, 2024, None, 10, month=10, stage="revised")),
        ],
        form="csv",
    ),
}
# fmt: on
