"""What is known about one person is told whole, and what got out is told at once."""

import stat
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from balikpapan.audit.models import Change, ReadAccess
from balikpapan.audit.store import store
from balikpapan.intake import storage
from balikpapan.intake.models import Upload
from balikpapan.privacy.subject import dossier_of, holds_nik, sheets_of
from balikpapan.reports import list_files
from balikpapan.yearbook.requested_lists import make_list
from industry.models import Business
from tests.factories import BusinessFactory, CertificateFactory
from tests.intake.importing import hand_in, load
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

NIK, OTHER = "6471015705900001", "6471015705900002"
ROWS = [["Nama Usaha", "NIK"], ["Amplang Uji", NIK], ["Roti Uji", OTHER]]


def sheets(path) -> dict[str, list]:
    workbook = CalamineWorkbook.from_path(str(path))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


@pytest.mark.parametrize(
    ("cell", "holds"),
    [
        (NIK, True),
        ("6471 0157 0590 0001", True),
        (f"KTP: {NIK}", True),
        (int(NIK), True),
        (float(NIK), True),
        # As Excel keeps a number of sixteen places.
        (6471015705900000.0, True),
        (6471015705910000, False),
        ("６４７１０１５７ ０５９００００１", True),
        (OTHER, False),
        (None, False),
        (True, False),
        ("6471015705900", False),
    ],
)
def test_a_cell_holds_a_nik_however_it_is_written(cell, holds):
    assert holds_nik(cell, NIK) is holds


def test_a_name_of_five_letters_tells_who_somebody_is_and_one_of_four_does_not():
    short = BusinessFactory(nik=NIK, owner_name="Rumi")
    assert "Rumi" not in dossier_of(NIK).words()
    short.owner_name = "Rumia"
    store(short, by=None, channel=Change.Channel.FORM)

    assert "Rumia" in dossier_of(NIK).words()
    assert "Rumi" not in dossier_of(NIK).words()


def test_p53_a_person_is_told_of_records_trail_uploads_and_who_looked(
    tmp_path, client, petugas, verifikator, capsys
):
    upload = load(ROWS, user=petugas)
    business = Business.objects.get(nik=NIK)
    CertificateFactory(business=business, number="P-IRT 1")
    client.force_login(verifikator)
    client.get(reverse("admin:industry_business_change", args=[business.pk]))
    out = tmp_path / "subjek.xlsx"

    call_command("data_subject", NIK, "--out", str(out), "--user", verifikator.username)

    output = capsys.readouterr().out
    assert "************0001" in output
    assert NIK not in output
    answer = sheets(out)
    assert ["NIK pemilik", NIK] in [row[3:5] for row in answer["Catatan"]]
    assert "P-IRT 1" in [row[4] for row in answer["Catatan"]]
    assert {row[2] for row in answer["Riwayat"][1:]} >= {business.pk}
    assert [(row[0], row[5]) for row in answer["Unggahan"][1:]] == [(upload.pk, "Data!B2")]
    assert "dilihat" in {row[2] for row in answer["Akses"]}
    assert "Roti Uji" not in str(answer)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert ReadAccess.objects.filter(kind="exported", by=verifikator, record=business.pk).exists()


def test_who_once_carried_the_nik_is_told_too(petugas):
    business = BusinessFactory(nik=NIK, archived=False)
    store(business, by=petugas, channel=Change.Channel.FORM)
    business.nik = OTHER
    store(business, by=petugas, channel=Change.Channel.FORM)

    assert dossier_of(NIK).records == [business]


def test_an_archived_record_and_a_preview_not_stored_are_known():
    archived = BusinessFactory(name="Sambal Uji", nik=NIK, archived=True)
    later = BusinessFactory(name="Abon Uji", nik=NIK)
    waiting = hand_in(ROWS)

    dossier = dossier_of(NIK)

    assert dossier.records == [archived, later]
    assert list(dossier.uploads) == [waiting]


def test_an_upload_whose_bytes_are_gone_is_known_by_the_trail():
    upload = load(ROWS)
    storage.forget(upload.sha256)

    assert dossier_of(NIK).uploads == {upload: []}


@pytest.mark.parametrize("nik", ["123", "64710157059000011", "abc"])
def test_what_is_no_nik_is_refused(nik):
    with pytest.raises(CommandError, match="16 angka"):
        call_command("data_subject", nik)


def test_nobody_known_is_said(capsys, tmp_path):
    call_command("data_subject", NIK, "--out", str(tmp_path / "x.xlsx"))

    assert "Tidak ada apa pun" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_the_answer_names_who_did_and_saw_what_and_where_the_file_is(petugas, verifikator):
    upload = load(ROWS, user=petugas)
    mailed = [["Nama Usaha", "NIK", "Surel"], ["Amplang Uji", NIK, "uji@contoh.test"]]
    gone = load(mailed, name="malam.xlsx")
    storage.forget(gone.sha256)
    Upload.objects.filter(pk=gone.pk).update(by=None)
    business, other = (Business.objects.get(nik=nik) for nik in (NIK, OTHER))
    business.email = ""
    store(business, by=verifikator, channel=Change.Channel.FORM)
    label = "industry.business"
    read = {"model": label, "columns": "nik"}
    ReadAccess.objects.create(**read, kind="seen", record=business.pk, by=verifikator)
    ReadAccess.objects.create(**read, kind="seen", record=other.pk, by=verifikator)
    ReadAccess.objects.create(**read, kind="exported", record=business.pk, purpose="permintaan")

    answer = {name: list(rows) for name, rows in sheets_of(dossier_of(NIK))}

    who = "verifikator"
    assert [row[1:] for row in answer["Riwayat"] if row[3] == "diubah"] == [
        [label, business.pk, "diubah", "sistem", "unggahan", "email", "", "uji@contoh.test"],
        [label, business.pk, "diubah", who, "formulir", "email", "uji@contoh.test", ""],
    ]
    assert [row[:2] + row[3:] for row in answer["Unggahan"]] == [
        ["Nomor", "Berkas", "Oleh", "Keadaan", "Sel", "Isi berkas"],
        [upload.pk, "data.xlsx", "petugas", "Tersimpan", "Data!B2", "masih disimpan"],
        [gone.pk, "malam.xlsx", "perintah", "Tersimpan", "", "sudah tidak ada"],
    ]
    assert [row[1:] for row in answer["Akses"][1:]] == [
        [who, "dilihat", label, business.pk, "nik", ""],
        ["perintah", "diekspor", label, business.pk, "nik", "permintaan"],
    ]


def test_p53_a_list_that_waits_to_be_fetched_is_told_with_its_cells(petugas, settings, tmp_path):
    settings.LIST_DIR = tmp_path
    load([[*ROWS[0], "Nama Pemilik", "No. HP"], ["Amplang Uji", NIK, "Siti Uji", "0812-5551-0003"]])
    made = make_list.enqueue(user=petugas.pk, year=2024, choice={})
    heading, *rows = ["Nama", "Telepon"], ["Siti Uji", "081255510003"], ["Budi Uji", "0811000111"]
    with list_files.written(UUID(made.id)) as stream:
        stream.write(xlsx([heading, *rows]))
    with list_files.written(uuid4()) as stream:
        stream.write(xlsx([heading, rows[1]]))

    answer = {name: list(lines) for name, lines in sheets_of(dossier_of(NIK))}

    [line] = answer["Daftar menunggu"][1:]
    assert (line[0], *line[2:]) == (made.id, "petugas", "Data!A2, Data!B2")


# A breach


def test_p55_the_pack_tells_accounts_addresses_records_and_files_since_then(
    tmp_path, client, verifikator
):
    business = BusinessFactory(nik=NIK)
    verifikator.set_password("sungai-wain-tenang-5")
    verifikator.save()
    login = {"username": verifikator.username, "password": "sungai-wain-tenang-5"}
    client.post(reverse("admin:login"), {**login, "password": "salah"}, REMOTE_ADDR="192.0.2.9")
    client.post(reverse("admin:login"), login, REMOTE_ADDR="192.0.2.7")
    client.get(reverse("admin:industry_business_change", args=[business.pk]))
    client.post(
        reverse("admin:industry_business_export", args=["ikm"]),
        {"personal": "ya", "purpose": "undangan"},
    )
    out = tmp_path / "insiden.xlsx"

    call_command("incident_pack", "--since", "2024-01-01", "--out", str(out))

    answer = sheets(out)
    assert [verifikator.username, "192.0.2.7"] in [row[:2] for row in answer["Masuk"]]
    assert [verifikator.username, "192.0.2.9"] in [row[:2] for row in answer["Gagal masuk"]]
    assert ["industry.business", business.pk] in [row[:2] for row in answer["Catatan terlihat"]]
    assert {"dilihat", "diekspor"} <= {row[2] for row in answer["Akses data pribadi"]}
    assert ["Berkas yang dibawa keluar", 1] in [row[:2] for row in answer["Ringkasan"]]
    assert NIK not in str(answer)


def test_what_happened_before_is_not_in_the_pack(tmp_path):
    ReadAccess.objects.create(
        kind="seen", model="industry.business", record=7, at=timezone.now() - timedelta(days=3)
    )
    yesterday = timezone.localtime() - timedelta(days=1)
    out = tmp_path / "insiden.xlsx"

    call_command("incident_pack", "--since", f"{yesterday:%Y-%m-%d %H:%M}", "--out", str(out))

    assert len(sheets(out)["Akses data pribadi"]) == 1


@pytest.mark.parametrize(
    ("since", "why"), [("kemarin", "tidak dikenal"), ("2999-01-01", "sebelum sekarang")]
)
def test_a_time_that_makes_no_period_is_refused(since, why, tmp_path):
    with pytest.raises(CommandError, match=why):
        call_command("incident_pack", "--since", since, "--out", str(tmp_path / "x.xlsx"))
