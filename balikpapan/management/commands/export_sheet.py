"""Writes one register as the sheet the office edits and uploads again."""

import io
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from balikpapan.audit import personal_data
from balikpapan.audit.years import FIRST_YEAR
from balikpapan.intake.exports.filters import BadFilter, read_filter
from balikpapan.intake.exports.rows import export_rows, figure_years, write_export
from balikpapan.intake.resources import REGISTERS
from balikpapan.spreadsheets.cells import format_whole

from ..office import OfficeCommand
from ..private_files import write_private

EXTENSIONS = {".xlsx": "xlsx", ".csv": "csv"}


class Command(OfficeCommand):
    help = "Menulis satu daftar sebagai xlsx atau csv yang dapat diunggah kembali."

    def add_arguments(self, parser):
        parser.add_argument("register", choices=sorted(REGISTERS), metavar="DAFTAR")
        parser.add_argument("file", type=Path, metavar="BERKAS", help="berakhiran .xlsx atau .csv")
        parser.add_argument("--year", type=int, help="tahun data; tanpa ini tahun terakhir")
        parser.add_argument(
            "--filter",
            action="append",
            default=[],
            metavar="KOLOM=NILAI",
            help="hanya baris dengan nilai ini; boleh diulang",
        )
        parser.add_argument(
            "--personal", action="store_true", help="tanpa penyamaran; dicatat sebagai ekspor"
        )
        parser.add_argument(
            "--purpose", default="perintah export_sheet", help="untuk keperluan apa; ikut dicatat"
        )

    def handle(self, *, register, file, personal, purpose, **options):
        extension = EXTENSIONS.get(file.suffix.lower())
        if extension is None:
            raise CommandError(
                f"Berkas {file.name} tidak dapat ditulis: akhiran «{file.suffix}» tidak dikenal. "
                "Pakai .xlsx atau .csv."
            )
        resource = REGISTERS[register]()
        queryset = self._filtered(resource, options["filter"])
        queryset, year = self._of_year(resource, queryset, options["year"])
        count = queryset.count()
        content = io.BytesIO()
        rows = export_rows(resource, queryset, year=year, personal=personal)
        write_export(content, resource, rows, extension)
        if personal and (columns := sorted(resource.personal_columns())):
            # Before the file is there: nobody takes personal data out unrecorded.
            personal_data.record_exported(
                None,
                resource._meta.model,
                personal_data.Extract(
                    count=count,
                    columns=columns,
                    purpose=purpose,
                    filters="&".join(options["filter"]),
                ),
            )
        write_private(file, content.getvalue())
        of_year = f" tahun {year}" if year else ""
        self.stdout.write(
            f"{format_whole(count)} catatan {resource.label}{of_year} ditulis ke {file}."
        )

    def _filtered(self, resource, given):
        queryset = resource._meta.model.objects.kept()
        for text in given:
            try:
                queryset = queryset.filter(**read_filter(resource, text))
            except BadFilter as refusal:
                raise CommandError(str(refusal)) from refusal
        return queryset

    def _of_year(self, resource, queryset, year):
        """The figures of a year beside each record, or the records of that year."""
        years = figure_years(resource)
        if year is None:
            return queryset, (years[0] if years else None)
        column = resource.columns().get(resource.year_column or "")
        if column is None:
            raise CommandError(f"Daftar {resource.label} tidak punya tahun. Hapus --year.")
        if column.child:
            if year not in years:
                recorded = ", ".join(map(str, years)) or "belum ada"
                raise CommandError(
                    f"Tidak ada {resource.label} untuk tahun {year}. Tahun yang ada: {recorded}."
                )
            return queryset, year
        if resource.year_choices and year not in resource.year_choices:
            recorded = " atau ".join(map(str, resource.year_choices))
            raise CommandError(
                f"Tidak ada {resource.label} tahun {year}. Pilih tahun {recorded}, atau hapus --year."
            )
        this_year = timezone.localdate().year
        if not FIRST_YEAR <= year <= this_year + 1:
            raise CommandError(
                f"Tahun {year} di luar batas. Isi tahun {FIRST_YEAR} sampai {this_year + 1}."
            )
        return queryset.filter(**{column.target: year}), None
