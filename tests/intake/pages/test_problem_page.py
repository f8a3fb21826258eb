"""The page of an upload's problems: in which order they stand."""

from types import SimpleNamespace

import pytest

from balikpapan.intake.pages import problems
from balikpapan.intake.problems import Problem

pytestmark = pytest.mark.django_db


def problem(message, severity="warning", sheet="Satu", row=None):
    return Problem(sheet, row, None, "", "", "", severity, "uji", message)


@pytest.fixture
def shown(monkeypatch, petugas):
    """The messages of the page, one after the other, of problems met in some order."""

    class Cells:
        def __init__(self, upload):
            self.upload = upload

        def __enter__(self):
            return SimpleNamespace(problems=lambda: list(self.upload.met))

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(problems, "KeptCells", Cells)

    def messages(*met, severity=""):
        sheets = [{"name": "Satu"}, {"name": "Dua"}]
        upload = SimpleNamespace(register="ikm", sheets=sheets, met=met)
        page = problems.problem_page(upload, severity, 1, petugas)
        return [one["message"] for one in page["problems"]]

    return messages


def test_problems_stand_by_gravity_then_as_the_file_has_them(shown):
    met = [
        problem("lembar dua", sheet="Dua"),
        problem("baris dua", row=2),
        problem("baris satu", row=1),
        problem("lembar satu"),
        problem("berkas", sheet=""),
        problem("catatan", severity="note", row=1),
        problem("kesalahan", severity="error", sheet="Dua", row=9),
    ]

    assert shown(*met) == [
        "kesalahan",
        "berkas",
        "lembar satu",
        "baris satu",
        "baris dua",
        "lembar dua",
        "catatan",
    ]
    assert shown(*met, severity="note") == ["catatan"]
    assert len(shown(*met, severity="lain")) == 7
