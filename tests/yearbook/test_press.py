"""The press text: plain sentences of four years, each number with its table, day and status."""

import datetime

import pytest
from django.utils import timezone

from balikpapan.audit.models import Change, ClosedYear
from balikpapan.reference_data import load_reference
from balikpapan.reports.formats import long_date
from balikpapan.yearbook import release
from balikpapan.yearbook.closing import close_year, reopen_year
from balikpapan.yearbook.press_sentences import press_text
from balikpapan.yearbook.publication import publication
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    ChamberFactory,
    FacilityFactory,
    PublishedFigureFactory,
    RevenueFactory,
)

pytestmark = pytest.mark.django_db

YEAR = 2024
PAGE = f"/laporan/{YEAR}/siaran-pers/"
#: What the office published on 25 November 2024.
SEED = [
    "Kota Balikpapan memiliki 1.029 IKM (angka publikasi, sementara, per 25 November 2024).",
    "Pendapatan asli daerah (PAD) sektor industri tahun 2021 Rp115.000.000, tahun 2022 "
    "Rp115.000.000 (tetap), tahun 2023 Rp144.000.000 (naik 25,22%), dan tahun 2024 Rp330.280.000 "
    "(naik 129,36%). Angka tahun 2021, 2022, 2023, dan 2024 sementara, per 25 November 2024.",
    "Cold Storage SIKT berkapasitas 80 ton: 60 ton pendinginan dan 20 ton pembekuan.",
    "Cold Storage SIKT dibangun tahun 2022 dan beroperasi sejak 14 Mei 2024.",
]
DAY = datetime.date(2025, 1, 20)


def text_of(year=YEAR):
    return press_text(publication(year, public=True))


def sentences_of(text):
    return [sentence.text for sentence in text.sentences]


def remarks_of(text):
    return [sentence.text for sentence in text.remarks]


def today():
    return long_date(timezone.localdate())


def close(year=YEAR):
    return close_year(year, by=None, channel=Change.Channel.COMMAND)


@pytest.fixture
def reader(client, pimpinan):
    client.force_login(pimpinan)
    return client


def test_the_published_sentences_come_out_of_a_fresh_register_on_page_and_file(reader):
    load_reference()

    page = reader.get(PAGE).content.decode()
    file = reader.get(f"{PAGE}unduh/txt/")

    assert sentences_of(text_of()) == SEED
    for sentence in SEED:
        assert sentence in page
        assert sentence in file.content.decode()
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert "siaran-pers-industri-2024-umum.txt" in file["Content-Disposition"]


def test_every_number_is_tied_to_its_table_edition_day_and_status():
    load_reference()

    text = text_of()

    assert [each.mark for each in text.marked] == ["[1]", "[2–5]", "[6–8]", "[9–10]"]
    assert [(each.value, each.table) for each in text.references] == [
        ("1.029 unit", "Tabel 14a"),
        *((paid, "Tabel 9a") for paid in ("Rp115.000.000", "Rp115.000.000", "Rp144.000.000")),
        ("Rp330.280.000", "Tabel 9a"),
        *((tons, "Tabel 11") for tons in ("80 ton", "60 ton", "20 ton")),
        ("2022", "Tabel 10"),
        ("14 Mei 2024", "Tabel 10"),
    ]
    line = "Realisasi PAD 2024: Rp330.280.000. Tabel 9a, belum ada edisi; angka publikasi, sementara, per 25 November 2024."
    assert f"[5] {line}" in text.as_text()


def test_the_short_form_says_all_of_it_in_the_length_of_a_message():
    load_reference()

    short = text_of().short

    assert len(short) < 600
    for part in (
        "1.029 IKM",
        "2021 Rp115.000.000",
        "2024 Rp330.280.000 (naik 129,36%)",
        "sementara, per 25 November 2024",
        "80 ton (60 pendinginan + 20 pembekuan)",
        "Dibangun 2022, beroperasi 2024",
    ):
        assert part in short


def test_what_the_register_counts_stands_beside_what_was_published_with_both_days():
    BusinessFactory.create_batch(4, founded_year=YEAR)
    PublishedFigureFactory(
        year=YEAR, indicator="Jumlah IKM", value=1029, as_of=datetime.date(2024, 11, 25)
    )
    RevenueFactory(
        year=YEAR, target=None, realised=330, status="published", as_of=datetime.date(2024, 11, 25)
    )
    RevenueFactory(
        year=YEAR, source_name="Sewa", target=None, realised=352, status="final", as_of=DAY
    )

    text = text_of()

    [units, paid, open_year] = remarks_of(text)
    assert "1.029 unit per 25 November 2024" in units
    assert f"menurut register 4 unit, sementara, per {today()}" in units
    assert paid == (
        "PAD 2024: pernah dipublikasikan Rp330 per 25 November 2024; menurut register Rp352, "
        "final menurut catatan, sementara, per 20 Januari 2025."
    )
    assert "belum ditutup" in open_year


def test_a_published_figure_the_register_confirms_is_not_mentioned():
    BusinessFactory.create_batch(3, founded_year=YEAR)
    PublishedFigureFactory(year=YEAR, indicator="Jumlah IKM", value=3)

    assert not [remark for remark in remarks_of(text_of()) if "dipublikasikan" in remark]


def test_a_closed_year_is_told_as_its_edition_has_it_and_no_longer_provisional():
    BusinessFactory.create_batch(3, founded_year=YEAR)
    RevenueFactory(year=YEAR, target=None, realised=352, status="final", as_of=DAY)
    close()
    BusinessFactory(founded_year=YEAR)

    text = text_of()

    assert sentences_of(text)[0] == "Pada 31 Desember 2024 tercatat 3 IKM di Kota Balikpapan."
    assert sentences_of(text)[1].endswith("tahun 2024 Rp352.")
    assert PROVISIONAL_WORD not in text.as_text()
    assert "Tabel 9a, Edisi 1; final, per 20 Januari 2025." in text.as_text()


PROVISIONAL_WORD = "sementara"


def test_years_before_it_that_are_still_open_are_provisional_in_its_edition():
    RevenueFactory(year=YEAR - 1, target=None, realised=300, status="audited", as_of=DAY)
    RevenueFactory(year=YEAR, target=None, realised=330, status="audited", as_of=DAY)
    close()
    before = sentences_of(text_of())[1]
    close(YEAR - 1)

    # The edition keeps its words: the earlier year was open when it was made.
    assert before.endswith("Angka tahun 2023 sementara, per 20 Januari 2025.")
    assert sentences_of(text_of())[1] == before
    assert PROVISIONAL_WORD not in sentences_of(text_of(YEAR - 1))[1]


def test_a_year_of_some_months_says_how_many_and_grows_like_with_like():
    for month in (1, 2):
        RevenueFactory(year=YEAR - 1, month=month, target=None, realised=100)
    RevenueFactory(year=YEAR, month=1, target=None, realised=110)

    [_, paid, *_] = sentences_of(text_of())

    assert "tahun 2023 Rp200 (2 dari 12 bulan)" in paid
    assert "tahun 2024 Rp110 (1 dari 12 bulan; naik 10,00% dibandingkan bulan yang sama)" in paid
    assert "1 dari 12 bulan" in text_of().short


def test_a_fall_is_told_as_one_and_an_unknown_year_stays_unknown():
    RevenueFactory(year=YEAR - 1, target=None, realised=200)
    RevenueFactory(year=YEAR, target=None, realised=150)

    [_, paid, *_] = sentences_of(text_of())

    assert "tahun 2022 belum tercatat" in paid
    assert "tahun 2024 Rp150 (turun 25,00%)" in paid


def test_a_cold_storage_that_is_not_built_yet_is_not_told():
    planned = FacilityFactory(kind="cold_storage", built_year=YEAR + 1)
    ChamberFactory(facility=planned)

    assert len(text_of().sentences) == 2


def test_the_text_is_for_the_public_and_refused_where_the_release_is(reader, monkeypatch):
    BusinessYearFactory.create_batch(4, year=YEAR)

    with pytest.raises(ValueError, match="for the public only"):
        press_text(publication(YEAR))
    monkeypatch.setattr(release, "contributions", lambda year: [])
    answer = reader.get(PAGE, follow=True)
    assert "tidak dapat dibuat" in answer.content.decode()


def test_an_edition_is_named_in_the_file_and_an_earlier_one_can_be_asked_for(reader):
    BusinessFactory.create_batch(3, founded_year=YEAR)
    close()
    reopen_year(ClosedYear.objects.get(), by=None, channel=Change.Channel.COMMAND, reason="uji")
    BusinessFactory(founded_year=YEAR)
    close()

    newest, first = (reader.get(f"{PAGE}unduh/txt/{query}") for query in ("", "?edisi=1"))

    assert "2024-edisi-2-umum.txt" in newest["Content-Disposition"]
    assert "2024-edisi-1-umum.txt" in first["Content-Disposition"]
    assert "tercatat 4 IKM" in newest.content.decode()
    assert "tercatat 3 IKM" in first.content.decode()


def test_the_menu_leads_to_the_text_of_the_last_year_that_has_figures(reader):
    load_reference()
    menu = reader.get("/").content.decode()

    assert 'href="/laporan/siaran-pers/"' in menu
    assert reader.get("/laporan/siaran-pers/").url == PAGE
    assert f'href="{PAGE}"' in reader.get(f"/laporan/{YEAR}/").content.decode()


@pytest.mark.parametrize("address", ["/laporan/siaran-pers/", PAGE, f"{PAGE}unduh/txt/"])
def test_the_text_asks_who_is_there_and_what_they_may(address, client, administrator):
    assert client.get(address).status_code == 302

    administrator.groups.clear()
    client.force_login(administrator)
    assert client.get(address).status_code == 403
