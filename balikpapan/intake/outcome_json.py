"""An upload's outcome as one JSON object, with the names DESIGN fixes."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

from .models import Upload
from .storage import digest

#: What leads to no upload that anybody would look up.
NOT_STORED = {str(Upload.Status.REFUSED), str(Upload.Status.PLANNED)}


def outcome_json(
    outcome: Any, content: bytes, status: str, reason: str, upload: Upload | None
) -> dict[str, Any]:
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
        "problems": outcome.problems.each_as_json(),
        "upload": upload.pk if upload and status not in NOT_STORED else None,
    }


def write_outcome(path: Path, outcome: dict[str, Any]) -> None:
    """Writes the object of ``outcome_json``, its problems one after the other as they come."""
    with path.open("w", encoding="utf-8") as file:
        before = "{"
        for name, value in outcome.items():
            file.write(f"{before}\n {json.dumps(name)}: ")
            before = ","
            if name == "problems":
                _write_list(file, value)
            else:
                file.write(json.dumps(value, ensure_ascii=False, indent=1))
        file.write("\n}\n")


def _write_list(file: TextIO, items: Iterable[dict[str, Any]]) -> None:
    before = "["
    for item in items:
        file.write(f"{before}\n  {json.dumps(item, ensure_ascii=False)}")
        before = ","
    file.write("[]" if before == "[" else "\n ]")
