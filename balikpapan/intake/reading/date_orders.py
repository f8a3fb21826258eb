"""Columns of dates in which both orders of day and month stand: which one holds is asked."""

from ..answers import Question, QuestionKey
from .sheet_rows import SheetRows


def question_dates(rows: SheetRows) -> list[Question]:
    """One question for each column whose ambiguous dates are held until its order is known."""
    return [
        Question(
            QuestionKey.DATES,
            f"Kolom {letter} «{heading}» memuat tanggal yang ditulis bulan dahulu, seperti "
            "12/31/2024. Tanggal lain di kolom ini, seperti 3/4/2024, ditulis hari dahulu atau "
            "bulan dahulu?",
            ["day_first", "month_first"],
            "month_first",
            blocking=False,
            columns=(letter,),
            concern=letter,
        )
        for letter, heading in dict.fromkeys(rows.doubtful_dates)
    ]
