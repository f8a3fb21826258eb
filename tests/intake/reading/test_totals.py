"""The office's own sums: compared however many there are, in time that grows with the list alone."""

import pytest

from balikpapan.intake.reading import totals
from tests.intake.importing import look, problems_of

pytestmark = pytest.mark.django_db

HEADING = ["Nama Usaha", "Tahun", "Tenaga Kerja"]


def kecamatan(number, workers):
    """Three businesses and the sum below them."""
    rows = [[f"Usaha {number}-{place}", 2024, workers] for place in range(3)]
    return [*rows, ["Jumlah", None, 3 * workers]]


def test_every_sum_is_compared_and_the_list_is_gone_through_once(monkeypatch):
    counted = []
    real = totals.number_in
    monkeypatch.setattr(totals, "number_in", lambda cell: counted.append(cell) or real(cell))
    rows = [row for number in range(60) for row in kecamatan(number, number + 1)]
    rows[-1] = ["Jumlah", None, 99]

    outcome = look([HEADING, *rows])

    [problem] = problems_of(outcome, "total_mismatch")
    assert problem.row == len(rows) + 1
    assert len(outcome.rows.totals) == 60
    # Every cell of the one column of figures once, and the sums themselves.
    assert len(counted) == 4 * 60
