"""Records at the edges of the rules, besides the invented register: the last that counts, the first that does not."""

import datetime

from balikpapan.intake.models import Upload
from balikpapan.regions.models import Kecamatan, Kelurahan
from facilities.models import Asset, Chamber, Facility
from industry.models import IndustryGroup, Kbli, Programme, ScaleRule
from industry.models.certificate import DAYS_AHEAD
from tests.cast import member
from tests.factories import (
    BillFactory,
    BillLineFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ChamberFactory,
    FacilityFactory,
    LeaseFactory,
    MaintenanceFactory,
    ParticipationFactory,
    PerformanceTargetFactory,
    ProductionUnitFactory,
    ProgrammeFactory,
    PublishedFigureFactory,
    RevenueFactory,
    TemperatureReadingFactory,
    WorkItemFactory,
)

ARCHIVED = datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def add_edges(today: datetime.date) -> None:
    """Everything below, for the year before ``today``."""
    year = today.year - 1
    businesses = add_businesses(year)
    add_figures(year)
    add_certificates(businesses["berdiri"], year, today)
    add_programmes(businesses["berdiri"], year)
    add_money(year)
    add_places(year, today)
    add_bills(today)
    add_work(businesses["berdiri"], today)


def add_businesses(year):
    """IKM that count and do not; two that may be one; each of what a record may lack."""
    ward = Kelurahan.objects.order_by("pk").first()
    whole = {
        "owner_name": "Siti Contoh",
        "address": "Jalan Contoh 1",
        "kelurahan": ward,
        "group": IndustryGroup.objects.order_by("pk").first(),
        "kbli": Kbli.objects.order_by("pk").first(),
        "nib": "9912345678901",
        "phone": "080000009999",
        "products": "amplang",
    }
    rows = {
        "berdiri": {**whole, "founded_year": year},
        "sesudah": {"founded_year": year + 1, "listed_year": year + 1},
        "tercatat": {"founded_year": None, "listed_year": year},
        "tanpa tahun": {"founded_year": None, "listed_year": None},
        "tutup": {"closed": year},
        "tutup sesudah": {"closed": year + 1},
        "pindah": {"status": "moved", "closed_year": year},
        "diarsipkan": {"archived_at": ARCHIVED},
        "tanpa kelurahan": {"kecamatan": Kecamatan.objects.order_by("pk").last()},
        "kembar": {"owner_name": "Ani Contoh", "phone": "080000008888"},
        "Kembar": {"owner_name": "ani contoh", "phone": "080000008888"},
        "belum": {"status": "unverified"},
    }
    for number, field in enumerate(("owner_name", "address", "nib", "phone", "products")):
        rows[f"kurang {field}"] = {**whole, "nib": f"991234567891{number}", field: ""}
    for field in ("group", "kbli", "kelurahan"):
        rows[f"kurang {field}"] = {**whole, "nib": f"99123456792{len(rows)}", field: None}
    return {name: BusinessFactory(name=f"Uji {name}", **values) for name, values in rows.items()}


def add_figures(year):
    """Figures at both ends of every line of the rules of scale, one beyond, and archived ones."""
    for place, rule in enumerate(ScaleRule.objects.order_by("kind", "valid_from", "position")):
        bounds = [
            {"workers_total": rule.workers_max, "investment": rule.investment_max, "turnover": rule.turnover_max},
            {"workers_total": rule.workers_min, "investment": rule.investment_min, "turnover": rule.turnover_min},
        ]  # fmt: skip
        for end, beyond, figures in zip(("atas", "bawah"), (1, -1), bounds, strict=True):
            for step in (0, beyond):
                amounts = {
                    name: max(amount + step, 0)
                    for name, amount in figures.items()
                    if amount is not None
                }
                business = BusinessFactory(name=f"Batas {place} {end} {step:+}", founded_year=year)
                blank = {"workers_male": None, "workers_female": None, "production_value": None}
                BusinessYearFactory(business=business, year=year, **blank, **amounts)
    for name, values in {
        "arsip": {"archived_at": ARCHIVED},
        "kosong": {"workers_total": None, "investment": None, "production_value": None},
        "nol": {"workers_male": 0, "workers_female": 0, "workers_total": 0, "investment": 0},
    }.items():
        business = BusinessFactory(name=f"Angka {name}", founded_year=year)
        BusinessYearFactory(business=business, year=year, **values)


def add_certificates(business, year, today):
    """Certificates that end, began and were helped along on either side of each day that matters."""
    soon = today + DAYS_AHEAD * DAY
    ends = [today - DAY, today, today + DAY, soon - DAY, soon, soon + DAY, None]
    ends += [datetime.date(y, *day) for y in (year, year + 1) for day in ((12, 31), (12, 30))]
    ends += [datetime.date(year + 1, 1, 1), datetime.date(year + 2, 1, 1)]
    for place, day in enumerate(ends):
        for status in ("issued", "expired"):
            number = f"AKHIR-{place}-{status}"
            CertificateFactory(business=business, number=number, expires_on=day, status=status)
    days = [datetime.date(y, *day) for y in (year, year + 1) for day in ((1, 1), (12, 31))]
    for place, day in enumerate([*days[:3], datetime.date(year - 1, 12, 31), None]):
        CertificateFactory(business=business, number=f"AWAL-{place}", issued_on=day, kind="halal")
    for place, values in enumerate(
        ({"facilitated_year": year}, {"facilitated_year": year - 1}, {"archived_at": ARCHIVED})
    ):
        CertificateFactory(business=business, number=f"LAIN-{place}", **values)


def add_programmes(business, year):
    """An activity that is archived, one nobody attended, one attended by persons of no business."""
    ProgrammeFactory(name="Uji diarsipkan", year=year, archived_at=ARCHIVED)
    empty = ProgrammeFactory(name="Uji tanpa peserta", year=year, budget=None, start_on=None)
    attended = Programme.objects.filter(year=year).exclude(pk=empty.pk).order_by("pk").first()
    ParticipationFactory(programme=attended, business=business, archived_at=ARCHIVED)
    ParticipationFactory(programme=attended, business=None, person="Budi Contoh")
    ParticipationFactory(programme=attended, business=business, person="Siti Contoh")


def add_money(year):
    """Targets at each bound of the grades, figures once published, PAD of some months."""
    for place, reached in enumerate((0, 50, "50.01", 65, "65.01", 75, "75.01", 90, "90.01", 120)):
        indicator = f"Indikator {place}"
        PerformanceTargetFactory(indicator=indicator, year=year, target=100, realised=reached)
    PerformanceTargetFactory(
        indicator="Makin rendah", year=year, target=10, realised="12.5", lower_is_better=True
    )
    PerformanceTargetFactory(indicator="Belum", year=year, target=10, realised=None)
    PerformanceTargetFactory(indicator="Arsip", year=year, archived_at=ARCHIVED)
    for indicator in ("Jumlah IKM", "PAD", "Sertifikat berlaku", "Peserta pembinaan"):
        PerformanceTargetFactory(indicator=indicator, year=year, target=1000)
    for indicator, value in (("Jumlah IKM", 577), ("Jumlah tenaga kerja", 1), ("Lain", 7)):
        PublishedFigureFactory(
            indicator=indicator, year=year, value=value, as_of=datetime.date(year, 12, 31)
        )
    PublishedFigureFactory(indicator="Jumlah IKM", year=year - 1, value=535, archived_at=ARCHIVED)
    for place, values in enumerate(
        (
            {"month": 1, "target": None},
            {"month": 12, "target": None, "realised": 0},
            {"target": 0},
            {"archived_at": ARCHIVED},
            {"status": "provisional"},
        )
    ):
        RevenueFactory(year=year, source_name=f"Penerimaan uji {place}", **values)


def add_places(year, today):
    """Places, units and leases that stand or do not; temperatures at a chamber's bounds."""
    FacilityFactory(name="Sentra Uji Arsip", archived_at=ARCHIVED)
    empty = FacilityFactory(name="Sentra Uji Kosong")
    for place, values in enumerate(
        ({"built_year": year}, {"built_year": year + 1}, {"archived_at": ARCHIVED})
    ):
        ProductionUnitFactory(facility=empty, number=f"U-{place}", **values)
    for place, end in enumerate(
        (today - DAY, today, today + 30 * DAY, today + 90 * DAY, today + 91 * DAY)
    ):
        unit = ProductionUnitFactory(facility=empty, number=f"S-{place}")
        start = datetime.date(year, 1, 1)
        LeaseFactory(unit=unit, start_on=start, end_on=end, tenant_name=f"Penyewa {place}")
    cold = Facility.objects.filter(chambers__isnull=False).order_by("pk").first()
    ChamberFactory(facility=cold, name="Ruang arsip", archived_at=ARCHIVED)
    chamber = Chamber.objects.exclude(temperature_max=None).order_by("pk").first()
    tenth = chamber.temperature_max - chamber.temperature_max + 1
    bounds = (chamber.temperature_min, chamber.temperature_max)
    for hour, degrees in enumerate((bounds[0] - tenth, bounds[0], bounds[1], bounds[1] + tenth)):
        TemperatureReadingFactory(
            chamber=chamber, read_on=datetime.date(year, 1, 1), hour=hour, degrees=degrees
        )
    asset = Asset.objects.order_by("pk").first()
    for due in (today - DAY, today, today + 30 * DAY, today + 31 * DAY, today + 365 * DAY):
        MaintenanceFactory(asset=asset, due_on=due, done_on=None, cost=None)


def add_bills(today):
    """Unpaid bills on either side of each age, a paid and a cancelled one."""
    cold = Facility.objects.filter(chambers__isnull=False).order_by("pk").first()
    for place, days in enumerate((-1, 0, 1, 30, 31, 60, 61, 90, 91)):
        bill = BillFactory(
            tenant_name=f"Penunggak {place}", sequence=900 + place, due_on=today - days * DAY,
            issued_on=today - 120 * DAY,
        )  # fmt: skip
        BillLineFactory(bill=bill, facility=cold)
    for place, values in enumerate(
        ({"paid_on": today}, {"cancelled_on": today, "cancel_reason": "Salah"})
    ):
        bill = BillFactory(tenant_name=f"Selesai {place}", sequence=950 + place, **values)
        BillLineFactory(bill=bill, facility=cold)


def add_work(business, today):
    """Work that is due, was due and is done; uploads that wait and that hold rows."""
    worker = member("Petugas")
    for reason, day in (("nib", today - DAY), ("phone", today), ("kbli", today + DAY)):
        WorkItemFactory(business=business, due_on=day, assignee=worker, reason=reason)
    for place, (status, held) in enumerate(
        (("needs_answer", 0), ("planned", 1), ("stored", 3), ("stored", 0), ("refused", 2))
    ):
        Upload.objects.create(
            register="ikm", file_name=f"uji-{place}.xlsx", sha256=f"{place}" * 64, size=1,
            status=status, counts={"rows": 5, "held": held}, by=worker,
        )  # fmt: skip
