"""All that the importer writes about one workbook: its sheets, questions and problems, as a text."""

import json
import re
from collections.abc import Iterator

from balikpapan.intake.pipeline import Outcome

#: Numbers that the database gives differ from run to run.
_GIVEN_NUMBER = re.compile(r"\bIKM-\d+")


def transcript(first: Outcome, last: Outcome) -> str:
    """What was asked before any answer, and what came out with the answers."""
    lines = ["Ditanyakan:", *_questions(first), "", "Hasil:", *_result(last)]
    return _GIVEN_NUMBER.sub("IKM-NOMOR", "\n".join(lines))


def _questions(outcome: Outcome) -> Iterator[str]:
    for question in outcome.questions:
        yield json.dumps(question.as_json(), ensure_ascii=False, default=str)


def _result(outcome: Outcome) -> Iterator[str]:
    yield f"{outcome.status} {outcome.reason_code} {outcome.reason} {outcome.other_register}".rstrip()
    yield " ".join(f"{name} {count}" for name, count in outcome.counts.items())
    for sheet in outcome.sheets_json():
        yield f"«{sheet['name']}» dibaca: {sheet['read']} {sheet['reason']}".rstrip()
        for table in (sheet, *sheet.get("further_tables", ())):
            yield f"  judul di baris {table['header_rows']}"
            for column in table["columns"]:
                yield f"  {column['letter']} «{column['heading']}» {column['field']} {column['unit']}"
        for ignored in sheet["ignored"]:
            yield f"  baris {ignored['row']}: {ignored['reason']}"
    yield from _questions(outcome)
    for problem in outcome.problems.listed:
        yield f"{problem.severity} {problem.code} {problem.field} {problem.message}"
