"""Dull valid records of the office: closed years, letterheads, officials, words of its sheets."""

import datetime

import factory

from balikpapan.audit.models import ClosedYear
from balikpapan.intake.models import HeadingAlias, ValueAlias
from balikpapan.privacy.models import SubjectRequest
from balikpapan.reports.models import Letterhead, Official

from .base import RecordFactory


class ClosedYearFactory(RecordFactory):
    """A year the verifikator has closed."""

    class Meta:
        model = ClosedYear

    year = 2023


class LetterheadFactory(RecordFactory):
    """The kop surat of an invented office."""

    class Meta:
        model = Letterhead

    office = "Dinas Perindustrian Uji"
    address = "Jalan Contoh Nomor 1"


class OfficialFactory(RecordFactory):
    """Who signs since 2020."""

    class Meta:
        model = Official

    name = "Budi Contoh, S.T."
    nip = "197512291999022001"
    position = "Kepala Dinas"
    valid_from = datetime.date(2020, 1, 1)


class SubjectRequestFactory(RecordFactory):
    """What an invented person asks about her own data."""

    class Meta:
        model = SubjectRequest

    received_on = datetime.date(2025, 3, 3)
    received_hour = 9
    kind = "correction"
    requester = "Siti Contoh"
    nik = "6471015705900001"
    request = "Nama pemilik keliru dieja."


class HeadingAliasFactory(RecordFactory):
    """A heading the staff explained."""

    class Meta:
        model = HeadingAlias

    register = "ikm"
    heading = factory.Sequence(lambda n: f"judul uji {n}")
    field = "brand"


class ValueAliasFactory(RecordFactory):
    """A word the staff explained: it stands for nothing."""

    class Meta:
        model = ValueAlias

    register = "ikm"
    field = "kecamatan"
    word = factory.Sequence(lambda n: f"kata uji {n}")
