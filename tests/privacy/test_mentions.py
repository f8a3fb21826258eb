"""A NIK typed where it does not belong is told to the person, and goes or is named with its page."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.store import store
from balikpapan.data_checks.runner import run_checks
from balikpapan.lists.models import SavedFilter
from balikpapan.privacy.destruction import approve, ask, log_file, replay
from balikpapan.privacy.mentions import REMOVED, is_named
from balikpapan.privacy.models import Destruction
from balikpapan.privacy.subject import dossier_of, sheets_of
from balikpapan.spreadsheets.cells.masking import replace_ids
from balikpapan.yearbook.requested_lists import make_list
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.pages import url

NIK, OTHER = "6471015705900001", "6471015705900002"
SPACED = "6471 0157 0590 0001"


@pytest.mark.parametrize(
    ("value", "is_there"),
    [
        (f"suami {SPACED}, Manggar", True),
        ("6471-0157-0590-0001", True),
        ("6471\xa00157\xa00590\xa00001", True),
        ({"pemilik": [f"KTP {NIK}"]}, True),
        ({NIK: "kunci"}, True),
        (int(NIK), True),
        (OTHER, False),
        ("6471015705900", False),
        ("64710157 usaha 05900001", False),
        (None, False),
        (True, False),
    ],
)
def test_a_nik_is_recognised_in_any_text(value, is_there):
    assert is_named(NIK, value) is is_there


def test_only_the_number_that_ends_so_goes_out_of_a_text():
    text = f"Suami {SPACED}, istri {OTHER}, modal 1.234.567.890.000.100"

    assert replace_ids(text, "0001", REMOVED) == (
        f"Suami {REMOVED}, istri {OTHER}, modal 1.234.567.890.000.100"
    )


@pytest.fixture
def register(petugas, tmp_path, monkeypatch, db):
    """One person's IKM, and her NIK in other places."""
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.setattr(settings, "LIST_DIR", tmp_path / "lists")

    def stored(record):
        store(record, by=petugas, channel=Change.Channel.FORM)
        return record

    own = stored(Business(name="Amplang Uji", nik=NIK, notes=f"KTP lama {NIK}"))
    neighbour = stored(Business(name="Roti Uji", notes=f"Istri {SPACED}, suami {OTHER}"))
    taxed = stored(Business(name="Keripik Uji", npwp=NIK))
    once = stored(Business(name="Kopi Uji", address=f"Jl. Uji, {NIK}"))
    once.address = "Jl. Uji"
    stored(once)
    frozen = stored(BusinessYear(business=neighbour, year=2023, source=f"wawancara {NIK}"))
    stored(ClosedYear(year=2023))
    SavedFilter.objects.create(
        user=petugas, place="industry.business", name="Ibu", query=f"q={NIK}"
    )
    make_list.enqueue(user=petugas.pk, year=2024, choice={"q": NIK})
    petugas.first_name = NIK
    petugas.save()
    return own, neighbour, taxed, once, frozen


def places(nik) -> set[tuple[str, str]]:
    return {(m.model, m.field) for m in dossier_of(nik).mentions}


def test_p53_p54_a_nik_in_other_records_and_questions_is_told_and_goes_or_is_named(
    register, petugas, verifikator, client, capsys
):
    own, neighbour, taxed, once, frozen = register
    call_command("data_subject", NIK)
    output = capsys.readouterr().out
    assert f"/industry/business/{neighbour.pk}/change/" in output
    assert NIK not in output.replace("\n", "")
    answer = {name: list(rows) for name, rows in sheets_of(dossier_of(NIK))}
    assert ["usaha IKM", str(taxed.pk), "NPWP"] in [line[:3] for line in answer["Penyebutan lain"]]
    assert places(NIK) == {
        ("industry.business", "notes"),
        ("industry.business", "npwp"),
        ("industry.businessyear", "source"),
        ("audit.change", "before"),
        ("audit.change", "after"),
        ("lists.savedfilter", "query"),
        ("django_tasks_database.dbtaskresult", "args_kwargs"),
        ("auth.user", "first_name"),
    }

    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")
    counts = approve(asked, by=member("Administrator", "orang-kedua"))

    for record in (own, neighbour, taxed, once):
        record.refresh_from_db()
    assert own.notes == f"KTP lama {REMOVED}"
    assert neighbour.notes == f"Istri {REMOVED}, suami {OTHER}"
    assert (taxed.name, taxed.npwp) == ("Keripik Uji", "")
    assert SavedFilter.objects.get().query == f"q={REMOVED}"
    assert NIK not in json.dumps(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    # What a closed year holds and what is an account stays, and the minutes say where.
    assert places(NIK) == {
        ("industry.businessyear", "source"),
        ("audit.change", "after"),
        ("auth.user", "first_name"),
    }
    asked.refresh_from_db()
    assert [where.rpartition(" ")[2] for where, _ in asked.remaining[:2]] == [
        f"/auth/user/{petugas.pk}/change/",
        f"/industry/businessyear/{frozen.pk}/change/",
    ]
    assert "sudah ditutup" in asked.remaining[1][1]
    assert counts["mentions"] == 5
    client.force_login(verifikator)
    minutes = client.get(url(Destruction, "change", asked)).text
    assert "5 penyebutan disamarkan" in minutes
    assert f"/industry/businessyear/{frozen.pk}/change/: Tahun 2023 sudah ditutup" in minutes
    assert NIK not in json.dumps([asked.mentions, asked.remaining]) + log_file().read_text()
    trail = {"trail_altered", "chain_altered", "erasures", "before_state", "replay_values"}
    assert [outcome.as_json() for outcome in run_checks(only=trail) if outcome.count] == []


def test_p54_a_mention_that_a_restored_backup_brings_back_goes_again(register, verifikator):
    _, neighbour, *_ = register
    approve(ask(NIK, by=verifikator, reason="Surat"), by=member("Administrator", "orang-kedua"))
    neighbour.refresh_from_db()
    neighbour.notes = f"Istri {SPACED}"
    store(neighbour, by=None, channel=Change.Channel.COMMAND)

    assert replay() == 1
    assert replay() == 0

    neighbour.refresh_from_db()
    assert neighbour.notes == f"Istri {REMOVED}"
