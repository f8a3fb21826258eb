"""Questions that a person asks of a list again and again, saved under a name."""

import pytest
from django.urls import reverse

from balikpapan.lists import saved
from balikpapan.lists.models import SavedFilter
from balikpapan.lists.saved import Refusal
from balikpapan.spreadsheets.cells.masking import is_telling
from facilities.models import Lease
from industry.models import Business
from tests.cast import member
from tests.factories import BusinessFactory, LeaseFactory
from tests.pages import messages_of, url

HERE, SAVE = "admin:industry_business_changelist", "admin:industry_business_filters"


def entries(client, query: str = "") -> list:
    """The saved questions the list of IKM offers to who is logged in."""
    return client.get(f"{reverse(HERE)}{query}").context["saved_filters"]()


@pytest.mark.django_db
def test_a_question_is_saved_asked_again_replaced_and_deleted_by_its_owner_alone(client, petugas):
    BusinessFactory(name="Amplang Uji", closed=2023)
    BusinessFactory(name="Roti Uji")
    client.force_login(petugas)
    asked = "?status__exact=closed&q=uji&o=-2&p=4&nik__startswith=6"

    answer = client.post(f"{reverse(SAVE)}{asked}", {"name": "  Usaha   tutup "}, follow=True)
    [entry] = entries(client, "?q=uji&status__exact=closed&o=-2")
    assert messages_of(answer) == ["Saringan «Usaha tutup» disimpan."]
    assert (entry.name, entry.address, entry.is_current) == (
        "Usaha tutup", "?q=uji&status__exact=closed&o=-2", True,
    )  # fmt: skip
    assert entries(client)[0].is_current is False
    searched = client.get(reverse("admin:search"), {"q": "USAHA tutup"}).context["groups"][0]
    assert searched["name"] == "Saringan tersimpan"
    assert searched["entries"][0]["url"] == f"{reverse(HERE)}{entry.address}"
    page = client.get(f"{reverse(HERE)}{entry.address}")
    assert [record.name for record in page.context["cl"].result_list] == ["Amplang Uji"]

    # Another choice of columns moves the name; the saved order goes with it.
    client.post(url(Business, "columns"), {"column": ["status"]})
    assert entries(client)[0].address == "?q=uji&status__exact=closed"
    client.post(url(Business, "columns"), {"usual": "1"})

    again = client.post(f"{reverse(SAVE)}?arsip=ya", {"name": "Usaha tutup"}, follow=True)
    assert messages_of(again) == ["Saringan «Usaha tutup» diganti."]
    [entry] = entries(client)
    assert entry.address == "?arsip=ya"

    client.force_login(member("Petugas", "orang-lain"))
    assert entries(client) == []
    assert client.get(reverse("admin:search"), {"q": "usaha tutup"}).context["groups"] == []
    client.post(reverse(SAVE), {"forget": entry.pk})
    assert SavedFilter.objects.count() == 1
    client.force_login(petugas)
    gone = client.post(f"{reverse(SAVE)}?q=uji", {"forget": entry.pk}, follow=True)
    assert messages_of(gone) == ["Saringan «Usaha tutup» dihapus."]
    assert gone.request["QUERY_STRING"] == "q=uji"
    assert not SavedFilter.objects.exists()


@pytest.mark.django_db
def test_what_says_who_a_person_is_is_refused_with_a_sentence(client, petugas, monkeypatch):
    monkeypatch.setattr(saved, "MOST_SAVED", 1)
    BusinessFactory(name="Roti Uji", owner_name="Siti Contoh", address="Jl. Uji 7")
    client.force_login(petugas)

    def refusal(query, name="Punya saya"):
        client.post(f"{reverse(SAVE)}?{query}", {"name": name})
        page = client.get(reverse(HERE))
        return messages_of(page)[0]

    personal = str(Refusal.PERSONAL.error().message)
    for query in (
        "q=6471015705900001",
        "q=0812+5550+0011",
        "q=siti%40contoh.example",
        "q=SITI+CONTOH",
        "q=roti+siti+contoh",
        "q=Jl.+Uji+7",
        "owner_name__exact=Siti+Contoh",
    ):
        assert refusal(query) == personal, query
    assert refusal("status__exact=closed", "Siti Contoh") == personal
    assert refusal("status__exact=closed", "NIK 6471015705900001") == personal
    assert refusal("status__exact=closed", " ") == str(Refusal.NAMELESS.error().message)
    assert refusal("p=2&salah=1") == str(Refusal.NOTHING.error().message)
    assert refusal(f"q={'a' * 2000}") == str(Refusal.TOO_LONG.error().message)
    assert not SavedFilter.objects.exists()

    # A blank owner is no person, and a word of a name is none that leads to one.
    assert refusal("owner_name__exact=&q=roti") == "Saringan «Punya saya» disimpan."
    assert refusal("q=contoh", "Lain") == str(Refusal.TOO_MANY.error().message)
    assert refusal("q=contoh") == "Saringan «Punya saya» diganti."


@pytest.mark.django_db
def test_a_tenant_is_a_person_too_and_a_list_without_names_has_none(client, admin_user):
    LeaseFactory(business=None, tenant_name="Budi Contoh")
    client.force_login(admin_user)
    lease = reverse("admin:facilities_lease_filters")

    refused = client.post(f"{lease}?q=budi+contoh", {"name": "Uji"}, follow=True)
    client.post(f"{lease}?unit__facility__id__exact=1", {"name": "Uji"})
    client.post(f"{reverse('admin:facilities_storagemonth_filters')}?year=2024", {"name": "Uji"})

    assert messages_of(refused) == [str(Refusal.PERSONAL.error().message)]
    places = SavedFilter.objects.values_list("place", flat=True)
    assert sorted(places) == ["facilities.lease", "facilities.storagemonth"]
    assert Lease.objects.count() == 1


def test_a_register_number_is_not_looked_for_again_and_again():
    assert [is_telling(text) for text in ("IKM-000123", "2024", "Rp4.500", "a b")] == [
        True, False, False, False,
    ]  # fmt: skip
