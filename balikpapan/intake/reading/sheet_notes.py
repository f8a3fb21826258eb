"""What is told about a sheet as a whole: hidden, unknown, merged, far or marked parts of it."""

from collections import Counter

from balikpapan.spreadsheets.cells import Finding, is_blank
from balikpapan.spreadsheets.model import Sheet
from balikpapan.spreadsheets.tables.kinds import RowKind
from balikpapan.spreadsheets.tables.table import SheetTable, TableColumn

from ..declarations import SheetColumn
from ..problems import Place, Problems
from .sheet_layout import SheetLayout


def tell_about_sheet(
    table: SheetTable, columns: dict[str, SheetColumn], problems: Problems
) -> None:
    """Hidden parts, unknown headings, merged cells, far rows: told, never passed over."""
    sheet = table.sheet
    rows = {row for row in table.rows if row in sheet.hidden_rows}
    if rows:
        _say(
            problems, sheet, "warning", "hidden_rows", f"{len(rows)} baris tersembunyi ikut dibaca."
        )
    hidden = [c.letter for c in table.columns if c.index in sheet.hidden_columns and c.field]
    if hidden:
        text = f"Kolom tersembunyi {', '.join(hidden)} ikut dibaca."
        _say(problems, sheet, "warning", "hidden_columns", text)
    _tell_about_headings(table, columns, problems)
    for index, count in table.carried.items():
        column = next(c for c in table.columns if c.index == index)
        message = f"{count} sel diisi dari sel gabungan di atasnya."
        problems.say_of_column(table, column, "note", "merged_carried", message)
    for index in table.not_repeated:
        column = next(c for c in table.columns if c.index == index)
        message = "Angka pada sel gabungan dihitung satu kali, pada baris pertamanya."
        problems.say_of_column(table, column, "note", "merged_once", message)
    if table.turned:
        message = (
            "Nama wilayah tertulis di bawah barisnya, jadi berlaku bagi baris di atasnya. Periksa "
            "kecamatan dan kelurahannya."
        )
        _say(problems, sheet, "warning", "bands_below", message)
    if recap := [e.row for e in table.ignored if e.kind is RowKind.RECAP]:
        message = (
            f"Rekapitulasi di baris {recap[0]}–{recap[-1]} tidak dibaca; isinya menghitung daftar di "
            "atasnya."
        )
        _say(problems, sheet, "warning", "recap_not_read", message)
    for row in table.far_rows:
        message = f"Baris {row} di luar tabel, jadi tidak dibaca."
        _say(problems, sheet, "warning", "outside_table", message)
    if sheet.commented or sheet.struck:
        message = (
            f"{sheet.commented} sel bercatatan dan {sheet.struck} sel bercoretan; "
            "catatan dan coretan tidak disimpan."
        )
        _say(problems, sheet, "note", "marked_cells", message)


def _tell_about_headings(
    table: SheetTable, columns: dict[str, SheetColumn], problems: Problems
) -> None:
    """Headings that were guessed, and those whose cells are not stored."""
    for column in table.columns:
        if column.field and column.fuzzy:
            label = columns[column.field].column_name
            message = f"Judul ini dibaca sebagai «{label}». Periksa ejaannya."
            problems.say_of_column(table, column, "note", "fuzzy_heading", message)
        elif column.without_member and _has_content(table, column):
            message = (
                "Judul ini tidak menyebut milik siapa angkanya, sedangkan judul kolom lain "
                "menyebutnya, jadi isinya tidak disimpan."
            )
            problems.say_of_column(table, column, "warning", "no_member", message)
        elif column.adds_up:
            message = "Kolom jumlah: dibandingkan dengan rinciannya, tidak disimpan."
            problems.say_of_column(table, column, "note", "row_total", message)
        elif not column.field and not column.running_number and _has_content(table, column):
            why = "tidak dipakai" if column.left_out else "tidak dikenal"
            message = f"Judul kolom ini {why}, jadi isinya tidak disimpan."
            problems.say_of_column(table, column, "note", "unknown_heading", message)


def tell_of_tables_side_by_side(item: SheetLayout, problems: Problems) -> None:
    """Tables that share their rows: the rows of the sheet are counted for each of them."""
    heights = Counter(table.first_row for table in item.tables)
    most = max(heights.values(), default=0)
    if most > 1:
        message = f"{most} tabel berdampingan dibaca sendiri-sendiri; barisnya dihitung per tabel."
        _say(problems, item.sheet, "note", "tables_side_by_side", message)


def tell_of_tables_left_out(item: SheetLayout, problems: Problems) -> None:
    """Tables below those that are read in which something needed is missing."""
    for table, reason in item.left_out:
        message = (
            f"Tabel di baris {table.first_row}–{table.last_row + 1} tidak dibaca: {reason}. Lengkapi "
            "judul kolomnya, atau pindahkan tabel ini ke lembar sendiri."
        )
        _say(problems, item.sheet, "warning", "table_not_read", message)


def _has_content(table: SheetTable, column: TableColumn) -> bool:
    cells = table.sheet.columns[column.index]
    return any(not is_blank(cells[row]) for row in table.rows)


def _say(problems: Problems, sheet: Sheet, severity: str, code: str, message: str) -> None:
    problems.add(Finding(severity, code, message), Place(sheet.name))
