"""The command's answers: every question by its code, and none of them ignored."""

import pytest
from django.core.management import CommandError, call_command

from balikpapan.intake.answers import Answers
from balikpapan.intake.models import Upload
from balikpapan.intake.uploads import receive
from industry.models import Business, BusinessYear, Kbli, Revenue
from tests.factories import BusinessFactory
from tests.sheets import workbook, xlsx
from tests.test_import_sheet import GOOD, HEADING, MONEY, run

__all__ = ["run"]

pytestmark = pytest.mark.django_db

BLANK_YEARS = [HEADING[:2] + HEADING[3:], ["Amplang", "Siti", None, 3], ["Roti", "Ani", None, 4]]
CODES = [["Nama Usaha", "Kode KBLI"], ["Amplang", "99999"]]
WORKERS = [
    ["Nama Usaha", "Tahun Data", "Tenaga Kerja (L)", "Tenaga Kerja (P)"],
    ["Amplang", None, None, 3],
    ["Roti", None, None, 4],
]


@pytest.mark.parametrize("options", [["--year", "2021"], ["--answer", "year=2021"]])
def test_a_year_is_answered_by_either_option(run, options):
    asked, report = run(BLANK_YEARS)
    answered, _ = run(BLANK_YEARS, *options)

    assert (asked, answered) == (2, 0)
    assert [q["key"] for q in report["questions"]] == ["year"]
    assert set(BusinessYear.objects.values_list("year", flat=True)) == {2021}


def test_every_question_of_the_object_is_answered_by_its_key_and_option(run):
    _, report = run(WORKERS)
    questions = {question["key"]: question["options"] for question in report["questions"]}
    status, _ = run(
        WORKERS, "--answer", "year=2021", "--answer", f"workers={questions['workers'][0]}"
    )

    assert status == 0
    assert sorted(BusinessYear.objects.values_list("workers_total", flat=True)) == [3, 4]


def test_a_question_that_may_stay_open_says_so(run):
    doubles = [["Nama Usaha", "Nama Pemilik", "Tahun", "Tenaga Kerja"]]
    doubles += [["Kopi", "Budi", 2024, 2], ["Kopi", "Budi", 2024, 3]]

    status, report = run(doubles, "--dry-run")
    _, unanswered = run(BLANK_YEARS, "--dry-run")

    assert status == 0
    assert [(q["key"], q["blocking"]) for q in report["questions"]] == [("duplicates", False)]
    assert [(q["key"], q.get("blocking", True)) for q in unanswered["questions"]] == [
        ("year", True)
    ]


def test_suggestions_are_accepted_for_every_question_that_has_one(run):
    left, report = run(WORKERS, "--accept-suggestions")
    status, _ = run(WORKERS, "--accept-suggestions", "--year", "2021")

    assert (left, [q["key"] for q in report["questions"]]) == (2, ["year"])
    assert status == 0
    assert sorted(BusinessYear.objects.values_list("workers_total", flat=True)) == [3, 4]


DOUBLED = [["Nama Usaha", "Merek", "Merk"], ["Amplang", "a", "b"]]
OF_ONE_SOURCE = [["REALISASI SEWA UJI"], ["Tahun", "Realisasi (Rp)"], [2019, 5], [2020, 6]]


@pytest.mark.parametrize(
    ("register", "rows"),
    [
        pytest.param("ikm", DOUBLED, id="two columns of one meaning"),
        pytest.param("pad", OF_ONE_SOURCE, id="a source in the title alone"),
    ],
)
def test_a_suggestion_that_is_accepted_settles_its_question(run, register, rows):
    status, report = run(rows, "--accept-suggestions", register=register)

    assert (status, report["questions"]) == (0, [])


def test_the_source_of_all_rows_is_answered_by_the_command(run):
    status, _ = run(OF_ONE_SOURCE, "--answer", "stated:source_name=Sewa kios uji", register="pad")
    unused, report = run([HEADING, GOOD], "--answer", "stated:name=Amplang")

    assert status == 0
    assert set(Revenue.objects.values_list("source_name", flat=True)) == {"Sewa kios uji"}
    assert unused == 3
    assert "stated:name=Amplang tidak berpengaruh" in report["reason"]


@pytest.mark.parametrize(
    ("rows", "options", "what"),
    [
        pytest.param([HEADING, GOOD], ["--year", "2021"], "year=2021", id="year"),
        pytest.param([HEADING, GOOD], ["--unit", "juta"], "unit=juta", id="unit"),
        pytest.param(MONEY, ["--unit", "ribu", "--unit", "K=juta"], "unit:K=juta", id="unit of none"),
        pytest.param([HEADING, GOOD], ["--map", "Merek=brand"], "map Merek=brand", id="map"),
        pytest.param([HEADING, GOOD], ["--answer", "zeros=blank"], "zeros=blank", id="zeros"),
        pytest.param([HEADING, GOOD], ["--answer", "workers=total"], "workers=total", id="workers"),
        pytest.param([HEADING, GOOD], ["--answer", "period=x12"], "period=x12", id="period"),
        pytest.param([HEADING, GOOD], ["--answer", "sheets=main"], "sheets=main", id="sheets"),
        pytest.param([HEADING, GOOD], ["--answer", "equal_rows=once"], "equal_rows=once", id="rows"),
        pytest.param([HEADING, GOOD], ["--answer", "dates=day_first"], "dates=day_first", id="dates"),
        pytest.param([HEADING, GOOD], ["--near", "new"], "near=new", id="near"),
        pytest.param([HEADING, GOOD], ["--near", "hold"], "near=hold", id="the usual for near"),
        pytest.param(
            [HEADING, GOOD], ["--duplicates", "separate"], "duplicates=separate", id="duplicates"
        ),
        pytest.param(
            [HEADING, GOOD], ["--answer", "archived=revive"], "archived=revive", id="archived"
        ),
        pytest.param([HEADING, GOOD], ["--bad-cells", "blank"], "bad-cells=blank", id="bad cells"),
        pytest.param(CODES, ["--kbli-version", "2025"], "kbli-version=2025", id="one version"),
        pytest.param(
            [HEADING, GOOD], ["--kbli-version", "2020"], "kbli-version=2020", id="no activities"
        ),
        pytest.param(
            [HEADING, GOOD], ["--value", "owner_gender:Cowok=Laki-laki"],
            "value owner_gender:cowok=Laki-laki", id="word",
        ),
    ],
)  # fmt: skip
def test_an_answer_without_effect_is_refused_with_a_sentence(run, rows, options, what):
    status, report = run(rows, *options)

    assert (status, report["status"]) == (3, "refused")
    assert report["reason"].startswith(f"Jawaban {what} tidak berpengaruh: ")
    assert not Business.objects.exists()


def test_a_sheet_that_is_named_and_no_list_is_refused(run):
    sheets = {"Daftar": [HEADING, GOOD], "Grafik": [["Bagan kota"], ["lihat sebelah"]]}

    status, report = run(workbook(sheets), "--sheet", "Daftar", "--sheet", "Grafik")
    alone, _ = run(workbook(sheets), "--sheet", "Daftar")

    assert (status, alone) == (3, 0)
    assert report["reason"].startswith("Jawaban sheet Grafik tidak berpengaruh: ")


@pytest.mark.parametrize(
    ("register", "rows", "version"),
    [
        ("ikm", [["Nama Usaha", "Kode KBLI"], ["Amplang", "10794"]], "2025"),
        ("kbli", [["Kode", "Judul"], ["01999", "Kegiatan Uji"]], "2025"),
    ],
)
def test_a_version_of_the_activities_that_decides_is_taken(run, register, rows, version):
    for year in (2020, 2025):
        Kbli.objects.update_or_create(
            version_year=year, code="10794", defaults={"title": f"Keripik {year}"}
        )

    status, _ = run(rows, "--kbli-version", version, register=register)

    assert status == 0


@pytest.mark.parametrize(
    ("rows", "option"),
    [
        pytest.param([["Amplang Siti", "Siti", 2], ["Amplang Siti", "Siti", 3]], "duplicates=separate", id="duplicates"),
        pytest.param([["Roti Manis", "Ani", 2], ["Amplang", "Siti", 1]], "near=new", id="near"),
        pytest.param([["Kopi", "Budi", 2]], "archived=revive", id="archived"),
    ],
)  # fmt: skip
def test_an_answer_about_what_the_register_holds_is_taken_where_it_decides(run, rows, option):
    BusinessFactory(name="Roti Maniz", owner_name="Ani", address="", phone="")
    BusinessFactory(name="Kopi", owner_name="Budi", address="", phone="", archived=True)
    sheet = [["Nama Usaha", "Nama Pemilik", "Tenaga Kerja"], *rows]

    status, _ = run(sheet, "--year", "2024", "--answer", option)
    again, report = run(sheet, "--year", "2024", "--answer", option)

    # The file meets its own records then: nothing is left that the answer could be about.
    assert (status, again) == (0, 0)
    assert (report["counts"]["new"], report["counts"]["changed"]) == (0, 0)


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        pytest.param({"near": "new"}, 1, id="nothing is similar"),
        pytest.param({"duplicates": "hold"}, 0, id="two rows are alike"),
    ],
)
def test_an_upload_names_an_answer_that_decides_nothing(petugas, answers, count):
    rows = [
        ["Nama Usaha", "Nama Pemilik", "Tenaga Kerja"],
        ["Kopi", "Budi", 2],
        ["Kopi", "Budi", 3],
    ]

    _, outcome = receive("ikm", xlsx(rows), "a.xlsx", Answers(year=2024, **answers), petugas)

    unused = [each for each in outcome.problems.listed if each.code == "unused_answer"]
    assert len(unused) == count
    sentence = "Jawaban near=new tidak berpengaruh: tidak ada baris yang mirip dengan catatan yang "
    assert all(each.message.endswith(f"{sentence}tersimpan. Hapus jawaban itu.") for each in unused)


def test_a_command_given_twice_changes_nothing(run):
    options = ["--year", "2021", "--answer", "workers=total"]

    run(WORKERS, *options)
    status, report = run(WORKERS, *options)

    assert (status, report["counts"]["same"], report["counts"]["changed"]) == (0, 2, 0)


@pytest.mark.parametrize(
    "options",
    [
        ["--answer", "tahun=2021"],
        ["--answer", "year=dua"],
        ["--answer", "year=1800"],
        ["--answer", "zeros=maybe"],
        ["--answer", "workers=both"],
        ["--answer", "period=x0"],
        ["--answer", "period=x400"],
        ["--answer", "near=old"],
        ["--answer", "columns=name"],
        ["--answer", "zeros"],
        ["--value", "kecamatan=Balikpapan Tengah"],
        ["--value", "alamat:x=y"],
        ["--value", "address:x=y"],
        ["--value", "kecamatan:x=Samarinda"],
    ],
)
def test_an_answer_that_no_question_takes_is_refused_before_anything_is_read(tmp_path, options):
    file = tmp_path / "data.xlsx"
    file.write_bytes(xlsx([HEADING, GOOD]))

    with pytest.raises(CommandError, match=r"\.$"):
        call_command("import_sheet", "ikm", str(file), *options)

    assert not Upload.objects.exists()


def test_cells_with_a_unit_of_their_own_are_answered_for_their_column(run):
    rows = [["Nama Usaha", "Tahun", "Investasi (Rp.000)"], ["A", 2024, 5], ["B", 2024, "Rp 7"]]

    _, report = run(rows, "--dry-run")
    status, _ = run(rows, "--unit", "C=ribu")

    assert [(q["key"], q["concern"]) for q in report["questions"]] == [("unit", "C")]
    assert status == 0
    assert sorted(BusinessYear.objects.values_list("investment", flat=True)) == [5_000, 7_000]
