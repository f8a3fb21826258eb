"""The sheet of certificates: they hang on businesses already recorded, several on one."""

import datetime

import pytest
from django.urls import reverse

from industry.models import Business, Certificate
from tests.factories import BusinessFactory, CertificateFactory
from tests.intake.importing import export, load, look, problems_of, tally
from tests.sheets import workbook

pytestmark = pytest.mark.django_db

HEADING = [
    "Nama Usaha",
    "NIB",
    "Jenis Sertifikat",
    "Nomor Sertifikat",
    "Tanggal Terbit",
    "Berlaku Sampai",
    "Status",
    "Tahun Fasilitasi",
]


@pytest.fixture
def business(db):
    """An IKM with a NIB."""
    return BusinessFactory(name="Amplang Contoh", nib="1234567890123", owner_name="Siti Contoh")


def row(*cells):
    return [*cells, *[None] * (len(HEADING) - len(cells))]


def test_a_certificate_is_stored_with_what_its_row_says(business):
    load(
        [
            HEADING,
            [
                "Amplang Contoh",
                "1234567890123",
                "PIRT",
                "2063306010072-29",
                "12 Mei 2024",
                datetime.date(2029, 12, 31),
                "Telah Didaftar",
                2024,
            ],
        ],
        "sertifikat",
    )

    certificate = Certificate.objects.get()
    assert (certificate.business, certificate.kind) == (business, "pirt")
    assert (certificate.number, certificate.status) == ("2063306010072-29", "issued")
    assert str(certificate.issued_on) == "2024-05-12"
    assert (str(certificate.expires_on), certificate.facilitated_year) == ("2029-12-31", 2024)


def test_one_business_may_have_several_certificates_in_one_sheet(business):
    upload = load(
        [
            HEADING,
            row("Amplang Contoh", "1234567890123", "P-IRT", "206330601007229"),
            row("Amplang Contoh", "1234567890123", "Halal", "ID64110000000001"),
            row("Amplang Contoh", "1234567890123", "Halal", "ID64110000000002"),
        ],
        "sertifikat",
    )

    assert tally(upload) == (0, 3, 0, 0, 0)
    assert business.certificates.count() == 3


def test_the_same_certificate_twice_with_other_values_is_held(business):
    outcome = look(
        [
            HEADING,
            row("Amplang Contoh", "1234567890123", "Halal", "ID1", None, None, "Proses"),
            row("Amplang Contoh", "1234567890123", "Halal", "ID1", None, None, "Terbit"),
        ],
        "sertifikat",
    )

    assert tally(outcome) == (0, 0, 0, 2, 0)


@pytest.mark.parametrize(
    ("heading", "cells", "is_stored"),
    [
        pytest.param(["Nomor Register"], ["{number}"], True, id="by number alone"),
        pytest.param(["NIB"], ["1234567890123"], True, id="by NIB alone"),
        pytest.param(["Nama Usaha"], ["amplang contoh"], True, id="by name alone"),
        pytest.param(
            ["Nama Usaha", "Nama Pemilik"],
            ["Amplang Contoh", "Siti Contoh"],
            True,
            id="by name and owner",
        ),
        pytest.param(
            ["Nama Usaha", "NIK"], ["Amplang Contoh", "6471010101800001"], True, id="by NIK"
        ),
        pytest.param(
            ["Nama Usaha", "Nama Pemilik"],
            ["Amplang Contoh", "Budi Lain"],
            False,
            id="another owner",
        ),
        pytest.param(["Nama Usaha"], ["Kerupuk Lain"], False, id="unknown name"),
        pytest.param(["NIB"], ["9999999999999"], False, id="unknown NIB"),
    ],
)
def test_the_business_is_looked_up_and_never_created(business, heading, cells, is_stored):
    if "NIK" in heading:
        Business.objects.filter(pk=business.pk).update(nik="6471010101800001")
    sheet = [
        [*heading, "Jenis", "Nomor Sertifikat"],
        [cell.format(number=business.number) for cell in cells] + ["Halal", "ID1"],
    ]

    upload = load(sheet, "sertifikat")

    assert Business.objects.count() == 1
    assert Certificate.objects.count() == int(is_stored)
    assert upload.counts["held"] == int(not is_stored)


def test_a_row_that_calls_no_business_is_held(business):
    outcome = look([HEADING, row(None, None, "Halal", "ID1")], "sertifikat")

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert len(problems_of(outcome, "missing_name")) == 1


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("SPP-IRT", "pirt"),
        ("halal", "halal"),
        ("Merk", "brand"),
        ("HKI", "brand"),
        ("SNI", "sni"),
        ("TKDN", "tkdn"),
        ("SIINAS", "siinas"),
        ("MD", "bpom"),
        ("LHU", "nutrition"),
        ("Lainnya", "other"),
    ],
)
def test_a_kind_is_known_by_the_offices_words(business, word, kind):
    load([HEADING, row("Amplang Contoh", None, word, "1")], "sertifikat")

    assert Certificate.objects.get().kind == kind


@pytest.mark.parametrize("word", ["Ijazah", None])
def test_an_unknown_or_missing_kind_holds_the_row(business, word):
    outcome = look([HEADING, row("Amplang Contoh", None, word, "1")], "sertifikat")

    assert tally(outcome) == (0, 0, 0, 1, 0)


@pytest.mark.parametrize(
    ("title", "tab", "heading"),
    [
        pytest.param("DATA SERTIFIKAT HALAL IKM", "Data", "No Sertifikat", id="title"),
        pytest.param("DATA IKM", "Halal", "No Sertifikat", id="tab"),
        pytest.param("DATA IKM", "Data", "Nomor Sertifikat Halal", id="heading"),
    ],
)
def test_a_sheet_of_one_kind_names_it_above_its_rows(business, title, tab, heading):
    sheet = [[title], ["Nama Usaha", heading], ["Amplang Contoh", "ID1"]]
    content = workbook({tab: sheet})

    outcome = look(content, "sertifikat")
    load(content, "sertifikat")

    assert Certificate.objects.get().kind == "halal"
    assert len(problems_of(outcome, "kind_from_title")) == 1


@pytest.mark.parametrize(
    ("number", "warned"),
    [("P-IRT No. 2063306010072-29", 0), ("206330601007", 0), ("12345", 1)],
)
def test_a_pirt_number_of_an_odd_length_is_a_warning(business, number, warned):
    outcome = look([HEADING, row("Amplang Contoh", None, "P-IRT", number)], "sertifikat")

    assert tally(outcome) == (0, 1, 0, 0, 0)
    assert len(problems_of(outcome, "id_wrong_length")) == warned


def test_a_certificate_ending_before_it_begins_is_held(business):
    outcome = look(
        [HEADING, row("Amplang Contoh", None, "Halal", "1", "12/05/2024", "11/05/2024")],
        "sertifikat",
    )

    assert tally(outcome) == (0, 0, 0, 1, 0)


def test_the_exported_certificates_come_back_unchanged(business):
    CertificateFactory(business=business, number="")
    CertificateFactory(business=business, issued_on=datetime.date(2024, 5, 12))
    BusinessFactory()

    assert tally(look(export("sertifikat"), "sertifikat")) == (0, 0, 2, 0, 0)


def test_the_list_of_certificates_exports_what_it_shows(client, petugas, business):
    CertificateFactory(business=business, kind="halal", number="ID1")
    CertificateFactory(business=business, kind="sni", number="SNI 1")
    client.force_login(petugas)

    url = reverse("admin:industry_certificate_export", args=["sertifikat"])
    content = client.post(f"{url}?kind=halal", {"format": "csv"}).content.decode("utf-8-sig")

    assert "ID1" in content
    assert "SNI 1" not in content


def test_verifikator_changes_certificates_but_adds_none(verifikator, business):
    CertificateFactory(business=business, kind="halal", number="ID1", status="in_process")

    outcome = look(
        [
            HEADING,
            row("Amplang Contoh", None, "Halal", "ID1", None, None, "Terbit"),
            row("Amplang Contoh", None, "Halal", "ID2", None, None, "Terbit"),
        ],
        "sertifikat",
        user=verifikator,
    )

    assert tally(outcome) == (0, 1, 0, 1, 0)
