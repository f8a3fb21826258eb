"""Rows whose record is in the archive: held, or their record is revived, as the user answers."""

from balikpapan.spreadsheets.cells import format_whole

from ..answers import Answers, Question, QuestionKey

HOLD, REVIVE = "hold", "revive"


class ArchiveAnswer:
    """What the user wants done where only the archive knows a row's record."""

    def __init__(self, answers: Answers, noun: str):
        self._answers, self._noun = answers, noun
        self.held = 0

    def revived(self, records: list[int]) -> int | None:
        """The record to bring back for a row; None where it is held, as where several are alike."""
        if self._answers.option(QuestionKey.ARCHIVED) == REVIVE and len(records) == 1:
            return records[0]
        self.held += 1
        return None

    def questions(self) -> list[Question]:
        """The question about all rows that were held, where it is not answered yet."""
        if not self.held or self._answers.option(QuestionKey.ARCHIVED):
            return []
        about = (
            f"{format_whole(self.held)} baris cocok dengan {self._noun} yang sudah diarsipkan: "
            "tahan, atau kembalikan dari arsip dan perbarui?"
        )
        return [Question(QuestionKey.ARCHIVED, about, [HOLD, REVIVE], HOLD, blocking=False)]
