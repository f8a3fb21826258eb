"""A list is searched by what people have before them: a number, a telephone, a kelurahan."""

import pytest
from django.contrib import admin

from balikpapan.audit.models import Record
from balikpapan.regions.models import Kelurahan
from industry.models import Business
from tests.factories import BusinessFactory
from tests.pages import FACTORIES, FORM_MODELS, label, url

pytestmark = pytest.mark.django_db


def names(client, **asked):
    """The names of the IKM that the list shows, in its order."""
    response = client.get(url(Business, "changelist"), asked)
    return [business.name for business in response.context["cl"].result_list]


@pytest.fixture
def reader(client, petugas):
    """Somebody who may see personal data."""
    client.force_login(petugas)
    return client


@pytest.mark.parametrize(
    "term",
    [
        "08125551003",
        "0812-5551-003",
        "+62 812 5551 003",
        "+628125551003",
        "0812.5551.003",
        "5551003",
    ],
)
def test_a_telephone_is_known_however_it_is_written(reader, term):
    BusinessFactory(name="Dicari", phone="08125551003")
    BusinessFactory(name="Lain", phone="08125551004")

    assert names(reader, q=term) == ["Dicari"]


@pytest.mark.parametrize("term", ["6471010101808901", "6471 0101 0180 8901"])
def test_a_nik_is_found_with_its_spaces(reader, term):
    BusinessFactory(name="Dicari", nik="6471010101808901")
    BusinessFactory(name="Lain")

    assert names(reader, q=term) == ["Dicari"]


@pytest.mark.parametrize("shape", ["IKM-{:06d}", "ikm-{:06d}", "IKM {}", "IKM{:06d}"])
def test_a_register_number_leads_to_its_ikm(reader, shape):
    business = BusinessFactory(name="Dicari")
    BusinessFactory(name="Lain")

    assert names(reader, q=shape.format(business.pk)) == ["Dicari"]
    assert names(reader, q=shape.format(business.pk + 900)) == []


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("term", ["manggar", "Balikpapan Timur", "dicari manggar"])
def test_an_ikm_is_found_by_its_kelurahan_and_kecamatan(reader, term):
    ward = Kelurahan.objects.get(name="Manggar")
    BusinessFactory(name="Dicari", kelurahan=ward, kecamatan=ward.kecamatan)
    BusinessFactory(name="Lain")

    assert names(reader, q=term) == ["Dicari"]


def test_a_code_with_dots_is_still_searched_as_it_is_typed(reader):
    BusinessFactory(name="Rekening 4.1.02.02", address="Jl. 12")

    assert names(reader, q="4.1.02.02") == ["Rekening 4.1.02.02"]


@pytest.mark.parametrize("term", ["08125551003", "+62 812 5551 003", "6471 0101 0180 8901"])
def test_nothing_hidden_is_found_by_whoever_may_not_see_it(client, pimpinan, term):
    BusinessFactory(phone="08125551003", nik="6471010101808901")
    client.force_login(pimpinan)

    assert names(client, q=term) == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ({}, ["amplang", "Bakpia", "zebra", "Zeta"]),
        ({"o": "-2"}, ["Zeta", "zebra", "Bakpia", "amplang"]),
    ],
    ids=["as it comes", "turned round"],
)
def test_names_are_sorted_without_regard_to_case(reader, order, expected):
    for name in ("Zeta", "amplang", "zebra", "Bakpia"):
        BusinessFactory(name=name)

    assert names(reader, **order) == expected


FIRST_COLUMNS = 3


def words_of(keeper, record) -> dict[str, str]:
    """What the first columns of a list say of a record in words that stand in the database."""
    words = {}
    for name in keeper.list_display[:FIRST_COLUMNS]:
        fields = {field.name: field for field in record._meta.concrete_fields}
        field = fields.get(name)
        if field is None or field.choices:
            continue
        value = getattr(record, name)
        if isinstance(value, Record):
            value = getattr(value, "name", "")
        if isinstance(value, str) and value:
            words[name] = value
    return words


@pytest.mark.one_database
@pytest.mark.parametrize("model", FORM_MODELS, ids=label)
def test_what_the_first_columns_of_a_list_say_is_searched(model, client, admin_user):
    client.force_login(admin_user)
    record = FACTORIES[model]()
    keeper = admin.site._registry[model]

    hidden = {
        name
        for name, text in words_of(keeper, record).items()
        if record not in client.get(url(model, "changelist"), {"q": text}).context["cl"].result_list
    }

    assert hidden == set()
