"""Promise 49: every one of the 118 cases has its test."""

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
CASES = set(range(1, 119))
#: Cases that are tests of their own and no row of a table.
NAMED = {
    20: "test_p49_markup_is_only_text",
    21: "test_p21_of_a_whole_file_each_name_is_stored_as_typed_or_told",
    101: "test_the_1904_system_gives_the_same_day",
    111: "test_the_nib_of_one_with_the_nik_of_another_is_doubtful",
    112: "test_p08_the_same_file_is_told_with_who_and_when_and_the_same_rows_plan_as_same",
    113: "test_of_two_who_confirm_overlapping_files_together_one_gets_a_fresh_preview",
    114: "test_p07_confirm_pressed_six_times_at_once_stores_once",
    116: "test_an_original_that_was_removed_or_altered_is_refused",
    117: "test_p02_a_killed_program_has_stored_all_or_nothing_and_says_which",
    118: "test_p03_a_lost_connection_is_a_503_and_the_next_try_works",
}


def numbers_in(text: str) -> set[int]:
    """The cases a table names: ``case-18-19`` is two, ``case-18`` one."""
    spans = re.findall(r"case-(\d+)(?:-(\d+)\b)?", text)
    return {
        number
        for first, last in spans
        for number in range(int(first), int(last or first) + 1)
        if number <= max(CASES)
    }


def test_p49_every_case_of_the_catalogue_has_its_test():
    files = list(HERE.glob("test_hostile_*.py"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    functions = {
        node.name
        for text in texts
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }

    in_tables = set().union(*map(numbers_in, texts))

    assert CASES - in_tables - set(NAMED) == set()
    assert set(NAMED.values()) - functions == set()
