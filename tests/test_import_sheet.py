"""The command that reads a sheet: what it stores, what it says, how it ends."""

import hashlib
import json

import pytest
from django.core.management import CommandError, call_command

from balikpapan.audit.models import Change
from balikpapan.intake import problems
from balikpapan.intake.models import Upload
from balikpapan.intake.uploads import PlanChanged
from balikpapan.management.commands import import_sheet
from industry.models import Business, BusinessYear
from tests.sheets import city_list, workbook, xlsx

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Nama Pemilik", "NIK", "Tahun Data", "Tenaga Kerja"]
GOOD = ["Amplang Siti", "Siti Contoh", "6471010101800001", 2024, 3]
BAD = ["Roti Ani", "Ani Contoh", "64710101018000029", 2024, "lima"]


@pytest.fixture
def run(tmp_path):
    """Runs the command on a sheet; gives its exit status and the object it wrote."""

    def run(content, *options, register="ikm", name="data.xlsx"):
        file, report = tmp_path / name, tmp_path / "hasil.json"
        file.write_bytes(content if isinstance(content, bytes) else xlsx(content))
        report.unlink(missing_ok=True)
        status = 0
        try:
            call_command("import_sheet", register, str(file), "--json", str(report), *options)
        except SystemExit as ending:
            status = ending.code
        return status, json.loads(report.read_text("utf-8"))

    return run


def test_the_object_has_exactly_the_names_that_are_fixed(run):
    content = xlsx([HEADING, GOOD, BAD])

    status, report = run(content)

    assert status == 0
    assert list(report) == [
        "register", "file", "sha256", "status", "reason", "sheets", "questions", "counts",
        "problems", "upload",
    ]  # fmt: skip
    assert (report["register"], report["file"]) == ("ikm", "data.xlsx")
    assert report["sha256"] == hashlib.sha256(content).hexdigest()
    assert (report["status"], report["reason"], report["questions"]) == ("stored", "", [])
    assert report["counts"] == {
        "rows": 2, "new": 1, "changed": 0, "same": 0, "held": 1, "ignored": 0,
    }  # fmt: skip
    assert report["upload"] == Upload.objects.get().pk


def test_a_sheet_and_its_columns_are_described(run):
    _, report = run(
        [["DATA IKM"], [*HEADING, "Nilai Investasi (Rp.000)", "Warna"], [*GOOD, 5, "x"]]
    )

    [sheet] = report["sheets"]
    assert {name: sheet[name] for name in ("name", "read", "reason", "header_rows")} == {
        "name": "Data", "read": True, "reason": "", "header_rows": [2],
    }  # fmt: skip
    assert sheet["columns"][0] == {
        "letter": "A", "heading": "Nama Usaha", "field": "name", "unit": None,
    }  # fmt: skip
    assert sheet["columns"][5]["unit"] == "ribu"
    assert sheet["unknown_headings"] == ["Warna"]
    assert sheet["ignored"] == []


def test_a_problem_says_where_and_masks_what_is_personal(run):
    _, report = run([HEADING, GOOD, BAD])

    assert {tuple(problem) for problem in report["problems"]} == {
        ("sheet", "row", "column", "heading", "field", "value", "severity", "code", "message")
    }
    by_field = {problem["field"]: problem for problem in report["problems"]}
    workers = by_field["workers_total"]
    assert (workers["sheet"], workers["row"], workers["column"]) == ("Data", 3, "E")
    assert (workers["severity"], workers["code"], workers["value"]) == (
        "error", "not_a_number", "lima",
    )  # fmt: skip
    assert workers["message"].startswith("Lembar «Data», baris 3, kolom E «Tenaga Kerja»: ")
    assert workers["message"].endswith(".")
    assert "647101010180" not in json.dumps(report)


def test_a_dry_run_stores_nothing_at_all(run, settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"

    status, report = run([HEADING, GOOD], "--dry-run")

    assert (status, report["status"], report["upload"]) == (0, "planned", None)
    assert report["counts"]["new"] == 1
    assert not Upload.objects.exists()
    assert not Business.objects.exists()
    assert not settings.UPLOAD_DIR.exists()


def test_a_dry_run_foretells_what_is_then_stored(run):
    rows = [HEADING, GOOD, BAD]

    _, foretold = run(rows, "--dry-run")
    _, stored = run(rows)

    assert foretold["counts"] == stored["counts"]
    assert foretold["problems"] == stored["problems"]


def test_a_question_ends_with_2_and_its_answer_with_0(run):
    asked, report = run(city_list(5))
    answered, stored = run(city_list(5), "--year", "2023", "--unit", "rupiah")

    assert (asked, answered) == (2, 0)
    assert report["status"] == "needs_answer"
    assert {question["key"] for question in report["questions"]} == {"unit", "year"}
    assert {tuple(question) for question in report["questions"]} == {
        ("key", "about", "options", "suggestion")
    }
    assert stored["counts"]["new"] == Business.objects.count() == 5


def test_a_doubt_is_asked_without_stopping_the_rest(run):
    rows = [HEADING[:2] + HEADING[3:], *(["Amplang", "Siti", 2024, n] for n in (3, 4))]

    status, report = run([*rows, ["Roti", "Ani", 2024, 5]])

    assert (status, report["status"]) == (0, "stored")
    assert [question["key"] for question in report["questions"]] == ["duplicates"]
    assert (report["counts"]["new"], report["counts"]["held"]) == (1, 2)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data.pdf", b"%PDF-1.7"),
        ("data.xlsx", b"bukan zip"),
        ("data.xlsx", xlsx([["Menu", "Harga"], ["Soto", 20]])),
        ("data.csv", b""),
    ],
    ids=["pdf", "no workbook", "another table", "empty"],
)
def test_a_refused_file_ends_with_3_and_a_sentence(run, name, content):
    status, report = run(content, name=name)

    assert (status, report["status"], report["upload"]) == (3, "refused", None)
    assert report["reason"].endswith(".")
    assert report["counts"]["rows"] == 0
    assert not Business.objects.exists()


@pytest.mark.parametrize(("rows", "status"), [([GOOD, BAD], 3), ([GOOD], 0)])
def test_all_or_nothing_stores_no_row_where_one_is_held(run, rows, status):
    ended, report = run([HEADING, *rows], "--all-or-nothing")

    assert ended == status
    assert report["reason"] == ("held_rows" if status else "")
    assert Business.objects.count() == (0 if status else 1)


def test_all_or_nothing_cannot_be_confirmed_afterwards(run):
    from balikpapan.intake.uploads import confirm

    run([HEADING, GOOD, BAD], "--all-or-nothing")

    confirm(Upload.objects.get())

    assert not Business.objects.exists()


def test_a_heading_can_be_given_a_meaning(run):
    rows = [["Nama Usaha", "Ciri Khas", "Tahun Data", "TK"], ["Amplang", "Siti", 2024, 3]]

    run(rows, "--map", "Ciri Khas=brand")

    assert Business.objects.get().brand == "Siti"


def test_a_heading_can_be_left_unread(run):
    run([HEADING, GOOD], "--map", "Nama Pemilik=")

    assert Business.objects.get().owner_name == ""


def test_a_letter_stands_for_a_missing_heading(run):
    rows = [["Amplang Siti", "Siti", 3], ["Roti Ani", "Ani", 5], ["Batik Rumi", "Rumi", 7]]
    given = ["--map", "A=name", "--map", "B=owner_name", "--map", "C=workers_total"]

    asked, _ = run(rows)
    status, report = run(rows, *given, "--year", "2024")

    assert (asked, status) == (2, 0)
    assert Business.objects.get(name="Roti Ani").years.get().workers_total == 5


MONEY = [["Nama Usaha", "Tahun Data", "Nilai Investasi", "Nilai Produksi"], ["Amplang", 2024, 5, 7]]


@pytest.mark.parametrize(
    ("options", "stored"),
    [
        (["--unit", "rupiah"], (5, 7)),
        (["--unit", "ribu"], (5_000, 7_000)),
        (["--unit", "juta"], (5_000_000, 7_000_000)),
        (["--unit", "Nilai Investasi=ribu", "--unit", "D=juta"], (5_000, 7_000_000)),
        (["--unit", "ribu", "--unit", "Nilai Produksi=juta"], (5_000, 7_000_000)),
    ],
)
def test_a_unit_is_given_for_all_silent_headings_or_for_one(run, options, stored):
    status, _ = run(MONEY, *options)

    figures = BusinessYear.objects.get()
    assert status == 0
    assert (figures.investment, figures.production_value) == stored


SILENT_AND_NAMED = [
    ["Nama Usaha", "Tahun Data", "Investasi (Rp.000)", "Nilai Produksi"],
    ["Amplang", 2024, 5, 7],
]


def test_a_unit_does_not_overrule_a_heading_that_names_its_own(run):
    run(SILENT_AND_NAMED, "--unit", "juta")

    figures = BusinessYear.objects.get()
    assert (figures.investment, figures.production_value) == (5_000, 7_000_000)


def test_a_sheet_is_chosen_by_name(run):
    sheets = {"Satu": [HEADING, GOOD], "Dua": [HEADING, ["Kue Dewi", "Dewi", None, 2024, 2]]}

    _, report = run(workbook(sheets), "--sheet", "Dua")

    assert list(Business.objects.values_list("name", flat=True)) == ["Kue Dewi"]
    assert [(s["name"], s["read"], s["reason"]) for s in report["sheets"]] == [
        ("Satu", False, "tidak dipilih"),
        ("Dua", True, ""),
    ]


def test_a_sheet_that_is_not_there_is_refused(run):
    status, report = run([HEADING, GOOD], "--sheet", "Tiga")

    assert status == 3
    assert "«Tiga»" in report["reason"]


def test_bad_cells_can_be_stored_blank(run):
    status, report = run([HEADING, GOOD, BAD], "--bad-cells", "blank")

    assert report["counts"]["new"] == Business.objects.count() == 2
    assert BusinessYear.objects.count() == 1
    assert {p["severity"] for p in report["problems"] if p["row"] == 3} == {"warning"}


@pytest.mark.usefixtures("petugas")
def test_the_trail_names_the_user_and_the_door(run):
    run([HEADING, GOOD], "--user", "petugas")

    change = Change.objects.get(model="industry.business")
    assert (change.by.username, change.channel) == ("petugas", "command")
    assert Upload.objects.get().by.username == "petugas"


def test_without_a_user_nobody_is_named(run):
    run([HEADING, GOOD])

    assert Change.objects.filter(by=None, channel="command").count() == 2


def test_the_rights_of_the_named_user_hold(run, verifikator):
    _, report = run([HEADING, GOOD], "--user", "verifikator")

    assert report["counts"]["held"] == 1
    assert not Business.objects.exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--user", "tidak-ada"],
        ["--unit", "lusin"],
        ["--map", "tanpa tanda"],
        ["--map", "Nama Pemilik=gaji"],
    ],
    ids=["user", "unit", "map", "field"],
)
def test_an_option_that_makes_no_sense_is_refused_before_anything_is_read(tmp_path, options):
    file = tmp_path / "data.xlsx"
    file.write_bytes(xlsx([HEADING, GOOD]))

    with pytest.raises(CommandError, match=r"\.$"):
        call_command("import_sheet", "ikm", str(file), *options)

    assert not Upload.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("import_sheet", "ikm", str(tmp_path / "hilang.xlsx"))


def test_success_is_never_said_when_nothing_was_stored(tmp_path, monkeypatch, capsys):
    def changed(*args, **kwargs):
        raise PlanChanged

    file = tmp_path / "data.xlsx"
    file.write_bytes(xlsx([HEADING, GOOD]))
    monkeypatch.setattr(import_sheet, "confirm", changed)

    with pytest.raises(CommandError, match="tidak ada yang disimpan"):
        call_command("import_sheet", "ikm", str(file))

    assert "baru" not in capsys.readouterr().out


def test_a_question_names_its_suggestion_as_the_command_takes_it(run, capsys):
    heading = ["Nama Usaha", "Tahun Data", "Tenaga Kerja", "Jumlah Tenaga Kerja"]
    rows = [heading, ["Amplang Siti", 2024, 3, 4]]

    status, _ = run(rows)
    output = capsys.readouterr().out
    answered, _ = run(rows, "--map", "Tenaga Kerja=workers_total", "--map", "Jumlah Tenaga Kerja=")

    assert status == 2
    assert "«Tenaga Kerja (Orang)». Pilih satu. Usulan: C=workers_total." in output
    assert answered == 0


def test_the_object_lists_every_problem_however_many_of_a_kind(run, monkeypatch):
    monkeypatch.setattr(problems, "LISTED_PER_KIND", 2)
    rows = [HEADING, *([f"Usaha {n}", "Ani", None, 2024, "lima"] for n in range(5))]

    _, report = run(rows, "--dry-run")

    listed = [p for p in report["problems"] if p["code"] == "not_a_number"]
    assert [problem["row"] for problem in listed] == [2, 3, 4, 5, 6]
    assert {tuple(problem) for problem in report["problems"]} == {
        ("sheet", "row", "column", "heading", "field", "value", "severity", "code", "message")
    }
