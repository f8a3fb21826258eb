"""Certificates that stand in the IKM sheet itself, one column for each kind."""

import pytest

from balikpapan.audit.models import Change
from balikpapan.intake.undo import undo
from balikpapan.intake.uploads import PlanChanged, confirm
from industry.models import Business, Certificate
from tests.cast import member
from tests.factories import BusinessFactory, CertificateFactory
from tests.industry.column_sets import SETS
from tests.intake.importing import export, hand_in, load, look, problems_of, tally
from tests.pages import upload_url
from tests.sheets import delimited

pytestmark = pytest.mark.django_db

PIRT = "2066471010123-28"
HALAL = "ID64110001234560123"
HEADING = ["Nama Usaha", "Nama Pemilik", "Nomor P-IRT", "Nomor Sertifikat Halal/Tahun"]


def sheet(*certificates, name="Amplang Siti"):
    return [HEADING, [name, "Siti Contoh", *certificates]]


def stored_certificates():
    rows = Certificate.objects.kept().order_by("kind", "id")
    return [(c.kind, c.number, c.status) for c in rows]


@pytest.fixture
def siti():
    """A business the register knows."""
    return BusinessFactory(name="Amplang Siti", owner_name="Siti Contoh")


def test_the_certificates_of_a_new_business_are_stored_with_it():
    upload = load(sheet(PIRT, HALAL))

    business = Business.objects.get()
    assert stored_certificates() == [("halal", HALAL, "issued"), ("pirt", PIRT, "issued")]
    assert {c.business for c in Certificate.objects.all()} == {business}
    trail = Change.objects.filter(model="industry.certificate", upload=upload.pk)
    assert {(c.action, c.sheet, c.row) for c in trail} == {("created", "Data", 2)}
    assert upload.result["certificate"] == {"created": 2, "changed": 0}


def test_a_known_business_gets_its_certificate_and_the_preview_shows_it(siti, client, petugas):
    upload = hand_in(sheet(PIRT, None), user=petugas)
    client.force_login(petugas)

    page = client.get(upload_url("change", upload), {"kelompok": "changed"}).content.decode()

    assert tally(upload) == (0, 1, 0, 0, 0)
    assert "Sertifikat P-IRT" in page
    assert PIRT in page


@pytest.mark.parametrize(
    "typed", [PIRT, "206.6471010123 28", f"P-IRT {PIRT}", f"{PIRT}/2023", "Ada", "✓", "", "-"]
)
def test_what_is_stored_already_stays_the_same(siti, typed):
    CertificateFactory(business=siti, kind="pirt", number=PIRT)

    outcome = look(sheet(typed, None))

    assert tally(outcome) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("typed", "is_same"),
    [("LHU 12", True), ("lhu-12 / 2023", True), ("LHU-12/2024", False), ("LHU-13/2023", False)],
)
def test_the_year_behind_a_short_number_may_be_left_out_but_not_be_another(siti, typed, is_same):
    CertificateFactory(business=siti, kind="halal", number="LHU-12/2023")

    assert tally(look(sheet(None, typed))) == ((0, 0, 1, 0, 0) if is_same else (0, 1, 0, 0, 0))


def test_the_same_list_again_changes_nothing():
    content = sheet(f"{PIRT}; 3066471010999-28", "Proses")
    load(content)

    assert tally(look(content)) == (0, 0, 1, 0, 0)
    assert stored_certificates() == [
        ("halal", "", "in_process"),
        ("pirt", PIRT, "issued"),
        ("pirt", "3066471010999-28", "issued"),
    ]


def test_a_number_completes_the_certificate_that_had_none(siti):
    load(sheet("Ada", "Proses"))

    outcome = look(sheet(PIRT, HALAL))
    load(sheet(PIRT, HALAL))

    assert tally(outcome) == (0, 1, 0, 0, 0)
    assert stored_certificates() == [("halal", HALAL, "issued"), ("pirt", PIRT, "issued")]


def test_another_number_is_another_certificate(siti):
    CertificateFactory(business=siti, kind="halal", number="ID1")

    load(sheet(None, HALAL))

    assert [number for _, number, _ in stored_certificates()] == ["ID1", HALAL]


@pytest.mark.parametrize(
    ("stored", "typed", "is_same"),
    [
        ("DP-12/A", "dp 12.a", True),
        ("DP-12/A", "DP-12/B", False),
        ("A 12345678901", "B 12345678901", False),
        ("A 123456789012", "B 1234-5678-9012", True),
    ],
    ids=["signs", "a letter", "eleven digits", "twelve digits"],
)
def test_two_spellings_of_one_number_are_one_certificate(siti, stored, typed, is_same):
    CertificateFactory(business=siti, kind="halal", number=stored)

    outcome = look(sheet(None, typed))

    assert tally(outcome) == ((0, 0, 1, 0, 0) if is_same else (0, 1, 0, 0, 0))


@pytest.mark.parametrize(
    ("status", "numbers"),
    [("issued", [HALAL]), ("in_process", [HALAL]), ("rejected", ["", HALAL])],
)
def test_a_number_completes_what_is_issued_or_in_process_and_nothing_refused(siti, status, numbers):
    CertificateFactory(business=siti, kind="halal", number="", status=status)

    load(sheet(None, HALAL))

    assert [number for _, number, _ in stored_certificates()] == numbers


@pytest.mark.parametrize("blank", ["", "-", "tidak", "belum", "tidak ada", None])
def test_a_blank_never_erases(siti, blank):
    CertificateFactory(business=siti, kind="pirt", number=PIRT)

    load(sheet(blank, blank))

    assert stored_certificates() == [("pirt", PIRT, "issued")]


def test_erasing_is_refused_with_the_place_where_it_is_done(siti):
    outcome = look(sheet("(kosongkan)", None))

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert "arsipkan sertifikatnya" in problems_of(outcome, "not_erased_here")[0].message


def test_a_number_that_excel_has_damaged_holds_the_row():
    outcome = look(sheet(2066471010123280, None))

    assert tally(outcome)[3] == 1
    assert problems_of(outcome, "id_as_number")


def test_an_odd_pirt_number_is_a_warning():
    outcome = look(sheet("12345", None))

    assert tally(outcome)[0] == 1
    assert problems_of(outcome, "id_wrong_length")[0].severity == "warning"


def test_undo_archives_what_the_upload_created_and_restores_what_it_changed(siti, petugas):
    CertificateFactory(business=siti, kind="halal", number="", status="in_process")
    upload = load(sheet(PIRT, HALAL), user=petugas)

    undo(upload, by=petugas)

    assert stored_certificates() == [("halal", "", "in_process")]
    again = look(sheet(PIRT, HALAL))
    assert tally(again) == (0, 1, 0, 0, 0)


def test_a_new_business_goes_to_the_archive_with_its_certificates(petugas):
    upload = load(sheet(PIRT, HALAL), user=petugas)

    undo(upload, by=petugas)

    assert stored_certificates() == []
    assert Business.objects.get().archived_at


def test_products_of_one_business_bring_their_own_numbers():
    heading = ["Nama Usaha", "Nama Pemilik", "Alamat", "Produk", "P-IRT"]
    row = ["Amplang Siti", "Siti Contoh", "Jl. Uji 1"]

    load([heading, [*row, "Amplang", PIRT], [*row, "Kerupuk", "3066471010999-28"]])

    assert len(stored_certificates()) == 2
    assert Business.objects.count() == 1


def test_who_may_not_add_certificates_stores_no_row_that_brings_one(siti):
    verifikator = member("Verifikator")

    outcome = look(sheet(PIRT, None), user=verifikator)
    without = look(
        [HEADING[:2] + ["Merek"], ["Amplang Siti", "Siti Contoh", "Sedap"]], user=verifikator
    )

    assert tally(outcome) == (0, 0, 0, 1, 0)
    assert problems_of(outcome, "not_allowed")
    assert tally(without) == (0, 1, 0, 0, 0)


def test_a_certificate_added_meanwhile_is_planned_afresh(siti, petugas):
    heading = ["Nama Usaha", "Nama Pemilik", "P-IRT", "Merek"]
    upload = hand_in([heading, ["Amplang Siti", "Siti Contoh", PIRT, "Sedap"]], user=petugas)
    load([["Nama Usaha", "Nama Pemilik", "P-IRT"], ["Amplang Siti", "Siti Contoh", PIRT]])

    with pytest.raises(PlanChanged):
        confirm(upload, petugas)

    assert len(stored_certificates()) == 1


@pytest.mark.usefixtures("reference")
def test_the_form_of_a_province_brings_its_certificates_along():
    column_set = SETS["F SIMANIS"]

    load(column_set.content, **column_set.answers)

    assert stored_certificates() == [
        ("brand", "IDM000000001/2021", "issued"),
        ("halal", "ID64110000000001/2022", "issued"),
        ("nutrition", "LHU-01/2023", "issued"),
        ("sni", "SNI 01-0001-2000/2020", "issued"),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("pirt", "pirt"), ("sertifikat_halal", "halal"), ("Nomor Bukti Akun SIINas", "siinas")],
)
def test_other_offices_name_their_certificates_in_other_words(heading, kind):
    load([["Nama Usaha", heading], ["Amplang Siti", "A-1"]])

    assert stored_certificates() == [(kind, "A-1", "issued")]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("25,5 %", id="a share"),
        pytest.param("2022", id="a year"),
        pytest.param(2022, id="a year in a number cell"),
    ],
)
def test_a_share_or_a_year_is_no_number_and_is_told(typed):
    sheet = [["Nama Usaha", "TKDN"], ["Amplang Siti", typed]]

    outcome = look(sheet)
    load(sheet)

    assert tally(outcome)[0] == 1
    [problem] = problems_of(outcome, "no_number")
    assert (problem.severity, problem.column) == ("warning", "B")
    assert stored_certificates() == [("tkdn", "", "issued")]


def test_a_number_that_holds_a_year_is_a_number():
    sheet = [["Nama Usaha", "TKDN"], ["Amplang Siti", "2022/TKDN/15"]]

    load(sheet)

    assert problems_of(look(sheet), "no_number") == []
    assert stored_certificates() == [("tkdn", "2022/TKDN/15", "issued")]


def test_a_csv_of_the_same_and_our_own_export_come_back_unchanged(siti):
    load(sheet(PIRT, HALAL))

    assert tally(look(delimited(sheet(PIRT, HALAL)), name="a.csv")) == (0, 0, 1, 0, 0)
    assert tally(look(export())) == (0, 0, 1, 0, 0)
