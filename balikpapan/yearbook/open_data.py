"""Open data of a year as Satu Data Indonesia asks: long CSV files and a metadata card for each.

Only aggregates leave the office, and only as the edition for the public shows them.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from balikpapan.reports.disclosure import DOMINANT, FEWEST
from balikpapan.reports.formats import long_date
from balikpapan.reports.matching import ColumnKeys
from balikpapan.reports.suppression import HIDDEN
from balikpapan.reports.tables import ReportColumn, ReportTable
from industry.figures import MAIN_FIGURES
from industry.reports.open_data import CODE, COUNT, GROUP, PLACE
from industry.reports.revenue import MONTHS, REALISED, STATUS, TARGET, YEAR
from industry.reports.revenue_months import words_of_months
from industry.reports.shaping import short_column

from .publication import PUBLIC_NAME, Publication

REGION = {
    "kode_provinsi": "64",
    "nama_provinsi": "KALIMANTAN TIMUR",
    "kode_kabupaten_kota": "6471",
    "nama_kabupaten_kota": "KOTA BALIKPAPAN",
}
COUNTED = (
    "IKM yang tahun berdirinya, atau bila tidak diketahui tahun terdatanya, tidak sesudah tahun "
    "data, dan yang belum tutup atau pindah pada 31 Desember tahun itu."
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One file of open data with the card that explains it."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple]
    card: dict

    def csv(self) -> bytes:
        """The rows as a machine reads them: comma, UTF-8, an empty cell for what is unknown."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode()

    def json(self) -> bytes:
        """The metadata card."""
        return (json.dumps(self.card, ensure_ascii=False, indent=2) + "\n").encode()


def datasets(document: Publication) -> list[Dataset]:
    """The open data of a publication for the public."""
    if not document.public:
        raise ValueError("Open data come from the publication for the public only.")
    tables = {table.key: table for table in [*document.book.appendix, *document.book.tables]}
    return [make(tables[key], document) for key, make in MAKERS.items() if key in tables]


def files_of(document: Publication) -> Iterator[tuple[str, bytes]]:
    """Every file with its name."""
    for dataset in datasets(document):
        yield f"{dataset.name}.csv", dataset.csv()
        yield f"{dataset.name}.json", dataset.json()


def archive_of(document: Publication) -> bytes:
    """The files in one archive; the same publication gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(document):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()


def counts(table: ReportTable, document: Publication) -> Dataset:
    """How many IKM of every kelompok stand in every kecamatan."""
    year = document.book.year
    rows = [
        (number, *REGION.values(), code, place.upper(), group, count, "UNIT", year)
        for number, (code, place, group, count) in enumerate(
            values_of(table, year, CODE, PLACE, GROUP, COUNT), 1
        )
    ]
    columns = ("kelompok_industri", "jumlah_ikm", "satuan", "tahun")
    return Dataset(
        f"jumlah-ikm-{year}{PUBLIC_NAME}",
        ("id", *REGION, "kode_kecamatan", "nama_kecamatan", *columns),
        rows,
        card_of(
            table,
            document,
            concept="Industri kecil dan menengah (IKM)",
            definition=COUNTED,
            classification="Kecamatan (kode Kemendagri tanpa titik); kelompok industri menurut dinas",
            measure="Jumlah",
            unit="Unit",
        ),
    )


def figures(table: ReportTable, document: Publication) -> Dataset:
    """What the IKM of every kecamatan reported, one measure a row."""
    year, rows = document.book.year, []
    measures = [(figure, short_column(figure)) for figure in MAIN_FIGURES]
    # An edition older than a figure has no column of it.
    measures = [pair for pair in measures if has_column(table, year, pair[1])]
    columns = [column for _, column in measures]
    for code, place, *amounts in values_of(table, year, CODE, PLACE, *columns):
        for (figure, _), amount in zip(measures, amounts, strict=True):
            value = None if amount == HIDDEN else amount
            note = HIDDEN if amount == HIDDEN else ""
            region = (*REGION.values(), code, place.upper())
            unit = figure.unit.upper()
            rows.append((len(rows) + 1, *region, figure.name, value, unit, note, year))
    columns = ("ukuran", "nilai", "satuan", "keterangan", "tahun")
    return Dataset(
        f"angka-ikm-{year}{PUBLIC_NAME}",
        ("id", *REGION, "kode_kecamatan", "nama_kecamatan", *columns),
        rows,
        card_of(
            table,
            document,
            concept="Tenaga kerja, investasi, dan produksi IKM",
            definition="Jumlah yang dilaporkan IKM yang terhitung untuk tahun data. Nilai investasi "
            "tanpa tanah dan bangunan. Kosong: tidak dilaporkan, atau disamarkan.",
            classification="Kecamatan (kode Kemendagri tanpa titik)",
            measure="Jumlah",
            unit="Orang; rupiah penuh",
        ),
    )


def revenue(table: ReportTable, document: Publication) -> Dataset:
    """Target and realisation of the PAD, year by year."""
    columns = [YEAR, TARGET, REALISED, STATUS]
    # An edition older than the number of months has no column of it.
    columns += [MONTHS] if has_column(table, document.book.year, MONTHS) else []
    rows = [
        (number, *REGION.values(), target, realised, status, "RUPIAH", note_of(months), year)
        for number, (year, target, realised, status, *months) in enumerate(
            values_of(table, document.book.year, *columns), 1
        )
    ]
    columns = ("target", "realisasi", "status_angka", "satuan", "keterangan", "tahun")
    return Dataset(
        f"pad-industri-{document.book.year}{PUBLIC_NAME}",
        ("id", *REGION, *columns),
        rows,
        card_of(
            table,
            document,
            concept="Pendapatan asli daerah (PAD) sektor industri",
            definition="Penerimaan dari sarana dan retribusi yang dikelola dinas; dari beberapa "
            "tahapan anggaran dipakai tahapan terakhir yang memuat angkanya.",
            classification="Tahun",
            measure="Jumlah",
            unit="Rupiah penuh",
        ),
    )


def note_of(months: list) -> str:
    """What is said of a year of PAD: of how many months it is, where that is known."""
    return words_of_months(months[0]) if months else ""


def values_of(table: ReportTable, year: int, *columns: ReportColumn) -> Iterator[tuple]:
    """What the rows of a table about ``year`` say in these columns, sums and headings left out."""
    keys = ColumnKeys(table, year)
    names = [keys.of(column, year) for column in columns]
    return (tuple(table.value(row, name) for name in names) for row in table.body)


def has_column(table: ReportTable, year: int, column: ReportColumn) -> bool:
    """Whether a table about ``year`` has this column."""
    return ColumnKeys(table, year).of(column, year) is not None


def card_of(table: ReportTable, document: Publication, **meaning: str) -> dict:
    """The metadata card: what the data mean, where they come from, how firm they are."""
    names = {
        "concept": "konsep",
        "definition": "definisi",
        "classification": "klasifikasi",
        "measure": "ukuran",
        "unit": "satuan",
    }
    edition = document.edition
    return {
        "judul": table.title,
        **{names[name]: text for name, text in meaning.items()},
        "kode_referensi": "Kemendagri: provinsi 64, kota 6471, kecamatan enam angka",
        "posisi": f"31 Desember {document.book.year}",
        "tahun": document.book.year,
        "frekuensi": "Tahunan",
        "sumber": table.source,
        "produsen_data": document.book.letterhead.office if document.book.letterhead else "DKUMKMP",
        "status": f"Edisi {edition.number}" if edition else "Sementara; tahun belum ditutup",
        "tanggal": document.book.date.isoformat(),
        "tanggal_tertulis": long_date(document.book.date),
        "kerahasiaan": f"Hanya agregat. Nilai tentang kurang dari {FEWEST} IKM, atau yang {DOMINANT}% "
        "atau lebih milik satu IKM, disamarkan, begitu pula nilai yang dapat dipakai menghitungnya.",
        "catatan": list(table.notes),
    }


#: What makes each dataset, by the table of the book it is made of.
MAKERS = {"terbuka-jumlah": counts, "terbuka-angka": figures, "pad": revenue}
TABLES = frozenset(MAKERS)
