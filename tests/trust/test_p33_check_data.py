"""Promise 33: one command proves the data sound, and each kind of damage is found by its check."""

import json
import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from balikpapan.audit import triggers
from balikpapan.audit.chain import head
from balikpapan.audit.models import Change, Link
from balikpapan.audit.store import store
from balikpapan.data_checks import database, nightly
from balikpapan.data_checks.registry import CHECKS
from balikpapan.data_checks.runner import Outcome, run_checks
from balikpapan.management.commands import check_data
from balikpapan.server.prepare import damage, tell_faults
from balikpapan.yearbook.closing import close_year
from balikpapan.yearbook.publication import publication
from industry.models import Business
from tests.cast import member
from tests.intake.importing import hand_in, load
from tests.trust.damages import (
    DAMAGES,
    EDITION_DAMAGES,
    FILE_DAMAGES,
    REPLAYED,
    altered_change,
    codes,
    foreign_right,
    found_after,
    invalid_index,
    lost_trigger,
    sql,
)

pytestmark = pytest.mark.django_db
SHEET = [
    ["Nama Usaha", "Nama Pemilik", "Tahun Data", "Tenaga Kerja"],
    ["Usaha Alun", "Siti", 2023, 3],
]


@pytest.fixture
def register(petugas, settings, tmp_path):
    """A sound register: one upload, one record typed, one upload waiting."""
    settings.DATA_DIR = settings.UPLOAD_DIR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }
    upload = load(SHEET, user=petugas)
    store(Business(name="Usaha Bukit", nik="6471012345678901"), by=petugas, channel="form")
    return upload


def test_p33_a_sound_register_is_found_sound(register, petugas):
    hand_in([SHEET[0], ["Usaha Cahaya", "Budi", 2023, 2]], user=petugas)

    outcomes = run_checks()

    assert [outcome.as_json() for outcome in outcomes if outcome.count] == []
    assert len(outcomes) >= 30


def test_p33_every_check_says_what_it_is_and_what_to_do():
    assert all(one.title and one.remedy.endswith(".") for one in CHECKS.values())
    assert {one.code for one in CHECKS.values() if one.is_quick} >= {"pages", "trail_protected"}


def test_p33_each_damage_is_found_by_its_check(register):
    assert codes() == set()

    assert {code: found_after(damage, code) for code, damage in DAMAGES.items()} == {
        code: {code} for code in DAMAGES
    }


@pytest.mark.parametrize("code", FILE_DAMAGES)
def test_p33_each_damage_of_files_is_found_by_its_check(register, code):
    assert code not in codes(only=[code])

    FILE_DAMAGES[code]()

    assert codes(only=[code]) == {code}


def test_p33_each_damage_of_a_closed_year_is_found(register, verifikator):
    edition = close_year(2023, by=verifikator, channel="form")
    assert f"Ujung rantai jejak: {edition.chain_head}" in publication(2023).book.provenance_lines
    assert codes() == set()

    assert {code: found_after(damage, code) for code, damage in EDITION_DAMAGES.items()} == {
        code: {code} for code in EDITION_DAMAGES
    }


def test_p33_what_was_traced_before_the_chain_is_not_held_against_a_record(register):
    business = Business.objects.get(name="Usaha Bukit")
    # As after an upgrade: one link over all there was, some of it written past the trail.
    with triggers.lifted():
        link = Link.objects.latest("position")
        Change.objects.update(link=link.pk)
        Link.objects.exclude(pk=link.pk).delete()
        Link.objects.update(is_before_chain=True)
    Business.objects.update(brand="Lain")
    assert codes(only=REPLAYED) == set()

    business.refresh_from_db()
    business.address = "Jalan Baru"
    store(business, by=None, channel="form")
    Business.objects.update(address="Jalan Lain")

    assert codes(only=REPLAYED) == {"replay_values"}


def test_p33_every_check_has_its_damage():
    assert {*DAMAGES, *EDITION_DAMAGES, *FILE_DAMAGES, "pages", "pages_in_full"} == set(CHECKS)


# The command, the night and the first page


def test_p33_the_command_ends_with_a_status_and_says_what_to_do(register):
    out = StringIO()
    call_command("check_data", stdout=out)
    assert f"Ujung rantai jejak: {head()}" in out.getvalue()

    altered_change()

    out = StringIO()
    with pytest.raises(CommandError, match=r"1 dari \d+ pemeriksaan menemukan kesalahan"):
        call_command("check_data", stdout=out)
    text = out.getvalue()
    assert "SALAH (" in text
    assert "[trail_altered]" in text
    assert "Tindakan: Jangan ubah apa pun dahulu." in text
    assert [fault["code"] for fault in nightly.latest_result().faults] == ["trail_altered"]
    assert not nightly.is_due()


@pytest.mark.parametrize(
    ("count", "rest"),
    [
        pytest.param(1, [], id="one"),
        pytest.param(2, [], id="as many as are told"),
        pytest.param(5, ["    … dan 3 lagi."], id="more"),
    ],
)
def test_p33_what_is_not_told_one_by_one_is_counted(count, rest):
    sentences = ["Yang pertama.", "Yang kedua."][:count]
    outcome = Outcome(CHECKS["trail_altered"], count, sentences)
    out = StringIO()

    check_data.Command(stdout=out).tell([outcome], as_json=False)

    lines = out.getvalue().splitlines()
    assert lines[0].startswith(f"SALAH ({count})")
    assert lines[1:-2] == [*(f"    {sentence}" for sentence in sentences), *rest]


def test_p33_the_command_speaks_json_and_knows_printed_heads(register):
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_data", "--json", "--only", "chain_heads", "--head", "9-abc", stdout=out)

    [outcome] = json.loads(out.getvalue())["checks"]
    assert outcome["sentences"] == ["Ujung rantai tercetak 9-abc tidak ada lagi di rantai ini."]
    call_command("check_data", "--only", "chain_heads", "--head", str(head()), stdout=StringIO())


def test_p33_a_check_that_fails_itself_is_a_finding(register):
    sql("DROP TABLE audit_savedform")

    [outcome] = run_checks(only=["form_tokens"])

    assert outcome.sentences[0].startswith("Pemeriksaan ini tidak dapat diselesaikan")


@pytest.fixture
def damaged(register, tmp_path, monkeypatch):
    """A damaged page of a file on SQLite, an index that does not hold on PostgreSQL."""
    if connection.vendor == "postgresql":
        invalid_index()
        yield
        return
    path = tmp_path / "rusak.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE catatan (id INTEGER PRIMARY KEY, nama TEXT)")
        file.executemany("INSERT INTO catatan (nama) VALUES (?)", [("Usaha" * 20,)] * 2000)
        file.commit()
    with path.open("r+b") as stream:
        stream.seek(20 * 4096)
        stream.write(b"\xff" * 200)
    other = connection.copy()
    other.settings_dict = {**other.settings_dict, "NAME": str(path)}
    monkeypatch.setattr(database, "connection", other)
    yield
    other.close()


@pytest.mark.usefixtures("damaged")
def test_p33_a_damaged_page_is_found_and_start_refuses_it():
    wanted = {"pages", "pages_in_full"} if connection.vendor == "sqlite" else {"pages"}

    assert codes(only=["pages", "pages_in_full"]) == wanted
    assert damage()[-1].endswith("python3 manage.py restore.")


def test_p33_a_start_on_a_sound_register_is_not_held_up(register):
    lines = []
    tell_faults(lines.append)

    assert (damage(), lines) == ([], [])

    foreign_right()
    tell_faults(lines.append)

    assert lines[0] == "Perhatian, pemeriksaan “Hak kelompok sesuai tabel hak” menemukan kesalahan:"


@pytest.mark.parametrize(
    ("group", "is_told"), [("Verifikator", True), ("Administrator", True), ("Petugas", False)]
)
def test_p33_the_first_page_says_how_sound_the_data_are(client, register, group, is_told):
    client.force_login(member(group, "pembaca"))
    assert "Kesehatan data:" not in client.get("/").content.decode()

    nightly.note(run_checks(only=["trail_protected"]))
    assert ("Kesehatan data: 1 pemeriksaan baik" in client.get("/").content.decode()) is is_told

    lost_trigger()
    nightly.note(run_checks(only=["trail_protected"]))
    page = client.get("/").content.decode()
    assert ("Jejak dijaga pemicu basis data: tidak (" in page) is is_told
