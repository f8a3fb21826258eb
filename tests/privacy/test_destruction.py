"""What is personal goes by the hand of two, and stays gone; what counts stays."""

import getpass
import json
import stat
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import override_settings

from balikpapan.audit.models import Change, Erasure
from balikpapan.audit.store import store
from balikpapan.intake import storage
from balikpapan.intake.models import Upload
from balikpapan.privacy import destruction
from balikpapan.privacy.destruction import approve, ask, log_file, replay
from balikpapan.privacy.models import Destruction
from balikpapan.privacy.subject import dossier_of
from balikpapan.reports import list_files
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.factories import ParticipationFactory
from tests.intake.importing import hand_in, load
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

NIK = "6471015705900001"
PASSWORD = "sungai-wain-tenang-5"
ROWS = [
    ["Nama Usaha", "Nama Pemilik", "NIK", "No. HP", "Tahun Data", "Tenaga Kerja"],
    ["Amplang Uji", "Siti Contoh", NIK, "0812-5551-0003", 2024, 3],
]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """A log of its own for each test."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "LIST_DIR", tmp_path / "lists")


@pytest.fixture
def business(petugas):
    load(ROWS, user=petugas)
    stored = Business.objects.get(nik=NIK)
    stored.owner_name = "Siti Aminah Contoh"
    store(stored, by=petugas, channel=Change.Channel.FORM)
    return stored


@pytest.fixture
def second():
    return member("Administrator", "orang-kedua")


def traces_of(*words) -> list[str]:
    """Where any of these words still stands: tables, trail, uploads, the files of uploads."""
    places = [("catatan", json.dumps(list(Business.objects.values()), default=str))]
    places += [
        (f"riwayat {change.pk}", json.dumps([change.before, change.after]))
        for change in Change.objects.all()
    ]
    places += [
        (f"unggahan {upload.pk}", json.dumps([upload.file_name, upload.answers]))
        for upload in Upload.objects.all()
    ]
    return [place for place, text in places if any(word in text for word in words)]


def test_p54_everything_personal_goes_and_the_statistics_stay(business, verifikator, second):
    ParticipationFactory(business=business, person="Siti Aminah Contoh")
    sha256 = Upload.objects.get().sha256
    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")
    assert traces_of(NIK) != []

    counts = approve(asked, NIK, by=second)

    assert traces_of(NIK, "081255510003", "Siti") == []
    assert storage.original(sha256) is None
    business.refresh_from_db()
    assert (business.name, business.nik, business.phone) == ("Amplang Uji", "", "")
    assert business.participations.get().person == ""
    assert BusinessYear.objects.get().workers_total == 3
    assert dossier_of(NIK).is_empty
    assert counts["records"] == 2
    # Those of the business, by its sheet and by hand; the participation has no trail.
    assert counts["changes"] == Erasure.objects.count() > 1
    assert counts["files"] == 1
    asked.refresh_from_db()
    assert (asked.asked_by, asked.done_by) == (verifikator, second)
    assert NIK not in json.dumps([asked.records, asked.files, asked.reason, asked.hint])


def test_p54_one_person_alone_destroys_nothing(business, verifikator):
    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")

    with pytest.raises(ValidationError, match="orang lain"):
        approve(asked, NIK, by=verifikator)

    assert Business.objects.filter(nik=NIK).exists()


@pytest.mark.parametrize("group", ["Petugas", "Pimpinan", "Administrator"])
def test_who_has_no_right_to_ask_asks_nothing(business, group):
    person = member(group, "tanpa-hak")

    with pytest.raises(ValidationError, match="tidak berhak mengajukan"):
        ask(NIK, by=person, reason="Surat 12/2026")

    assert not Destruction.objects.exists()


@pytest.mark.parametrize("group", ["Petugas", "Pimpinan"])
def test_who_has_no_right_to_agree_destroys_nothing(business, verifikator, group):
    person = member(group, "tanpa-hak")
    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")

    with pytest.raises(ValidationError, match="tidak berhak menyetujui"):
        approve(asked, NIK, by=person)

    assert Business.objects.filter(nik=NIK).exists()


@pytest.mark.parametrize(("nik", "reason"), [(NIK, "  "), ("6471015705909999", "Surat 12/2026")])
def test_without_a_reason_or_anything_known_nothing_is_asked(business, verifikator, nik, reason):
    with pytest.raises(ValidationError):
        ask(nik, by=verifikator, reason=reason)

    assert not Destruction.objects.exists()


def test_what_is_destroyed_is_not_destroyed_twice(business, verifikator, second):
    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")
    approve(asked, NIK, by=second)

    with pytest.raises(ValidationError, match="sudah dilakukan"):
        approve(asked, NIK, by=second)

    assert len(log_file().read_text().splitlines()) == 1


def test_a_fault_on_the_way_destroys_nothing_now_and_all_at_the_next_start(
    business, verifikator, second, monkeypatch
):
    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")
    with monkeypatch.context() as patch:
        patch.setattr(destruction, "erase", lambda *a, **k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            approve(asked, NIK, by=second)
    assert Business.objects.filter(nik=NIK).exists()

    assert replay() == 1

    assert traces_of(NIK) == []
    asked.refresh_from_db()
    assert (asked.done_by, asked.counts["records"]) == (second, 1)


def test_the_demonstration_destroys_nothing_by_the_log_of_the_real_register(
    business, verifikator, second
):
    approve(ask(NIK, by=verifikator, reason="Surat 12/2026"), NIK, by=second)
    # As in the demonstration: another person stands under the same number.
    Business.objects.filter(pk=business.pk).update(nik="6471015705900002")
    with override_settings(DEMO=True):
        assert replay() == 0

    assert Business.objects.filter(nik="6471015705900002").exists()


def test_p54_what_a_restored_backup_brings_back_goes_again(business, verifikator, second):
    approve(ask(NIK, by=verifikator, reason="Surat 12/2026"), NIK, by=second)
    # As an older backup has it: the values are there again, and nobody knows of a destruction.
    Business.objects.filter(pk=business.pk).update(nik=NIK, owner_name="Siti Contoh")
    Destruction.objects.all().delete()

    assert replay() == 1
    assert replay() == 0

    assert not Business.objects.filter(nik=NIK).exists()
    assert stat.S_IMODE(log_file().stat().st_mode) == 0o600
    assert NIK not in log_file().read_text()


def test_a_preview_that_names_the_person_ends_with_its_file(petugas, verifikator, second):
    waiting = hand_in(ROWS, user=petugas, name=f"daftar {NIK}.xlsx")
    hand_in([["Nama Usaha", "NIK"], ["Roti Uji", NIK]], user=petugas)

    counts = approve(ask(NIK, by=verifikator, reason="Surat 12/2026"), NIK, by=second)

    assert counts["files"] == 2
    waiting.refresh_from_db()
    assert waiting.status == "refused"
    assert NIK not in waiting.file_name
    assert not storage.folder(waiting.sha256).exists()


def prepared(*rows) -> Path:
    """A list the worker has made, waiting to be fetched."""
    task = uuid.uuid4()
    with list_files.written(task) as stream:
        stream.write(xlsx([["Nama usaha", "Nama pemilik", "Telepon"], *rows]))
    return list_files.path_of(task)


def test_p54_lists_that_wait_to_be_fetched_go_too_and_none_begun_before_is_finished(
    business, verifikator, second, capsys
):
    named, other = prepared(["Amplang Uji", "Siti Aminah Contoh", ""]), prepared(["Roti", "B", ""])
    assert [waiting.task for waiting in dossier_of(NIK).lists] == [uuid.UUID(named.stem)]
    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")
    assert named.exists()

    begun = list_files.written(uuid.uuid4())
    begun.__enter__().write(b"Siti Aminah Contoh")
    counts = approve(asked, NIK, by=second)
    with pytest.raises(list_files.ListDestroyedError):
        begun.__exit__(None, None, None)

    assert counts["lists"] == 2
    assert (named.exists(), other.exists(), list_files.waiting()) == (False, False, [])
    made_since = prepared(["Roti", "B", ""])
    assert list_files.waiting() == [made_since]


def test_p54_a_list_that_a_fault_on_the_way_left_goes_at_the_next_start(
    business, verifikator, second, monkeypatch
):
    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")
    with monkeypatch.context() as patch:
        patch.setattr(storage, "forget", lambda sha256: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            approve(asked, NIK, by=second)
    left = prepared(["Amplang Uji", "Siti Aminah Contoh", ""])

    assert replay() == 0

    assert not left.exists()


# The command


@pytest.fixture
def typed(monkeypatch):
    """What is typed when a password is asked for; whoever agrees types the NIK."""
    answers = []
    monkeypatch.setattr(getpass, "getpass", lambda prompt: answers.pop(0))
    monkeypatch.setattr("builtins.input", lambda prompt: NIK)
    return answers


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user.username


def test_the_command_takes_two_people_with_their_passwords(
    business, verifikator, second, typed, capsys
):
    names = with_password(verifikator), with_password(second)
    typed += [PASSWORD, PASSWORD]

    call_command("destroy", NIK, "--user", names[0], "--reason", "Surat 12/2026")
    number = Destruction.objects.get().pk
    call_command("destroy", "--approve", str(number), "--user", names[1])

    output = capsys.readouterr().out
    assert f"Pengajuan {number} dicatat: 2 catatan dan 1 berkas" in output
    assert "0 daftar yang menunggu diambil. Angka statistik tidak berubah" in output
    assert NIK not in output
    assert not Business.objects.filter(nik=NIK).exists()


def test_the_asking_that_is_named_is_carried_out_and_no_other(
    business, petugas, verifikator, second, typed, monkeypatch
):
    other_nik = "6471015705900002"
    monkeypatch.setattr("builtins.input", lambda prompt: other_nik)
    load([ROWS[0], ["Roti Uji", "Budi Contoh", other_nik, None, 2024, 2]], user=petugas)
    waiting = ask(NIK, by=verifikator, reason="Surat 12/2026")
    agreed = ask(other_nik, by=verifikator, reason="Surat 13/2026")
    name = with_password(second)
    typed += [PASSWORD, PASSWORD]

    call_command("destroy", "--approve", str(agreed.pk), "--user", name)
    with pytest.raises(CommandError, match="Tidak ada pengajuan"):
        call_command("destroy", "--approve", str(agreed.pk + 1), "--user", name)

    assert Business.objects.filter(nik=NIK).exists()
    assert not Business.objects.filter(nik=other_nik).exists()
    assert Destruction.objects.get(done_at=None) == waiting


def test_a_wrong_password_does_nothing(business, verifikator, typed):
    name = with_password(verifikator)
    typed.append("salah")

    with pytest.raises(CommandError, match="keliru"):
        call_command("destroy", NIK, "--user", name, "--reason", "Surat 12/2026")

    assert not Destruction.objects.exists()


@pytest.mark.parametrize("words", [[], [NIK, "--approve", "1"]])
def test_asking_and_agreeing_are_two_acts(words, verifikator):
    with pytest.raises(CommandError, match="Isi NIK untuk mengajukan, atau"):
        call_command("destroy", *words, "--user", verifikator.username)


def test_p54_what_names_the_person_since_it_was_asked_goes_only_where_the_second_agrees(
    business, verifikator, second, typed, monkeypatch, capsys
):
    petugas = User.objects.get(username="petugas")
    asked = ask(NIK, by=verifikator, reason=f"Surat 12/2026, {NIK}")
    load([ROWS[0], ["Roti Uji", "Siti Contoh", NIK, None, 2024, 2]], user=petugas)
    neighbour = Business(name="Tempe Uji", notes="Istri ６４７１0157 0590_0001")
    store(neighbour, by=petugas, channel=Change.Channel.FORM)
    name, answers = with_password(second), [NIK, "tidak", "6471 0157 0590 0001", "ya"]
    monkeypatch.setattr("builtins.input", lambda prompt: answers.pop(0))
    typed += [PASSWORD, PASSWORD]
    approval = ["destroy", "--approve", str(asked.pk), "--user", name]

    with pytest.raises(CommandError, match="Belum ada yang dimusnahkan"):
        call_command(*approval)
    assert Business.objects.filter(nik=NIK).count() == 2
    call_command(*approval)

    output = capsys.readouterr().out
    assert f"usaha IKM {neighbour.pk}, catatan /industry/business/{neighbour.pk}/change/" in output
    assert f"berkas asli unggahan {Upload.objects.latest('pk').pk}" in output
    assert dossier_of(NIK).is_empty
    asked.refresh_from_db()
    assert NIK not in json.dumps([output, asked.reason, asked.mentions])
    assert asked.records["industry.business"] == sorted(
        Business.objects.exclude(pk=neighbour.pk).values_list("pk", flat=True)
    )
    assert [line for line in asked.mentions if line[2] == "notes"] == [
        ["industry.business", neighbour.pk, "notes"]
    ]
    # The log leads there too, should a backup bring it back.
    assert sorted(json.loads(log_file().read_text())["files"]) == asked.files
    assert len(asked.files) == 2


@pytest.mark.parametrize("other", ["6471015705900002", "6471015808900001"])
def test_p54_who_agrees_must_mean_the_person_who_was_asked_about(
    business, petugas, verifikator, second, other
):
    store(Business(name="Roti Uji", nik=other), by=petugas, channel=Change.Channel.FORM)
    business.notes = f"Suami {other}"
    store(business, by=petugas, channel=Change.Channel.FORM)
    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")

    with pytest.raises(ValidationError, match="bukan tentang NIK itu"):
        approve(asked, other, by=second)

    assert Business.objects.filter(nik__in=[NIK, other]).count() == 2
