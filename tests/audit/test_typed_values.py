"""What people type into boxes is read as in a sheet, written back in Indonesian, never changed."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balikpapan.audit.reading import typed_formfield
from facilities.models import Asset, Chamber, ConditionCheck, Facility, StorageMonth
from industry.models import Business, BusinessYear, Certificate, Revenue
from tests.factories import BusinessYearFactory
from tests.pages import filled, url
from tests.test_forms import NEW


def box(model, name):
    """The form field in which one field of a model is typed."""
    field = model._meta.get_field(name)
    return field.formfield(**typed_formfield(field, {}))


@pytest.mark.parametrize(
    ("model", "name", "text", "value"),
    [
        (BusinessYear, "capacity", "1,5", Decimal("1.5")),
        (BusinessYear, "capacity", "1500,5", Decimal("1500.5")),
        (BusinessYear, "capacity", "1.250", Decimal(1250)),
        (BusinessYear, "capacity", "1.250,5", Decimal("1250.5")),
        (BusinessYear, "workers_total", "1.029", 1029),
        (BusinessYear, "workers_total", "12 orang", 12),
        (BusinessYear, "investment", "Rp 4,5 juta", 4_500_000),
        (BusinessYear, "year", "tahun 2024", 2024),
        (BusinessYear, "export_percent", "12,5%", Decimal("12.5")),
        (StorageMonth, "kg_in", "1.250,5 kg", Decimal("1250.5")),
        (Chamber, "temperature_min", "-18,5", Decimal("-18.5")),
        (Business, "latitude", "-1,2379", Decimal("-1.2379")),
        (Business, "latitude", "1°14'16\" LS", Decimal("-1.237778")),
        (Business, "nik", "6471 0101 0180 8901", "6471010101808901"),
        (Business, "npwp", "01.234.567.8-721.000", "012345678721000"),
        (Business, "nib", "0123456789012", "0123456789012"),
        (Business, "phone", "+62 812-5550-001", "08125550001"),
        (Business, "phone", "kantor lama", "kantor lama"),
        (Business, "verified_on", "17 Agustus 2024", datetime.date(2024, 8, 17)),
        (Business, "verified_on", "17/8/2024", datetime.date(2024, 8, 17)),
        (Asset, "area_m2", "-", None),
        (Business, "nik", "tidak ada", ""),
    ],
)
def test_a_box_reads_what_a_cell_reads(model, name, text, value):
    assert box(model, name).clean(text) == value


@pytest.mark.parametrize(
    ("model", "name", "text", "part"),
    [
        (Business, "verified_on", "08/17/2024", "bulan dahulu"),
        (BusinessYear, "capacity", "12,345", "dapat berarti"),
        (BusinessYear, "capacity", "1,2345", "di belakang koma"),
        (BusinessYear, "workers_total", "2,5", "bukan bilangan bulat"),
        (BusinessYear, "workers_total", "1.000.001", "di luar batas"),
        (BusinessYear, "investment", "banyak", "bukan"),
        (BusinessYear, "year", "24", "empat angka"),
        (BusinessYear, "capacity", "9" * 4400, "terlalu panjang"),
        (Business, "latitude", "116,83", "di luar batas"),
        (Business, "nik", "647101010180890", "15 angka"),
        (Business, "nik", "************8901", "tersamar"),
        (Business, "nib", "0", "kosong"),
    ],
)
def test_a_box_refuses_what_a_cell_refuses_in_a_sentence(model, name, text, part):
    field = box(model, name)

    with pytest.raises(Exception, match=part):
        field.clean(text)


@pytest.mark.parametrize(
    ("model", "name", "value", "text"),
    [
        (BusinessYear, "capacity", Decimal("500.000"), "500"),
        (BusinessYear, "capacity", Decimal("1250.500"), "1.250,5"),
        (BusinessYear, "capacity", Decimal("12.345"), "12,3450"),
        (BusinessYear, "investment", 4_500_000, "4.500.000"),
        (BusinessYear, "workers_total", 0, "0"),
        (BusinessYear, "year", 2024, "2024"),
        (Business, "latitude", Decimal("-1.237900"), "-1,2379"),
        (Business, "verified_on", datetime.date(2024, 8, 17), "17-08-2024"),
        (Business, "verified_on", None, None),
    ],
)
def test_a_stored_value_comes_back_as_indonesians_write_it(model, name, value, text):
    assert box(model, name).prepare_value(value) == text


@given(st.integers(0, 10**14 - 1000))
def test_every_measure_written_into_a_box_is_read_again_as_itself(thousandths):
    field = box(BusinessYear, "capacity")
    amount = Decimal(thousandths) / 1000

    assert field.clean(field.prepare_value(amount)) == amount
    assert not field.has_changed(amount, field.prepare_value(amount))


@given(st.integers(-180 * 10**6, 180 * 10**6))
def test_every_coordinate_written_into_a_box_is_read_again_as_itself(millionths):
    field = box(Business, "longitude")
    degrees = Decimal(millionths) / 10**6

    assert field.clean(field.prepare_value(degrees)) == degrees


@pytest.mark.parametrize(
    ("model", "name", "text", "echo"),
    [
        (StorageMonth, "kg_in", "1250,5", "= 1.250,5 kg"),
        (StorageMonth, "kg_in", "1.250,5", ""),
        (BusinessYear, "investment", "4,5 jt", "= Rp4.500.000"),
        (BusinessYear, "export_percent", "12.5", "= 12,5%"),
        (Certificate, "issued_on", "17/8/24", "= 17 Agustus 2024"),
        (Business, "phone", "+62 812 5550 001", "= 08125550001"),
        (Facility, "latitude", "1°14'16\" LS", "= -1,237778°"),
        (Revenue, "target", "banyak", ""),
        (ConditionCheck, "checked_on", "", ""),
    ],
)
def test_what_was_read_is_echoed_where_it_differs_from_the_box(model, name, text, echo):
    assert box(model, name).echo(text) == echo


@pytest.mark.django_db
def test_a_refused_form_keeps_the_typed_texts_and_says_what_it_read(client, petugas):
    client.force_login(petugas)

    response = client.post(url(Business, "add"), {**NEW, "name": "", "nik": "6471 0101 0180 8901"})

    assert filled(response)["nik"] == "6471 0101 0180 8901"
    assert "= 6471010101808901" in response.content.decode()


@pytest.mark.django_db
def test_no_box_of_any_form_is_a_number_box(client, petugas):
    figures = BusinessYearFactory()
    client.force_login(petugas)

    page = client.get(url(Business, "change", figures.business)).content.decode()

    assert 'type="number"' not in page
    assert page.count("data-read=") > 15


# The reading page


def read(client, field, text):
    return client.post(url(Business, "read"), {"field": field, "text": text})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "text", "answer"),
    [
        ("industry.businessyear.capacity", "1250,5", {"echo": "= 1.250,5", "error": ""}),
        ("industry.business.phone", "0812 5550 001", {"echo": "= 08125550001", "error": ""}),
        ("industry.business.verified_on", "", {"echo": "", "error": ""}),
        (
            "industry.businessyear.investment",
            "1,5 juta",
            {"echo": "= Rp1.500.000, satu juta lima ratus ribu rupiah", "error": ""},
        ),
        ("industry.businessyear.investment", "0", {"echo": "nol rupiah", "error": ""}),
        ("industry.businessyear.investment", " ", {"echo": "", "error": ""}),
    ],
)
def test_a_page_says_what_a_text_will_be_read_as(client, petugas, field, text, answer):
    client.force_login(petugas)

    assert read(client, field, text).json() == answer


@pytest.mark.django_db
def test_a_page_says_why_a_text_will_be_refused(client, petugas):
    client.force_login(petugas)

    answer = read(client, "industry.business.verified_on", "08/17/2024").json()

    assert "bulan dahulu" in answer["error"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field", ["industry.business.name", "auth.user.password", "industry.revenue.target", ""]
)
def test_only_the_typed_boxes_of_this_form_are_read(client, petugas, field):
    client.force_login(petugas)

    assert read(client, field, "1").status_code == 404


@pytest.mark.django_db
def test_who_may_not_write_has_nothing_read(client, pimpinan):
    client.force_login(pimpinan)

    assert read(client, "industry.business.nik", "1").status_code == 403


def test_what_a_program_gives_instead_of_a_text_is_stored_as_its_text():
    field = Business._meta.get_field("notes")

    assert field.clean(17, None) == "17"
    assert field.clean("", None) == ""
