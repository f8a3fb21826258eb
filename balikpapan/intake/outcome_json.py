"""An upload's outcome as one JSON object, with the names DESIGN fixes."""

from .models import Upload
from .storage import digest

#: What leads to no upload that anybody would look up.
NOT_KEPT = (Upload.Status.REFUSED, Upload.Status.PLANNED)


def outcome_json(outcome, content: bytes, status: str, reason: str, upload) -> dict:
    """What was found and what became of it; ids are masked, as everywhere."""
    return {
        "register": outcome.register,
        "file": outcome.file_name,
        "sha256": digest(content),
        "status": status,
        "reason": reason,
        "sheets": outcome.sheets_json(),
        "questions": [question.as_json() for question in outcome.questions],
        "counts": outcome.counts,
        "problems": [problem.as_json() for problem in outcome.problems.kept],
        "upload": upload.pk if upload and status not in NOT_KEPT else None,
    }
