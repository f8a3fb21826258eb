"""Promise 13: what the preview shows, read back as a person reads it, is what is stored."""

import random
import re

import pytest

from balikpapan.intake.pages import groups
from balikpapan.intake.uploads import confirm
from industry.models import BusinessYear
from tests.intake.importing import hand_in
from tests.pages import upload_url
from tests.sheets import spelled

pytestmark = pytest.mark.django_db

COUNT = 1000
FIGURES = ["Tahun Data", "Tenaga Kerja (Orang)", "Nilai Investasi (Rp)", "Lintang"]


def random_rows() -> list[list]:
    """A thousand businesses; amounts and places are blank for some of them."""
    dice = random.Random(13)

    def figure(make):
        return make() if dice.random() < 0.9 else None

    return [
        [
            f"Usaha {spelled(n)}",
            dice.randint(2018, 2024),
            dice.randint(0, 9_999),
            figure(lambda: dice.randrange(10 ** dice.randint(6, 14))),
            figure(lambda: f"{-dice.randint(0, 9)},{dice.randint(100_000, 999_999)}"),
        ]
        for n in range(COUNT)
    ]


def number(text: str) -> float | int | None:
    """A figure as an Indonesian reads it: points part thousands, a comma begins the decimals."""
    plain = re.sub(r"[^\d,−-]", "", text).replace("−", "-").replace(",", ".")
    if not plain:
        return None
    return float(plain) if "." in plain else int(plain)


def test_p13_a_thousand_random_rows_are_stored_as_the_preview_shows_them(
    client, petugas, monkeypatch
):
    monkeypatch.setattr(groups, "PER_PAGE", COUNT)
    client.force_login(petugas)
    upload = hand_in([["Nama Usaha", *FIGURES], *random_rows()], user=petugas, near="new")

    listing = client.get(upload_url("change", upload), {"kelompok": "new"}).context["listing"]

    places = {heading: place for place, (heading, _) in enumerate(listing["headings"])}
    shown = {
        row.cells[places["Nama Usaha"]]: [number(row.cells[places[name]]) for name in FIGURES]
        for row, _ in listing["rows"]
    }

    confirm(upload, petugas)

    stored = {
        year.business.name: [
            year.year,
            year.workers_total,
            year.investment,
            year.business.latitude and float(year.business.latitude),
        ]
        for year in BusinessYear.objects.select_related("business")
    }
    assert len(stored) == COUNT
    assert shown == stored
