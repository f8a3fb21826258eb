"""The importer as tests use it: from rows to a plan, to stored records, and back to a sheet."""

import io

from balikpapan.intake.answers import Answers
from balikpapan.intake.exports.rows import export_rows, figure_years, write_export
from balikpapan.intake.models import Upload
from balikpapan.intake.pipeline import Outcome, examine, make_plan
from balikpapan.intake.resources import REGISTERS
from balikpapan.intake.uploads import confirm, receive
from tests.sheets import xlsx

COUNTS = ("new", "changed", "same", "held", "ignored")


def look(content, register: str = "ikm", user=None, name: str = "data.xlsx", **answers) -> Outcome:
    """The outcome of a sheet (rows, or bytes as they come), nothing stored."""
    given = Answers(**answers)
    content = content if isinstance(content, bytes) else xlsx(content)
    return make_plan(examine(register, content, name, given), given, user)


def hand_in(content, register: str = "ikm", user=None, name: str = "data.xlsx", **answers):
    """An upload planned and waiting for its confirmation."""
    content = content if isinstance(content, bytes) else xlsx(content)
    upload, outcome = receive(register, content, name, Answers(**answers), user)
    assert outcome.status == "planned", (outcome.reason, outcome.questions)
    return upload


def load(content, register: str = "ikm", user=None, name: str = "data.xlsx", **answers) -> Upload:
    """An upload planned and confirmed."""
    return confirm(hand_in(content, register, user, name, **answers), user)


def export(register: str = "ikm", *, year=None, personal=True, extension="xlsx") -> bytes:
    """The register as its download gives it."""
    resource = REGISTERS[register]()
    year = year or next(iter(figure_years(resource)), None)
    stream = io.BytesIO()
    records = resource._meta.model.objects.kept()
    write_export(
        stream, resource, export_rows(resource, records, year=year, personal=personal), extension
    )
    return stream.getvalue()


def tally(report) -> tuple[int, ...]:
    """new, changed, same, held, ignored of an outcome or an upload."""
    return tuple(report.counts[name] for name in COUNTS)


def problems_of(outcome: Outcome, code: str) -> list:
    """The problems of one code."""
    return [problem for problem in outcome.problems.listed if problem.code == code]


def asked(outcome: Outcome) -> list[str]:
    """The keys of the questions, in order."""
    return [question.key for question in outcome.questions]
