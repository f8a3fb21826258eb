"""The marked copy of an upload: whole for those who may see personal data, masked for others."""

import io
import re
import zipfile

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from balikpapan.audit.models import ReadAccess
from balikpapan.intake import storage, working_file
from balikpapan.intake.exports import annotated_copy
from balikpapan.intake.exports.annotated_copy import MASKED, marked_copy
from tests.cast import member
from tests.intake.importing import hand_in, load
from tests.pages import upload_url
from tests.sheets import workbook, xlsx

pytestmark = pytest.mark.django_db

RED = "FFFFC7CE"
NIK, PHONE = "6471010101800001", "081255512345"
HEADINGS = ["Nama Usaha", "NIK", "No. HP", "Tahun Data", "Tenaga Kerja", "Nomor Rahasia"]
BAD = [HEADINGS, ["Amplang Siti", NIK, PHONE, 2024, "anjai", NIK]]


def listing(book):
    """All words of the sheet that lists the findings."""
    cells = book["Hasil pemeriksaan"].iter_rows(values_only=True)
    return " ".join(str(value) for row in cells for value in row if value is not None)


def everything(book):
    """Every value and comment of a workbook."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return " ".join(f"{cell.value} {cell.comment.text if cell.comment else ''}" for cell in cells)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_uploader_gets_the_own_workbook_with_the_bad_cell_marked(petugas):
    upload = hand_in(BAD, user=petugas)

    sheet = opened(marked_copy(upload, petugas))["Data"]

    assert sheet["E2"].fill.fgColor.rgb == RED
    assert sheet["E2"].comment.text.startswith('"anjai" bukan bilangan bulat')
    assert sheet["B2"].value == NIK


def test_a_spreadsheet_program_finds_where_to_draw_the_comments(petugas):
    content = marked_copy(hand_in(BAD, user=petugas), petugas)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        relations = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    [drawing] = re.findall(r'<legacyDrawing [^>]*?:id="(\w+)"', sheet)
    target = re.search(rf'<Relationship [^>]*Id="{drawing}"[^>]*>', relations)
    assert ".vml" in target[0]


def test_a_message_in_the_copy_does_not_repeat_its_place(petugas):
    book = opened(marked_copy(hand_in(BAD, user=petugas), petugas))

    assert "Lembar «" not in listing(book)
    assert "anjai" in listing(book)


@pytest.mark.parametrize("group", ["Pimpinan", "Administrator"])
def test_whoever_may_not_see_personal_data_gets_them_masked(petugas, group):
    upload = hand_in(BAD, user=petugas)

    book = opened(marked_copy(upload, member(group)))

    row = [cell.value for cell in book["Data"][2]]
    assert row == ["Amplang Siti", "************0001", "0812****345", 2024, "anjai", "****"]
    assert book["Data"]["E2"].fill.fgColor.rgb == RED
    assert NIK not in everything(book)
    assert PHONE not in everything(book)
    assert MASKED in listing(book)


def test_a_message_about_a_personal_cell_is_masked_too(petugas, pimpinan):
    wrong = "0812-abc-999"
    upload = hand_in([HEADINGS, ["Amplang", "64710101", wrong, 2024, 3, None]], user=petugas)

    theirs = everything(opened(marked_copy(upload, pimpinan)))

    assert "64710101" in everything(opened(marked_copy(upload, petugas)))
    assert "64710101" not in theirs
    assert wrong not in theirs


def test_a_number_cell_as_long_as_a_nik_is_masked_wherever_it_stands(petugas, pimpinan):
    rows = [["Data milik", int(NIK)], HEADINGS, ["Amplang", None, None, 2024, "x", None]]
    upload = hand_in(rows, user=petugas)

    assert NIK not in everything(opened(marked_copy(upload, pimpinan)))


def test_sheets_that_were_not_read_are_no_part_of_a_masked_copy(petugas, pimpinan):
    content = workbook({"Data": BAD, "Pribadi": [["Siti", NIK]]})
    upload = hand_in(content, user=petugas)

    assert opened(marked_copy(upload, petugas)).sheetnames[:2] == ["Data", "Pribadi"]
    assert opened(marked_copy(upload, pimpinan)).sheetnames == ["Data", "Hasil pemeriksaan"]


def test_findings_that_are_only_counted_are_told_as_a_number(petugas, monkeypatch):
    monkeypatch.setattr("balikpapan.intake.problems.LISTED_PER_KIND", 2)
    rows = [HEADINGS, *[[f"Usaha {n}", None, None, 2024, "x", None] for n in range(5)]]
    upload = hand_in(rows, user=petugas)

    assert "3 temuan sejenis lainnya" in listing(opened(marked_copy(upload, petugas)))


@pytest.mark.parametrize("what", ["file", "findings"])
def test_without_the_bytes_or_the_findings_there_is_no_copy(petugas, what):
    upload = hand_in(BAD, user=petugas)
    if what == "file":
        storage.forget(upload.sha256)
    else:
        working_file.drop(upload, upload.working_sha256)

    assert marked_copy(upload, petugas) is None


def test_the_copy_is_fetched_from_preview_problems_and_result(client, petugas):
    client.force_login(petugas)
    waiting = hand_in(BAD, user=petugas)
    stored = load([HEADINGS, ["Roti", None, None, 2024, "1.500", None]], user=petugas)
    pages = [
        upload_url("change", waiting),
        upload_url("problems", waiting),
        upload_url("change", stored),
    ]

    for page, upload in zip(pages, (waiting, waiting, stored), strict=True):
        assert f'href="{upload_url("marked", upload)}"' in client.get(page).content.decode()
        assert opened(client.get(upload_url("marked", upload)).content)["Data"]


def test_fetching_the_whole_copy_is_on_record(client, petugas):
    upload = hand_in(BAD, user=petugas, name="data lama.xls")
    client.force_login(petugas)

    response = client.get(upload_url("marked", upload))

    assert "data%20lama-diperiksa.xlsx" in response["Content-Disposition"]
    entry = ReadAccess.objects.get(kind="fetched")
    assert (entry.by, entry.model, entry.record) == (petugas, "intake.upload", upload.pk)


def test_fetching_a_masked_copy_takes_no_personal_data_and_is_not_on_record(
    client, petugas, pimpinan
):
    upload = hand_in(BAD, user=petugas)
    client.force_login(pimpinan)

    response = client.get(upload_url("marked", upload))

    assert NIK not in everything(opened(response.content))
    assert not ReadAccess.objects.exists()


def test_a_stranger_gets_no_copy(client, petugas, django_user_model):
    upload = hand_in(BAD, user=petugas)
    client.force_login(django_user_model.objects.create_user("asing", is_staff=True))

    assert client.get(upload_url("marked", upload)).status_code == 404


def test_an_upload_whose_file_is_gone_says_so(client, petugas):
    upload = hand_in([HEADINGS, ["Roti", None, None, 2024, 1, None]], user=petugas)
    client.force_login(petugas)
    storage.forget(upload.sha256)
    upload.status = "refused"
    upload.save()

    page = client.get(upload_url("marked", upload), follow=True)

    assert "Isi berkas sudah tidak ada." in page.content.decode()


def test_a_whole_number_of_many_places_is_not_a_figure():
    assert annotated_copy._careful(6471010101800001.0) == "************0001"
    assert annotated_copy._careful(1_500_000_000) == 1_500_000_000


def test_the_copy_of_a_corrected_file_can_be_uploaded_again(petugas):
    copy = opened(marked_copy(hand_in(BAD, user=petugas), petugas))
    copy["Data"]["E2"] = 3
    stream = io.BytesIO()
    copy.save(stream)

    again = hand_in(stream.getvalue(), user=petugas)

    assert (again.counts["new"], again.counts["held"]) == (1, 0)
    assert xlsx(BAD) != stream.getvalue()


@pytest.mark.parametrize("options", [[], ["--dry-run"]], ids=["stored", "dry run"])
def test_the_command_writes_the_copy(tmp_path, options):
    file, copy = tmp_path / "data.xlsx", tmp_path / "hasil.xlsx"
    file.write_bytes(xlsx(BAD))

    call_command("import_sheet", "ikm", str(file), "--marked", str(copy), *options)

    book = opened(copy.read_bytes())
    assert book["Data"]["E2"].fill.fgColor.rgb == RED
    assert book["Data"]["B2"].value == NIK


def test_the_command_masks_the_copy_of_a_user_who_may_not_see(tmp_path, pimpinan):
    file, copy = tmp_path / "data.xlsx", tmp_path / "hasil.xlsx"
    file.write_bytes(xlsx(BAD))

    call_command(
        "import_sheet", "ikm", str(file), "--dry-run", "--marked", str(copy), "--user", "pimpinan"
    )

    assert NIK not in everything(opened(copy.read_bytes()))


def test_the_command_says_why_a_file_that_cannot_be_opened_has_no_copy(tmp_path, capsys):
    file, copy = tmp_path / "data.pdf", tmp_path / "hasil.xlsx"
    file.write_bytes(b"%PDF-1.4")

    with pytest.raises(SystemExit):
        call_command("import_sheet", "ikm", str(file), "--marked", str(copy))

    assert not copy.exists()
    assert "Salinan bertanda tidak dibuat" in capsys.readouterr().err


def test_a_copy_that_cannot_be_written_is_told(tmp_path):
    file = tmp_path / "data.xlsx"
    file.write_bytes(xlsx(BAD))

    with pytest.raises(CommandError, match="tidak dapat ditulis"):
        call_command("import_sheet", "ikm", str(file), "--marked", str(tmp_path / "tiada" / "a"))
