"""The lists that come with the product say what the regulations and the office's lists say."""

import pytest

from balikpapan.reference_data import load_reference
from industry.models import IndustryGroup, Kbli, ProductUnit, RevenueAccount, ScaleRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference():
    load_reference()


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("version", [2020, 2025])
def test_each_kbli_version_has_the_24_divisions_of_industry(version):
    divisions = [
        code
        for code in Kbli.objects.filter(version_year=version).values_list("code", flat=True)
        if len(code) == 2
    ]

    assert divisions == [str(number) for number in range(10, 34)]


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("version", [2020, 2025])
def test_each_kbli_version_has_a_hundred_codes_ikm_use_within_its_divisions(version):
    codes = [
        code
        for code in Kbli.objects.filter(version_year=version, checked=True).values_list(
            "code", flat=True
        )
        if len(code) == 5
    ]

    assert len(codes) >= 100
    assert [code for code in codes if not 10 <= int(code[:2]) <= 33] == []


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("code", "title_2020", "title_2025"),
    [
        ("10391", "Industri Tempe Kedelai", None),
        ("10307", None, "Pembuatan Tempe Kedelai"),
        ("10392", "Industri Tahu Kedelai", None),
        ("10308", None, "Pembuatan Tahu Kedelai"),
        ("13134", "Industri Batik", None),
        ("13133", "Industri Pencetakan Kain", "Industri Kain Batik"),
        ("10762", "Industri Pengolahan Herbal (Herb Infusion)", "Pengolahan Teh"),
        ("31001", "Industri Furnitur dari Kayu", None),
        ("31011", None, "Industri Furnitur dari Kayu"),
        ("23951", "Industri Barang dari Semen", "Industri Barang dari Semen"),
    ],
)
def test_a_kbli_number_means_what_its_version_says(code, title_2020, title_2025):
    titles = dict(Kbli.objects.filter(code=code).values_list("version_year", "title"))

    assert titles == {
        version: title for version, title in ((2020, title_2020), (2025, title_2025)) if title
    }


@pytest.mark.usefixtures("reference")
def test_a_code_outside_the_checked_lists_says_so():
    assert not Kbli.objects.filter(code="52102", checked=True).exists()
    assert Kbli.objects.filter(code="52102").count() == 2


@pytest.mark.usefixtures("reference")
def test_the_seven_known_kelompok_come_first_and_the_eighth_has_no_name_yet():
    assert list(IndustryGroup.objects.values_list("name", flat=True)) == [
        "Hasil Hutan",
        "Pulp dan Kertas",
        "Kimia",
        "Agro",
        "Logam, Mesin dan Perekayasaan",
        "Alat Angkut",
        "Aneka",
        "Lainnya",
    ]


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("model", [IndustryGroup, ProductUnit])
def test_a_word_stands_for_one_thing_only(model):
    words = [
        word.casefold()
        for name, aliases in model.objects.values_list("name", "aliases")
        for word in [name, *filter(None, aliases.split(";"))]
    ]

    assert len(words) == len(set(words))


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("Pangan", "Agro"),
        ("Kimia dan Bahan Bangunan", "Kimia"),
        ("Alat Transportasi", "Alat Angkut"),
        ("Kerajinan", "Aneka"),
    ],
)
def test_a_komoditi_word_of_old_lists_finds_its_kelompok(word, group):
    assert word in IndustryGroup.objects.get(name=group).aliases.split(";")


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize("word", ["Sandang", "Elektronika/Logam", "Bengkel", "Laundry"])
def test_a_komoditi_word_nobody_can_place_stays_open(word):
    rows = IndustryGroup.objects.values_list("aliases", flat=True)

    assert [aliases for aliases in rows if word in aliases.split(";")] == []


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("workers", "investment", "scale"),
    [
        (19, 999_999_999, "small"),
        (19, 1_000_000_000, "medium"),
        (20, 0, "medium"),
        (20, 15_000_000_000, "medium"),
        (20, 15_000_000_001, "large"),
    ],
)
def test_the_scale_follows_permenperin_64_of_2016(workers, investment, scale):
    rules = ScaleRule.objects.in_force(ScaleRule.Kind.SCALE, 2024)

    assert {rule.result for rule in rules if fits(rule, workers, investment)} == {scale}


@pytest.mark.usefixtures("reference")
@pytest.mark.parametrize(
    ("investment", "label"),
    [
        (1_000_000_000, "Usaha mikro"),
        (1_000_000_001, "Usaha kecil"),
        (5_000_000_001, "Usaha menengah"),
        (10_000_000_001, "Di atas usaha menengah"),
    ],
)
def test_the_umkm_class_follows_the_capital_of_pp_7_of_2021(investment, label):
    rules = ScaleRule.objects.in_force(ScaleRule.Kind.UMKM, 2024)

    assert [rule.label for rule in rules if fits(rule, None, investment)] == [label]


def test_no_rule_reaches_back_before_it_was_made(reference):
    assert not ScaleRule.objects.in_force(ScaleRule.Kind.SCALE, 2015).exists()
    assert not ScaleRule.objects.in_force(ScaleRule.Kind.UMKM, 2020).exists()


def fits(rule, workers, investment):
    """Whether the figures lie within the bounds of a line."""
    bounds = (
        (workers, rule.workers_min, rule.workers_max),
        (investment, rule.investment_min, rule.investment_max),
    )
    return all(
        (low is None or value >= low) and (high is None or value <= high)
        for value, low, high in bounds
    )


@pytest.mark.usefixtures("reference")
def test_every_account_but_the_first_hangs_on_a_shorter_one():
    for account in RevenueAccount.objects.exclude(code="4.1"):
        assert account.code.startswith(f"{account.parent.code}."), account.code
