"""Every number, date and id box of every form, typed in a real browser as people type them."""

import datetime
from decimal import Decimal

import pytest
from django.db import models

from balikpapan.audit.fields import (
    CoordinateField,
    CountField,
    DigitsField,
    MeasureField,
    PercentField,
    PhoneField,
    RupiahField,
    YearField,
)
from balikpapan.audit.models import ClosedYear
from balikpapan.privacy.requests import Outcome
from industry.choices import WorkReason
from industry.models import WorkItem
from industry.verifying import VERIFIED_FIELDS
from tests.factories import BillFactory, BusinessYearFactory, CertificateFactory
from tests.pages import FACTORIES, FORM_MODELS, url
from tests.test_look import browser, logged_in  # noqa: F401  the first is a fixture
from tests.test_untouched_forms import office  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Field class -> what is typed and what it stands for; the first that fits counts.
TYPED = [
    (YearField, "tahun 2024", 2024),
    (CountField, "12 ", 12),
    (RupiahField, "Rp 4,5 juta", 4_500_000),
    (PercentField, "12,5 %", Decimal("12.5")),
    (CoordinateField, "-1,2379", Decimal("-1.2379")),
    (MeasureField, "12,5", Decimal("12.5")),
    (PhoneField, "+62 812-5550-001", "08125550001"),
    (models.DateField, "17 Agustus 2024", datetime.date(2024, 8, 17)),
]
DIGITS = {
    13: "0123.4567.89012",
    15: "01.234.567.8-721.000",
    16: "6471 0101 0180 8901",
    18: "19800101 200501 1 001",
}


def typing_of(field):
    """(what is typed, what is stored) for a field typed as in a sheet; None for any other."""
    if isinstance(field, DigitsField):
        text = DIGITS[field.lengths[0]]
        return text, "".join(filter(str.isdigit, text))
    return next(((text, value) for kind, text, value in TYPED if isinstance(field, kind)), None)


def type_into(page, selector, text):
    """Key by key, as a hand does; ``fill`` would bypass what a box does to the keys."""
    page.click(selector)
    page.press(selector, "Control+A")
    page.keyboard.type(text)


#: A day that ends something is stored with its reason; what is paid is not cancelled as well.
REASONS = {
    "ended_on": {"end_reason": "Pindah ke tempat sendiri"},
    "cancelled_on": {"cancel_reason": "Salah penyewa"},
    "answered_on": {"outcome": Outcome.GRANTED, "answer": "Alamatnya dibetulkan."},
}
#: Work on a yearly figure alone is for a year.
STARTS = {WorkItem: {"reason": WorkReason.WORKERS, "year": 2023}}
EITHER_OR = {"paid_on": "cancelled_on"}


@pytest.mark.parametrize("model", FORM_MODELS, ids=lambda model: model._meta.label)
def test_what_is_typed_into_a_form_is_what_is_stored(browser, office, model):  # noqa: F811
    record = FACTORIES[model](**STARTS.get(model, {}))
    page, _ = logged_in(browser, office, (1366, 768))
    names = {field.name for field in model._meta.concrete_fields}
    expected = {}
    # Verifying is an act of its own, before anything of the record is one's own.
    ruled_out = {other for name, other in EITHER_OR.items() if name in names}
    for act in (names & VERIFIED_FIELDS, names - VERIFIED_FIELDS - ruled_out):
        page.goto(office + url(model, "change", record))
        for field in model._meta.concrete_fields:
            typing = typing_of(field) if field.editable and field.name in act else None
            if typing and page.query_selector(f"#id_{field.name}[data-read]"):
                type_into(page, f"#id_{field.name}", typing[0])
                expected[field.name] = typing[1]
                for name, reason in REASONS.get(field.name, {}).items():
                    if name not in names:
                        continue
                    if model._meta.get_field(name).choices:
                        page.select_option(f"#id_{name}", reason)
                    else:
                        page.fill(f"#id_{name}", reason)

        page.click("[name=_save]")
        page.wait_for_load_state()

        assert page.query_selector(".errornote") is None, page.inner_text("#content")
    record.refresh_from_db()
    assert {name: getattr(record, name) for name in expected} == expected


def test_a_bill_is_cancelled_on_a_typed_day(browser, office):  # noqa: F811
    bill = BillFactory(issued_on=datetime.date(2024, 7, 1))
    page, _ = logged_in(browser, office, (1366, 768))
    page.goto(office + url(type(bill), "change", bill))

    type_into(page, "#id_cancelled_on", "17 Agustus 2024")
    page.fill("#id_cancel_reason", "Salah penyewa")
    page.click("[name=_save]")
    page.wait_for_load_state()

    bill.refresh_from_db()
    assert bill.cancelled_on == datetime.date(2024, 8, 17)


def test_the_rows_below_a_form_are_typed_alike(browser, office):  # noqa: F811
    figures = BusinessYearFactory(year=2023, capacity=500, workers_total=3)
    CertificateFactory(business=figures.business, number="PIRT-1")
    page, _ = logged_in(browser, office, (1366, 768))
    page.goto(office + url(type(figures.business), "change", figures.business))

    assert page.input_value("#id_years-0-capacity") == "500"
    type_into(page, "#id_years-0-capacity", "1500,5")
    page.press("#id_years-0-capacity", "Tab")
    page.wait_for_selector("output.echo:not(:empty)")
    assert page.inner_text("output.echo:not(:empty)") == "= 1.500,5"
    type_into(page, "#id_years-0-workers_total", "1.029 orang")
    type_into(page, "#id_certificates-0-issued_on", "17 Agustus 2024")
    page.click("[name=_save]")
    page.wait_for_load_state()

    figures.refresh_from_db()
    assert (figures.capacity, figures.workers_total) == (Decimal("1500.5"), 1029)
    assert figures.business.certificates.get().issued_on == datetime.date(2024, 8, 17)


def test_a_day_is_echoed_and_a_month_first_one_refused_while_it_is_typed(browser, office):  # noqa: F811
    business = BusinessYearFactory().business
    page, _ = logged_in(browser, office, (1366, 768))
    page.goto(office + url(type(business), "change", business))

    for text, answer in (("17 Agt 2024", "= 17 Agustus 2024"), ("08/17/2024", "bulan dahulu")):
        type_into(page, "#id_verified_on", text)
        page.press("#id_verified_on", "Tab")
        page.wait_for_function(
            "text => document.querySelector('[data-for=id_verified_on]').textContent.includes(text)",
            arg=answer,
        )


def test_the_wheel_changes_no_figure(browser, office):  # noqa: F811
    figures = BusinessYearFactory(workers_total=7)
    page, _ = logged_in(browser, office, (1366, 768))
    page.goto(office + url(type(figures), "change", figures))
    page.focus("#id_workers_total")
    page.hover("#id_workers_total")

    page.mouse.wheel(0, -300)
    page.click("[name=_save]")
    page.wait_for_load_state()

    figures.refresh_from_db()
    assert figures.workers_total == 7


def test_every_field_of_a_figure_a_day_or_an_id_is_typed_as_in_a_sheet():
    kinds = (models.DecimalField, models.DateField, DigitsField, PhoneField, CountField, YearField)
    unlike = [
        field
        for model in {*FORM_MODELS} - {ClosedYear}
        for field in model._meta.concrete_fields
        if field.editable and isinstance(field, (*kinds, RupiahField)) and not typing_of(field)
    ]

    assert unlike == []
