"""A form that is opened in a real browser and saved as it is changes nothing."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models

from balikpapan.audit.fields import NotesField
from balikpapan.audit.models import Change
from balikpapan.audit.store import contents
from industry.models import Revenue
from industry.revenue_sources import record_source
from tests.factories import BusinessYearFactory, CertificateFactory
from tests.pages import FACTORIES, FORM_MODELS, url
from tests.staff_page import USER, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What a blank field is filled with, so that as much as possible goes through the form.
FILLINGS = [
    (models.DecimalField, Decimal("1.5")),
    (models.BooleanField, True),
    (models.IntegerField, 2024),
    (models.DateField, datetime.date(2024, 3, 4)),
    (NotesField, "Contoh\ndua baris"),
    (models.CharField, "Contoh"),
    (models.TextField, "Contoh\ndua baris"),
]


@pytest.fixture
def office(live_server):
    """An account, in a register that is otherwise empty."""
    get_user_model().objects.create_superuser(USER)
    return live_server.url


def filled_up(record):
    """The record with every blank field filled that its own rules let be filled."""
    for field in record._meta.concrete_fields:
        blank = getattr(record, field.attname) in (None, "", 0)
        filling = next((value for kind, value in FILLINGS if isinstance(field, kind)), None)
        if not blank or filling is None or not field.editable or field.name == "id":
            continue
        before = getattr(record, field.attname)
        setattr(record, field.attname, filling)
        try:
            record.full_clean()
        except ValidationError:
            setattr(record, field.attname, before)
    record.save()
    return record


def test_opening_and_saving_changes_nothing(chromium, office):  # noqa: F811
    records = {model: filled_up(FACTORIES[model]()) for model in FORM_MODELS}
    business = next(record for model, record in records.items() if model.__name__ == "Business")
    figures = filled_up(BusinessYearFactory(business=business, year=2019, investment=4_500_000))
    filled_up(CertificateFactory(business=business))
    for revenue in Revenue.objects.all():
        record_source(revenue, by=None)  # as saving it had done, unlike the factory
    changes = Change.objects.exclude(model="auth.user").count()
    page = signed_in(chromium, office)

    for model, record in records.items():
        earlier = contents(model.objects.get(pk=record.pk))
        page.goto(office + url(model, "change", record))
        page.click("[name=_save]")
        page.wait_for_load_state()

        assert page.query_selector(".errornote") is None, page.inner_text(".errornote, .errorlist")
        assert contents(model.objects.get(pk=record.pk)) == earlier, model
    figures.refresh_from_db()
    assert figures.investment == 4_500_000
    # That somebody has come in is no change of a record.
    assert Change.objects.exclude(model="auth.user").count() == changes
