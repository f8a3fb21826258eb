"""Section E: identity numbers, phones, names, choices and what Excel does to them."""

import datetime

import pytest

from balikpapan.intake.uploads import confirm
from balikpapan.spreadsheets.cells.masking import mask_long_ids
from industry.models import Business
from tests.factories import BusinessFactory, KecamatanFactory, KelurahanFactory
from tests.sheets import delimited, spelled
from tests.trust.verdicts import Case, by_command, cell, check_every_list, checker, named

NIK = "6471015203900001"
IDS = {"nib": "NIB", "nik": "NIK", "npwp": "NPWP"}
BLANK_IDS = ("-", "*", "N/A", "tidak ada", "0", "null", 0)


def nik(value, verdict: str, *codes: str, **more):
    return cell("NIK", value, verdict, *codes, **more)


CASES = [
    pytest.param(nik(6471012345678901, "H", "id_as_number", wording="hanya menyimpan 15 angka"), id="case-66-nik-as-number"),
    pytest.param(nik(NIK, "A", stored={"nik": NIK}), id="case-66-nik-as-text"),
    pytest.param(nik(6471012345678900, "H", "id_as_number"), id="case-67-ends-in-zero"),
    pytest.param(nik(6471012345670000, "H", "id_as_number"), id="case-67-serial-zero"),
    pytest.param(nik("6.47101234567890E+15", "H", "id_scientific"), id="case-68-scientific-text"),
    pytest.param(nik(6.4710123456789e15, "H", "id_as_number"), id="case-68-scientific-number"),
    pytest.param(nik(9.171012345678901e15, "H", "id_as_number"), id="case-69-papua"),
    pytest.param(nik(NIK[:15], "H", "id_wrong_length"), id="case-70-15-digits"),
    pytest.param(nik(NIK + "1", "H", "id_wrong_length"), id="case-70-17-digits"),
    pytest.param(nik("647101520390O0l1", "H", "id_not_digits"), id="case-70-letters"),
    pytest.param(nik("'6471 0152-0390.0001", "N", "separators_removed", stored={"nik": NIK}), id="case-70-separators"),
    pytest.param(nik("6471013203900001", "W", "implausible", stored={"nik": "6471013203900001"}), id="case-71-day-32"),
    pytest.param(nik("6471010113900001", "W", "implausible"), id="case-71-month-13"),
    pytest.param(nik("6471017112900001", "A"), id="case-71-woman-71"),
    pytest.param(nik("6471017212900001", "W", "implausible"), id="case-71-day-72"),
    pytest.param(nik("0071010101900001", "W", "implausible"), id="case-71-province-00"),
    pytest.param(cell("NIB", "912345678901", "H", "id_wrong_length", wording="Nol di depan"), id="case-72-nib-12"),
    pytest.param(cell("NIB", 9123456789012, "N", "id_from_number", stored={"nib": "9123456789012"}), id="case-72-nib-number"),
    pytest.param(cell("NPWP", "09.254.294.3-407.000", "N", stored={"npwp": "092542943407000"}), id="case-73-npwp-15"),
    pytest.param(cell("NPWP", NIK, "A", stored={"npwp": NIK}), id="case-73-npwp-16"),
    pytest.param(cell("No. HP", 81255500001, "N", "restored_zero", stored={"phone": "081255500001"}), id="case-73-lost-zero"),
    pytest.param(cell("No. HP", "+6281255500001", "N", stored={"phone": "081255500001"}), id="case-73-plus-62"),
    pytest.param(cell("No. HP", "081255500001 / 081255500002", "N", "several_phones"), id="case-73-two"),
    pytest.param(cell("No. HP", "8.52E+10", "W", "unreadable_phone", stored={"phone": ""}), id="case-73-scientific"),
    pytest.param(named("Amplang\u200b", "N", "invisible_removed", stored={"name": "Amplang"}), id="case-74-zero-width"),
    pytest.param(named("  Amplang\xa0 ", "A", stored={"name": "Amplang"}), id="case-74-spaces"),
    pytest.param(nik("６４７１０１５２０３９００００１", "N", stored={"nik": NIK}), id="case-74-full-width"),
    pytest.param(named("Cafe\u0301", "A", stored={"name": "Café"}), id="case-76-nfd"),
    pytest.param(named("AMPLANG siti", "A", stored={"name": "AMPLANG siti"}), id="case-76-as-typed"),
    pytest.param(named("x" * 5000, "H", "too_long", wording="5.000 huruf, paling banyak 200"), id="case-77-too-long"),
    pytest.param(named("x" * 200, "A", stored={"name": "x" * 200}), id="case-77-just-fits"),
    pytest.param(Case(lambda: delimited([["Nama Usaha", "Nama Pemilik"], ["A\x00b", "Siti"]]), "H", ("bad_characters",), name="a.csv"), id="case-78-nul-csv"),
    pytest.param(named("A_x0000_b", "H", "bad_characters"), id="case-78-nul-xlsx"),
    pytest.param(named("A_x000D_\nb", "N", "line_break", stored={"name": "A b"}), id="case-78-cr"),
    *[pytest.param(cell(heading, text, "A", stored={name: ""}), id=f"case-79-{name}-{text}")
      for name, heading in IDS.items() for text in ("-", "*", "N/A", "tidak ada", " ")],
    *[pytest.param(cell(heading, value, "N", "read_as_blank", stored={name: ""}), id=f"case-79-{name}-{value!r}")
      for name, heading in IDS.items() for value in ("0", "null", 0)],
    *[pytest.param(cell("Nomor Register", value, verdict, tally=(1, 0, 0, 0, 0)), id=f"case-79-number-{value!r}")
      for value, verdict in (("-", "A"), ("*", "A"), ("tidak ada", "A"), ("0", "N"), ("null", "N"), (0, "N"))],
    pytest.param(Case([["Nama Usaha", "Nama Pemilik", "Merek", "Alamat"], [None, "Siti", "Sedap", "Jl. Contoh 1"]], "H", ("missing_name",)), id="case-79-no-name"),
    *[pytest.param(cell("Status", text, "W", "verifier_only", stored={"status": "unverified"}), id=f"case-81-{text}") for text in ("Ya", "Aktif", "aktif ", "1")],
    pytest.param(cell("Status", "Tidak", "W", "verifier_only", stored={"status": "unverified"}), id="case-81-no"),
    *[pytest.param(cell("Status", text, "H", "unknown_choice"), id=f"case-81-{n}") for n, text in enumerate(("Aktf", "mungkin", "aktif sekali"))],
    pytest.param(cell("Merek", datetime.date(2024, 2, 1), "H", "not_text", wording="mengubah nilai menjadi tanggal"), id="case-83-date"),
    pytest.param(cell("Merek", True, "H", "not_text"), id="case-83-boolean"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_p49_texts_and_ids_are_kept_whole_or_held(case, desk):
    checker(case, desk)


# Regions: never guessed, never made


@pytest.fixture
def wards(db):
    """Some wards of the city."""
    district = KecamatanFactory(name="Balikpapan Selatan")
    for name in ("Gunung Samarinda", "Sepinggan", "Damai"):
        KelurahanFactory(name=name, kecamatan=district)


@pytest.mark.parametrize(
    ("typed", "case"),
    [
        pytest.param("Gn. Samarinda", "A", id="case-82-abbreviated"),
        pytest.param("Gunungsamarinda", "A", id="case-82-spacing"),
        pytest.param("SEPINGGAN", "A", id="case-82-capitals"),
        pytest.param("Sepingan", "H", id="case-82-typo"),
        pytest.param("Damai Indah Sekali", "H", id="case-82-contains"),
        pytest.param("Loa Janan", "H", id="case-82-elsewhere"),
    ],
)
def test_a_near_miss_of_a_ward_is_held_with_a_suggestion(typed, case, desk, wards):
    codes = ("unknown_region",) if case == "H" else ()

    result = checker(cell("Kelurahan", typed, case, *codes), desk)

    assert ("Mungkin maksudnya Sepinggan" in result.readable_text) == (typed == "Sepingan")


# Against what is stored


@pytest.mark.parametrize("typed", [None, "", "-", "belum"], ids=lambda text: f"case-80-{text}")
def test_p16_a_blank_cell_keeps_what_is_stored(typed, desk):
    business = BusinessFactory(brand="Siti")
    rows = [["Nomor Register", "Nama Usaha", "Merek"], [business.number, business.name, typed]]

    checker(Case(rows, "A", tally=(0, 0, 1, 0, 0)), desk)


def test_p16_kosongkan_erases_and_the_page_shows_an_erasure(desk):
    business = BusinessFactory(brand="Siti")
    rows = [
        ["Nomor Register", "Nama Usaha", "Merek"],
        [business.number, business.name, "(kosongkan)"],
    ]

    result = checker(Case(rows, "A", tally=(0, 1, 0, 0, 0)), desk)
    page = desk.get(
        f"/intake/upload/{result.upload.pk}/change/", {"kelompok": "changed"}, follow=True
    )
    confirm(result.upload, result.upload.by)

    business.refresh_from_db()
    assert business.brand == ""
    assert "dikosongkan" in page.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("Аmplang Siti", id="case-75-cyrillic"),
        pytest.param("Amp1ang Siti", id="case-75-one-for-l"),
        pytest.param("AmpIang Siti", id="case-75-capital-i"),
    ],
)
def test_a_look_alike_of_a_stored_name_is_held_with_the_candidate(typed, desk):
    BusinessFactory(name="Amplang Siti", owner_name="Siti Contoh")

    result = checker(named(typed, "H", "doubtful_match", wording="IKM-"), desk)

    assert result.tally == (0, 0, 0, 1, 0)


@pytest.mark.parametrize(
    "typed", ["746 Siti", "746 Siti\xa0", " 746  Siti", "746 Siti\u200b", "７４６ SITI"], ids=ascii
)
def test_keys_are_normalised_before_matching(typed, desk):
    BusinessFactory(name="746 Siti", owner_name="Siti Contoh")

    result = checker(named(typed, "A" if "\u200b" not in typed else "N"), desk)

    assert (result.tally[0], result.tally[3]) == (0, 0)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NIK, "************0001"),
        ("6471.0152.0390.0001", "***************0001"),
        ("6471 0152-0390’0001", "***************0001"),
        ("６４７１０１５２０３９００００１", "************０００１"),
        ("Rp 15.000.000.000.000,00", "Rp 15.000.000.000.000,00"),
        ("0812-5550-0001", "0812-5550-0001"),
    ],
)
def test_a_nik_is_masked_however_it_is_written_and_an_amount_is_not(text, shown):
    assert mask_long_ids(text) == shown


@pytest.mark.parametrize("blank", BLANK_IDS, ids=repr)
def test_a_blank_id_is_never_a_key_and_the_next_rule_of_identity_applies(blank, desk):
    earlier = BusinessFactory(name="Amplang Siti", owner_name="Siti Contoh", nik=NIK)
    BusinessFactory(name="Tanpa Nomor")
    rows = [["Nama Usaha", "Nama Pemilik", "NIB", "NIK", "Merek"]]
    rows += [["Amplang Siti", "Siti Contoh", blank, NIK, "Sedap"]]
    rows += [[f"Usaha {spelled(n)}", f"Ibu {spelled(n)}", blank, blank, None] for n in (1, 2)]

    verdict = "N" if blank in ("0", "null", 0) else "A"
    result = checker(Case(rows, verdict, tally=(2, 1, 0, 0, 0)), desk)
    confirm(result.upload, result.upload.by)

    earlier.refresh_from_db()
    assert (earlier.brand, earlier.nib) == ("Sedap", "")
    assert Business.objects.count() == 4


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ya", "active"),
        ("Aktif", "active"),
        ("aktif ", "active"),
        ("1", "active"),
        ("Tidak", "inactive"),
    ],
)
def test_case_81_a_status_is_taken_from_whoever_verifies_what_others_entered(
    text, status, client, verifikator
):
    business = BusinessFactory(status="unverified")
    rows = [["Nomor Register", "Nama Usaha", "Status"], [business.number, business.name, text]]
    client.force_login(verifikator)

    checker(Case(rows, "A", stored={"status": status}, tally=(0, 1, 0, 0, 0)), client)


def test_many_ids_ending_in_zero_are_a_warning_for_the_column(desk):
    rows = [["Nama Usaha", "NIK"]]
    rows += [[f"Usaha {spelled(n)}", f"64710101019{n:04}0"] for n in range(1, 21)]

    result = checker(Case(rows, "W", ("ids_end_in_zero",)), desk)

    assert [p.row for p in result.problems if p.code == "ids_end_in_zero"] == [2]
    assert Business.objects.count() == 0


@pytest.mark.parametrize("case", CASES[::9])
def test_the_command_gives_the_same_verdict(case, tmp_path, db):
    report = by_command(case, case.made(), tmp_path)

    assert report["exit"] == {"F": 3, "Q": 2}.get(case.verdict, 0)
    assert NIK not in (tmp_path / "hasil.json").read_text()


def test_every_list_opens_after_odd_texts_were_stored(desk):
    rows = [["Nama Usaha", "NIK", "No. HP", "Merek"]]
    rows += [["Café 🍰", NIK, "+62 812 5550 0001", "x" * 100], ["746", None, "0542-777123", "(a)"]]
    result = checker(Case(rows, "N"), desk)
    confirm(result.upload, result.upload.by)

    check_every_list(desk)
