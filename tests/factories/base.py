"""What every factory of records has, and the places of the city."""

import datetime

import factory
from factory.django import DjangoModelFactory

from balikpapan.regions.models import Kecamatan, Kelurahan


class RecordFactory(DjangoModelFactory):
    """A record of any register; ``archived=True`` takes it out of the lists."""

    class Meta:
        abstract = True

    class Params:
        archived = factory.Trait(archived_at=datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC))


class KecamatanFactory(RecordFactory):
    """A district with a code no real one has."""

    class Meta:
        model = Kecamatan

    code = factory.Sequence(lambda n: f"99.{n // 100:02}.{n % 100:02}")
    name = factory.Sequence(lambda n: f"Balikpapan Uji {n}")


class KelurahanFactory(RecordFactory):
    """A ward of a district of its own."""

    class Meta:
        model = Kelurahan

    code = factory.LazyAttributeSequence(lambda ward, n: f"{ward.kecamatan.code}.{n % 10000:04}")
    name = factory.Sequence(lambda n: f"Uji Hulu {n}")
    kecamatan = factory.SubFactory(KecamatanFactory)
