"""Tables 7 and 8: the certificates of the IKM and what the office did for them."""

from django.db.models import F

from balikpapan.reports.formats import long_date
from balikpapan.reports.links import list_of
from balikpapan.reports.tables import ReportColumn, ReportTable, Row
from balikpapan.spreadsheets.cells.formatting import format_whole

from ..choices import CertificateKind, ProgrammeKind
from ..models import Business, Certificate, Participation, Programme
from .selection import EVERYTHING, Selection
from .shaping import of_owner, position

COUNTS = ("valid", "issued", "expiring", "facilitated")


def certificate_table(year: int, selection: Selection = EVERYTHING) -> ReportTable:
    """Table 7: the certificates of every kind."""
    chosen = Certificate.objects.all()
    if selection:
        chosen = chosen.of(selection.businesses(year))
    counts_of = {counts["kind"]: counts for counts in chosen.by_kind(year)}
    counted = chosen.counted_in(year)
    where = of_owner(selection.lookups(year))
    rows = [
        Row(
            {"kind": label}
            | {name: counts_of[kind][name] if kind in counts_of else 0 for name in COUNTS},
            certificate_links(counts_of.get(kind), year, {"kind__exact": kind, **where}),
            key=kind,
        )
        for kind, label in CertificateKind.choices
    ]
    return ReportTable(
        "sertifikat",
        "Sertifikat dan perizinan IKM menurut jenis",
        [
            ReportColumn("Jenis", key="kind"),
            ReportColumn(f"Berlaku 31 Desember {year}", "whole", key="valid"),
            ReportColumn(f"Terbit tahun {year}", "whole", key="issued"),
            ReportColumn(f"Berakhir tahun {year + 1}", "whole", key="expiring"),
            ReportColumn(f"Difasilitasi tahun {year}", "whole", key="facilitated"),
        ],
        rows,
        subtitle=[position(year), *selection.words(year)],
        total_links=certificate_links(counted, year, where),
        notes=[
            f"{format_whole(counted['holders'])} IKM memiliki paling sedikit satu sertifikat yang berlaku.",
            f"Berlaku: milik IKM yang terhitung pada 31 Desember {year}, sudah terbit, dan belum "
            "berakhir pada hari itu; tanpa tanggal terbit dianggap sudah terbit, tanpa tanggal "
            "akhir dianggap masih berlaku.",
            "Difasilitasi: termasuk yang masih dalam proses.",
        ],
        source="Register sertifikat IKM DKUMKMP Kota Balikpapan",
    )


def certificate_links(counts: dict | None, year: int, where: dict) -> dict[str, str]:
    """From every count of a line to its certificates."""
    questions = {
        "valid": {"berlaku": year},
        "issued": {"terbit": year},
        "expiring": {"berakhir": year + 1},
        "facilitated": {"difasilitasi": year},
    }
    return {
        name: list_of(Certificate, **where, **question)
        for name, question in questions.items()
        if counts and counts[name]
    }


def programme_table(year: int) -> ReportTable:
    """Table 8: the activities of the budget year and who took part."""
    programmes = sorted(
        Programme.objects.of_year(year).order_by(F("start_on").asc(nulls_last=True), "name"),
        key=lambda programme: ProgrammeKind.values.index(programme.kind),
    )
    reached = Participation.objects.reached_in(year)
    return ReportTable(
        "pembinaan",
        f"Kegiatan pembinaan IKM tahun {year}",
        [
            ReportColumn("Jenis", key="kind"),
            ReportColumn("Nama kegiatan", key="name"),
            ReportColumn("Waktu", key="period"),
            ReportColumn("Tempat", key="place"),
            ReportColumn("Anggaran", "rupiah", key="budget"),
            ReportColumn("Peserta", "whole", key="participants"),
            ReportColumn("IKM peserta", "whole", key="businesses", total=False),
        ],
        [programme_row(programme) for programme in programmes],
        total_links={
            "budget": list_of(Programme, year__exact=year),
            "participants": list_of(Participation, tahun=year),
        },
        notes=[
            f"{format_whole(reached['participants'])} keikutsertaan dari {format_whole(reached['businesses'])} "
            "IKM yang berbeda. Satu IKM dapat mengikuti beberapa kegiatan, sehingga IKM peserta "
            "tidak dijumlahkan."
        ],
        source="Register pembinaan IKM DKUMKMP Kota Balikpapan",
    )


def programme_row(programme: Programme) -> Row:
    """One activity; its figures lead to its own record and to who took part."""
    values = {
        "kind": programme.get_kind_display(),
        "name": programme.name,
        "period": period(programme.start_on, programme.end_on),
        "place": programme.place,
        "budget": programme.budget,
        "participants": programme.participants,
        "businesses": programme.businesses,
    }
    itself = list_of(Programme, id__exact=programme.pk)
    people = list_of(Participation, programme__id__exact=programme.pk)
    links = {
        "name": itself,
        "budget": itself,
        "participants": people,
        "businesses": list_of(Business, kegiatan=programme.pk),
    }
    links = {name: link for name, link in links.items() if values[name]}
    return Row(values, links, key=f"kegiatan-{programme.pk}")


def period(start, end) -> str:
    """When an activity took place, as letters write it."""
    days = [long_date(day) for day in dict.fromkeys((start, end)) if day]
    return " – ".join(days)
