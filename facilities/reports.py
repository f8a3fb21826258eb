"""The facilities register's tables of the yearly book: centres, cold storage, assets."""

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal

from balikpapan.reports.formats import shown
from balikpapan.reports.links import list_of
from balikpapan.reports.ratios import percent
from balikpapan.reports.tables import ReportColumn, ReportTable, Row

from .cards import conditions_in
from .choices import Condition, FacilityKind, Kib
from .models import Asset, Chamber, Facility, StorageMonth

SOURCE = "Register sarana DKUMKMP Kota Balikpapan"
NO_DATA = "belum ada data"
KG_PER_TON = 1000


def centre_table(
    year: int, businesses: Mapping[int, int], business_list: Callable[..., str]
) -> ReportTable:
    """Table 10: every centre with its parts.

    Another register counts the ``businesses`` of each centre and knows the ``business_list``
    behind the number of one or several.
    """
    places = list(Facility.objects.standing_in(year).select_related("kelurahan"))
    centres = [place.pk for place in places if place.kind == FacilityKind.CENTRE]
    return ReportTable(
        "sentra",
        "Sentra industri, bagiannya, dan hunian",
        [
            ReportColumn("Sarana"),
            ReportColumn("Jenis"),
            ReportColumn("Kelurahan"),
            ReportColumn("Lahan", "decimal", group="Luas (m²)"),
            ReportColumn("Lantai", "decimal", group="Luas (m²)"),
            ReportColumn("Dibangun", "year"),
            ReportColumn("Beroperasi sejak", "date"),
            ReportColumn("Keadaan"),
            ReportColumn("Hunian", "percent"),
            ReportColumn("IKM di sentra", "whole"),
        ],
        [
            place_row(place, depth, year, businesses.get(place.pk, 0), business_list(place.pk))
            for place, depth in in_tree(places)
        ],
        total_links={9: business_list(*centres)},
        subtitle=[f"Posisi 31 Desember {year}"],
        notes=[
            "Luas bagian termasuk dalam luas sentranya, sehingga tidak dijumlahkan.",
            "Hunian belum dapat dihitung karena sewa unit belum dicatat dalam register.",
        ],
        source=SOURCE,
    )


def in_tree(places: list[Facility]) -> list[tuple[Facility, int]]:
    """The places with how deep they stand: centres first, each followed by its parts."""
    known = {place.pk for place in places}
    parts: dict[int | None, list[Facility]] = {}
    for place in sorted(places, key=lambda place: (place.kind != FacilityKind.CENTRE, place.name)):
        parent = place.parent_id if place.parent_id in known else None
        parts.setdefault(parent, []).append(place)

    def below(parent, depth):
        for place in parts.pop(parent, []):
            yield place, depth
            yield from below(place.pk, depth + 1)

    return list(below(None, 0))


def place_row(place: Facility, depth: int, year: int, businesses: int, link: str) -> Row:
    """One place; occupancy and IKM are told of centres only."""
    is_centre = place.kind == FacilityKind.CENTRE
    name = f"{place.name} ({place.code})" if place.code else place.name
    opens_later = place.operational_on and place.operational_on.year > year
    values = (
        f"{'– ' * depth}{name}",
        place.get_kind_display(),
        place.kelurahan.name if place.kelurahan else "",
        place.land_area_m2,
        place.floor_area_m2,
        place.built_year,
        place.operational_on,
        "Belum beroperasi" if opens_later else place.get_status_display(),
        NO_DATA if is_centre else None,
        businesses if is_centre else None,
    )
    itself = list_of(Facility, id__exact=place.pk)
    links = {index: itself for index in (0, 3, 4) if values[index]}
    return Row(values, {**links, 9: link} if is_centre and businesses else links)


def storage_table(year: int) -> ReportTable:
    """Table 11: what every chamber of the cold storage held and earned."""
    chambers = list(Chamber.objects.with_storage_of(year))
    rows, facility = [], None
    for chamber in chambers:
        if chamber.facility_id != facility:
            facility = chamber.facility_id
            rows.append(Row((chamber.facility.name,), kind="section"))
        rows.append(chamber_row(chamber, year))
    return ReportTable(
        "cold-storage",
        f"Kapasitas, tonase, utilisasi, dan retribusi cold storage tahun {year}",
        [
            ReportColumn("Ruang"),
            ReportColumn("Kegunaan"),
            ReportColumn("Kapasitas", "decimal", unit="ton", total=True),
            ReportColumn("Bulan tercatat", "whole", total=False),
            ReportColumn("Masuk", "decimal", unit="kg", total=True),
            ReportColumn("Keluar", "decimal", unit="kg", total=True),
            ReportColumn("Kg-hari", "decimal"),
            ReportColumn("Utilisasi", "percent"),
            ReportColumn("Retribusi", "rupiah"),
        ],
        rows,
        total_links={2: list_of(Facility, penyimpanan=year), **month_links(year)},
        notes=[
            "Utilisasi = kg-hari : (kapasitas dalam kg × jumlah hari pada bulan yang kg-harinya "
            "tercatat) × 100, per ruang; stok dingin dan pembekuan berbeda sifatnya, sehingga "
            "utilisasi dan kg-hari tidak dijumlahkan.",
            *overfull(chambers),
        ],
        source=SOURCE,
    )


def chamber_row(chamber: Chamber, year: int) -> Row:
    """One chamber; its recorded months lead to their list."""
    values = (
        chamber.name,
        chamber.get_purpose_display(),
        chamber.capacity_ton,
        chamber.recorded_months,
        chamber.kg_in,
        chamber.kg_out,
        chamber.kg_days,
        utilisation(chamber),
        chamber.revenue,
    )
    links = {
        2: list_of(Facility, id__exact=chamber.facility_id),
        **month_links(year, chamber__id__exact=chamber.pk),
    }
    return Row(values, {index: link for index, link in links.items() if values[index]})


def month_links(year: int, **lookups: object) -> dict[int, str]:
    """From the figures of a line to the recorded months they come from."""
    return dict.fromkeys(range(3, 9), list_of(StorageMonth, year__exact=year, **lookups))


def utilisation(chamber: Chamber) -> Decimal | None:
    """The share of what the chamber could have held over the days that are known."""
    if chamber.recorded_days is None:
        return None
    return percent(chamber.kg_days, chamber.capacity_ton * KG_PER_TON * chamber.recorded_days)


def overfull(chambers: list[Chamber]) -> list[str]:
    """A warning for every chamber that seems to have held more than it can."""
    return [
        f"{chamber.name}: utilisasi melebihi kapasitas; periksa kg-hari bulan yang tercatat."
        for chamber in chambers
        if (utilisation(chamber) or 0) > 100
    ]


def asset_table(year: int) -> ReportTable:
    """Table 12: the assets on every inventory card."""
    found = {sums["kib"]: sums for sums in Asset.objects.by_kib(year)}
    conditions = conditions_in(year)
    checked = Counter(
        (kib, conditions[key])
        for key, kib in Asset.objects.held_in(year).values_list("pk", "kib")
        if key in conditions
    )
    cards = [*Kib.choices, *([("", "KIB belum diketahui")] if "" in found else [])]
    valued, records, undated = (
        sum(sums[name] for sums in found.values()) for name in ("valued", "records", "undated")
    )
    notes = [f"Nilai perolehan diketahui untuk {whole(valued)} dari {whole(records)} catatan."]
    if undated:
        notes.append(f"{whole(undated)} catatan tanpa tahun perolehan ikut dihitung.")
    return ReportTable(
        "aset",
        "Aset menurut kartu inventaris barang (KIB)",
        [
            ReportColumn("Kartu inventaris barang"),
            ReportColumn("Catatan", "whole"),
            ReportColumn("Jumlah barang", "whole"),
            ReportColumn("Nilai perolehan", "rupiah"),
            *(ReportColumn(label, "whole", group="Kondisi") for label in Condition.labels),
        ],
        [card_row(kib, label, found.get(kib), checked, year) for kib, label in cards],
        total_links=card_links(year),
        subtitle=[f"Posisi 31 Desember {year}"],
        notes=[
            *notes,
            f"Kondisi: menurut pemeriksaan terakhir sampai dengan 31 Desember {year}; "
            f"{whole(checked.total())} catatan pernah diperiksa.",
        ],
        source="Register aset DKUMKMP Kota Balikpapan",
    )


def card_row(kib: str, label: str, sums: Mapping | None, checked: Counter, year: int) -> Row:
    """One inventory card; its figures lead to the records held in the year."""
    condition = [checked[kib, value] for value in Condition.values]
    if not sums:
        return Row((label, 0, 0, None, *condition))
    values = (label, sums["records"], sums["items"], sums["value_sum"], *condition)
    links = card_links(year, kib__exact=kib)
    return Row(values, {index: link for index, link in links.items() if values[index]})


def card_links(year: int, **lookups: object) -> dict[int, str]:
    """From the figures of a line to the assets held in the year, of one condition or of all."""
    held = list_of(Asset, posisi=year, **lookups)
    found = (list_of(Asset, posisi=year, kondisi=value, **lookups) for value in Condition.values)
    return {1: held, 2: held, 3: held, **dict(enumerate(found, 4))}


def whole(number: int) -> str:
    """A count as words of a note carry it: 1.029."""
    return shown(number, "whole")
