"""The administrator's first steps follow from the data and go once all of them are done."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from balikpapan.accounts.groups import ADMINISTRATOR, PETUGAS, VERIFIKATOR
from balikpapan.dashboard.setup import steps_for
from balikpapan.intake.models import Upload
from tests.cast import member
from tests.factories import LetterheadFactory, OfficialFactory

pytestmark = pytest.mark.django_db


def test_each_step_is_done_by_what_is_recorded_and_then_the_list_is_gone(client):
    keeper = member(ADMINISTRATOR)
    newcomer = get_user_model().objects.create_user("baru", is_staff=True)
    today = timezone.localdate()
    client.force_login(keeper)

    def done():
        return [step.is_done for step in steps_for(keeper, today)]

    def press():
        for step in steps_for(keeper, today):
            assert client.get(step.link).status_code == 200

    assert done() == [False] * 5
    press()
    member(PETUGAS)
    assert done()[0] is False
    member(VERIFIKATOR)
    newcomer.groups.set(keeper.groups.all())
    assert done() == [True, True, False, False, False]
    LetterheadFactory(logo="kop/lambang.png")
    OfficialFactory(role="knowing")
    assert done() == [True, True, True, False, False]
    OfficialFactory(role="head")
    assert client.get("/").context["setup"]
    Upload.objects.create(
        register="ikm", file_name="a.xlsx", sha256="0" * 64, size=1, status="stored"
    )
    assert steps_for(keeper, today) == []
    assert client.get("/").context["setup"] == []


def test_others_are_not_shown_them():
    assert steps_for(member(VERIFIKATOR), timezone.localdate()) == []
