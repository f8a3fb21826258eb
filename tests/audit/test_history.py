"""The history of a record: newest first, old and new in words, personal values as one may see them."""

import datetime
from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from balikpapan.accounts.trail import Actor, trace_reset
from balikpapan.audit.history import history_entry
from balikpapan.audit.models import Change, ClosedYear, Erasure, Link
from balikpapan.audit.store import archive, read_traced, store, traceable
from balikpapan.intake.undo import undo
from balikpapan.yearbook.closing import close_year, reopen_year
from industry.models import Business
from tests.factories import BusinessFactory, CertificateFactory, IndustryGroupFactory
from tests.intake.importing import load
from tests.pages import url


@pytest.mark.parametrize(
    ("value", "traced"),
    [
        (Decimal("1.50"), "1.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.00"), "0"),
        (datetime.date(2024, 5, 6), "2024-05-06"),
        (7, 7),
        ("teks", "teks"),
        (None, None),
        (True, True),
    ],
)
def test_a_value_is_kept_exactly(value, traced):
    assert traceable(value) == traced


@pytest.mark.parametrize(
    ("name", "traced", "value"),
    [
        ("latitude", "-1.25", Decimal("-1.25")),
        ("verified_on", "2024-05-06", datetime.date(2024, 5, 6)),
        ("group", 7, 7),
        ("brand", "Siti", "Siti"),
        ("brand", None, None),
    ],
)
def test_a_kept_value_is_read_as_its_field_holds_it(name, traced, value):
    assert read_traced(Business._meta.get_field(name), traced) == value


@pytest.fixture
def changed(verifikator):
    """A business that was typed, changed and archived."""
    old, new = IndustryGroupFactory(name="Pangan Uji"), IndustryGroupFactory(name="Sandang Uji")
    form = {"by": verifikator, "channel": Change.Channel.FORM}
    business = BusinessFactory.build(
        name="Amplang", group=old, kelurahan=None, status="active", phone="081234567890"
    )
    store(business, **form)
    business.group, business.status, business.phone = new, "inactive", ""
    business.verified_on = datetime.date(2024, 5, 6)
    store(business, **form, carries_verification=True)
    archive(business, **form)
    return business


def lines_of(client, business):
    entries = client.get(url(Business, "history", business)).context["entries"]
    return [
        {line["label"]: (line["old"], line["new"]) for line in entry["lines"]} for entry in entries
    ]


@pytest.mark.django_db
def test_a_history_says_old_and_new_in_words_newest_first(client, verifikator, changed):
    client.force_login(verifikator)

    archived, edited, created = lines_of(client, changed)

    assert archived == {}
    assert edited == {
        "kelompok industri": ("Pangan Uji", "Sandang Uji"),
        "status": ("Aktif", "Tidak aktif"),
        "telepon": ("081234567890", "–"),
        "diverifikasi pada": ("–", datetime.date(2024, 5, 6)),
    }
    assert created["nama usaha"] == ("–", "Amplang")
    assert "merek" not in created


@pytest.mark.django_db
def test_a_history_masks_what_the_reader_may_not_see(client, pimpinan, changed):
    client.force_login(pimpinan)

    _, edited, created = lines_of(client, changed)

    assert edited["telepon"] == ("0812****890", "–")
    assert created["telepon"] == ("–", "0812****890")
    assert edited["status"] == ("Aktif", "Tidak aktif")


@pytest.mark.django_db
def test_a_reference_that_is_gone_is_shown_by_its_number_and_a_field_that_is_gone_not_at_all(
    verifikator,
):
    change = Change(
        before={"group_id": 999_999, "dulu_ada": "x"}, after={"group_id": None, "dulu_ada": "y"}
    )

    entry = history_entry(change, Business, verifikator)

    assert entry == {
        "change": change,
        "lines": [{"label": "kelompok industri", "old": "999999", "new": "–"}],
    }


@pytest.mark.django_db
def test_records_of_a_form_have_their_histories_below_under_the_name_of_their_list(
    client, verifikator
):
    business = BusinessFactory()
    gone = CertificateFactory(business=business, number="Lama", archived=True)
    present = CertificateFactory(business=business, number="Baru")
    client.force_login(verifikator)

    form = client.get(url(Business, "change", business))
    history = client.get(url(Business, "history", business))

    numbers = {
        row.instance.number
        for inline in form.context["inline_admin_formsets"]
        for row in inline.formset.initial_forms
    }
    assert numbers == {"Baru"}
    [below] = history.context["below"]
    assert below["label"] == "sertifikat"
    assert set(below["records"]) == {present, gone}
    assert "Sertifikat" in history.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["history/", "history/1/", "change/", "restore/"])
def test_a_record_that_is_not_there_has_no_pages_and_breaks_none(client, verifikator, page):
    client.force_login(verifikator)

    response = client.get(f"/industry/business/999999/{page}")

    assert response.status_code in (302, 404, 405)


def test_links_and_destroyed_changes_have_names():
    assert str(Link(position=3)) == "Mata rantai 3"
    assert str(Erasure(change=7)) == "Pemusnahan isi perubahan 7"


def test_no_page_shows_the_log_that_nobody_writes():
    stock = [
        model
        for model, keeper in admin.site._registry.items()
        if type(keeper).history_view is admin.ModelAdmin.history_view
    ]

    assert stock == []


def acts(client, record):
    """What the history of a record says, newest first: the act, its contents and who did it."""
    page = client.get(url(type(record), "history", record))
    assert page.status_code == 200
    entries = page.context["page"].object_list
    return [(act.action, act.contents, str(act.by or ""), act.reason) for act in entries]


@pytest.mark.django_db
def test_years_editions_uploads_and_accounts_have_the_history_of_the_trail(
    client, administrator, petugas, verifikator
):
    upload = load([["Nama Usaha"], ["Amplang"]], user=petugas)
    undo(upload, by=verifikator)
    edition = close_year(2024, by=verifikator, channel=Change.Channel.FORM)
    [closed] = ClosedYear.objects.all()
    reopen_year(closed, by=verifikator, channel=Change.Channel.FORM, reason="Surat 7")
    trace_reset(petugas, Actor(administrator))
    client.force_login(verifikator)

    assert acts(client, upload) == [
        (
            "dibatalkan",
            "0 kembali ke nilai lama, 1 catatan baru diarsipkan, 0 tidak dapat dibatalkan",
            "verifikator",
            "",
        ),
        ("disimpan", "1 usaha IKM baru", "petugas", ""),
        ("diserahkan", "data.xlsx", "petugas", ""),
    ]
    reopened, closing = acts(client, closed)
    assert (reopened[0], reopened[2:]) == ("diarsipkan", ("verifikator", "Surat 7"))
    assert (closing[0], closing[2]) == ("dibuat", "verifikator")
    assert "tahun: – → 2024" in closing[1]
    assert ("dibuat", "Edisi 1", "verifikator", "") in acts(client, edition)
    assert reopened in acts(client, edition)
    client.force_login(administrator)
    assert acts(client, petugas)[0][::2] == ("diberi kata sandi baru", "administrator")
    client.force_login(petugas)
    assert client.get(url(User, "history", petugas)).status_code == 403


def test_the_lines_of_a_change_are_in_the_order_of_the_model():
    """PostgreSQL keeps the names in an order of its own, SQLite in the one of writing."""
    change = Change(before={"status": "active", "name": "Roti"}, after={"phone": "08", "nib": "9"})

    entry = history_entry(change, Business, User(is_superuser=True))

    assert [str(line["label"]) for line in entry["lines"]] == [
        "nama usaha",
        "NIB",
        "telepon",
        "status",
    ]
