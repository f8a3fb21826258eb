"""Promise 36: a NIK stands on no page and in no file of who may not see it, wherever it was typed."""

import datetime
import io
import json
import logging
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from balikpapan.intake.models import Upload
from balikpapan.intake.resources import REGISTERS
from balikpapan.yearbook.closing import close_year
from balikpapan.yearbook.contents import BESIDES
from facilities.models import Outage, StorageMonth
from industry.models import (
    Business,
    BusinessYear,
    Certificate,
    Participation,
    Programme,
    Revenue,
    RevenueSource,
)
from tests.cast import permitted
from tests.factories import (
    AssetFactory,
    BillFactory,
    BillLineFactory,
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    ChamberFactory,
    FacilityFactory,
    InventorySessionFactory,
    LeaseFactory,
    OutageFactory,
    ParticipationFactory,
    PerformanceTargetFactory,
    ProductionUnitFactory,
    ProgrammeFactory,
    PublishedFigureFactory,
    RevenueFactory,
    StorageMonthFactory,
)
from tests.intake.importing import export, hand_in, look, tally
from tests.pages import upload_url, url
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

NIK = "6471010101809999"
SPACED = "6471 0101 0180 9999"
PHONE, MAIL = "0812-5550-9999", "penanda@contoh.example"
SOON = datetime.date.today() + datetime.timedelta(days=20)
NAME = f"data {NIK} januari.xlsx"


@pytest.fixture
def typed_everywhere(petugas):
    """A business whose NIK was also typed where it does not belong, and changed once."""
    business = Business(
        name=f"Amplang Uji {NIK}",
        nik=NIK,
        address=f"Jalan Uji, NIK {SPACED}",
        products=f"amplang {NIK}, pesan ke {PHONE}",
        source=MAIL,
    )
    store(business, by=petugas, channel=Change.Channel.FORM)
    business.notes = f"KTP {NIK}"
    store(business, by=petugas, channel=Change.Channel.FORM)
    BusinessYearFactory(business=business, year=2024, source=f"KTP {NIK}")
    programme = ProgrammeFactory(name=f"Pelatihan {NIK}", year=2024)
    ParticipationFactory(
        business=business, programme=programme, person=f"Siti {SPACED}", result=f"hubungi {PHONE}"
    )
    CertificateFactory(business=business, number="2066471010001-25", expires_on=SOON)
    RevenueSource.objects.create(name=f"Sewa Siti {NIK}", key="sewasiti")
    RevenueFactory(year=2024, source_name=f"Sewa Siti {NIK}", notes=f"hubungi {PHONE}")
    return business


@pytest.fixture
def upload(petugas):
    """A preview whose file name, headings nobody knows and names hold a NIK."""
    rows = [
        ["Nama Usaha", "Nama Pemilik", "Keterangan Lain", "Tahun Berdiri"],
        ["Roti Uji", f"Budi {NIK}", NIK, "dua"],
        ["Batik Uji", "Ani", f"KTP {SPACED}", 2020],
        [f"Kue {NIK}", f"Ani {SPACED}", None, 2020],
        ["Kopi Uji", f"telp. {PHONE}", None, "tiga"],
    ]
    return hand_in(rows, user=petugas, name=NAME)


def leaks(response) -> bool:
    """Whether the NIK stands in an answer, parted or not, or in the name of its file."""
    content = b"".join(response) if response.streaming else response.content
    text = content.decode("utf-8", "replace") + response.headers.get("Content-Disposition", "")
    return any(mark in text for mark in (NIK, SPACED, PHONE, PHONE.replace("-", ""), MAIL))


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
    search = reverse("admin:search")
    yield from (search, f"{search}?q=amplang", f"{search}?q=sewa", f"{search}?q=pelatihan&bagian=1")
    for model in (BusinessYear, Certificate, Programme, Participation, Revenue, RevenueSource):
        record = model.objects.first()
        yield from (url(model, "changelist"), url(model, "change", record))
        yield url(model, "history", record)
    complete = reverse("admin:autocomplete")
    field = "model_name=certificate&field_name=business"
    yield f"{complete}?app_label=industry&{field}&term=amplang"
    for page in ("daftar-ikm",):
        yield reverse("admin:report_table", args=[2024, page])
    yield reverse("admin:report_press", args=[2024])


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


@pytest.fixture
def typed_into_facilities():
    """Facilities, goods and what happens there, named and noted with the number of a person."""
    place = FacilityFactory(name=f"Sentra {NIK}", kind="centre")
    chamber = ChamberFactory(facility=place, name=f"Ruang {PHONE}")
    store_month = StorageMonthFactory(chamber=chamber, year=2024, month=1)
    AssetFactory(facility=place, name=f"Mesin {NIK}", notes=f"KTP {SPACED}", holder=MAIL)
    LeaseFactory(
        unit=ProductionUnitFactory(facility=place, built_year=2020),
        tenant_name=f"Siti {NIK}",
        start_on=datetime.date(2024, 1, 1),
    )
    bill = BillFactory(tenant_name=f"Siti {SPACED}", year=2024, month=1)
    BillLineFactory(bill=bill, facility=place, description=f"Sewa {PHONE}")
    OutageFactory(chamber=chamber, notes=NIK)
    session = InventorySessionFactory(facility=place, team=f"Budi {PHONE}")
    PerformanceTargetFactory(year=2024, indicator=f"Jumlah {NIK}", source=MAIL)
    PublishedFigureFactory(year=2024, indicator=f"Jumlah IKM {NIK}", source=f"hubungi {PHONE}")
    return place, bill, session, store_month


def doors_of_facilities(place, bill, session, month):
    """The pages and printed lists that name places, goods and tenants."""
    yield reverse("admin:index")
    for name, record in (
        ("facilities_facility_centre", place),
        ("facilities_bill_letter", bill),
        ("facilities_inventorysession_entry", session),
        ("facilities_inventorysession_list", session),
        ("facilities_inventorysession_differences", session),
    ):
        yield reverse(f"admin:{name}", args=[record.pk])
    yield reverse("admin:facilities_bill_arrears")
    yield from (url(Outage, "history", Outage.objects.get()), url(StorageMonth, "change", month))
    reconciled = reverse("admin:industry_revenue_reconcile")
    yield f"{reconciled}?tahun=2024&bulan=1"
    yield f"{reverse('admin:facilities_storagemonth_ledger')}?tahun=2024"
    for name in ("industry_businessyear", "industry_revenue", "facilities_storagemonth"):
        yield f"{reverse(f'admin:{name}_grid')}?tahun=2024"
    yield reverse("admin:report_book", args=[2024])
    yield from (reverse("admin:report_table", args=[2024, key]) for key in BESIDES)


def test_p36_no_book_grid_or_page_of_a_place_holds_it(
    client, pimpinan, verifikator, typed_everywhere, typed_into_facilities
):
    pages = list(doors_of_facilities(*typed_into_facilities))
    client.force_login(pimpinan)

    answers = {page: client.get(page) for page in pages}
    files = [
        client.get(reverse("admin:report_table_file", args=[2024, key, "xlsx"]))
        for key in ("pembinaan", "pad-sumber", "sewa-unit", "kib-b")
    ]

    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )
    assert [page for page, answer in answers.items() if leaks(answer)] == []
    assert not any(map(in_files, files))
    # The book is the same for all; a card is read in full by whoever may see personal data.
    client.force_login(verifikator)
    read = {
        key: leaks(client.get(reverse("admin:report_table", args=[2024, key])))
        for key in ("pembinaan", "kib-b", "sewa-unit")
    }
    assert read == {"pembinaan": False, "kib-b": True, "sewa-unit": True}
    assert leaks(client.get(f"{reverse('admin:industry_revenue_grid')}?tahun=2024"))


def test_p36_a_closed_year_keeps_an_edition_without_it(typed_everywhere, verifikator):
    edition = close_year(2024, by=verifikator, channel=Change.Channel.FORM)

    assert not any(mark in json.dumps(edition.figures) for mark in (NIK, SPACED, PHONE, MAIL))


def in_files(response) -> bool:
    """Whether a mark stands in a workbook, an archive or a plain text."""
    content = b"".join(response) if response.streaming else response.content
    parts = [content]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    texts = [part.decode("utf-8", "replace") for part in parts]
    return any(mark in text for text in texts for mark in (NIK, SPACED, PHONE, MAIL))


def test_p36_no_file_of_a_reader_holds_it(client, pimpinan, typed_everywhere):
    client.force_login(pimpinan)

    answers = {}
    for register in ("ikm", "ikm-tahunan", "sertifikat", "pembinaan", "pad"):
        resource = REGISTERS[register]
        model = (resource.child.model if register == "sertifikat" else resource._meta.model)._meta
        page = reverse(f"admin:{model.app_label}_{model.model_name}_export", args=[register])
        for extension in ("xlsx", "csv"):
            answers[register, extension] = client.post(page, {"format": extension, "year": 2024})
    for page, *arguments in (
        ("report_table_file", 2024, "daftar-ikm", "xlsx"),
        ("report_press_file", 2024),
        ("report_open_data", 2024),
    ):
        answers[page] = client.get(reverse(f"admin:{page}", args=arguments))

    assert {key: answer.get("Content-Disposition", "")[:10] for key, answer in answers.items()} == (
        dict.fromkeys(answers, "attachment")
    )
    assert [key for key, answer in answers.items() if in_files(answer)] == []


def test_what_was_masked_on_its_way_out_changes_nothing_on_its_way_back(typed_everywhere, petugas):
    report = look(export(personal=False), user=petugas)

    assert tally(report) == (0, 0, 1, 0, 0)


def test_p36_what_is_masked_for_a_reader_is_never_stored(typed_everywhere, pimpinan):
    for_reading([typed_everywhere], pimpinan)

    with pytest.raises(ValueError, match="masked"):
        store(typed_everywhere, by=pimpinan, channel=Change.Channel.FORM)


def test_p36_who_merges_without_seeing_reads_no_number(client, typed_everywhere):
    twin = BusinessFactory(name=typed_everywhere.name, address=f"NIK {SPACED}")
    client.force_login(permitted("industry.view_business", "industry.merge_business"))

    pages = [
        client.get(reverse("admin:industry_business_doubles")),
        client.get(reverse("admin:industry_business_merge", args=[typed_everywhere.pk, twin.pk])),
    ]

    assert [page.status_code for page in pages] == [200, 200]
    assert not any(map(leaks, pages))


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
