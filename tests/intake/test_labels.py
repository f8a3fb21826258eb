"""How stored values are called on the pages of an upload."""

import datetime
from decimal import Decimal

import pytest

from balikpapan.intake.labels import Labels, format_number
from balikpapan.intake.resources import REGISTERS
from balikpapan.spreadsheets.cells import ERASE


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1029, "1.029"),
        (-1500000, "-1.500.000"),
        (Decimal("1500.500"), "1.500,5"),
        (Decimal("100.000"), "100"),
        (Decimal("0.000"), "0"),
    ],
)
def test_a_number_is_written_without_the_zeros_of_its_places(number, written):
    assert format_number(number) == written


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        pytest.param("name", None, "–", id="nothing"),
        pytest.param("name", "", "–", id="blank"),
        pytest.param("name", ERASE, "(dikosongkan)", id="erased"),
        pytest.param("turnover", 1500000, "1.500.000", id="money"),
        pytest.param("year", 2024, "2024", id="a year is no amount"),
        pytest.param("status", "active", "Aktif", id="a choice by its label"),
        pytest.param("verified_on", datetime.date(2024, 12, 31), "31-12-2024", id="a day"),
    ],
)
def test_a_value_is_written_as_the_office_writes_it(name, value, text, petugas):
    labels = Labels(REGISTERS["ikm"](), petugas)

    assert labels.text(name, value) == text


@pytest.mark.django_db
@pytest.mark.parametrize("register", REGISTERS)
def test_every_field_of_a_record_and_of_its_child_has_a_heading_people_read(register, petugas):
    resource = REGISTERS[register]()
    labels = Labels(resource, petugas)
    models = [resource._meta.model, *([resource.child.model] if resource.child else [])]

    headings = {
        f.attname: labels.heading(f.attname) for m in models for f in m._meta.concrete_fields
    }

    assert [name for name, heading in headings.items() if heading == name or "_" in heading] == []
    assert labels.heading("tidak_ada") == "tidak_ada"


@pytest.mark.django_db
def test_personal_data_is_masked_for_whoever_may_not_see_it(pimpinan, petugas):
    open_to = {user: Labels(REGISTERS["ikm"](), user) for user in (pimpinan, petugas)}

    texts = [labels.text("nik", "6471015203900001") for labels in open_to.values()]

    assert "6471015203900001" not in texts[0]
    assert texts[1] == "6471015203900001"
