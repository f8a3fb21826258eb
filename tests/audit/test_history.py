"""The history of a record: newest first, old and new in words, personal values as one may see them."""

import datetime
from decimal import Decimal

import pytest

from balikpapan.audit.history import history_entry
from balikpapan.audit.models import Change, Erasure, Link
from balikpapan.audit.store import archive, read_traced, store, traceable
from industry.models import Business
from tests.factories import BusinessFactory, CertificateFactory, IndustryGroupFactory
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
    store(business, **form)
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
