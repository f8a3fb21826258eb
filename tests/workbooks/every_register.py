"""Lines that are no records, the same in the lists of all ten registers and in all four formats."""

import datetime
from dataclasses import dataclass, field

from tests.workbooks.book import ExpectedWorkbook, Line, left, recorded
from tests.workbooks.people import earlier_businesses

TOTAL, HEADING = "baris jumlah", "judul kolom berulang"
FORMS = ("xlsx", "ods", "xls", "csv")


@dataclass
class Sample:
    """A small list of one register: its heading, two rows, and their sums by column."""

    heading: list
    rows: list[Line]
    label: int  # the column a label of a sum stands in
    sums: dict[int, int] = field(default_factory=dict)
    title: str = "DAFTAR UJI"
    more: dict = field(default_factory=dict)

    def sum(self, text, times=1):
        """The cells of a line that adds up the rows."""
        cells = [None] * len(self.heading)
        cells[self.label] = text
        for column, amount in self.sums.items():
            cells[column] = amount * times
        return cells


# One column per line would make a page of each list.
# fmt: off
SAMPLES = {
    "ikm": Sample(
        ["No", "Nama Usaha", "Nama Pemilik", "Alamat", "Tahun Data", "Tenaga Kerja", "Omzet (Rp)"],
        [
            recorded([1, "Amplang Uji", "Siti Contoh", "Jl. Uji 1", 2024, 3, 90_000_000],
                 {"name": "Amplang Uji", "owner_name": "Siti Contoh", "address": "Jl. Uji 1"},
                 {"year": 2024, "workers_total": 3, "turnover": 90_000_000}),
            recorded([2, "Batik Uji", "Budi Contoh", "Jl. Uji 2", 2024, 4, 70_000_000],
                 {"name": "Batik Uji", "owner_name": "Budi Contoh", "address": "Jl. Uji 2"},
                 {"year": 2024, "workers_total": 4, "turnover": 70_000_000}),
        ],
        1, {5: 7, 6: 160_000_000},
    ),
    "ikm-tahunan": Sample(
        ["No", "Nama Usaha", "Nama Pemilik", "Tahun Data", "TK L", "TK P", "Omzet (Rp)"],
        [
            recorded([1, "Amplang Uji", "Siti Contoh", 2025, 2, 3, 90_000_000],
                 {"business": "Amplang Uji", "year": 2025, "workers_male": 2, "workers_female": 3,
                  "workers_total": 5, "turnover": 90_000_000}),
            recorded([2, "Batik Uji", "Budi Contoh", 2025, 1, 4, 70_000_000],
                 {"business": "Batik Uji", "year": 2025, "workers_male": 1, "workers_female": 4,
                  "workers_total": 5, "turnover": 70_000_000}),
        ],
        1, {4: 3, 5: 7, 6: 160_000_000}, more={"before": earlier_businesses},
    ),
    "sertifikat": Sample(
        ["No", "Nama Usaha", "Nama Pemilik", "Jenis Sertifikat", "Nomor Sertifikat"],
        [
            recorded([1, "Amplang Uji", "Siti Contoh", "Halal", "ID64110000000001"],
                 {"business": "Amplang Uji", "kind": "halal", "number": "ID64110000000001"}),
            recorded([2, "Batik Uji", "Budi Contoh", "Merek", "DID2024000001"],
                 {"business": "Batik Uji", "kind": "brand", "number": "DID2024000001"}),
        ],
        1, more={"before": earlier_businesses},
    ),
    "pembinaan": Sample(
        ["No", "Tahun", "Jenis", "Nama Kegiatan", "Tempat", "Anggaran (Rp)"],
        [
            recorded([1, 2024, "Pelatihan", "Kemasan Uji", "Aula Uji", 25_000_000],
                 {"year": 2024, "kind": "training", "name": "Kemasan Uji", "place": "Aula Uji",
                  "budget": 25_000_000}),
            recorded([2, 2024, "Pameran", "Pasar Uji", "Lapangan Uji", 15_000_000],
                 {"year": 2024, "kind": "market", "name": "Pasar Uji", "place": "Lapangan Uji",
                  "budget": 15_000_000}),
        ],
        3, {5: 40_000_000},
    ),
    "pad": Sample(
        ["No", "Tahun", "Sumber Penerimaan", "Target (Rp)", "Realisasi (Rp)"],
        [
            recorded([1, 2023, "Sewa kios uji", 60_000_000, 54_000_000],
                 {"year": 2023, "source_name": "Sewa kios uji", "target": 60_000_000,
                  "realised": 54_000_000}),
            recorded([2, 2023, "Sewa gudang uji", 40_000_000, 50_000_000],
                 {"year": 2023, "source_name": "Sewa gudang uji", "target": 40_000_000,
                  "realised": 50_000_000}),
        ],
        2, {3: 100_000_000, 4: 104_000_000},
    ),
    "fasilitas": Sample(
        ["No", "Nama Sarana", "Jenis", "Alamat", "Luas Lahan (M2)", "Luas Lantai (M2)"],
        [
            recorded([1, "Gudang Uji", "Gudang", "Jl. Uji 1", 900, 200],
                 {"name": "Gudang Uji", "kind": "warehouse", "address": "Jl. Uji 1",
                  "land_area_m2": 900, "floor_area_m2": 200}),
            recorded([2, "Bengkel Uji", "Bengkel kerja", "Jl. Uji 2", 400, 100],
                 {"name": "Bengkel Uji", "kind": "workshop", "address": "Jl. Uji 2",
                  "land_area_m2": 400, "floor_area_m2": 100}),
        ],
        1, {4: 1300, 5: 300},
    ),
    "aset": Sample(
        ["No", "Kode Barang", "Nama Barang", "Register", "Tahun Perolehan", "Harga (Rp)"],
        [
            recorded([1, "1.3.2.05.02.01.001", "Meja uji", "000001", 2019, 2_000_000],
                 {"item_code": "1.3.2.05.02.01.001", "register": "000001", "kib": "B",
                  "name": "Meja uji", "acquired_year": 2019, "acquisition_value": 2_000_000}),
            recorded([2, "1.3.2.05.02.01.002", "Kursi uji", "000001", 2020, 1_500_000],
                 {"item_code": "1.3.2.05.02.01.002", "register": "000001", "kib": "B",
                  "name": "Kursi uji", "acquired_year": 2020, "acquisition_value": 1_500_000}),
        ],
        2, {5: 3_500_000},
    ),
    "cold-storage": Sample(
        ["No", "Ruang", "Tahun", "Bulan", "Masuk (kg)", "Keluar (kg)"],
        [
            recorded([1, "Ruang pendinginan", 2024, "Januari", 1250, 800],
                 {"chamber": "Ruang pendinginan", "year": 2024, "month": 1, "kg_in": 1250,
                  "kg_out": 800}),
            recorded([2, "Ruang pembekuan", 2024, "Februari", 500, 100],
                 {"chamber": "Ruang pembekuan", "year": 2024, "month": 2, "kg_in": 500,
                  "kg_out": 100}),
        ],
        1, {4: 1750, 5: 900},
    ),
    "penitipan": Sample(
        ["No", "Ruang", "Nama Penyewa", "Komoditas", "Masuk Tanggal", "Berat (kg)"],
        [
            recorded([1, "Ruang pendinginan", "Penitip Satu", "Udang", "03/06/2024", 1250],
                 {"chamber": "Ruang pendinginan", "tenant_name": "Penitip Satu",
                  "commodity": "Udang", "in_on": datetime.date(2024, 6, 3), "kg": 1250}),
            recorded([2, "Ruang pembekuan", "Penitip Dua", "Ayam", "04/06/2024", 500],
                 {"chamber": "Ruang pembekuan", "tenant_name": "Penitip Dua",
                  "commodity": "Ayam", "in_on": datetime.date(2024, 6, 4), "kg": 500}),
        ],
        3, {5: 1750},
    ),
    "kbli": Sample(
        ["No", "Kode", "Judul"],
        [
            recorded([1, "01999", "Kegiatan Uji Satu"],
                 {"version_year": 2025, "code": "01999", "title": "Kegiatan Uji Satu"}),
            recorded([2, "99998", "Kegiatan Uji Dua"],
                 {"version_year": 2025, "code": "99998", "title": "Kegiatan Uji Dua"}),
        ],
        2, title="KLASIFIKASI BAKU LAPANGAN USAHA INDONESIA 2025",
    ),
}
# fmt: on


def summed(text):
    """The rows and below them a sum with this label."""
    return lambda s: [s.heading, *s.rows, left(s.sum(text), TOTAL)]


def carried_over(s):
    """A sum at the end of a page, and the same again at the head of the next."""
    first, second = s.rows
    label = s.label
    half = s.sum("Jumlah dipindahkan")
    for column in s.sums:
        half[column] = first.cells[column]
    again = [*half[:label], "Pindahan", *half[label + 1 :]]
    return [
        s.heading,
        first,
        left(half, TOTAL),
        left(again, TOTAL),
        second,
        left(s.sum("JUMLAH SELURUHNYA"), TOTAL),
    ]


def printed_again(s):
    """The heading once more, in capitals and with a point after its first word."""
    again = ["NO.", *(heading.upper() for heading in s.heading[1:])]
    return [s.heading, s.rows[0], left(again, HEADING), s.rows[1]]


def numbered_with_a_gap(s):
    """The numbers of the columns, of which one was taken out."""
    numbers = [*range(1, len(s.heading)), len(s.heading) + 1]
    return [s.heading, left(numbers, "baris nomor kolom"), *s.rows]


def second_table(s):
    """A further table below, its columns in the opposite order."""
    first, second = s.rows
    return [
        s.heading,
        first,
        left([], "baris kosong"),
        left(["DAFTAR BERIKUTNYA"], "judul tabel berikutnya"),
        left(s.heading[::-1], "judul kolom tabel berikutnya"),
        Line(second.cells[::-1], stored=second.stored),
    ]


def under_a_caption(s):
    """A line over the width of the table that names a part of it."""
    lines = [left([text], "judul bagian") for text in ("A. BAGIAN SATU", "B. BAGIAN DUA")]
    return [s.heading, lines[0], s.rows[0], lines[1], s.rows[1]]


KINDS = {
    "a sum in spaced letters": summed("J U M L A H"),
    "a sum shortened, of all": summed("Jml. Keseluruhan :"),
    "a sub-total with a letter": summed("Sub Jumlah A"),
    "sums carried to the next page": carried_over,
    "the heading printed again": printed_again,
    "column numbers with a gap": numbered_with_a_gap,
    "a second table below": second_table,
    "captions of parts": under_a_caption,
}
BOOKS = {
    f"{register}: {kind}": ExpectedWorkbook(
        register,
        [[sample.title], *lines(sample)],
        form=FORMS[(place + turn) % len(FORMS)],
        **sample.more,
    )
    for place, (register, sample) in enumerate(SAMPLES.items())
    for turn, (kind, lines) in enumerate(KINDS.items())
}
