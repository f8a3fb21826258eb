"""A record's history: each field over time, each version, and the way back to one of them."""

import datetime

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.erasure import erase
from balikpapan.audit.history_pages import SHOWN
from balikpapan.audit.models import Change, ClosedYear, ReadAccess
from balikpapan.audit.store import archive, contents, store
from balikpapan.audit.versions import contents_at
from facilities.models import Chamber, Deposit, Facility
from industry.models import Business, BusinessYear, Certificate, Revenue
from tests.cast import permitted
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    DepositFactory,
    FacilityFactory,
    IndustryGroupFactory,
    RevenueFactory,
)
from tests.intake.importing import load
from tests.pages import FACTORIES, FORM_MODELS, as_seen, messages_of, url

pytestmark = pytest.mark.django_db

FORM = {"channel": Change.Channel.FORM}


def version_url(record, version: int) -> str:
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_version", args=[record.pk, version])


def change(record, by, **values):
    record = type(record).objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    store(record, by=by, **FORM)
    return record


def bring_back(client, record, version, **sent):
    data = {**as_seen(record), "reason": "salah ketik", **sent}
    return client.post(version_url(record, version), data, follow=True)


def typed(by, **values) -> Business:
    business = BusinessFactory.build(kelurahan=None, group=None, **values)
    store(business, by=by, **FORM)
    return business


def page_text(response) -> str:
    return " ".join(response.text.split())


def test_a_field_is_shown_over_time_with_who_channel_place_and_reason(client, petugas, verifikator):
    load(
        [["Nama Usaha", "NIB", "Merek"], ["Amplang Uji", "1234567890123", "Merek A"]],
        user=petugas,
    )
    business = change(Business.objects.get(), verifikator, brand="Merek B")
    change(business, petugas, commodity="amplang")
    client.force_login(verifikator)

    page = client.get(url(Business, "history", business), {"isian": "brand"})

    values = [(line["value"], line["change"].version) for line in page.context["values"]]
    assert values == [("Merek B", 2), ("Merek A", 1)]
    text = page_text(page)
    assert "verifikator melalui formulir" in text
    assert "baris 2" in text
    assert f">unggahan {Change.objects.of(business).last().upload}</a>" in text
    fields = {line["history"].field.name: line for line in page.context["fields"]}
    assert (fields["brand"]["now"], fields["brand"]["history"].count) == ("Merek B", 2)
    assert "phone" not in fields
    assert client.get(url(Business, "history", business), {"isian": "sandi"}).status_code == 404


def test_an_earlier_version_comes_back_as_a_change_and_goes_again(client, petugas):
    group = IndustryGroupFactory(name="Pangan Uji")
    business = typed(petugas, brand="Merek A", phone="081234567890")
    as_typed = contents(business)
    change(business, petugas, brand="Merek B", group=group, phone="")
    before = contents(Business.objects.get())
    client.force_login(petugas)

    seen = client.get(version_url(business, 1))
    back = bring_back(client, business, 1)

    assert {line["label"]: (line["now"], line["then"]) for line in seen.context["differing"]} == {
        "merek": ("Merek B", "Merek A"),
        "kelompok industri": ("Pangan Uji", "–"),
        "telepon": ("–", "081234567890"),
    }
    assert "3 isian diubah" in " ".join(messages_of(back))
    assert contents(Business.objects.get()) == as_typed
    entry = Change.objects.of(business).first()
    assert (entry.version, entry.by, entry.channel, entry.reason) == (
        3,
        petugas,
        "form",
        "kembali ke versi 1: salah ketik",
    )
    bring_back(client, business, 2)
    assert contents(Business.objects.get()) == before
    assert contents_at(Business.objects.get(), 1) == as_typed


def test_a_version_changed_meanwhile_is_not_brought_back_unseen(client, petugas, verifikator):
    business = typed(petugas, brand="Merek A")
    change(business, petugas, brand="Merek B")
    seen = as_seen(business)
    change(business, verifikator, brand="Merek C")
    client.force_login(petugas)

    page = client.post(version_url(business, 1), {**seen, "reason": ""})
    unseen = client.post(version_url(business, 1), {"reason": ""})

    assert Business.objects.get().brand == "Merek C"
    assert "sudah diubah oleh verifikator" in " ".join(messages_of(page))
    assert "tidak lengkap" in " ".join(messages_of(unseen))
    assert page.context["differing"][0]["now"] == "Merek C"
    assert f'name="opened_version" value="{as_seen(business)["opened_version"]}"' in page.text
    bring_back(client, business, 1)
    assert Business.objects.get().brand == "Merek A"


def test_what_one_may_not_see_or_change_or_what_verifying_sets_stays(client, petugas, verifikator):
    business = typed(petugas, brand="Merek A", phone="081234567890", status="unverified")
    change(business, petugas, brand="Merek B", phone="081299999999")
    change(business, verifikator, status="active")
    limited = permitted("industry.view_business", "industry.change_business")
    client.force_login(limited)

    seen = client.get(version_url(business, 1))
    bring_back(client, business, 1)

    stored = Business.objects.get()
    assert (stored.brand, stored.phone, stored.status) == ("Merek A", "081299999999", "active")
    assert "081234567890" not in seen.text
    assert "081299999999" not in seen.text
    reasons = {line["label"]: line["reason"] for line in seen.context["differing"]}
    assert "tidak berhak" in reasons["telepon"]
    assert "verifikasi" in reasons["status"]
    assert "tidak ada isian versi ini" in page_text(client.get(version_url(business, 1))).lower()


def test_a_reader_sees_a_version_masked_and_brings_none_back(client, petugas, pimpinan):
    business = typed(petugas, brand="Merek A", nik="6471010101809999")
    change(business, petugas, brand="Merek B", nik="")
    client.force_login(pimpinan)

    pages = [
        client.get(version_url(business, 1)),
        client.get(url(Business, "history", business)),
        client.get(url(Business, "history", business), {"isian": "nik"}),
    ]
    refused = client.post(version_url(business, 1), as_seen(business))

    assert refused.status_code == 403
    assert all("6471010101809999" not in page.text for page in pages)
    assert all("9999" in page.text for page in pages)
    assert "Kembalikan versi ini" not in pages[0].text
    assert not ReadAccess.objects.exists()
    client.force_login(petugas)
    assert "6471010101809999" in client.get(version_url(business, 1)).text
    assert "6471010101809999" in client.get(url(Business, "history", business)).text
    assert [(seen.record, seen.columns) for seen in ReadAccess.objects.all()] == [
        (business.pk, "nik")
    ] * 2


def test_nothing_of_a_closed_year_or_of_an_archived_record_comes_back(client, verifikator):
    figures = BusinessYearFactory(year=2022, investment=1)
    change(figures, verifikator, investment=2)
    change(figures, verifikator, investment=3)
    business = typed(verifikator, brand="Merek A")
    archive(change(business, verifikator, brand="Merek B"), by=verifikator, **FORM)
    closed = ClosedYear.objects.create(year=2022)
    client.force_login(verifikator)

    frozen = bring_back(client, figures, 2)
    archived = bring_back(client, business, 1)

    assert "Tahun 2022 sudah ditutup" in " ".join(messages_of(frozen))
    assert "Kembalikan versi ini" not in client.get(version_url(figures, 2)).text
    assert "diarsipkan" in " ".join(messages_of(archived))
    assert BusinessYear.objects.get().investment == 3
    assert Business.objects.get(pk=business.pk).brand == "Merek B"
    closed.delete()
    bring_back(client, figures, 2)
    assert BusinessYear.objects.get().investment == 2


def test_a_day_of_a_closed_year_does_not_come_back(client, verifikator):
    goods = DepositFactory(in_on=datetime.date(2022, 12, 30))
    change(goods, verifikator, in_on=datetime.date(2022, 12, 29))
    change(goods, verifikator, in_on=datetime.date(2024, 1, 2))
    ClosedYear.objects.create(year=2022)
    client.force_login(verifikator)

    refused = bring_back(client, goods, 2)

    assert "Tahun 2022 sudah ditutup" in " ".join(messages_of(refused))
    assert Deposit.objects.get().in_on == datetime.date(2024, 1, 2)


def test_a_version_that_breaks_a_rule_now_is_refused_with_the_rule(client, petugas):
    business = typed(petugas, nib="1234567890123")
    change(business, petugas, nib="")
    typed(petugas, nib="1234567890123", name="Lain")
    client.force_login(petugas)

    page = bring_back(client, business, 1)

    assert "NIB ini sudah dipakai" in " ".join(messages_of(page))
    [nib] = page.context["differing"]
    assert (nib["label"], nib["then"], nib["now"]) == ("NIB", "1234567890123", "–")
    assert Business.objects.get(pk=business.pk).nib == ""


def test_destroyed_contents_do_not_come_back_as_blanks(client, petugas):
    business = typed(petugas, brand="Merek A", phone="081234567890", latitude="-1.25")
    change(business, petugas, brand="Merek B", phone="081299999999", latitude="-1.5")
    with trail_transaction():
        erase(Change.objects.of(business), {"phone", "latitude"}, by=petugas, reason="uji", **FORM)
    client.force_login(petugas)

    bring_back(client, business, 1)

    stored = Business.objects.get()
    assert (stored.brand, stored.phone, str(stored.latitude)) == (
        "Merek A",
        "081299999999",
        "-1.500000",
    )


def test_the_source_of_a_revenue_follows_when_its_name_comes_back(client, petugas):
    revenue = RevenueFactory(source_name="Sewa Kios Uji")
    revenue = change(revenue, petugas, source_name="Retribusi Uji Lama")
    revenue = change(revenue, petugas, source_name="Retribusi Uji Baru")
    client.force_login(petugas)

    bring_back(client, revenue, 2)

    stored = Revenue.objects.get(pk=revenue.pk)
    assert (stored.source_name, stored.source_key) == ("Retribusi Uji Lama", "retribusiujilama")


#: Texts that must be one of several, and the earlier and the later value of what takes no sentence.
LOOKED_UP = ("code", "register", "field")
VALUES = {"tenants": (1, 2), "word": ("ujilama", "ujibaru")}


def plain_field(model):
    """A field of free text, or one of a figure where the register has no text."""
    fields = [
        f
        for f in model._meta.concrete_fields
        if f.editable
        and not f.choices
        and f.name not in (*LOOKED_UP, *model.personal_fields, *frozen_columns(model))
    ]
    texts = [f for f in fields if f.get_internal_type() in ("CharField", "TextField")]
    long = [f for f in texts if (f.max_length or 100) >= 20]
    return (long or [model._meta.get_field("tenants")])[0]


def frozen_columns(model):
    """The columns that triggers let nobody change; those of a bill."""
    return getattr(model.database_rule, "columns", ())


def test_every_register_has_its_versions(client, admin_user):
    client.force_login(admin_user)
    for model in FORM_MODELS:
        record, field = FACTORIES[model](), plain_field(model)
        old, new = VALUES.get(field.name, (f"{model.__name__} 1", f"{model.__name__} 2"))
        change(record, admin_user, **{field.name: old})
        change(record, admin_user, **{field.name: new})

        assert client.get(url(model, "history", record)).status_code == 200, model
        bring_back(client, record, 2)

        # A bill that was sent has its versions to be read only.
        stands = old if site.get_model_admin(model).returns_versions else new
        assert getattr(model.objects.get(pk=record.pk), field.name) == stands, model


def test_the_records_below_a_form_have_histories_of_their_own(client, petugas):
    business = BusinessFactory()
    figures, paper = BusinessYearFactory(business=business), CertificateFactory(business=business)
    facility = FacilityFactory()
    chamber = Chamber.objects.create(
        facility=facility, name="Ruang 1", purpose="chill", capacity_ton=60
    )
    client.force_login(petugas)

    text = client.get(url(Business, "history", business)).text
    below = client.get(url(Facility, "history", facility)).text

    assert url(BusinessYear, "history", figures) in text
    assert url(Certificate, "history", paper) in text
    assert url(Chamber, "history", chamber) in below
    assert client.get(url(Chamber, "history", chamber)).status_code == 200


def test_a_long_history_is_paged_and_asks_no_more_questions(client, verifikator):
    groups = [IndustryGroupFactory(), IndustryGroupFactory()]
    business = typed(verifikator, brand="Merek")
    change(business, verifikator, group=groups[0], status="active")
    client.force_login(verifikator)
    address = url(Business, "history", business)

    def questions(page):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            response = client.get(page)
        return len(caught), response

    client.get(address)  # warms what is asked once per process
    few, _ = questions(address)
    for number in range(SHOWN + 2):
        change(business, verifikator, brand=f"Merek {number}", group=groups[number % 2])
    many, first = questions(address)
    of_field, _ = questions(f"{address}?isian=group")
    last = client.get(f"{address}?hal=2")

    assert many == few
    assert of_field <= few
    assert len(first.context["entries"]) == SHOWN
    assert last.context["entries"][-1]["change"].version == 1
    assert questions(version_url(business, 1))[0] == questions(version_url(business, SHOWN))[0]
