"""A list without rows and a form without values say so in words people read."""

import pytest

from industry.models import Business
from tests.factories import BusinessFactory
from tests.pages import FACTORIES, FORM_MODELS, label, url

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def text_of(client, **asked):
    return client.get(url(Business, "changelist"), asked).content.decode()


def test_a_list_says_whether_nothing_is_recorded_or_nothing_is_alike(client, petugas):
    client.force_login(petugas)

    empty = text_of(client)
    BusinessFactory(name="Roti Uji")
    unlike, unfiltered = text_of(client, q="amplang"), text_of(client)

    assert "Belum ada usaha IKM." in empty
    assert "seret berkas Excel" in empty
    assert "cocok dengan" not in empty
    assert "Tidak ada usaha IKM yang cocok dengan pencarian dan penyaring ini." in unlike
    assert "Tampilkan semua" in unlike
    assert "Belum ada" not in unlike
    assert "empty-list" not in unfiltered
    assert "Roti Uji" in unfiltered


def test_who_may_not_add_is_not_told_to(client, pimpinan):
    client.force_login(pimpinan)

    assert "Belum ada usaha IKM." in text_of(client)
    assert "seret berkas Excel" not in text_of(client)


@pytest.mark.parametrize("model", FORM_MODELS, ids=label)
def test_no_form_shows_a_value_that_is_missing_in_english(admin_client, model):
    record = FACTORIES[model]()
    for page in (url(model, "add"), url(model, "change", record)):
        response = admin_client.get(page)

        assert response.status_code in (200, 403)
        assert ">None<" not in response.content.decode()
