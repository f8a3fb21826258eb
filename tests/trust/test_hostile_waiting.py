"""Section H on PostgreSQL: what another program holds is waited for, but not for ever."""

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from balikpapan.errors import BUSY
from balikpapan.intake.jobs import tasks
from balikpapan.intake.models import Upload, Work
from industry.models import Business, BusinessYear
from tests.factories import BusinessFactory
from tests.intake.importing import hand_in
from tests.pages import filled, upload_url, url
from tests.sheets import delimited, spelled
from tests.trust.outages import held_row
from tests.trust.previews import logged_in, people, press
from tests.trust.verdicts import check_page, fingerprint

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql_only]

TABLE = "industry_business"


@pytest.fixture
def business():
    """A business that the list changes and another program holds."""
    return BusinessFactory(name=f"Usaha {spelled(1)}", nib="9100000000001", brand="Awal")


def test_every_connection_waits_half_a_minute_at_most():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")

        assert cursor.fetchone() == ("30s",)


def test_a_list_that_waits_too_long_is_a_503_and_the_next_try_works(business, typist):
    upload = hand_in(people(3), user=typist)
    browser = logged_in(typist)
    before = fingerprint()

    with held_row(TABLE, business.pk):
        response = press(browser, upload)

    messages_in(response)
    assert fingerprint() == before
    assert press(browser, upload).status_code == 302
    assert (Business.objects.count(), BusinessYear.objects.count()) == (3, 3)


def test_a_form_that_waits_too_long_is_a_503_and_the_next_try_works(business, typist):
    browser = logged_in(typist)
    page = url(Business, "change", business)
    data = {**filled(browser.get(page)), "brand": "Baru"}
    before = fingerprint()

    with held_row(TABLE, business.pk):
        response = browser.post(page, data)

    messages_in(response)
    assert fingerprint() == before
    assert browser.post(page, data).status_code == 302
    business.refresh_from_db()
    assert business.brand == "Baru"


def messages_in(response):
    text = response.content.decode()
    assert response.status_code == 503
    assert BUSY in text
    assert "setengah jadi" in text


def test_a_command_that_waits_too_long_ends_in_words_and_the_next_one_works(business, tmp_path):
    file = tmp_path / "daftar.csv"
    file.write_bytes(delimited(people(3)))

    with held_row(TABLE, business.pk), pytest.raises(CommandError) as refusal:
        call_command("import_sheet", "ikm", file)

    assert str(refusal.value).startswith(BUSY)
    assert "Tidak ada yang tersimpan setengah jadi" in str(refusal.value)
    assert (Business.objects.count(), BusinessYear.objects.count()) == (1, 0)
    call_command("import_sheet", "ikm", file)
    assert (Business.objects.count(), BusinessYear.objects.count()) == (3, 3)


def test_a_worker_that_waits_too_long_tells_it_on_the_page_and_can_try_again(
    business, typist, settings
):
    settings.UPLOAD_BACKGROUND_ROWS = 2
    upload = hand_in(people(3), user=typist)
    browser = logged_in(typist)
    press(browser, upload)
    before = fingerprint()

    with held_row(TABLE, business.pk), pytest.raises(OperationalError):
        tasks.store_upload.call(Work.objects.get().pk)

    assert fingerprint() == before
    assert Upload.Reason.OUTAGE.label in check_page(browser.get(upload_url("change", upload)))
    press(browser, upload)
    tasks.store_upload.call(Work.objects.get().pk)
    assert (Business.objects.count(), BusinessYear.objects.count()) == (3, 3)
