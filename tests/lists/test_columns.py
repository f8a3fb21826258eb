"""The columns of a list as each person wants them."""

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balikpapan.audit.models import ReadAccess
from balikpapan.lists.models import ColumnChoice
from balikpapan.lists.ordering import moved, named_order, order_of
from industry.models import Business
from tests.cast import member
from tests.factories import BusinessFactory
from tests.pages import FACTORIES, FORM_MODELS, url

#: What tells a second record of a register apart from a dull first one.
DISTINCT = {"revenue": {"source_name": "Uji 2"}}
BOXES = ["action_checkbox", "number", "name", "status"]


@pytest.mark.parametrize(
    ("order", "names", "again"),
    [
        ("2", ["name"], "2"),
        ("-3.1", ["-status", "number"], "-3.1"),
        ("9.2", ["name"], "2"),
        ("x.-2.", ["-name"], "-2"),
        ("", [], ""),
        ("9" * 5000, [], ""),
    ],
    ids=["one", "two", "no such place", "no number", "none", "too long"],
)
def test_an_order_is_told_by_the_names_of_columns(order, names, again):
    assert named_order(order, BOXES) == names
    assert order_of(names, BOXES) == again


def test_a_column_that_is_not_shown_orders_nothing():
    assert order_of(["-status", "kecamatan"], ["number", "status"]) == "-1"


@pytest.mark.parametrize(
    ("name", "step", "names"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("z", 1, "abc")],
)
def test_a_column_moves_one_place_and_stops_at_either_end(name, step, names):
    assert moved(["a", "b", "c"], name, step) == list(names)


def shown(response) -> list[str]:
    """The headings of a list as they stand on its page."""
    return [header["text"] for header in result_headers(response.context["cl"])][1:]


@pytest.mark.django_db
def test_each_person_chooses_columns_and_an_order_stays_with_its_column(client, petugas):
    BusinessFactory(name="Amplang Uji", nib="1234567890123")
    BusinessFactory(name="Zat Uji", nib="1234567890999")
    client.force_login(petugas)
    here, choose = url(Business, "changelist"), url(Business, "columns")
    usual = shown(client.get(here))

    # The second place of the usual columns is the name, which the list is ordered by.
    answer = client.post(f"{choose}?o=-2&q=uji&p=3", {"column": ["nib", "name", "no_such"]})
    assert answer.headers["Location"] == f"{here}?q=uji&o=-2"
    page = client.get(answer.headers["Location"])
    assert shown(page) == ["nomor", "nama usaha", "NIB"]
    assert [record.name for record in page.context["cl"].result_list] == ["Zat Uji", "Amplang Uji"]

    # The name moves to another place; the order by a column taken away is gone.
    moved = client.post(f"{choose}?o=-3", {"column": ["status", "nib"]})
    assert moved.headers["Location"] == f"{here}?o=-3"
    assert shown(client.get(here)) == ["nomor", "status", "NIB"]
    gone = client.post(f"{choose}?o=2", {"column": ["nib"]})
    assert gone.headers["Location"] == here

    # What leads to the record is never left out.
    client.post(choose)
    page = client.get(here)
    assert shown(page) == ["nomor"]
    assert 'value="number" checked disabled' in page.content.decode()

    # They stand in the order they are sent in, and a record is still opened by its number.
    client.post(choose, {"column": ["nib", "name"], "order": ["name", "no_such", "number", "nib"]})
    page = client.get(here)
    assert shown(page) == ["nama usaha", "nomor", "NIB"]
    assert page.context["cl"].list_display_links == ["number", "name"]
    offered = [column.name for column in page.context["list_columns"]()]
    assert offered[:4] == ["name", "number", "nib", "owner_name"]

    # Without a script the buttons beside a column send the form, and the menu opens again.
    ticked = {"column": ["nib", "name"], "order": ["name", "number", "nib"]}
    up = client.post(choose, ticked | {"up": "nib"})
    assert up.headers["Location"] == f"{here}#kolom-nib"
    page = client.get(here)
    assert shown(page) == ["nama usaha", "NIB", "nomor"]
    assert 'id="kolom-nib"' in page.content.decode()
    client.post(choose, ticked | {"order": ["name", "nib", "number"], "down": "name"})
    assert shown(client.get(here)) == ["NIB", "nama usaha", "nomor"]
    stray = client.post(choose, ticked | {"up": "\r\nno_such"})
    assert stray.headers["Location"] == here

    client.force_login(member("Verifikator", "orang-lain"))
    assert shown(client.get(here)) == usual
    client.force_login(petugas)
    client.post(choose, {"usual": "1"})
    assert shown(client.get(here)) == usual
    assert not ColumnChoice.objects.exists()


@pytest.mark.django_db
def test_an_added_personal_column_is_masked_or_on_record(client, verifikator, pimpinan):
    BusinessFactory(phone="081255500011")
    pages = {}
    for user in (pimpinan, verifikator):
        client.force_login(user)
        client.post(url(Business, "columns"), {"column": ["phone"]})
        pages[user] = client.get(url(Business, "changelist")).content.decode()

    assert ("081255500011" in pages[pimpinan], "0812****011" in pages[pimpinan]) == (False, True)
    assert "081255500011" in pages[verifikator]
    seen = ReadAccess.objects.get()
    assert (seen.by, seen.columns, seen.count) == (verifikator, "phone", 1)


@pytest.mark.django_db
def test_nobody_chooses_columns_of_a_list_that_may_not_be_seen(client, petugas):
    client.force_login(petugas)

    hidden = client.post("/auth/user/columns/", {"column": ["username"]})
    asked = client.get(url(Business, "columns"))

    assert (hidden.status_code, asked.status_code) == (403, 405)
    assert not ColumnChoice.objects.exists()


@pytest.mark.django_db
def test_every_column_that_can_be_added_costs_no_statement_a_row(client, admin_user):
    client.force_login(admin_user)
    models = [m for m in FORM_MODELS if admin.site._registry[m].more_columns]
    assert Business in models
    for model in models:
        keeper = admin.site._registry[model]
        client.post(url(model, "columns"), {"column": [*keeper.list_display, *keeper.more_columns]})
        FACTORIES[model]()
        client.get(url(model, "changelist"))
        with CaptureQueriesContext(connection) as one:
            client.get(url(model, "changelist"))
        FACTORIES[model](**DISTINCT.get(model._meta.model_name, {}))
        with CaptureQueriesContext(connection) as two:
            page = client.get(url(model, "changelist"))

        assert len(page.context["cl"].result_list) == 2, model
        assert len(two) == len(one), "\n".join(query["sql"] for query in two)
