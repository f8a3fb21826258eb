"""Promise 36: a NIK stands on no page and in no file of who may not see it, wherever it was typed."""

import json
import logging

import pytest
from django.core.management import call_command
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.intake.models import Upload
from industry.models import Business
from tests.factories import BusinessYearFactory
from tests.intake.importing import hand_in
from tests.pages import upload_url, url
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

NIK = "6471010101809999"
SPACED = "6471 0101 0180 9999"
NAME = f"data {NIK} januari.xlsx"


@pytest.fixture
def typed_everywhere(petugas):
    """A business whose NIK was also typed where it does not belong, and changed once."""
    business = Business(
        name="Amplang Uji", nik=NIK, address=f"Jalan Uji, NIK {SPACED}", products=f"amplang {NIK}"
    )
    store(business, by=petugas, channel=Change.Channel.FORM)
    business.notes = f"KTP {NIK}"
    store(business, by=petugas, channel=Change.Channel.FORM)
    BusinessYearFactory(business=business, year=2024)
    return business


@pytest.fixture
def upload(petugas):
    """A preview whose file name, headings nobody knows and names hold a NIK."""
    rows = [
        ["Nama Usaha", "Nama Pemilik", "Keterangan Lain", "Tahun Berdiri"],
        ["Roti Uji", f"Budi {NIK}", NIK, "dua"],
        ["Batik Uji", "Ani", f"KTP {SPACED}", 2020],
        [f"Kue {NIK}", f"Ani {SPACED}", None, 2020],
    ]
    return hand_in(rows, user=petugas, name=NAME)


def leaks(response) -> bool:
    """Whether the NIK stands in an answer, parted or not, or in the name of its file."""
    content = b"".join(response) if response.streaming else response.content
    text = content.decode("utf-8", "replace") + response.headers.get("Content-Disposition", "")
    return NIK in text or SPACED in text


def doors(business, upload):
    """The addresses at which one business, its list and one upload can be looked at."""
    opts = reverse("admin:industry_business_version", args=[business.pk, 1])
    history = url(Business, "history", business)
    yield from (url(Business, "changelist"), url(Business, "change", business), history, opts)
    yield from (f"{history}?isian={name}" for name in ("nik", "address", "products", "notes"))
    yield from (upload_url(page, upload) for page in ("change", "problems"))
    yield from (f"{upload_url('change', upload)}?kelompok={g}" for g in ("held", "ignored", "new"))
    yield from (reverse("admin:index"), reverse("admin:intake_upload_changelist"))
    change = Change.objects.of(business).first()
    yield reverse("admin:audit_change_changelist")
    yield reverse("admin:audit_change_change", args=[change.pk])


def test_p36_no_page_of_a_reader_holds_it(client, pimpinan, typed_everywhere, upload, caplog):
    client.force_login(pimpinan)

    with caplog.at_level(logging.DEBUG):
        answers = {page: client.get(page) for page in doors(typed_everywhere, upload)}

    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )
    assert [page for page, answer in answers.items() if leaks(answer)] == []
    logged = " ".join(
        record.getMessage() for record in caplog.records if "SELECT" not in str(record.msg)
    )
    assert NIK not in logged


def test_p36_who_may_see_it_reads_it_where_it_was_typed(client, petugas, typed_everywhere):
    client.force_login(petugas)

    for page in ("change", "history"):
        assert leaks(client.get(url(Business, page, typed_everywhere)))


def test_p36_neither_file_name_json_terminal_nor_log_hold_it(tmp_path, capsys, caplog, upload):
    path, out = tmp_path / NAME, tmp_path / "hasil.json"
    path.write_bytes(xlsx([["Nama Usaha", "NIK", "Catatan"], ["Amplang Uji", f"{NIK}9", NIK]]))

    call_command("import_sheet", "ikm", str(path), "--dry-run", "--json", str(out))

    assert set(Upload.objects.values_list("file_name", flat=True)) == {
        "data ************9999 januari.xlsx"
    }
    assert json.loads(out.read_text("utf-8"))["file"] == "data ************9999 januari.xlsx"
    printed = capsys.readouterr()
    for text in (out.read_text("utf-8"), printed.out, printed.err, caplog.text):
        assert NIK not in text
