"""Many IKM given one value from their list: seen first, stored together, refused by the same rules."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from balikpapan.audit.models import Change
from balikpapan.audit.store import store
from industry.bulk_edit import Refusal, changes_of, plan_bulk_edit
from industry.models import Business
from industry.verifying import OWN_FIGURES
from tests.cast import member
from tests.factories import BusinessFactory, FacilityFactory, IndustryGroupFactory
from tests.pages import chosen, messages_of, url

PAGE = "admin:industry_business_bulk"


def choose(client, *records, **others):
    """The page that asks for the value, opened from the list with these rows ticked."""
    data = {"action": "edit_selected", **chosen(*records), **others}
    return client.post(f"{url(Business, 'changelist')}?arsip=semua", data)


def hidden(response) -> dict:
    """What the page sends along unseen."""
    form = response.context["form"]
    return {name: form[name].value() for name in ("rows", "query")}


@pytest.mark.django_db
def test_nothing_is_chosen_before_somebody_has_chosen(client, verifikator):
    IndustryGroupFactory()
    FacilityFactory(kind="centre")
    client.force_login(verifikator)

    fields = choose(client, BusinessFactory()).context["form"].fields

    first = {name: field.choices[0] for name, field in fields.items() if hasattr(field, "choices")}
    assert first == dict.fromkeys(("status", "group_id", "centre_id"), ("", "tidak diubah"))


@pytest.mark.django_db
def test_a_group_is_given_to_many_after_a_preview_in_one_link(client, petugas):
    group = IndustryGroupFactory(name="Aneka Uji")
    plain, other = BusinessFactory.create_batch(2, group=None)
    same = BusinessFactory(group=group)
    archived = BusinessFactory(archived=True)
    stale = BusinessFactory(group=None, name="Usang")
    client.force_login(petugas)

    page = choose(client, plain, other, same, archived, stale)
    stale.notes = "diubah orang"
    store(stale, by=petugas, channel=Change.Channel.FORM)
    assert "status" not in page.context["form"].fields
    sent = {**hidden(page), "group_id": group.pk}
    preview = client.post(reverse(PAGE), sent)

    plan = preview.context["plan"]
    assert [record.pk for record in plan.changing] == [plain.pk, other.pk]
    assert [record.pk for record in plan.same] == [same.pk]
    assert {record.pk: reason for record, reason in plan.refused} == {
        archived.pk: Refusal.ARCHIVED.value,
        stale.pk: Refusal.CHANGED.value,
    }
    assert "Kelompok industri menjadi «Aneka Uji»" in preview.content.decode()
    assert Business.objects.filter(group=group).count() == 1

    answer = client.post(
        reverse(PAGE), {**sent, "confirm": preview.context["expected"]}, follow=True
    )
    [message] = messages_of(answer)
    assert message.startswith("2 usaha diubah: Kelompok industri menjadi «Aneka Uji». 2 dibiarkan.")
    assert answer.request["QUERY_STRING"] == "arsip=semua"
    changes = Change.objects.filter(channel="bulk")
    assert set(changes.values_list("record", flat=True)) == {plain.pk, other.pk}
    [link] = set(changes.values_list("link", flat=True))

    # It can be taken back by whoever did it; what was edited since stays.
    undo = reverse("admin:industry_business_bulk_undo", args=[link])
    assert undo in message
    other.refresh_from_db()
    other.group = None
    store(other, by=petugas, channel=Change.Channel.FORM)
    other.group = IndustryGroupFactory()
    store(other, by=petugas, channel=Change.Channel.FORM)
    assert not changes_of(link, member("Petugas", "orang-lain")).exists()
    page = client.get(undo)
    assert (page.context["restored"], len(page.context["left"])) == (1, 1)
    assert messages_of(client.post(undo, follow=True)) == ["1 usaha kembali seperti semula."]
    plain.refresh_from_db()
    assert plain.group is None
    again = client.post(undo, follow=True)
    assert messages_of(again) == ["Tidak ada yang dapat dibatalkan dari perubahan itu."]


@pytest.mark.django_db
def test_status_obeys_the_rules_of_verifying(client, verifikator, petugas):
    typed = Business(name="Diketik Orang")
    own = Business(name="Diketik Sendiri")
    store(typed, by=petugas, channel=Change.Channel.FORM)
    store(own, by=verifikator, channel=Change.Channel.FORM)

    def refused(user, status):
        values = {"status": status}
        versions = {typed.pk: typed.version, own.pk: own.version}
        plan = plan_bulk_edit(versions, values, user)
        return {record.pk: reason for record, reason in plan.refused}

    assert refused(verifikator, "active") == {own.pk: OWN_FIGURES}
    assert set(refused(petugas, "active").values()) == {Refusal.NOT_VERIFIER.value}
    # A business that ended needs its year, as in the form.
    assert "tahun tutup" in refused(verifikator, "closed")[typed.pk]

    client.force_login(verifikator)
    group = IndustryGroupFactory()
    sent = hidden(choose(client, typed, own))
    both = client.post(reverse(PAGE), {**sent, "status": "active", "group_id": group.pk})
    assert "Ubah status tersendiri" in str(both.context["form"].errors)
    nothing = client.post(reverse(PAGE), sent)
    assert "Pilih apa yang diubah." in str(nothing.context["form"].errors)
    preview = client.post(reverse(PAGE), {**sent, "status": "active"})
    confirm = {**sent, "status": "active", "confirm": preview.context["expected"]}
    client.post(reverse(PAGE), confirm)
    typed.refresh_from_db()
    own.refresh_from_db()
    assert (typed.status, own.status) == ("active", "unverified")


@pytest.mark.django_db
def test_what_changed_since_the_preview_is_shown_again_and_nothing_stored(client, petugas):
    centre = FacilityFactory(kind="centre", name="Sentra Uji")
    first, second = BusinessFactory.create_batch(2)
    client.force_login(petugas)
    sent = {**hidden(choose(client, first, second)), "centre_id": centre.pk}
    expected = client.post(reverse(PAGE), sent).context["expected"]
    second.notes = "diubah orang"
    store(second, by=petugas, channel=Change.Channel.FORM)

    again = client.post(reverse(PAGE), {**sent, "confirm": expected})
    assert again.context["expected"] == f"centre_id={centre.pk} {first.pk}"
    other = client.post(reverse(PAGE), {**sent, "centre_id": "-", "confirm": expected})
    assert other.context["plan"].changing == []
    assert not Business.objects.filter(centre=centre).exists()
    client.post(reverse(PAGE), {**sent, "confirm": again.context["expected"]})
    assert Business.objects.get(centre=centre) == first

    # Emptied again, and every page of the list chosen at once.
    across = choose(client, first, select_across="1", newest_change=Change.objects.newest())
    sent = {**hidden(across), "centre_id": "-"}
    preview = client.post(reverse(PAGE), sent)
    assert [record.pk for record in preview.context["plan"].changing] == [first.pk]
    assert [record.pk for record in preview.context["plan"].same] == [second.pk]


@pytest.mark.django_db
def test_the_preview_asks_as_often_for_many_as_for_one(verifikator):
    records = BusinessFactory.create_batch(6)
    assert verifikator.has_perm("audit.verify_records")  # its rights are read by now
    numbers = []
    for some in (records[:1], records):
        with CaptureQueriesContext(connection) as asked:
            plan_bulk_edit({r.pk: r.version for r in some}, {"status": "inactive"}, verifikator)
        numbers.append(len(asked))

    assert numbers[0] == numbers[1]


@pytest.mark.django_db
def test_who_may_not_change_ikm_gives_them_nothing(client, pimpinan, petugas):
    business = BusinessFactory()
    client.force_login(pimpinan)
    assert client.post(reverse(PAGE), {"rows": f"{business.pk}.1"}).status_code == 403
    client.force_login(petugas)
    assert client.get(reverse(PAGE)).status_code == 405
    wrong = client.post(reverse(PAGE), {"rows": "1.x", "group_id": "-"})
    assert "tidak terbaca" in str(wrong.context["form"].errors)
    assert messages_of(client.post(reverse(PAGE), follow=True)) == [
        "Pilih dahulu usahanya di daftar."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "is_taken"), [("1899", False), ("1900", True), ("2101", False)])
def test_the_year_of_many_closings_lies_within_the_register(client, verifikator, year, is_taken):
    client.force_login(verifikator)
    sent = hidden(choose(client, BusinessFactory(status="active")))

    answer = client.post(reverse(PAGE), {**sent, "status": "closed", "closed_year": year})

    assert ("closed_year" not in answer.context["form"].errors) is is_taken


@pytest.mark.django_db
def test_whoever_closes_many_says_since_when(client, verifikator, petugas):
    plain, dated, young, own = (Business(name=f"Usaha {name}") for name in ("A", "B", "C", "D"))
    dated.closed_year, young.founded_year = 2022, 2024
    for record, by in ((plain, petugas), (dated, petugas), (young, petugas), (own, verifikator)):
        store(record, by=by, channel=Change.Channel.FORM)
    client.force_login(verifikator)
    sent = hidden(choose(client, plain, dated, young, own))

    lone = client.post(reverse(PAGE), {**sent, "closed_year": "2023"})
    other = client.post(reverse(PAGE), {**sent, "status": "active", "closed_year": "2023"})
    preview = client.post(reverse(PAGE), {**sent, "status": "closed", "closed_year": "2023"})
    plan = preview.context["plan"]
    confirm = {"status": "closed", "closed_year": "2023", "confirm": preview.context["expected"]}
    client.post(reverse(PAGE), {**sent, **confirm})

    assert "Pilih apa yang diubah." in str(lone.context["form"].errors)
    assert "hanya diisi bersama status" in str(other.context["form"].errors)
    assert {record.pk for record in plan.changing} == {plain.pk, dated.pk}
    reasons = {record.pk: reason for record, reason in plan.refused}
    assert reasons[own.pk] == OWN_FIGURES
    assert "lebih awal daripada tahun berdiri" in reasons[young.pk]
    assert "Tahun tutup menjadi «2023»" in preview.content.decode()
    rows = Business.objects.order_by("name").values_list("status", "closed_year")
    assert list(rows) == [
        ("closed", 2023),
        ("closed", 2022),
        ("unverified", None),
        ("unverified", None),
    ]
