"""What a start does before anybody is served: tables first, then the lists every register begins with."""

import pytest

from balikpapan.regions.models import Kecamatan
from balikpapan.server import prepare
from industry.models import IndustryGroup

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_start_makes_the_tables_and_loads_the_lists_before_it_serves(monkeypatch, settings):
    settings.DEMO = False
    steps, real = [], prepare.call_command

    def call(name, *arguments, **options):
        steps.append(name)
        if name == "load_reference":
            real(name, *arguments, **options)

    monkeypatch.setattr(prepare, "call_command", call)
    monkeypatch.setattr(prepare, "copy_before_migrations", lambda tell: None)

    prepare.prepare("localhost", lambda text: None)

    assert steps == ["migrate", "load_reference", "collectstatic"]
    assert Kecamatan.objects.count() == 6
    assert IndustryGroup.objects.exists()
