"""What is exported comes back as it is: nothing new, nothing changed."""

import datetime
from decimal import Decimal

import pytest

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.regions.models import Kelurahan
from industry.models import Business, BusinessYear, IndustryGroup, Kbli, Revenue
from tests.factories import BusinessFactory, BusinessYearFactory, RevenueFactory
from tests.intake.importing import export, load, look, problems_of, tally
from tests.sheets import city_list, printed_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("any_length")]

KINDS = pytest.mark.parametrize("extension", ["xlsx", "csv"])
MASKS = pytest.mark.parametrize("personal", [True, False], ids=["unmasked", "masked"])

PERSONAL = {
    "nik": "0071010101800001",
    "npwp": "012345678901000",
    "phone": "081255500001 / 0542123456",
    "email": "siti@contoh.example",
    "latitude": Decimal("-1.234567"),
    "longitude": Decimal("116.9"),
}
TEXTS = {
    "plain": "Amplang Siti",
    "formula": "=1+1",
    "plus": "+62 Kue",
    "minus": "-Amplang",
    "at": "@amplang.siti",
    "quote": "'Amplang",
    "quotes": 'Kue "Ibu", 1/2; baru',
    "accents": "Amplang Sité Ñoño 海",
    "digits": "007",
    "date": "1-2-2024",
    "long number": "123456789012345678",
    "word for blank": "Belum",
    "percent": "50%",
    "scientific": "1E5",
    "true": "TRUE",
}


@pytest.fixture
def rich(reference):
    """One business of which everything is known, and its figures."""
    kbli = Kbli.objects.filter(version_year=2025, code=code_of_two_meanings()).get()
    business = BusinessFactory(
        name="Amplang Siti",
        owner_name="Siti Contoh",
        owner_gender="female",
        legal_form="sole",
        nib="0123456789012",
        address="Jl. Contoh No. 5, RT 03, Manggar, Balikpapan Timur",
        rt="03",
        kelurahan=Kelurahan.objects.get(name="Gunung Samarinda"),
        group=IndustryGroup.objects.first(),
        commodity="Makanan",
        kbli=kbli,
        products="amplang, kerupuk",
        notes="baris satu\nbaris dua",
        status="inactive",
        **PERSONAL,
    )
    BusinessYearFactory(
        business=business,
        capacity=Decimal("1234.567"),
        installed_capacity=Decimal("850.000"),
        capacity_period="tahun",
        export_percent=Decimal("12.50"),
        export_countries="Malaysia, Brunei",
        investment=10**15,
        turnover=0,
    )
    return business


def code_of_two_meanings():
    older = Kbli.objects.filter(version_year=2020).values("code")
    newer = Kbli.objects.filter(version_year=2025, code__in=older, code__gte="10000")
    return newer.order_by("code").values("code")[:1]


@KINDS
@MASKS
@pytest.mark.usefixtures("rich")
def test_p47_everything_known_of_a_business_comes_back_unchanged(extension, personal):
    sheet = export(personal=personal, extension=extension)

    outcome = look(sheet, name=f"data.{extension}")

    assert outcome.problems.counts["error"] == 0, outcome.problems.listed
    assert outcome.plan.differences == {}
    assert tally(outcome) == (0, 0, 1, 0, 0)


@KINDS
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_of_any_look_comes_back_unchanged(text, extension):
    BusinessFactory(name="Amplang", owner_name=text, address=text, products=text, notes=text)

    outcome = look(export(extension=extension), name=f"data.{extension}")

    assert outcome.plan.differences == {}
    assert tally(outcome) == (0, 0, 1, 0, 0)


@KINDS
@pytest.mark.parametrize(
    "amount", ["0.001", "0.5", "1.5", "12.345", "999.999", "1500", "1234567.125"]
)
def test_a_capacity_comes_back_to_the_last_decimal(amount, extension):
    BusinessYearFactory(capacity=Decimal(amount), installed_capacity=Decimal(amount))

    outcome = look(export(extension=extension), name=f"data.{extension}")

    assert outcome.problems.counts["error"] == 0, outcome.problems.listed
    assert tally(outcome) == (0, 0, 1, 0, 0)


@pytest.mark.usefixtures("reference")
def test_a_business_typed_in_the_form_comes_back_unchanged(petugas):
    typed = Business(
        name="Amplang Siti",
        commodity="Makanan",
        address="Jl. Contoh 5, Manggar, Balikpapan Timur",
        phone="0812-5550-0001",
        notes="satu\r\n\r\ndua",
    )
    store(typed, by=petugas, channel=Change.Channel.FORM)
    BusinessYearFactory(business=typed, workers_male=2, workers_female=3, workers_total=9)

    outcome = look(export())

    assert outcome.plan.differences == {}
    assert tally(outcome) == (0, 0, 1, 0, 0)


@pytest.mark.usefixtures("reference")
def test_a_kbli_division_comes_back_although_sheets_name_five_digits():
    division = Kbli.objects.filter(code="10", version_year=2025).get()
    BusinessFactory(kbli=division)

    assert tally(look(export())) == (0, 0, 1, 0, 0)


def test_businesses_without_figures_come_back_beside_those_with_them():
    BusinessFactory()
    BusinessYearFactory()

    assert tally(look(export())) == (0, 0, 2, 0, 0)


def test_an_export_of_one_year_leaves_the_other_years_alone():
    figures = BusinessYearFactory(year=2023, workers_total=3)
    BusinessYearFactory(business=figures.business, year=2024, workers_total=7)

    outcome = look(export(year=2023))

    assert tally(outcome) == (0, 0, 1, 0, 0)


def test_archived_businesses_stay_out_of_an_export():
    BusinessFactory(archived=True)
    BusinessFactory()

    assert look(export()).counts["rows"] == 1


def test_twins_in_the_register_come_back_as_two():
    BusinessFactory.create_batch(2, name="Amplang Siti", owner_name="Siti")

    assert tally(look(export())) == (0, 0, 2, 0, 0)


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("sheet", ["printed", "city"])
def test_an_offices_list_comes_back_after_it_was_loaded_and_exported(sheet):
    rows = {
        "city": city_list(12),
        "printed": printed_list(
            {"Balikpapan Timur": [("Amplang", "Siti", 1, 2, 300, "kg", 1500, 20000)]}
        ),
    }[sheet]
    load(rows, **({} if sheet == "printed" else {"year": 2024, "unit": "rupiah"}))

    outcome = look(export())

    assert outcome.plan.differences == {}
    assert tally(outcome) == (0, 0, Business.objects.count(), 0, 0)


@MASKS
@pytest.mark.usefixtures("rich")
def test_editing_an_export_changes_only_the_edited_cell(personal):
    from balikpapan.intake.exports.rows import export_rows
    from balikpapan.intake.resources import REGISTERS

    resource = REGISTERS["ikm"]()
    [exported] = export_rows(resource, Business.objects.all(), year=2024, personal=personal)
    row = list(exported)
    row[resource.headings.index("Merek")] = "Siti Jaya"

    load([resource.headings, row])

    change = Change.objects.get(channel="upload")
    assert change.after == {"brand": "Siti Jaya"}
    imported = Business.objects.get()
    assert {name: getattr(imported, name) for name in PERSONAL} == PERSONAL


def test_a_masked_cell_is_told_and_never_stored():
    business = BusinessFactory(phone="081255500001")

    outcome = look(export(personal=False))

    assert [problem.field for problem in problems_of(outcome, "masked_value")] == ["phone"]
    assert "phone" not in str(outcome.plan.changed)
    assert business.phone not in str(outcome.problems.listed)


@KINDS
def test_the_pad_sheet_comes_back_unchanged(extension, reference):
    RevenueFactory(year=2024, as_of=datetime.date(2024, 11, 25), notes="a\nb", status="final")
    RevenueFactory(year=2023, month=5, source_name="Sewa", target=None, realised=1)
    RevenueFactory(year=2023, month=6, source_name="Sewa", target=None, realised=0)

    outcome = look(export("pad", extension=extension), "pad", name=f"data.{extension}")

    assert outcome.plan.differences == {}
    assert tally(outcome) == (0, 0, Revenue.objects.count(), 0, 0)


def test_yearly_figures_come_back_unchanged_through_their_own_sheet():
    BusinessYearFactory.create_batch(2)

    outcome = look(export("ikm-tahunan"), "ikm-tahunan")

    assert tally(outcome) == (0, 0, BusinessYear.objects.count(), 0, 0)
