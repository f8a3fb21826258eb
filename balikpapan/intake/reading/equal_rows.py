"""Equal rows of goods that carry no number: as many goods as rows, or one written several times."""

from array import array

from balikpapan.spreadsheets.cells import ERASE, Finding, comparison_key, format_whole

from ..answers import Answers, Question, QuestionKey
from ..problems import Problems
from ..resources import SheetResource
from .sheet_rows import SheetRows

SEPARATE, ONCE = "separate", "once"


def settle_equal_rows(
    rows: SheetRows, resource: SheetResource, answers: Answers, problems: Problems
) -> list[Question]:
    """Adds equal rows up where they are so many goods; a question where that is not answered."""
    number = resource.goods_number
    if not number:
        return []
    groups = _equal_groups(rows, number)
    if not groups:
        return []
    option = answers.option(QuestionKey.EQUAL_ROWS)
    if option is None:
        return [_question(groups, resource)]
    if option == SEPARATE:
        for group in groups:
            _add_up(rows, resource, group, problems)
    return []


def _question(groups: list[list[int]], resource: SheetResource) -> Question:
    repeated = sum(len(group) for group in groups)
    label = resource.columns()[resource.goods_number].column_name.lower()
    about = (
        f"{format_whole(repeated)} baris sama persis dengan baris lain dan tanpa {label}: "
        f"sebanyak itu barangnya ({format_whole(repeated)}), atau {format_whole(len(groups))} "
        "barang yang tertulis berulang?"
    )
    return Question(QuestionKey.EQUAL_ROWS, about, [SEPARATE, ONCE])


def _equal_groups(rows: SheetRows, number: str) -> list[list[int]]:
    """The rows without a number that say the same in every column, together."""
    numbers = rows.column(number)
    columns = list(rows.values.values())
    groups: dict[tuple[int, tuple[object, ...]], list[int]] = {}
    for index in array("I", (i for i in range(len(rows)) if numbers[i] is None)):
        if rows.is_aside(index) or index in rows.held:
            continue
        signature = tuple(
            comparison_key(v[index]) if isinstance(v[index], str) else v[index] for v in columns
        )
        groups.setdefault((rows.sheet_of[index], signature), []).append(index)
    return [group for group in groups.values() if len(group) > 1]


def _add_up(rows: SheetRows, resource: SheetResource, group: list[int], problems: Problems) -> None:
    """One record of so many goods: what is counted or paid is added up, the rest is the same."""
    first, rest = group[0], group[1:]
    for name in resource.goods_sums:
        values = rows.values.get(name)
        if values is not None and values[first] not in (None, ERASE):
            values[first] = values[first] * len(group)
    counted = resource.goods_sums[0]
    if rows.column(counted)[first] is None:
        rows.fill(counted)[first] = len(group)
    rows.set_aside(rest, f"barang yang sama dengan baris {rows.row_of[first]}, sudah dijumlahkan")
    message = (
        f"{format_whole(len(group))} baris sama persis dijumlahkan menjadi satu catatan "
        f"{format_whole(rows.values[counted][first])} barang, menurut jawaban."
    )
    rows.tell(problems, first, resource.naming, Finding("note", "equal_rows_added", message))
