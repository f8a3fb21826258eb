"""Promise 20: every digit of an identity number goes out and comes back."""

import io
import random

import pytest

from balikpapan.spreadsheets.writing import write_csv, write_rows
from industry.models import Business
from tests.intake.importing import export, hand_in, load, tally
from tests.sheets import spelled
from tests.spreadsheets.cells.test_identifiers import read_nib, read_nik
from tests.trust.counting import filled_rows

HEADINGS = ["NIK", "NIB"]


def random_ids(count: int) -> list[tuple[str, str]]:
    """Pairs of a NIK and a NIB; many begin or end in zero, as real ones do."""
    dice = random.Random(20)
    return [
        (
            f"{dice.choice((11, 64, 91, 96))}{dice.randrange(10**4):04}"
            f"{dice.randint(1, 28) + dice.choice((0, 40)):02}{dice.randint(1, 12):02}"
            f"{dice.randrange(100):02}{dice.randrange(10**4):04}",
            f"{dice.choice('0129')}{dice.randrange(10**12):012}",
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_p20_ten_thousand_ids_are_written_whole_and_read_whole(extension):
    ids = random_ids(5000)
    stream = io.BytesIO()
    if extension == "xlsx":
        write_rows(stream, HEADINGS, ids, text_columns=(0, 1))
    else:
        write_csv(stream, HEADINGS, ids)
        stream.seek(0)

    [rows] = filled_rows(stream.getvalue()).values()

    written = [tuple(text.removeprefix("'") for text in texts) for texts in rows.values()][1:]
    assert written == ids
    assert [(read_nik(nik).value, read_nib(nib).value) for nik, nib in written] == ids


@pytest.mark.django_db
def test_p20_ids_keep_their_digits_through_the_register_and_back(petugas):
    ids = dict(zip((f"Usaha {spelled(n)}" for n in range(200)), random_ids(200), strict=True))
    rows = [["Nama Usaha", *HEADINGS], *([name, *pair] for name, pair in ids.items())]

    load(rows, user=petugas, near="new")

    stored = {b.name: (b.nik, b.nib) for b in Business.objects.all()}
    assert stored == ids
    for extension in ("xlsx", "csv"):
        content = export(extension=extension)
        again = hand_in(content, name=f"ekspor.{extension}", user=petugas)
        assert tally(again) == (0, 0, len(ids), 0, 0)
