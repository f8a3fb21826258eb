"""An industry register as untidy as a real one: gaps, doubles in the archive, odd years."""

import datetime
import random

from balikpapan.regions.models import Kelurahan
from industry.choices import BudgetStage, CertificateKind, CertificateStatus, FigureStatus
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    Participation,
    Programme,
    Revenue,
    ScaleRule,
)
from tests.factories import (
    FacilityFactory,
    IndustryGroupFactory,
    KbliFactory,
    KecamatanFactory,
    KelurahanFactory,
    RevenueAccountFactory,
    ScaleRuleFactory,
)

ARCHIVED = datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC)
YEARS = range(2020, 2026)


def make_register(businesses=90, seed=7):
    """Fill every industry table; the same seed makes the same register."""
    dice = random.Random(seed)
    rules()
    owners = make_businesses(dice, businesses)
    make_years(dice, owners)
    make_certificates(dice, owners)
    make_programmes(dice, owners)
    make_revenue(dice)


def maybe(dice, value, chance=0.7):
    return value if dice.random() < chance else None


def rules():
    """The two rules with a line each for small, medium and large; one expired line besides."""
    for position, (result, label, limits) in enumerate(
        [
            ("small", "Kecil", {"workers_max": 19, "investment_max": 999_999_999}),
            ("medium", "Menengah", {"workers_max": 19, "investment_min": 1_000_000_000}),
            ("medium", "Menengah", {"workers_min": 20, "investment_max": 15_000_000_000}),
            ("large", "Besar", {"workers_min": 20, "investment_min": 15_000_000_001}),
        ]
    ):
        ScaleRuleFactory(result=result, label=label, position=position, **limits)
    old = {"valid_from": datetime.date(1990, 1, 1), "valid_until": datetime.date(2015, 12, 31)}
    ScaleRuleFactory(result="old", label="Lama", **old)
    for position, (result, label, limits) in enumerate(
        [
            ("micro", "Usaha mikro", {"investment_max": 1_000_000_000}),
            ("small", "Usaha kecil", {"investment_min": 1_000_000_001}),
        ]
    ):
        ScaleRuleFactory(
            kind=ScaleRule.Kind.UMKM,
            result=result,
            label=label,
            position=position,
            legal_basis="PP Uji 7/2021",
            **limits,
        )


def make_businesses(dice, count):
    """IKM with every gap the register allows, some archived, some closed before being listed."""
    wards = [KelurahanFactory() for _ in range(3)]
    wards += [KelurahanFactory(kecamatan=ward.kecamatan) for ward in wards]
    groups = [IndustryGroupFactory() for _ in range(3)] + [IndustryGroupFactory(archived=True)]
    for version in (2020, 2025):
        KbliFactory(version_year=version, code="10", title=f"Makanan {version}")
    activities = [
        KbliFactory(version_year=version, code=code)
        for version, code in ((2020, "10794"), (2025, "10794"), (2020, "31001"), (2025, "14111"))
    ]
    centre = FacilityFactory()
    rows = []
    for number in range(count):
        ward = maybe(dice, dice.choice(wards))
        founded = maybe(dice, dice.randint(2015, 2025))
        listed = maybe(dice, dice.randint(2019, 2025), 0.9)
        closed = maybe(dice, dice.randint(max(2019, founded or 0), 2026), 0.3)
        rows.append(
            Business(
                name=f"Usaha {number % 40}",
                kelurahan=ward,
                kecamatan=ward.kecamatan if ward else maybe(dice, wards[0].kecamatan, 0.5),
                group=maybe(dice, dice.choice(groups)),
                kbli=maybe(dice, dice.choice(activities)),
                founded_year=founded,
                listed_year=listed,
                closed_year=closed,
                status="closed" if closed else "active",
                centre=maybe(dice, centre, 0.2),
                archived_at=maybe(dice, ARCHIVED, 0.15),
            )
        )
    Business.objects.bulk_create(rows)
    # A kelurahan that now belongs to another kecamatan than when its IKM were recorded.
    Kelurahan.objects.filter(pk=wards[1].pk).update(kecamatan=KecamatanFactory())
    return list(Business.objects.order_by("pk"))


def make_years(dice, owners):
    """Figures of the years, with NULLs, zeros and archived rows beside the kept ones."""
    rows = []
    for owner in owners:
        for year in YEARS:
            for archived in (None, ARCHIVED):
                if dice.random() < (0.4 if archived is None else 0.9):
                    continue
                male, female = maybe(dice, dice.randint(0, 30)), maybe(dice, dice.randint(0, 9))
                both = male + female if None not in (male, female) else None
                rows.append(
                    BusinessYear(
                        business=owner,
                        year=year,
                        workers_male=male,
                        workers_female=female,
                        workers_total=maybe(dice, dice.randint(1, 40), 0.3)
                        if both is None
                        else both,
                        investment=maybe(dice, dice.choice([0, 10**6, 10**9, 16 * 10**9])),
                        investment_land_building=maybe(dice, dice.randint(0, 10**9), 0.2),
                        production_value=maybe(dice, dice.randint(0, 10**10), 0.6),
                        raw_material_value=maybe(dice, dice.randint(0, 10**9), 0.3),
                        turnover=maybe(dice, dice.randint(0, 10**10), 0.3),
                        archived_at=archived,
                    )
                )
    BusinessYear.objects.bulk_create(rows)


def make_certificates(dice, owners):
    """Certificates of every status, some without dates."""
    rows = []
    for number in range(len(owners)):
        issued = maybe(dice, datetime.date(dice.randint(2020, 2025), dice.randint(1, 12), 15))
        ends = maybe(dice, datetime.date(dice.randint(2025, 2028), dice.choice([1, 12]), 31), 0.6)
        rows.append(
            Certificate(
                business=dice.choice(owners),
                kind=dice.choice(CertificateKind.values[:5]),
                number=str(number),
                issued_on=issued,
                expires_on=ends if ends and (not issued or ends >= issued) else None,
                status=dice.choice([*CertificateStatus.values, "issued", "issued"]),
                facilitated_year=maybe(dice, dice.randint(2022, 2025), 0.5),
                archived_at=maybe(dice, ARCHIVED, 0.1),
            )
        )
    Certificate.objects.bulk_create(rows)


def make_programmes(dice, owners):
    """Activities of three years and who took part."""
    programmes = Programme.objects.bulk_create(
        Programme(
            year=dice.choice([2023, 2024, 2024]),
            kind=dice.choice(["training", "market"]),
            name=f"Kegiatan {number}",
            budget=maybe(dice, 10**6 * number),
            archived_at=ARCHIVED if number == 3 else None,
        )
        for number in range(12)
    )
    Participation.objects.bulk_create(
        Participation(
            programme=dice.choice(programmes),
            business=maybe(dice, dice.choice(owners), 0.8),
            person=f"Peserta {number}",
            archived_at=maybe(dice, ARCHIVED, 0.1),
        )
        for number in range(len(owners))
    )


def make_revenue(dice):
    """PAD by source, month and stage; a target revised alone; published rows besides."""
    accounts = [None, RevenueAccountFactory(), RevenueAccountFactory()]
    rows = []
    for year in YEARS:
        rows.append(revenue(year, "Publikasi", realised=10**8 + year, status="published"))
        for source in ("Sewa", "Cold storage"):
            account = dice.choice(accounts)
            months = [None] if dice.random() < 0.5 else [None, *range(1, 13)]
            for month in months:
                for stage in BudgetStage.values:
                    if dice.random() < 0.3:
                        continue
                    yearly_only = month is None and len(months) > 1
                    rows.append(
                        revenue(
                            year,
                            source,
                            month=month,
                            account=account,
                            stage=stage,
                            target=maybe(dice, dice.randint(1, 10**7), 0.5),
                            realised=None if yearly_only else maybe(dice, dice.randint(0, 10**7)),
                            status=dice.choice(FigureStatus.values),
                            archived_at=maybe(dice, ARCHIVED, 0.1),
                        )
                    )
    # A year nobody has measured, where the published figure alone is known.
    rows.append(revenue(2019, "Publikasi", realised=10**8, status="published"))
    Revenue.objects.bulk_create(rows)


def revenue(year, source, **fields):
    return Revenue(year=year, source_name=source, **fields)
