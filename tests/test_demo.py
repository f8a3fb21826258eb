"""Loading the invented register: once, into an empty one, the same on the same day."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from balikpapan.demo import load_demo
from balikpapan.reference_data import load_reference
from facilities.models import (
    Lease,
    ProductionUnit,
    StorageMonth,
    Tariff,
)
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    Revenue,
    RevenueSource,
)
from tests.frozen_bills import deletable_bills
from tests.test_demo_register import MADE, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    load_reference()
    load_demo(TODAY)


def test_the_same_day_makes_the_same_register(demo):
    first = contents()
    Tariff.objects.filter(legal_basis="Data contoh").delete()
    with deletable_bills():
        for model in [*reversed(MADE), Revenue, RevenueSource]:
            model.objects.all().delete()

    load_demo(TODAY)

    assert contents() == first


def contents():
    """What was invented, without the ids."""
    return [
        list(Business.objects.order_by("id").values_list("name", "nib", "address", "status")),
        list(BusinessYear.objects.order_by("id").values_list("year", "investment")),
        list(Certificate.objects.order_by("id").values_list("number", "expires_on")),
        list(ProductionUnit.objects.order_by("id").values_list("number", "condition", "plan_x")),
        list(Lease.objects.order_by("id").values_list("unit__number", "start_on", "ended_on")),
    ]


def test_a_later_day_shows_later_years():
    load_reference()

    load_demo(datetime.date(2028, 2, 29))

    assert BusinessYear.objects.latest("year").year == 2027
    assert StorageMonth.objects.count() == 2 * 36


def test_p60_the_command_fills_an_empty_register_and_refuses_a_second_time(capsys):
    call_command("load_demo")

    assert capsys.readouterr().out == "640 usaha rekaan dimuat.\n"
    with pytest.raises(CommandError, match="Register sudah berisi usaha IKM"):
        call_command("load_demo")
    assert Business.objects.count() == 640


def test_an_archived_business_also_counts_as_real_work():
    load_reference()
    Business.objects.create(name="Amplang Uji", archived_at=datetime.datetime.now(datetime.UTC))

    with pytest.raises(CommandError):
        call_command("load_demo")
