"""A NIK typed where it does not belong is told to the person, and goes or is named with its page."""

import json
import re
from urllib.parse import quote_plus

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from balikpapan.accounts.trail import Actor, contents, trace_changed
from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.store import store
from balikpapan.data_checks.runner import run_checks
from balikpapan.intake import storage
from balikpapan.intake.models import Upload
from balikpapan.lists.models import SavedFilter
from balikpapan.privacy.destruction import approve, ask, log_file, replay
from balikpapan.privacy.models import Destruction
from balikpapan.privacy.subject import dossier_of, sheets_of
from balikpapan.privacy.written_nik import REMOVED, NikEnding, WrittenNik
from balikpapan.reports.models import Letterhead
from balikpapan.spreadsheets.cells.masking import replace_ids
from balikpapan.yearbook.requested_lists import make_list
from facilities.models import ConditionCheck
from industry.models import Business, BusinessYear
from tests.cast import member
from tests.factories import AssetFactory, ConditionCheckFactory, LetterheadFactory
from tests.pages import url
from tests.reports.test_models import picture
from tests.sheets import xlsx

NIK, OTHER = "6471015705900001", "6471015705900002"
SPACED, WIDE = "6471 0157 0590 0001", "６４７１０１５７０５９００００１"


@pytest.mark.parametrize(
    ("value", "is_there"),
    [
        (f"suami {SPACED}, Manggar", True),
        ("6471-0157-0590-0001", True),
        ("6471\xa00157\xa00590\xa00001", True),
        ("KTP_6471_0157_0590_0001.jpg", True),
        (WIDE, True),
        ("６４７１ ０１５７ 0590–0001", True),
        ("6471\n0157\u200b05900001 2024", True),
        ("q=6471+0157+0590+0001&o=1", True),
        (f"q={quote_plus(WIDE)}", True),
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
    assert WrittenNik(NIK).stands_in(value) is is_there


def test_only_the_number_that_ends_so_goes_out_of_a_text():
    text = f"Suami {SPACED}, istri {OTHER}, modal 1.234.567.890.000.100"

    assert replace_ids(text, "0001", REMOVED) == (
        f"Suami {REMOVED}, istri {OTHER}, modal 1.234.567.890.000.100"
    )


@pytest.mark.parametrize("number", [WrittenNik(NIK), NikEnding("0001")], ids=["whole", "ending"])
def test_the_number_goes_however_it_is_written_and_what_stands_around_it_stays(number):
    texts = {
        f"{SPACED} (1990-05-17), {OTHER}": f"{REMOVED} (1990-05-17), {OTHER}",
        f"KTP {WIDE} lama": f"KTP {REMOVED} lama",
        "KTP_6471_0157_0590_0001.jpg": f"KTP_{REMOVED}.jpg",
        f"p=1&q={quote_plus(WIDE)}": f"p=1&q={quote_plus(REMOVED)}",
        f"potongan 10%, modal {OTHER}": f"potongan 10%, modal {OTHER}",
        "modal 1.234.567.890.000.001": "modal 1.234.567.890.000.001",
    }

    assert {text: number.removed_from(text) for text in texts} == texts
    assert WrittenNik(NIK).removed_from("6471015808900001") == "6471015808900001"


@pytest.fixture
def register(petugas, tmp_path, settings, db):
    """One person's IKM, and her NIK in other places."""
    settings.DATA_DIR = settings.UPLOAD_DIR = tmp_path
    settings.LIST_DIR = tmp_path / "lists"
    stored_files = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": stored_files}

    def stored(record):
        store(record, by=petugas, channel=Change.Channel.FORM)
        return record

    own = stored(Business(name="Amplang Uji", nik=NIK, notes=f"KTP lama {NIK}"))
    neighbour = stored(Business(name="Roti Uji", notes=f"Istri {SPACED}, suami {OTHER}"))
    taxed = stored(Business(name="Keripik Uji", npwp=NIK))
    once = stored(Business(name="Kopi Uji", address=f"Jl. Uji, {NIK}"))
    once.address = "Jl. Uji"
    stored(once)
    stored(Business(name="Tempe Uji", notes=f"Anak {WIDE}"))
    check = stored(ConditionCheckFactory.build(asset=AssetFactory(), notes=f"pemegang {NIK}"))
    check.photo.save("foto/ab12.jpg", ContentFile(b"wajah"), save=False)
    stored(check)
    letterhead = LetterheadFactory.build()
    letterhead.logo.save(f"KTP_{SPACED}.png", ContentFile(picture()), save=False)
    stored(letterhead).logo.close()
    frozen = stored(BusinessYear(business=neighbour, year=2023, source=f"wawancara {NIK}"))
    stored(ClosedYear(year=2023))
    SavedFilter.objects.create(
        user=petugas, place="industry.business", name="Ibu", query=f"q={NIK}"
    )
    make_list.enqueue(user=petugas.pk, year=2024, choice={"q": NIK})
    SavedFilter.objects.create(
        user=petugas, place="industry.business", name="Anak", query=f"p=1&q={quote_plus(WIDE)}"
    )
    contents_of = {
        f"{SPACED.replace(' ', '_')}.xlsx": xlsx([["Nama Usaha"], ["Roti Uji"]]),
        "rusak.xlsx": b"PK\x03\x04 terpotong",
    }
    for name, content in contents_of.items():
        sha256 = storage.keep_original(content)
        Upload.objects.create(
            register="ikm", file_name=name, sha256=sha256, size=9, status="refused"
        )
    Upload.objects.exclude(file_name="rusak.xlsx").update(purged_at=timezone.now())
    petugas.first_name, petugas.username = NIK, f"ibu.{NIK}"
    petugas.save()
    trace_changed(petugas, {**contents(petugas), "first_name": WIDE}, Actor())
    return own, neighbour, taxed, once, frozen


def places(nik) -> set[tuple[str, str]]:
    return {(m.model, m.field) for m in dossier_of(nik).mentions}


def test_p53_p54_a_nik_in_other_records_and_questions_is_told_and_goes_or_is_named(
    register, petugas, verifikator, client, capsys, django_capture_on_commit_callbacks
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
        ("auth.user", "username"),
        ("facilities.conditioncheck", "notes"),
        ("reports.letterhead", "logo"),
    }
    assert {upload.file_name for upload in dossier_of(NIK).uploads} == {
        SPACED.replace(" ", "_") + ".xlsx"
    }

    asked = ask(NIK, by=verifikator, reason="Surat 12/2026")
    with django_capture_on_commit_callbacks(execute=True):
        counts = approve(asked, NIK, by=member("Administrator", "orang-kedua"))

    for record in (own, neighbour, taxed, once):
        record.refresh_from_db()
    assert own.notes == f"KTP lama {REMOVED}"
    assert neighbour.notes == f"Istri {REMOVED}, suami {OTHER}"
    assert (taxed.name, taxed.npwp) == ("Keripik Uji", "")
    assert Business.objects.get(name="Tempe Uji").notes == f"Anak {REMOVED}"
    queries = SavedFilter.objects.order_by("name").values_list("query", flat=True)
    assert list(queries) == [f"p=1&q={quote_plus(REMOVED)}", f"q={REMOVED}"]
    assert set(Upload.objects.values_list("file_name", flat=True)) == {
        f"{REMOVED}.xlsx",
        "rusak.xlsx",
    }
    petugas.refresh_from_db()
    assert (petugas.username, petugas.first_name) == (f"akun-{petugas.pk}", REMOVED)
    logo = Letterhead.objects.get().logo
    assert re.fullmatch(r"kop/[0-9a-f]{32}\.png", logo.name)
    with logo.open() as file:
        assert file.read() == picture()
    assert logo.storage.listdir("kop")[1] == [logo.name.removeprefix("kop/")]
    assert NIK not in json.dumps(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    # What a closed year holds stays, and the minutes say where; so it is with what nobody can read.
    assert places(NIK) == {("industry.businessyear", "source"), ("audit.change", "after")}
    asked.refresh_from_db()
    left = {where.rpartition(" ")[2]: why for where, why in asked.remaining}
    assert set(left) == {
        f"/industry/businessyear/{frozen.pk}/change/",
        f"/audit/change/{Change.objects.of(frozen).get().pk}/change/",
        f"/facilities/conditioncheck/{ConditionCheck.objects.get().pk}/change/",
        f"/reports/letterhead/{Letterhead.objects.get().pk}/change/",
        f"/intake/upload/{Upload.objects.get(purged_at=None).pk}/change/",
    }
    assert "sudah ditutup" in left[f"/industry/businessyear/{frozen.pk}/change/"]
    assert counts["mentions"] == 12
    client.force_login(verifikator)
    minutes = client.get(url(Destruction, "change", asked)).text
    assert "12 penyebutan disamarkan" in minutes
    assert f"/industry/businessyear/{frozen.pk}/change/: Tahun 2023 sudah ditutup" in minutes
    assert NIK not in json.dumps([asked.mentions, asked.remaining]) + log_file().read_text()
    trail = {
        "picture_orphans",
        "pictures",
        "trail_altered",
        "chain_altered",
        "erasures",
        "before_state",
        "replay_values",
    }
    assert [outcome.as_json() for outcome in run_checks(only=trail) if outcome.count] == []


def test_p54_a_mention_that_a_restored_backup_brings_back_goes_again(register, verifikator):
    _, neighbour, *_ = register
    approve(
        ask(NIK, by=verifikator, reason="Surat"), NIK, by=member("Administrator", "orang-kedua")
    )
    neighbour.refresh_from_db()
    neighbour.notes = f"Istri {SPACED}"
    store(neighbour, by=None, channel=Change.Channel.COMMAND)

    assert replay() == 1
    assert replay() == 0

    neighbour.refresh_from_db()
    assert neighbour.notes == f"Istri {REMOVED}"
