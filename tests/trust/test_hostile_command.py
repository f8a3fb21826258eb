"""Section H through ``import_sheet``: the same promises without a browser."""

import json

import pytest
from django.core.management import CommandError, call_command

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.intake import storage
from balikpapan.intake.models import Upload
from balikpapan.management.commands import import_sheet
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory, ClosedYearFactory
from tests.sheets import delimited
from tests.trust.outages import kill_command, locked_database, press_together
from tests.trust.previews import people
from tests.trust.verdicts import FOREIGN, QUOTED, fingerprint

real_database = pytest.mark.django_db(transaction=True)
NIK = "6471015203900001"


@pytest.fixture
def run(tmp_path):
    """Runs the command on these rows; gives its JSON."""

    def run_on(rows, name="data.csv", **options):
        file, result = tmp_path / name, tmp_path / f"{name}.json"
        file.write_bytes(delimited(rows))
        with open(tmp_path / f"{name}.txt", "w") as out:
            call_command("import_sheet", "ikm", file, json=result, stdout=out, **options)
        assert not FOREIGN.search(QUOTED.sub("", (tmp_path / f"{name}.txt").read_text()))
        return json.loads(result.read_text())

    return run_on


def codes(report) -> set[str]:
    return {problem["code"] for problem in report["problems"]}


def groups(report) -> tuple[int, ...]:
    names = ("new", "changed", "same", "held", "ignored")
    return tuple(report["counts"][name] for name in names)


@pytest.mark.django_db
def test_one_identity_twice_is_held_or_taken_once_and_the_rest_is_stored(run):
    heading = ["Nama Usaha", "NIB", "Merek"]
    other = [["Usaha Satu", "9123456789012", "A"], ["Usaha Dua", "9123456789012", "B"]]
    equal = [["Usaha Tiga", "9123456789013", "C"], ["USAHA  TIGA", "9123456789013", "C"]]

    report = run([heading, *other, *equal])

    assert groups(report) == (1, 0, 0, 2, 1)
    assert Business.objects.get().name == "Usaha Tiga"


@pytest.mark.django_db
def test_the_nib_of_one_with_the_nik_of_another_is_held_with_both(run):
    one = BusinessFactory(name="Amplang Siti", nib="9123456789012")
    other = BusinessFactory(name="Roti Ani", nik=NIK)

    report = run([["Nama Usaha", "NIB", "NIK"], ["Roti Ani", "9123456789012", NIK]])

    messages = " ".join(problem["message"] for problem in report["problems"])
    assert groups(report) == (0, 0, 0, 1, 0)
    assert one.number in messages
    assert other.number in messages


@pytest.mark.django_db
def test_only_another_nik_is_stored_with_a_warning(run):
    business = BusinessFactory(name="Amplang Siti", nib="9123456789012", nik=NIK)

    report = run([["Nama Usaha", "NIB", "NIK"], ["Amplang Siti", "9123456789012", NIK[:-1] + "2"]])

    business.refresh_from_db()
    assert "other_nik" in codes(report)
    assert business.nik == NIK[:-1] + "2"


@pytest.mark.django_db
def test_the_same_file_and_the_same_rows_under_another_name_store_nothing_twice(run):
    first, again = run(people(3)), run(people(3))
    renamed = run(people(3), "baru.csv")

    assert groups(first) == (3, 0, 0, 0, 0)
    assert groups(again) == groups(renamed) == (0, 0, 3, 0, 0)
    assert "same_file" in codes(again)
    assert Business.objects.count() == BusinessYear.objects.count() == 3


@real_database
def test_two_commands_at_once_lose_nothing(run):
    acts = [
        lambda: run(people(4), "satu.csv"),
        lambda: run(people(4, 5, start=3), "dua.csv"),
    ]

    results = press_together(acts)

    for result in results:
        if isinstance(result, CommandError):
            assert "sekali lagi" in str(result)
        else:
            assert result["status"] == "stored"
    run(people(4, 5, start=3), "dua.csv")
    run(people(2), "satu.csv")
    assert Business.objects.count() == BusinessYear.objects.count() == 6
    assert Change.objects.filter(action="created").count() == 12


def edited(upload):
    business = Business.objects.get()
    business.brand = "Merek Baru"
    store(business, by=None, channel=Change.Channel.FORM)


def closed(upload):
    ClosedYearFactory(year=2024)


def removed(upload):
    (storage.folder(upload.sha256) / "original").unlink()


@pytest.mark.django_db
@pytest.mark.parametrize("meanwhile", [edited, closed, removed])
def test_what_changed_while_the_file_was_read_ends_the_command_with_the_remedy(
    meanwhile, run, monkeypatch
):
    BusinessFactory(name="Usaha Lama", nib="9100000000001")
    real = import_sheet.confirm

    def late(upload, *args, **more):
        meanwhile(upload)
        before.append(fingerprint())
        return real(upload, *args, **more)

    before = []
    with monkeypatch.context() as patch:
        patch.setattr(import_sheet, "confirm", late)
        with pytest.raises(CommandError) as refusal:
            run(people(2))

    assert "sekali lagi" in str(refusal.value)
    assert [fingerprint()] == before
    assert Upload.objects.get().status != "stored"


@pytest.mark.django_db
def test_who_has_lost_the_right_stores_nothing(run, petugas):
    petugas.groups.clear()

    report = run(people(2), user=petugas.username)

    assert groups(report) == (0, 0, 0, 2, 0)
    assert "not_allowed" in codes(report)
    assert Business.objects.count() == 0


@real_database
@pytest.mark.slow
def test_a_killed_command_has_stored_nothing_and_the_next_one_does(run, tmp_path):
    file = tmp_path / "bunuh.csv"
    file.write_bytes(delimited(people(50)))

    kill_command("written:industry_businessyear", "import_sheet", "ikm", str(file))

    assert Business.objects.count() == Change.objects.count() == 0
    assert Upload.objects.get().status == "planned"
    assert groups(run(people(50))) == (50, 0, 0, 0, 0)
    assert Business.objects.count() == 50


@real_database
def test_a_locked_database_ends_the_command_in_words_and_the_next_one_works(run, monkeypatch):
    real = import_sheet.confirm

    def locked(*args, **more):
        with locked_database():
            return real(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(import_sheet, "confirm", locked)
        with pytest.raises(CommandError) as refusal:
            run(people(3))

    assert "Tidak ada yang tersimpan setengah jadi" in str(refusal.value)
    assert Business.objects.count() == 0
    run(people(3))
    assert Business.objects.count() == 3
