"""Every number, date and id box of every form, typed in a real browser as people type them."""

import datetime
from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.auth.models import User
from django.db import models
from django.test import RequestFactory

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
from balikpapan.privacy.requests import Outcome
from industry.choices import WorkReason
from industry.models import WorkItem
from industry.verifying import VERIFIED_FIELDS
from tests.factories import BillFactory, BusinessYearFactory, CertificateFactory
from tests.pages import FACTORIES, FORM_MODELS, url
from tests.staff_page import signed_in
from tests.test_untouched_forms import office  # noqa: F401  a fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # What a box makes of keys is the browser's; test_untouched_forms stores every form on both.
    pytest.mark.one_database,
]

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
#: What else a figure or a day may be kept in; each must be typed as in a sheet.
FIGURES_AND_DAYS = (
    models.IntegerField,
    models.DecimalField,
    models.FloatField,
    models.DateField,
    models.TimeField,
    models.DurationField,
)
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


def is_typed(field) -> bool:
    """Whether a field holds a figure, a day, an hour or an id, whatever class a new one may have."""
    if field.choices or field.is_relation or field.primary_key:
        return False
    return isinstance(field, (*FIGURES_AND_DAYS, DigitsField, PhoneField))


def as_head():
    """A request of somebody who may do everything."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    return request


def typed_fields(keeper, model) -> list:
    """The fields of a figure, a day or an id that the form of an admin or an inline has."""
    form = (
        keeper.get_formset(as_head()).form
        if isinstance(keeper, InlineModelAdmin)
        else keeper.get_form(as_head(), model(pk=1), change=True)
    )
    fields = {field.name: field for field in model._meta.concrete_fields}
    return [fields[n] for n in form.base_fields if n in fields and is_typed(fields[n])]


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


#: The registers whose forms have such a box.
TYPED_MODELS = [model for model in FORM_MODELS if typed_fields(admin.site._registry[model], model)]


@pytest.mark.parametrize("model", TYPED_MODELS, ids=lambda model: model._meta.label)
def test_what_is_typed_into_a_form_is_what_is_stored(chromium, office, model):  # noqa: F811
    record = FACTORIES[model](**STARTS.get(model, {}))
    page = signed_in(chromium, office)
    names = {field.name for field in model._meta.concrete_fields}
    expected = {}
    # Verifying is an act of its own, before anything of the record is one's own.
    ruled_out = {other for name, other in EITHER_OR.items() if name in names}
    for act in (names & VERIFIED_FIELDS, names - VERIFIED_FIELDS - ruled_out):
        page.goto(office + url(model, "change", record))
        for field in typed_fields(admin.site._registry[model], model):
            if field.name not in act:
                continue
            text, expected[field.name] = typing_of(field)
            type_into(page, f"#id_{field.name}[data-read]", text)
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


def test_a_bill_is_cancelled_on_a_typed_day(chromium, office):  # noqa: F811
    bill = BillFactory(issued_on=datetime.date(2024, 7, 1))
    page = signed_in(chromium, office)
    page.goto(office + url(type(bill), "change", bill))

    type_into(page, "#id_cancelled_on", "17 Agustus 2024")
    page.fill("#id_cancel_reason", "Salah penyewa")
    page.click("[name=_save]")
    page.wait_for_load_state()

    bill.refresh_from_db()
    assert bill.cancelled_on == datetime.date(2024, 8, 17)


def test_the_rows_below_a_form_are_typed_alike(chromium, office):  # noqa: F811
    figures = BusinessYearFactory(year=2023, capacity=500, workers_total=3)
    CertificateFactory(business=figures.business, number="PIRT-1")
    page = signed_in(chromium, office)
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


def test_a_day_is_echoed_and_a_month_first_one_refused_while_it_is_typed(chromium, office):  # noqa: F811
    business = BusinessYearFactory().business
    page = signed_in(chromium, office)
    page.goto(office + url(type(business), "change", business))

    for text, answer in (("17 Agt 2024", "= 17 Agustus 2024"), ("08/17/2024", "bulan dahulu")):
        type_into(page, "#id_verified_on", text)
        page.press("#id_verified_on", "Tab")
        page.wait_for_function(
            "text => document.querySelector('[data-for=id_verified_on]').textContent.includes(text)",
            arg=answer,
        )


def test_the_wheel_changes_no_figure(chromium, office):  # noqa: F811
    figures = BusinessYearFactory(workers_total=7)
    page = signed_in(chromium, office)
    page.goto(office + url(type(figures), "change", figures))
    page.focus("#id_workers_total")
    page.hover("#id_workers_total")

    page.mouse.wheel(0, -300)
    page.click("[name=_save]")
    page.wait_for_load_state()

    figures.refresh_from_db()
    assert figures.workers_total == 7


#: The inlines whose rows hold figures or days.
INLINES = [
    (model, inline)
    for model in FORM_MODELS
    for inline in admin.site._registry[model].inlines
    if typed_fields(inline(model, admin.site), inline.model)
]


@pytest.mark.parametrize(
    ("model", "inline"), INLINES, ids=[f"{m.__name__}-{i.model.__name__}" for m, i in INLINES]
)
def test_what_is_typed_into_a_row_is_what_is_stored(chromium, office, model, inline):  # noqa: F811
    keeper = inline(model, admin.site)
    above = next(f for f in inline.model._meta.concrete_fields if f.related_model is model)
    record = FACTORIES[inline.model](**{above.name: FACTORIES[model]()})
    prefix = keeper.get_formset(as_head()).get_default_prefix()
    page = signed_in(chromium, office)
    page.goto(office + url(model, "change", getattr(record, above.name)))
    expected = {}

    for field in typed_fields(keeper, inline.model):
        text, expected[field.name] = typing_of(field)
        type_into(page, f"#id_{prefix}-0-{field.name}[data-read]", text)
        for name, reason in REASONS.get(field.name, {}).items():
            if box := page.query_selector(f"#id_{prefix}-0-{name}"):
                box.fill(reason)
    page.click("[name=_save]")
    page.wait_for_load_state()

    assert page.query_selector(".errornote") is None, page.inner_text("#content")
    record.refresh_from_db()
    assert {name: getattr(record, name) for name in expected} == expected


def test_every_field_of_a_figure_a_day_or_an_id_is_typed_as_in_a_sheet():
    untyped = [
        field
        for model in FORM_MODELS
        for field in model._meta.concrete_fields
        if field.editable and is_typed(field) and not typing_of(field)
    ]

    assert untyped == []


def test_every_form_that_is_typed_has_a_record_to_type_into():
    assert [model for model in FORM_MODELS if model not in FACTORIES] == []
    # Rows and forms are asked of the admin, so an empty list of them shows nothing.
    assert len(INLINES) >= 7
    assert len(TYPED_MODELS) >= 28
