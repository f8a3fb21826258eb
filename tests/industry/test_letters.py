"""Reminders: written to those that need one, asked what for, and on record for each of them."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from balikpapan.accounts.groups import PETUGAS, PIMPINAN, VERIFIKATOR
from balikpapan.audit.models import ReadAccess
from industry import letters
from industry.letters import Order, frame_on, letter_of, messages_for, text_of
from industry.models import Business, Certificate, Reminder
from tests.cast import member
from tests.factories import (
    BusinessFactory,
    BusinessYearFactory,
    CertificateFactory,
    LetterheadFactory,
    OfficialFactory,
    WorkItemFactory,
)
from tests.pages import chosen, messages_of

pytestmark = pytest.mark.django_db
LIST = "/industry/business/"
PHONE = "081299990000"


@pytest.fixture
def firms(db):
    """One IKM whose certificate ends in nine days, one that needs nothing of that kind."""
    LetterheadFactory(office="Dinas Uji", contact="Telepon (0542) 000000")
    OfficialFactory()
    ending = BusinessFactory(
        name="Amplang <b>Ani</b>", owner_name="Ani & Contoh", address="Jl. Uji 1", phone=PHONE
    )
    day = timezone.localdate() + timedelta(days=9)
    CertificateFactory(business=ending, number="P-1", expires_on=day)
    CertificateFactory(business=ending, number="P-2", expires_on=day + timedelta(days=900))
    return ending, BusinessFactory(name="Roti Budi")


def order(**changes):
    """What the page that makes reminders sends."""
    return {
        "action": "remind_selected",
        "remind": "1",
        "reason": "expiring",
        "medium": "letter",
        "answer_by": "",
        "purpose": "perpanjangan sertifikat",
        **changes,
    }


def test_a_letter_goes_to_those_that_need_it_and_is_on_record(firms, client):
    clerk = member(PETUGAS)
    client.force_login(clerk)

    asking = client.post(f"{LIST}?kurang=expiring", {"action": "remind_selected", **chosen(*firms)})
    unasked = client.post(LIST, {**order(purpose=""), **chosen(*firms)})
    nobody = client.post(LIST, {**order(), **chosen(firms[1])}, follow=True)
    before = Reminder.objects.count()
    answer = client.post(LIST, {**order(), **chosen(*firms)})

    assert asking.context["form"].initial["reason"] == "expiring"
    assert unasked.context["form"].errors.keys() == {"purpose"}
    assert "Tidak satu pun" in messages_of(nobody)[0]
    assert before == 0
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    [reminder] = Reminder.objects.all()
    assert (reminder.business, reminder.by, reminder.reason) == (firms[0], clerk, "expiring")
    [access] = ReadAccess.objects.filter(kind="exported")
    assert (access.record, access.columns) == (firms[0].pk, "owner_name, address")
    assert access.purpose == "perpanjangan sertifikat"


@pytest.mark.parametrize(("group", "shown"), [(VERIFIKATOR, PHONE), (PETUGAS, "0812****000")])
def test_a_message_shows_the_telephone_to_whoever_may_take_it_out(firms, client, group, shown):
    client.force_login(member(group))
    item = WorkItemFactory(business=firms[0], reason="expiring")

    page = client.post("/industry/workitem/", {**order(medium="whatsapp"), **chosen(item)})

    [(business, phone, text)] = page.context["rows"]
    assert business == firms[0]
    assert phone == shown
    assert (PHONE in page.content.decode()) is (shown == PHONE)
    assert "Yth. Bapak/Ibu Ani & Contoh,\n" in text
    assert "P-IRT P-1, berlaku sampai" in text
    assert "P-2" not in text
    assert text.endswith("Dinas Uji")
    [access] = ReadAccess.objects.filter(kind="exported")
    assert ("phone" in access.columns) is (shown == PHONE)


def test_what_lacks_is_asked_for_by_the_rule_of_completeness(firms, django_assert_max_num_queries):
    today = timezone.localdate()
    year = today.year - 1
    BusinessYearFactory(business=firms[0], year=year, investment=None)
    BusinessFactory.create_batch(3)
    asked = Order("data", today, year, answer_by=today + timedelta(days=14))

    with django_assert_max_num_queries(12):
        messages = {m.business: m.items for m in messages_for(Business.objects.all(), asked)}
    letter = letter_of(messages_for(Business.objects.all(), asked)[0], asked, frame_on(today))

    assert len(messages) == 5
    assert messages[firms[0]] == [
        "Kelurahan",
        "Kelompok industri",
        "KBLI",
        "NIB",
        "Produk",
        f"Nilai investasi tahun {year}",
    ]
    assert letter.recipient[:3] == ["Yth. Ani & Contoh", "Amplang <b>Ani</b>", "Jl. Uji 1"]
    assert "paling lambat" in letter.closing[0]
    assert "(0542) 000000" in " ".join(letter.closing)
    text = text_of(
        messages_for(Business.objects.filter(pk=firms[0].pk), asked)[0], asked, frame_on(today)
    )
    assert "\n- NIB\n" in text


def test_who_may_not_write_reads_the_record_of_it_at_most(firms, client):
    client.force_login(member(PIMPINAN))

    client.post(LIST, {**order(), **chosen(*firms)}, follow=True)
    listed = client.get("/industry/reminder/")

    assert not Reminder.objects.exists()
    assert listed.status_code == 200
    assert client.get("/industry/reminder/add/").status_code == 403


def test_what_was_written_is_changed_and_taken_away_by_nobody(firms, client):
    client.force_login(get_user_model().objects.create_superuser("pertama"))
    client.post(LIST, {**order(), **chosen(firms[0])})
    page = f"/industry/reminder/{Reminder.objects.get().pk}"

    answers = [
        client.post(f"{page}/change/", {"purpose": "lain"}).status_code,
        client.post(f"{page}/delete/", {"post": "yes"}).status_code,
    ]

    assert answers == [403, 403]
    assert Reminder.objects.get().purpose == "perpanjangan sertifikat"


@pytest.mark.parametrize("medium", ["letter", "whatsapp"])
def test_more_than_one_part_is_offered_part_by_part_and_nobody_is_left_out(
    firms, client, monkeypatch, medium
):
    monkeypatch.setattr(letters, "MOST_WRITTEN", 2)
    day = timezone.localdate() + timedelta(days=9)
    for name in "CDEF":
        CertificateFactory(business=BusinessFactory(name=f"Roti {name}"), expires_on=day)
    client.force_login(member(PETUGAS))
    asked = {**order(medium=medium), **chosen(*Business.objects.all())}

    offer = client.post(LIST, asked)
    before = Reminder.objects.count()
    parts = offer.context["parts"]
    # Somebody who needs none any more moves nobody out of the parts that were offered.
    Certificate.objects.filter(business=firms[0], number="P-1").update(archived_at=timezone.now())
    answers = [client.post(LIST, {**asked, "part": part.key}) for part in parts[1:]]
    unknown = client.post(LIST, {**asked, "part": "semua"})

    assert "5 usaha perlu diingatkan" in offer.content.decode()
    assert [part.count for part in parts] == [2, 2, 1]
    assert before == 0
    assert [answer.status_code for answer in answers] == [200, 200]
    if medium == "letter":
        assert "bagian-2.pdf" in answers[0]["Content-Disposition"]
    else:
        assert "Ini bagian 2 dari" in answers[0].content.decode()
    names = Reminder.objects.order_by("pk").values_list("business__name", flat=True)
    assert sorted(names) == ["Roti D", "Roti E", "Roti F"]
    assert unknown.context["parts"]
