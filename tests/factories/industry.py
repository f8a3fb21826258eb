"""Dull valid records of the industry register."""

import datetime

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from industry.choices import CertificateKind, ProgrammeKind
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    IndustryGroup,
    Kbli,
    Participation,
    PerformanceTarget,
    ProductUnit,
    Programme,
    PublishedFigure,
    Revenue,
    RevenueAccount,
    ScaleRule,
    WorkItem,
)
from industry.models.revenue_sources import RevenueSource, name_key

from .base import RecordFactory


class IndustryGroupFactory(RecordFactory):
    """A kelompok."""

    class Meta:
        model = IndustryGroup

    name = factory.Sequence(lambda n: f"Kelompok {n}")
    position = factory.Sequence(lambda n: n)


class KbliFactory(RecordFactory):
    """A KBLI activity of a number nobody uses."""

    class Meta:
        model = Kbli

    version_year = 2020
    code = factory.Sequence(lambda n: f"{90000 + n}")
    title = factory.Sequence(lambda n: f"Industri Uji {n}")


class ProductUnitFactory(RecordFactory):
    """A satuan nobody produces in."""

    class Meta:
        model = ProductUnit

    name = factory.Sequence(lambda n: f"satuan uji {n}")


class RevenueSourceFactory(RecordFactory):
    """A source of PAD that no row names."""

    class Meta:
        model = RevenueSource

    name = factory.Sequence(lambda n: f"Sumber Uji {n}")
    key = factory.LazyAttribute(lambda source: name_key(source.name))


class ScaleRuleFactory(RecordFactory):
    """One line of the rule of scale that every business fits."""

    class Meta:
        model = ScaleRule

    kind = ScaleRule.Kind.SCALE
    position = factory.Sequence(lambda n: n)
    result = "small"
    label = "Kecil"
    legal_basis = "Aturan Uji 1/2016"
    valid_from = datetime.date(2016, 1, 1)


class BusinessFactory(RecordFactory):
    """An IKM founded in 2020; ``closed=2023`` ends it in that year."""

    class Meta:
        model = Business

    class Params:
        closed = None

    name = factory.Sequence(lambda n: f"Usaha Uji {n}")
    founded_year = 2020
    listed_year = 2020
    status = factory.LazyAttribute(lambda business: "closed" if business.closed else "active")
    closed_year = factory.SelfAttribute("closed")
    kecamatan = factory.LazyAttribute(
        lambda business: business.kelurahan.kecamatan if business.kelurahan else None
    )
    kelurahan = None


class BusinessYearFactory(RecordFactory):
    """What a small business reported for 2024."""

    class Meta:
        model = BusinessYear

    business = factory.SubFactory(BusinessFactory)
    year = 2024
    workers_male = 2
    workers_female = 1
    workers_total = 3
    investment = 50_000_000
    production_value = 120_000_000


class CertificateFactory(RecordFactory):
    """A P-IRT number issued in 2023 that is valid for five years."""

    class Meta:
        model = Certificate

    business = factory.SubFactory(BusinessFactory)
    kind = CertificateKind.PIRT
    number = factory.Sequence(lambda n: f"{200_000_000_000_000 + n}")
    issued_on = datetime.date(2023, 5, 2)
    expires_on = datetime.date(2028, 5, 1)
    status = "issued"


class ProgrammeFactory(RecordFactory):
    """A training in 2024."""

    class Meta:
        model = Programme

    year = 2024
    kind = ProgrammeKind.TRAINING
    name = factory.Sequence(lambda n: f"Pelatihan Uji {n}")
    start_on = factory.LazyAttribute(lambda programme: datetime.date(programme.year, 3, 4))
    budget = 25_000_000


class ParticipationFactory(RecordFactory):
    """A business that took part in a training."""

    class Meta:
        model = Participation

    programme = factory.SubFactory(ProgrammeFactory)
    business = factory.SubFactory(BusinessFactory)


class RevenueAccountFactory(RecordFactory):
    """An account of the chart of accounts."""

    class Meta:
        model = RevenueAccount

    code = factory.Sequence(lambda n: f"4.1.99.{n:04}")
    name = "Retribusi Uji"


class RevenueFactory(RecordFactory):
    """PAD of the whole of 2024 from one source."""

    class Meta:
        model = Revenue

    year = 2024
    source_name = "Sewa unit uji"
    target = 100_000_000
    realised = 90_000_000


class PublishedFigureFactory(RecordFactory):
    """A number once published for 2024."""

    class Meta:
        model = PublishedFigure

    indicator = "Jumlah IKM"
    year = 2024
    value = 1_029
    unit = "unit"
    as_of = datetime.date(2024, 11, 25)


class PerformanceTargetFactory(RecordFactory):
    """What the office promised for 2024."""

    class Meta:
        model = PerformanceTarget

    year = 2024
    indicator = factory.Sequence(lambda n: f"Indikator uji {n}")
    unit = "unit"
    target = 100


class WorkItemFactory(RecordFactory):
    """Somebody is to ask for a telephone number by the end of 2030."""

    class Meta:
        model = WorkItem

    business = factory.SubFactory(BusinessFactory)
    reason = "phone"
    due_on = datetime.date(2030, 12, 31)

    @factory.lazy_attribute
    def assignee(self):
        accounts = get_user_model().objects
        user, _ = accounts.get_or_create(username="pekerja", defaults={"is_staff": True})
        user.user_permissions.add(Permission.objects.get(codename="change_business"))
        return user
