"""Numbers of persons that somebody typed into free texts stand on no page of whoever may not see them."""

import pytest
from django.apps import apps
from django.db.models import F, Value
from django.db.models.functions import Concat, Left

from balikpapan.audit.masked_columns import is_free_text
from balikpapan.audit.models import Record
from balikpapan.regions.models import Kecamatan, Kelurahan
from balikpapan.reports.models import Letterhead, Official
from facilities.models import Chamber
from industry.models import IndustryGroup
from tests.frozen_bills import deletable_bills

from .addresses import FILES, looked_at, paths
from .test_pages import answer_to

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NIK = "6471010101809999"
#: The city's own places and offices; nobody is named there but who signs.
OF_THE_CITY = (Kecamatan, Kelurahan, IndustryGroup, Chamber, Letterhead, Official)
#: A text with less room holds no number beside its words.
ROOM = 60


@pytest.fixture(scope="module")
def numbered(world):
    """The world, with a NIK at the end of every free text."""
    with deletable_bills():
        for model in apps.get_models():
            if not issubclass(model, Record) or model in OF_THE_CITY:
                continue
            for field in model._meta.concrete_fields:
                room = field.max_length or 500
                if is_free_text(field) and room >= ROOM and field.name not in model.personal_fields:
                    texts = model._base_manager.exclude(**{field.name: ""})
                    written = Concat(Left(F(field.name), room - 17), Value(f" {NIK}"))
                    texts.update(**{field.name: written})
    return world


def test_no_page_shows_a_number_from_a_free_text_to_whoever_may_not_see_it(numbered):
    shown = []
    for address in looked_at():
        if str(address).endswith(FILES):
            continue
        for path in paths(address, numbered):
            response, content = answer_to(numbered.sessions["Pimpinan"], path)
            if response.status_code == 200 and NIK.encode() in content:
                shown.append(path)
    assert shown == []
