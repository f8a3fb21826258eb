"""Personal data on every page: who sees them, and that it is on record."""

import re

import pytest
from django.urls import reverse

from balikpapan.audit.models import Change, ReadAccess
from balikpapan.audit.store import store
from industry.models import Business
from tests.cast import member, permitted
from tests.factories import BusinessFactory, BusinessYearFactory
from tests.intake.importing import hand_in
from tests.pages import filled, upload_url, url

pytestmark = pytest.mark.django_db

MARKS = {
    "nik": "6471010101809999",
    "npwp": "019876543210987",
    "phone": "081255509999",
    "email": "penanda@contoh.example",
    "latitude": "-1.273131",
    "longitude": "116.868686",
}


@pytest.fixture
def marked(petugas):
    """A business whose personal data are unmistakable, typed and then changed."""
    business = Business(name="Amplang Siti", status="active", **MARKS)
    store(business, by=petugas, channel=Change.Channel.FORM)
    business.phone = MARKS["phone"] + " / 0542123456"
    store(business, by=petugas, channel=Change.Channel.FORM)
    BusinessYearFactory(business=business)
    return business


def leaks(response) -> set[str]:
    """The marks that stand on a page."""
    text = b"".join(response) if response.streaming else response.content
    text = text.decode("utf-8", "replace").replace(",", ".")
    return {name for name, value in MARKS.items() if value in text}


def preview_of(petugas):
    heading = ["Nama Usaha", "NIK", "NPWP", "No. HP", "Surel", "Lintang", "Bujur", "Tahun Data"]
    marks = [MARKS[name] for name in ("nik", "npwp", "phone", "email", "latitude", "longitude")]
    rows = [
        heading,
        ["Amplang Siti", *marks, 2024],
        ["Roti Baru", "6471010101809998", *marks[1:], 2024],
        ["Roti Salah", MARKS["nik"] + "9", *marks[1:], "dua"],
        ["Roti Telepon", None, None, f"{MARKS['phone']} xx", None, None, None, 2024],
        ["Roti Nol", None, None, MARKS["phone"][1:], None, None, None, 2024],
    ]
    return hand_in(rows, user=petugas)


PLACES = ["changelist", "change", "history"]


@pytest.mark.parametrize("place", PLACES)
def test_p36_personal_data_stand_on_no_page_of_a_reader(client, pimpinan, marked, place):
    client.force_login(pimpinan)

    response = client.get(url(Business, place, None if place == "changelist" else marked))

    assert response.status_code == 200
    assert leaks(response) == set()


def test_what_is_blank_is_a_dash_for_a_reader(client, pimpinan, petugas):
    business = Business(name="Amplang Siti", status="active")
    store(business, by=petugas, channel=Change.Channel.FORM)
    client.force_login(pimpinan)

    page = client.get(url(Business, "change", business)).content.decode()

    shown = re.findall(
        r"<label[^>]*>([^<]+):</label>\s*<div class=\"readonly\">([^<]*)</div>", page
    )
    values = {label: value.strip() for label, value in shown if label != "Opened version"}
    assert {values["NIK pemilik"], values["Telepon"], values["Catatan"]} == {"–"}
    assert "None" not in values.values()


def test_p52_who_may_see_them_sees_them_and_that_is_on_record(client, petugas, marked):
    client.force_login(petugas)

    response = client.get(url(Business, "change", marked))

    assert leaks(response) == set(MARKS)
    seen = ReadAccess.objects.get()
    assert (seen.by, seen.record, seen.kind) == (petugas, marked.pk, "seen")


def test_seeing_a_form_without_the_right_is_not_recorded_as_seen(client, pimpinan, marked):
    client.force_login(pimpinan)

    client.get(url(Business, "change", marked))

    assert not ReadAccess.objects.exists()


GROUPS_OF_A_PREVIEW = ["new", "changed", "same", "held", "ignored"]


@pytest.mark.parametrize("group", GROUPS_OF_A_PREVIEW)
@pytest.mark.usefixtures("marked")
def test_p36_a_preview_masks_them(client, petugas, pimpinan, group):
    upload = preview_of(petugas)
    client.force_login(pimpinan)

    response = client.get(upload_url("change", upload), {"kelompok": group})

    assert response.status_code == 200
    assert leaks(response) == set()


@pytest.mark.usefixtures("marked")
def test_p36_the_problems_of_an_upload_mask_them(client, petugas, pimpinan):
    upload = preview_of(petugas)
    client.force_login(pimpinan)

    response = client.get(upload_url("problems", upload))

    assert upload.problem_counts
    assert leaks(response) == set()
    assert MARKS["phone"][1:] not in response.content.decode()


@pytest.mark.usefixtures("marked")
def test_p12_a_reader_cannot_fetch_the_file_and_whoever_may_is_recorded(client, petugas, pimpinan):
    upload = preview_of(petugas)

    client.force_login(pimpinan)
    refused = client.get(upload_url("file", upload))
    client.force_login(petugas)
    asked = client.get(upload_url("file", upload))
    fetched = client.post(upload_url("file", upload), {"purpose": "memeriksa daftar"})

    assert refused.status_code == 403
    assert "Keperluan" in asked.text
    assert "attachment" in fetched["Content-Disposition"]
    account = ReadAccess.objects.get(kind="fetched")
    assert (account.record, account.purpose) == (upload.pk, "memeriksa daftar")


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("purpose", ["", "   ", "abc"])
def test_no_file_leaves_without_a_purpose(client, petugas, purpose):
    upload = preview_of(petugas)
    client.force_login(petugas)

    answer = client.post(upload_url("file", upload), {"purpose": purpose})

    assert "Content-Disposition" not in answer
    assert not ReadAccess.objects.filter(kind="fetched").exists()


@pytest.mark.parametrize("purpose", ["", "abc"])
def test_p52_no_personal_data_are_exported_without_a_purpose(client, verifikator, marked, purpose):
    client.force_login(verifikator)
    address = reverse("admin:industry_business_export", args=["ikm"])

    answer = client.post(address, {"format": "csv", "personal": "ya", "purpose": purpose})

    assert leaks(answer) == set()
    assert "Content-Disposition" not in answer
    assert not ReadAccess.objects.filter(kind="exported").exists()


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.usefixtures("marked")
def test_p36_searching_for_them_finds_nothing(client, pimpinan, name):
    client.force_login(pimpinan)

    response = client.get(url(Business, "changelist"), {"q": MARKS[name]})

    assert response.context["cl"].result_count == 0


@pytest.mark.usefixtures("marked")
def test_searching_works_for_whoever_may_see_them(client, petugas):
    client.force_login(petugas)

    response = client.get(url(Business, "changelist"), {"q": MARKS["nik"]})

    assert response.context["cl"].result_count == 1


@pytest.mark.usefixtures("marked")
def test_p36_an_autocomplete_does_not_find_them_either(client):
    client.force_login(permitted("industry.view_business", "industry.add_businessyear"))
    source = {"app_label": "industry", "model_name": "businessyear", "field_name": "business"}

    offered = client.get(reverse("admin:autocomplete"), {**source, "term": "Amplang"}).json()
    by_nik = client.get(reverse("admin:autocomplete"), {**source, "term": MARKS["nik"]}).json()

    assert len(offered["results"]) == 1
    assert by_nik["results"] == []


LOOKUPS = [
    "nik", "nik__startswith", "nik__regex", "nik__gt", "nik__isnull", "nik__in", "nik__contains",
    "phone__startswith", "npwp__endswith", "email__icontains", "latitude__gt", "longitude__lt",
    "years__business__nik__startswith", "name__regex", "certificates__number", "id__gt",
    "version__gt", "archived_at__isnull", "kelurahan__kecamatan__name", "_connector", "_negated",
]  # fmt: skip


@pytest.mark.parametrize("lookup", LOOKUPS)
@pytest.mark.parametrize("value", ["6471", "9", "(a+)+$"])
@pytest.mark.usefixtures("marked")
def test_p43_a_query_string_cannot_ask_what_a_list_does_not_offer(client, pimpinan, lookup, value):
    BusinessFactory.create_batch(2)
    client.force_login(pimpinan)

    response = client.get(url(Business, "changelist"), {lookup: value})

    assert response.status_code == 200
    assert response.context["cl"].result_count == 3


@pytest.mark.parametrize(
    "lookup", ["after__nik__startswith", "before__phone", "after__nik", "by__password__startswith"]
)
@pytest.mark.parametrize("value", ["6", "7"])
@pytest.mark.usefixtures("marked")
def test_the_trail_cannot_be_asked_either(client, pimpinan, lookup, value):
    client.force_login(pimpinan)

    response = client.get(reverse("admin:audit_change_changelist"), {lookup: value})

    assert response.status_code == 200
    assert response.context["cl"].result_count == Change.objects.count()


def test_a_filter_the_list_offers_still_filters(client, pimpinan):
    BusinessFactory()
    BusinessFactory(closed=2023)
    client.force_login(pimpinan)

    response = client.get(url(Business, "changelist"), {"status__exact": "closed"})

    assert response.context["cl"].result_count == 1


@pytest.mark.usefixtures("marked")
def test_the_trail_names_fields_and_shows_no_values(client, pimpinan):
    client.force_login(pimpinan)
    change = Change.objects.first()

    for address in (
        reverse("admin:audit_change_changelist"),
        reverse("admin:audit_change_change", args=[change.pk]),
    ):
        response = client.get(address)

        assert response.status_code == 200
        assert leaks(response) == set()


@pytest.mark.parametrize("group", ["Petugas", "Pimpinan"])
@pytest.mark.usefixtures("marked")
def test_p36_an_export_is_masked_whatever_is_asked_without_the_right(client, group):
    client.force_login(member(group, "pengekspor"))
    address = reverse("admin:industry_business_export", args=["ikm"])

    response = client.post(address, {"format": "csv", "personal": "ya"})

    assert response.status_code == 200
    assert leaks(response) == set()
    assert not ReadAccess.objects.filter(kind="exported").exists()


def test_an_unmasked_export_is_for_the_verifikator_and_on_record(client, verifikator, marked):
    client.force_login(verifikator)
    address = reverse("admin:industry_business_export", args=["ikm"])

    masked = client.post(address, {"format": "csv"})
    unmasked = client.post(
        f"{address}?q=0812-5551-0003", {"format": "csv", "personal": "ya", "purpose": "undangan"}
    )

    assert leaks(masked) == set()
    assert unmasked["Content-Disposition"]
    account = ReadAccess.objects.get(kind="exported")
    assert account.purpose == "undangan"
    assert "5551" not in account.filter


def test_an_unmasked_export_holds_the_numbers(client, verifikator, marked):
    client.force_login(verifikator)
    address = reverse("admin:industry_business_export", args=["ikm"])

    unmasked = client.post(address, {"format": "csv", "personal": "ya", "purpose": "undangan"})

    assert "nik" in leaks(unmasked)
    assert ReadAccess.objects.get(kind="exported").count == 1


@pytest.mark.parametrize("name", MARKS)
def test_a_masked_field_that_is_posted_anyway_changes_nothing(client, marked, name):
    client.force_login(permitted("industry.view_business", "industry.change_business"))
    page = client.get(url(Business, "change", marked))
    data = filled(page)
    other = {"nik": "6471010101800000", "npwp": "019876543210000", "email": "lain@contoh.example"}

    response = client.post(
        url(Business, "change", marked),
        {**data, name: other.get(name, "1"), "brand": "Merek Baru"},
    )

    assert name not in data
    assert response.status_code == 302
    stored = Business.objects.get(pk=marked.pk)
    assert stored.brand == "Merek Baru"
    assert str(getattr(stored, name)) == str(getattr(marked, name))


def test_on_a_new_record_they_may_be_filled_without_the_right_to_see_them(client):
    client.force_login(permitted("industry.add_business", "industry.view_business"))

    client.post(url(Business, "add"), {"name": "Roti Ani", "status": "active", "nik": MARKS["nik"]})

    assert Business.objects.get().nik == MARKS["nik"]
