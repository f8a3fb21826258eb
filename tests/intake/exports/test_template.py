"""The template of each register: to be filled in Excel, and read back without a question."""

import io

import openpyxl
import pytest
from django.urls import reverse

from balikpapan.audit.models import ReadAccess
from balikpapan.intake.exports import template as templating
from balikpapan.intake.exports.template import latest_rows, write_template
from balikpapan.intake.permissions import model_of
from balikpapan.intake.resources import REGISTERS
from balikpapan.regions.models import Kelurahan
from balikpapan.spreadsheets.opening.open import open_workbook
from tests.cast import member
from tests.factories import BusinessFactory, BusinessYearFactory, RevenueFactory
from tests.intake.importing import look, tally

pytestmark = pytest.mark.django_db

NIK = "6471010101800001"
EVERY = pytest.mark.parametrize("register", sorted(REGISTERS))


def template(register, *, filled=False, personal=True):
    """The bytes of a template."""
    resource, stream = REGISTERS[register](), io.BytesIO()
    write_template(stream, resource, latest_rows(resource, personal=personal) if filled else ())
    return stream.getvalue()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def letter(register, column):
    """Where a column of the register stands."""
    names = list(templating.export_columns(REGISTERS[register]))
    return openpyxl.utils.get_column_letter(names.index(column) + 1)


def rule(book, place):
    """The validation of one cell of the first sheet."""
    rules = book.worksheets[0].data_validations.dataValidation
    return next((meanings for meanings in rules if place in meanings.sqref), None)


def choices(book, place):
    """The words the drop-down of a cell offers."""
    sheet, _, area = rule(book, place).formula1.partition("!")
    return [cell.value for (cell,) in book[sheet][area.replace("$", "")]]


def template_url(register):
    """The template page of a register that has its own admin."""
    meta = REGISTERS[register]._meta.model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_template", args=[register])


@EVERY
def test_a_blank_template_is_refused_politely_as_having_no_rows(register):
    outcome = look(template(register), register)

    assert outcome.status == "refused"
    assert "tanpa baris data" in outcome.reason


@EVERY
def test_every_heading_of_a_template_is_known(register):
    sheet = open_workbook(template(register), "templat.xlsx").sheets[0]
    vocabulary = REGISTERS[register].vocabulary()

    meanings = [vocabulary.find(column[0], similar=False) for column in sheet.columns]

    columns = templating.export_columns(REGISTERS[register])
    assert all(
        name in (heading.field, *heading.others)
        for name, heading in zip(columns, meanings, strict=True)
    )


@EVERY
def test_only_the_heading_is_locked_and_without_a_password(register):
    sheet = opened(template(register)).worksheets[0]

    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet["A1"].protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("column", ["number", "nib", "nik", "npwp", "phone"])
def test_ids_are_formatted_as_text_so_that_no_zero_is_lost(column):
    sheet = opened(template("ikm")).worksheets[0]

    at = openpyxl.utils.column_index_from_string(letter("ikm", column))
    [dimension] = [d for d in sheet.column_dimensions.values() if d.min <= at <= d.max]
    assert dimension.number_format == "@"


def test_a_column_of_choices_has_its_words_as_a_drop_down(reference):
    book = opened(template("ikm"))

    assert choices(book, f"{letter('ikm', 'status')}2")[:2] == ["Aktif", "Tidak aktif"]
    assert rule(book, f"{letter('ikm', 'status')}1") is None
    assert rule(book, f"{letter('ikm', 'status')}5000").errorStyle == "warning"


@pytest.mark.parametrize(("column", "count"), [("kelurahan", 34), ("kecamatan", 6), ("group", 8)])
def test_a_reference_is_chosen_from_the_list_it_refers_to(reference, column, count):
    assert len(choices(opened(template("ikm")), f"{letter('ikm', column)}2")) == count


def test_archived_records_are_not_offered(reference):
    ward = Kelurahan.objects.first()
    Kelurahan.objects.filter(pk=ward.pk).update(archived_at="2025-01-01T00:00Z")

    assert ward.name not in choices(opened(template("ikm")), f"{letter('ikm', 'kelurahan')}2")


def test_a_list_too_long_for_a_drop_down_is_left_out(reference, monkeypatch):
    monkeypatch.setattr(templating, "LONGEST_LIST", 10)
    book = opened(template("ikm"))

    place = f"{letter('ikm', 'kelurahan')}2"
    assert rule(book, place) is None or rule(book, place).type != "list"
    assert len(choices(book, f"{letter('ikm', 'kecamatan')}2")) == 6


def test_a_hint_is_shown_at_the_cell_and_in_the_guide():
    book = opened(template("ikm"))

    hint = rule(book, f"{letter('ikm', 'nik')}2")
    assert (hint.promptTitle, hint.prompt) == (
        "NIK",
        "16 angka, sebagai teks agar nol di depan tidak hilang.",
    )
    guide = [row[1] for row in book["Petunjuk"].iter_rows(values_only=True)]
    assert f"«NIK». {hint.prompt}" in guide
    assert any(text and text.startswith("«Nama Usaha» (harus diisi)") for text in guide)


def test_the_lists_are_hidden_and_the_guide_is_not():
    book = opened(template("ikm"))

    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("IKM", "visible"),
        ("Petunjuk", "visible"),
        ("Daftar", "hidden"),
    ]


def test_a_filled_in_template_is_stored_as_any_other_list(reference):
    book = opened(template("ikm"))
    sheet = book.worksheets[0]
    for column, value in (("name", "Amplang Siti"), ("nik", NIK), ("kelurahan", "Manggar")):
        sheet[f"{letter('ikm', column)}2"] = value
    stream = io.BytesIO()
    book.save(stream)

    assert tally(look(stream.getvalue())) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize("personal", [True, False], ids=["unmasked", "masked"])
def test_the_latest_data_come_back_as_nothing_new_and_nothing_changed(reference, personal):
    ward = Kelurahan.objects.get(name="Manggar")
    first = BusinessFactory(
        name="=Amplang", nik=NIK, phone="081255512345", kelurahan=ward, notes="+1\nbaris dua"
    )
    BusinessYearFactory(business=first, year=2024, capacity="12.345")
    BusinessYearFactory(business=BusinessFactory(), year=2023)

    outcome = look(template("ikm", filled=True, personal=personal))

    assert tally(outcome) == (0, 0, 2, 0, 0)


def test_the_latest_pad_comes_back_unchanged(reference):
    RevenueFactory(year=2023, month=5, source_name="Sewa", target=None, realised=10**15)
    RevenueFactory(year=2024, as_of="2024-11-25")

    assert tally(look(template("pad", filled=True), "pad")) == (
        0,
        0,
        model_of("pad").objects.count(),
        0,
        0,
    )


def test_a_filled_template_holds_the_newest_records_only(monkeypatch):
    monkeypatch.setattr(templating, "MOST_RECORDS", 2)
    BusinessFactory.create_batch(3)

    sheet = open_workbook(template("ikm", filled=True), "a.xlsx").sheets[0]

    assert sheet.height == 1 + 2


def test_no_text_of_a_template_is_a_formula():
    BusinessFactory(name='=HYPERLINK("http://x")')

    cell = opened(template("ikm", filled=True)).worksheets[0][f"{letter('ikm', 'name')}2"]

    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")
    assert cell.quotePrefix


@pytest.mark.parametrize(
    ("group", "blank", "filled"),
    [("Petugas", 200, 200), ("Verifikator", 200, 200), ("Pimpinan", 403, 403)],
)
def test_who_may_import_may_have_the_template(client, group, blank, filled):
    client.force_login(member(group))

    assert client.get(template_url("ikm")).status_code == blank
    assert client.get(template_url("ikm"), {"isi": "terakhir"}).status_code == filled


def test_a_filled_template_needs_the_right_to_export_as_well(client, django_user_model):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("sari", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["import_business", "view_business"])
    )
    client.force_login(user)

    assert client.get(template_url("ikm")).status_code == 200
    assert client.get(template_url("ikm"), {"isi": "terakhir"}).status_code == 403


def test_a_stranger_is_sent_to_the_login(client):
    assert client.get(template_url("ikm")).status_code == 302


def test_a_register_of_another_page_has_no_template_here(client, petugas):
    client.force_login(petugas)

    assert client.get(template_url("ikm").replace("/ikm/", "/pad/")).status_code == 404


@pytest.mark.parametrize(("group", "masked"), [("Petugas", True), ("Verifikator", False)])
def test_personal_data_are_masked_unless_they_may_be_exported_and_that_is_on_record(
    client, group, masked
):
    BusinessFactory(nik=NIK)
    client.force_login(member(group))

    content = client.get(template_url("ikm"), {"isi": "terakhir"}).content

    cell = opened(content).worksheets[0][f"{letter('ikm', 'nik')}2"]
    assert cell.value == ("************0001" if masked else NIK)
    assert (
        ReadAccess.objects.filter(kind="exported", purpose="templat untuk diisi").exists()
        is not masked
    )


def test_a_blank_template_is_no_export(client, verifikator):
    client.force_login(verifikator)

    client.get(template_url("ikm"))

    assert not ReadAccess.objects.exists()


def test_the_list_and_the_upload_page_lead_to_the_template(client, petugas):
    client.force_login(petugas)

    listing = client.get(reverse("admin:industry_business_changelist")).content.decode()
    upload = client.get(reverse("admin:intake_upload_new", args=["ikm"])).content.decode()

    assert f'href="{template_url("ikm")}"' in listing
    assert f'href="{template_url("ikm")}"' in upload
    assert f'href="{template_url("ikm")}?isi=terakhir"' in upload
