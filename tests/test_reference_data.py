"""What a new register already holds, and that the office's own hand is never overwritten."""

import datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from balikpapan.audit import triggers
from balikpapan.audit.models import Change
from balikpapan.audit.store import archive, store
from balikpapan.reference_data import DELIVERIES, load_reference
from balikpapan.regions.matching import RegionNames
from balikpapan.regions.models import Kecamatan, Kelurahan
from balikpapan.reports.models import Letterhead
from facilities.models import Chamber, Facility
from industry.models import Business, IndustryGroup, ProductUnit, PublishedFigure, Revenue

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference():
    load_reference()


def change(record, **values):
    """A staff member's edit."""
    for name, value in values.items():
        setattr(record, name, value)
    return store(record, by=None, channel=Change.Channel.FORM)


# Running again


@pytest.mark.usefixtures("reference")
def test_a_second_run_writes_nothing():
    trail = Change.objects.count()

    count = load_reference()

    assert count == 0
    assert Change.objects.count() == trail


def test_the_command_says_how_much_was_added(capsys):
    call_command("load_reference")
    first = capsys.readouterr().out
    call_command("load_reference")

    assert first.endswith("catatan rujukan ditambahkan.\n")
    assert capsys.readouterr().out == "Data rujukan sudah lengkap; tidak ada yang ditambahkan.\n"


@pytest.mark.usefixtures("reference")
def test_a_row_that_is_missing_is_added():
    with triggers.lifted():
        Change.objects.filter(model="industry.productunit", after__name="galon").delete()
    ProductUnit.objects.filter(name="galon").delete()

    count = load_reference()

    assert count == 1
    assert ProductUnit.objects.filter(name="galon").exists()


@pytest.mark.usefixtures("reference")
def test_what_the_office_changed_stays_changed():
    change(Kelurahan.objects.get(name="Lamaru"), aliases="Lemaru;Lamaro")
    change(Facility.objects.get(code="SIKT"), manager="UPTD baru")

    load_reference()

    assert Kelurahan.objects.get(name="Lamaru").aliases == "Lemaru;Lamaro"
    assert Facility.objects.get(code="SIKT").manager == "UPTD baru"


@pytest.mark.usefixtures("reference")
def test_what_the_office_renamed_does_not_come_back_under_its_old_name():
    change(IndustryGroup.objects.get(name="Aneka"), name="Industri Aneka")
    change(Letterhead.objects.get(), office="Dinas Perindustrian")

    load_reference()

    assert not IndustryGroup.objects.filter(name="Aneka").exists()
    assert Letterhead.objects.get().office == "Dinas Perindustrian"


@pytest.mark.usefixtures("reference")
def test_what_the_office_archived_does_not_come_back():
    archive(PublishedFigure.objects.get(), by=None, channel=Change.Channel.FORM)

    load_reference()

    assert PublishedFigure.objects.get().archived_at is not None


def test_what_the_office_typed_itself_is_not_added_a_second_time():
    own = ProductUnit(name="buah", aliases="bh;BH.")
    store(own, by=None, channel=Change.Channel.FORM)

    load_reference()

    assert ProductUnit.objects.get(name="buah").aliases == "bh;BH."


@pytest.mark.usefixtures("reference")
def test_everything_is_traced_and_keeps_the_rules_of_its_model():
    for model in {apps.get_model(delivery.model) for delivery in DELIVERIES}:
        records = list(model._base_manager.all())
        for record in records:
            record.full_clean()
        trail = Change.objects.filter(model=model._meta.label_lower, channel=Change.Channel.SYSTEM)

        assert len(records) == trail.count() > 0


def test_no_file_says_one_thing_twice():
    for delivery in DELIVERIES:
        keys = [tuple(row[name] for name in delivery.key) for row in delivery.rows()]

        assert len(keys) == len(set(keys)), delivery.file


# Regions


@pytest.mark.usefixtures("reference")
def test_the_city_has_six_kecamatan_and_thirty_four_kelurahan():
    sizes = {name: Kelurahan.objects.filter(kecamatan__name=name).count() for name in names()}

    assert sizes == {
        "Balikpapan Timur": 4,
        "Balikpapan Barat": 6,
        "Balikpapan Utara": 6,
        "Balikpapan Tengah": 6,
        "Balikpapan Selatan": 7,
        "Balikpapan Kota": 5,
    }


def names():
    return list(Kecamatan.objects.values_list("name", flat=True))


@pytest.mark.usefixtures("reference")
def test_a_kelurahan_code_begins_with_that_of_its_kecamatan():
    rows = Kelurahan.objects.values_list("code", "kecamatan__code")

    assert [code for code, kecamatan in rows if not code.startswith(f"{kecamatan}.")] == []
    assert Kelurahan.objects.get(code="64.71.01.1003").name == "Teritip"


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Gn. Samarinda", "Gunung Samarinda"),
        ("GUNUNGSAMARINDA BARU", "Gunung Samarinda Baru"),
        ("Gn Sari Ilir", "Gunung Sari Ilir"),
        ("Muararapak", "Muara Rapak"),
        ("Mekarsari", "Mekar Sari"),
        ("Sungai Nangka", "Sungainangka"),
        ("LEMARU", "Lamaru"),
        ("Karingau", "Kariangau"),
        ("Perapatan", "Prapatan"),
        ("Sumberejo", "Sumber Rejo"),
        ("Margomulyo", "Margo Mulyo"),
    ],
)
def test_a_kelurahan_is_known_by_the_spellings_offices_use(spelling, name):
    ward = RegionNames().find("kelurahan", spelling)

    assert Kelurahan.objects.get(pk=ward).name == name


@pytest.mark.usefixtures("reference")
def test_klandasan_alone_could_be_either_and_is_neither():
    assert RegionNames().find("kelurahan", "Klandasan") is None


# First records


@pytest.mark.usefixtures("reference")
def test_the_cold_storage_holds_80_tons_that_are_60_chilled_and_20_freezing():
    tons = dict(Chamber.objects.values_list("purpose", "capacity_ton"))
    cold_storage = Facility.objects.with_installed_tons().get(kind="cold_storage")

    assert tons == {"chill": 60, "freeze": 20}
    assert cold_storage.installed_ton == 80


@pytest.mark.usefixtures("reference")
def test_the_cold_storage_was_built_in_2022_and_works_since_2024():
    cold_storage = Facility.objects.get(kind="cold_storage")

    assert cold_storage.built_year == 2022
    assert cold_storage.operational_on == datetime.date(2024, 5, 14)
    assert cold_storage.parent.code == "SIKT"


@pytest.mark.usefixtures("reference")
def test_the_two_centres_stand_in_their_kelurahan():
    centres = Facility.objects.filter(kind="centre").values_list("code", "kelurahan__name")

    assert dict(centres) == {"SIKT": "Teritip", "SIKS": "Muara Rapak"}


@pytest.mark.usefixtures("reference")
def test_the_published_pad_of_four_years_is_marked_as_published():
    rows = Revenue.objects.filter(status="published", as_of=datetime.date(2024, 11, 25))

    assert dict(rows.values_list("year", "realised")) == {
        2021: 115_000_000,
        2022: 115_000_000,
        2023: 144_000_000,
        2024: 330_280_000,
    }


@pytest.mark.usefixtures("reference")
def test_the_published_count_of_ikm_makes_no_businesses():
    figure = PublishedFigure.objects.get(indicator="Jumlah IKM", year=2024)

    assert (figure.value, figure.as_of) == (1029, datetime.date(2024, 11, 25))
    assert not Business.objects.exists()


@pytest.mark.usefixtures("reference")
def test_the_first_letterhead_names_city_and_office_and_leaves_the_address_open():
    letterhead = Letterhead.objects.heading_on(timezone.localdate())

    assert letterhead.names == [
        "PEMERINTAH KOTA BALIKPAPAN",
        "DINAS KOPERASI, USAHA MIKRO, KECIL, MENENGAH DAN PERINDUSTRIAN",
    ]
    assert letterhead.details == []
