"""The page of an upload's problems."""

from ..labels import Labels
from ..problems import SEVERITIES
from ..resources import REGISTERS
from ..working_file import KeptCells
from .paging import paged

PER_PAGE = 50


def problem_page(upload, severity, page, user) -> dict:
    """The problems of an upload, the gravest first, one page of them."""
    labels = Labels(REGISTERS[upload.register](), user)
    with KeptCells(upload) as cells:
        problems = cells.problems()
    order = list(SEVERITIES)
    if severity in SEVERITIES:
        problems = [p for p in problems if p.severity == severity]
    # What concerns no one sheet comes before the sheets as they lie in the file.
    place = {sheet["name"]: number for number, sheet in enumerate(upload.sheets, 1)}
    problems.sort(key=lambda p: (order.index(p.severity), place.get(p.sheet, 0), p.row or 0))
    chosen, listing = paged(problems, page, PER_PAGE)
    return {**listing, "problems": [_as_read(problem, labels) for problem in chosen]}


def _as_read(problem, labels) -> dict:
    """A problem as this user may read it."""
    return {
        "severity": problem.severity,
        "label": SEVERITIES[problem.severity],
        "code": problem.code,
        "message": labels.message(problem),
    }
