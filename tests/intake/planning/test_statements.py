"""An upload asks the database as often for two hundred rows as for twenty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balikpapan.intake.answers import Answers
from balikpapan.intake.uploads import confirm, receive
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db

HEADINGS = ["Nama Usaha", "Nama Pemilik", "NIB", "Tahun Data", "Nilai Investasi (Rp)"]


def sheet(count, amount):
    rows = (
        [f"Usaha {count}-{n}", f"Ibu Contoh {count}-{n}", f"1{count:06d}{n:06d}", 2024, amount + n]
        for n in range(count)
    )
    return xlsx([HEADINGS, *rows])


def statements(act):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        result = act()
    return len(queries), result


@pytest.mark.parametrize("stored_records", [False, True], ids=["new rows", "changed rows"])
def test_twenty_and_two_hundred_rows_need_the_same_statements(reference, stored_records):
    needed = []
    confirm(receive("ikm", sheet(1, 1_000_000), "awal.xlsx", Answers())[0])

    for count in (20, 200):
        if stored_records:
            confirm(receive("ikm", sheet(count, 1_000_000), "awal.xlsx", Answers())[0])
        content = sheet(count, 2_000_000)
        preview, (upload, _) = statements(lambda c=content: receive("ikm", c, "d.xlsx", Answers()))
        stored, _ = statements(lambda u=upload: confirm(u))
        assert upload.counts["held"] == 0
        needed.append((preview, stored))

    assert needed[0] == needed[1]
    # Six of them make the link of the chain, one for each transaction.
    assert sum(needed[0]) <= 66
