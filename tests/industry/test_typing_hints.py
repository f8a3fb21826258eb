"""What the form of an IKM is told while it is filled in."""

import pytest
from django.urls import reverse

from balikpapan.audit.lookup_throttle import LookupThrottle
from balikpapan.audit.models import ReadAccess
from balikpapan.audit.years import last_complete_year
from industry.admin import typing_hints
from industry.models import Business
from tests.factories import BusinessFactory, KelurahanFactory
from tests.pages import url

NIB = "0123456789012"


def asked(client, **typed):
    answer = client.post(reverse("admin:industry_business_hints"), typed)
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.django_db
def test_a_form_is_told_who_is_recorded_already_by_the_rule_of_likely_doubles(client, petugas):
    client.force_login(petugas)
    ward = KelurahanFactory(name="Karang Rejo")
    ida = BusinessFactory(
        name="Keripik Ida", owner_name="Ida", nib=NIB, kelurahan=ward, phone="08125550001"
    )
    blank = BusinessFactory(name="Roti Ani", owner_name="")
    BusinessFactory(name="Sambal Umi", owner_name="Umi", archived=True)

    def hints(**typed):
        hints = asked(client, **typed)["hints"]
        return {box: [line["text"] for line in lines] for box, lines in hints.items() if lines}

    likely = {"name": [f"Mungkin sudah tercatat: {ida.number} Keripik Ida, Karang Rejo"]}
    assert hints(name=" keripik  IDA ") == likely
    assert hints(name="Keripik Ida", owner_name="ida") == likely
    assert hints(name="Keripik Ida", owner_name="Umi") == {}
    assert hints(name="Roti Ani", owner_name="Umi") == {
        "name": [f"Mungkin sudah tercatat: {blank.number} Roti Ani"]
    }
    assert hints(name="Keripik", owner_name="") == {}
    assert hints(name="Sambal Umi") == {}
    used = [f"NIB ini sudah dipakai: {ida.number} Keripik Ida, Karang Rejo"]
    assert hints(name="Keripik Ida", nib="0123 4567 89012") == {"nib": used}
    assert hints(nib="12") == hints(nib="1234567890123") == {}
    assert hints(name="Keripik Ida", nib=NIB, record=ida.pk) == {}
    [line] = asked(client, nib=NIB)["hints"]["nib"]
    assert line["url"] == url(Business, "change", ida)
    # Stored by the very rule: the list of likely doubles agrees.
    BusinessFactory(name="KERIPIK IDA", owner_name="IDA")
    assert set(Business.objects.likely_doubles()) == set(
        Business.objects.like("keripik ida", "ida")
    )


@pytest.mark.django_db
def test_hints_hold_nothing_personal_and_name_the_kecamatan(client, petugas):
    client.force_login(petugas)
    ward = KelurahanFactory(name="Karang Rejo")
    BusinessFactory(name="Roti", owner_name="Ani Contoh", nik="6471015501800001", phone="0812555")

    answer = client.post(reverse("admin:industry_business_hints"), {"name": "Roti"})
    filled = asked(client, kelurahan=ward.pk)["filled"]

    assert not any(t in answer.content.decode() for t in ("Ani Contoh", "6471015501800001", "0812"))
    assert filled == {"kecamatan": {"key": str(ward.kecamatan_id), "text": ward.kecamatan.name}}
    assert asked(client, kelurahan="x")["filled"] == asked(client, kelurahan=0)["filled"] == {}
    assert not ReadAccess.objects.exists()


@pytest.mark.django_db
def test_hints_ask_for_the_right_to_view_and_for_a_slow_hand(client, petugas, monkeypatch):
    client.force_login(petugas)
    monkeypatch.setattr(typing_hints, "THROTTLE", LookupThrottle(most=2, seconds=60))
    page = reverse("admin:industry_business_hints")

    assert client.get(page).status_code == 405
    assert [client.post(page, {"name": "Roti"}).status_code for _ in range(3)] == [200, 200, 429]


def test_a_person_may_look_up_again_once_the_time_has_passed():
    now = [0.0]
    throttle = LookupThrottle(most=2, seconds=10, clock=lambda: now[0])

    assert [throttle.allows("sari") for _ in range(3)] == [True, True, False]
    assert throttle.allows("umi")
    now[0] = 10.0
    assert throttle.allows("sari")


@pytest.mark.django_db
def test_the_form_of_a_new_ikm_begins_with_a_row_that_is_not_saved_blank(client, petugas):
    client.force_login(petugas)

    page = client.get(url(Business, "add")).content.decode()
    row = {"years-TOTAL_FORMS": 1, "years-INITIAL_FORMS": 0, "years-0-year": last_complete_year()}
    others = {"certificates-TOTAL_FORMS": 0, "certificates-INITIAL_FORMS": 0, "status": "active"}
    client.post(url(Business, "add"), {"name": "Kosong", **row, **others})
    cleared = {**row, "years-0-year": " "}
    client.post(url(Business, "add"), {"name": "Tanpa tahun", **cleared, **others})
    undated = {**cleared, "years-0-workers_male": 2}
    refused = client.post(url(Business, "add"), {"name": "Lupa tahun", **undated, **others})
    client.post(url(Business, "add"), {"name": "Isi", **row, "years-0-workers_male": 2, **others})

    assert 'name="years-0-year" value="20' in page
    assert 'name="years-1-' not in page
    assert not Business.objects.get(name="Kosong").years.exists()
    assert not Business.objects.get(name="Tanpa tahun").years.exists()
    assert refused.status_code == 200
    assert not Business.objects.filter(name="Lupa tahun").exists()
    assert Business.objects.get(name="Isi").years.get().workers_male == 2
