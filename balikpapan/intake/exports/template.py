"""The template of a register: its sheet to be filled in Excel, with drop-downs and hints."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from balikpapan.spreadsheets.addresses import column_letter
from balikpapan.spreadsheets.workbook_parts import NUMBER_FORMATS
from balikpapan.spreadsheets.writing import as_cell, fitting, is_live

from ..declarations import SheetColumn
from ..resources import SheetResource
from ..widgets import Digits
from .rows import export_columns, export_rows, figure_years

OPTIONS = {
    "in_memory": True,  # no temporary file ever holds personal data
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
GUIDE, LISTS = "Petunjuk", "Daftar"
#: A longer list is no help in a drop-down.
LONGEST_LIST = 1000
#: A template is filled by hand; whoever wants the whole of a large register exports it.
MOST_RECORDS = 2000
LAST_ROW = 1_048_575
HINTS = {
    "whole": "Bilangan bulat, misalnya 12.",
    "rupiah": "Rupiah penuh tanpa titik, misalnya 1500000.",
    "decimal": "Angka; pecahan dengan koma.",
    "percent": "Angka 0 sampai 100.",
    "year": "Empat angka, misalnya 2024.",
    "date": "Hari, bulan, tahun, misalnya 17-08-2024.",
}
WIDTHS = {"rupiah": 18, "date": 12, "year": 9, "text": 20}
#: What may still be done on the sheet although its heading is locked.
ALLOWED = dict.fromkeys(
    ["format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows"]
    + ["sort", "autofilter"],
    True,
)


def latest_rows(resource: SheetResource, *, personal: bool = False) -> Iterator[tuple[Any, ...]]:
    """The newest records of the register, with the figures of its newest year."""
    records = resource._meta.model.objects.kept()
    newest = list(records.order_by("-id").values_list("id", flat=True)[:MOST_RECORDS])
    records = records.filter(id__gte=min(newest, default=0))
    year = next(iter(figure_years(resource)), None)
    return export_rows(resource, records, year=year, personal=personal)


def write_template(
    stream: BinaryIO, resource: SheetResource, rows: Iterable[Sequence[Any]] = ()
) -> None:
    """A workbook to fill: the heading locked, ids as text, lists to choose from."""
    columns = export_columns(resource)
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        sheet = book.add_worksheet(sheet_name(resource))
        guide = book.add_worksheet(GUIDE)
        lists = _Lists(book)
        sheet.freeze_panes(1, 0)
        sheet.protect("", ALLOWED)
        unlocked = {
            kind: book.add_format({"num_format": code, "locked": False})
            for kind, code in NUMBER_FORMATS.items()
        }
        quoted = book.add_format({"num_format": "@", "locked": False, "quote_prefix": True})
        headings = {
            required: book.add_format({"bold": True, "text_wrap": True, "bg_color": colour})
            for required, colour in ((True, "#FFE699"), (False, "#D9E1F2"))
        }
        # To the right of the table there is room for columns of the office's own.
        sheet.set_column(len(columns), 16383, None, unlocked["general"])
        for index, (name, column) in enumerate(columns.items()):
            kind, heading = column.widget.kind, column.column_name
            width = max(WIDTHS.get(kind, 12), min(len(heading) + 2, 30))
            sheet.set_column(index, index, width, unlocked[kind])
            sheet.write_string(0, index, heading, headings[name in required_names(resource)])
            sheet.data_validation(
                1, index, LAST_ROW, index, _validation(column, lists.add(resource, column))
            )
        _write_rows(sheet, rows, [unlocked[c.widget.kind] for c in columns.values()], quoted)
        _write_guide(book, guide, resource, columns)


def sheet_name(resource: SheetResource) -> str:
    """What the sheet of a register is called."""
    return f"{resource.label[:1].upper()}{resource.label[1:]}"[:31]


def required_names(resource: SheetResource) -> set[str]:
    """The columns no row can do without."""
    always = {group[0] for group in resource.required if len(group) == 1}
    return always | {n for n, c in resource.columns().items() if c.required and not c.child}


def hint_of(column: SheetColumn) -> str:
    """How the cells of a column are to be filled."""
    widget = column.widget
    if column.hint or widget.hint:
        return column.hint or widget.hint
    if isinstance(widget, Digits):
        lengths = " atau ".join(map(str, widget.lengths))
        return f"{lengths} angka, sebagai teks agar nol di depan tidak hilang."
    return HINTS.get(widget.kind, "")


def _validation(column: SheetColumn, source: str) -> dict[str, Any]:
    """The drop-down and the message Excel shows at a cell of this column."""
    rule = {"validate": "any"}
    if source:
        rule = {
            "validate": "list",
            "source": source,
            # Other spellings are understood too, so they are only asked about.
            "error_type": "warning",
            "error_title": "Tidak ada dalam daftar",
            "error_message": "Isian ini tidak ada dalam daftar pilihan. Pakai juga?",
        }
    hint = hint_of(column) or ("Pilih dari daftar." if source else "")
    if hint:
        rule |= {"input_title": column.column_name[:32], "input_message": hint[:255]}
    return rule


class _Lists:
    """The hidden sheet the drop-downs draw from, one column per list."""

    def __init__(self, book: Any) -> None:
        self.sheet = book.add_worksheet(LISTS)
        self.sheet.hide()
        self.width = 0

    def add(self, resource: SheetResource, column: SheetColumn) -> str:
        """Where the choices of a column stand; empty where it has none."""
        choices = choices_of(resource, column)
        if not choices:
            return ""
        self.sheet.write_column(0, self.width, [column.column_name, *choices])
        letter = column_letter(self.width)
        self.width += 1
        return f"={LISTS}!${letter}$2:${letter}${len(choices) + 1}"


def choices_of(resource: SheetResource, column: SheetColumn) -> list[str]:
    """The closed list of a column: its own words, or the names in the list it refers to."""
    if words := column.widget.choices():
        return [str(word) for word in words]
    field = resource.model_field(column)
    if field is None or field.remote_field is None or not isinstance(column.path, str):
        return []
    records = field.remote_field.model.objects.kept()
    label = column.path.partition("__")[2]
    names = list(records.values_list(label, flat=True)[: LONGEST_LIST + 1])
    return names if len(names) <= LONGEST_LIST else []


def _write_rows(
    sheet: Any, rows: Iterable[Sequence[Any]], formats: Sequence[Any], quoted: Any
) -> None:
    for number, row in enumerate(rows, 1):
        for index, (value, shape) in enumerate(zip(row, formats, strict=True)):
            cell = as_cell(value)
            if cell is None:
                continue
            if isinstance(cell, str):
                shown = quoted if is_live(cell) else shape
                sheet.write_string(number, index, fitting(cell), shown)
            else:
                sheet.write(number, index, cell, shape)


def _write_guide(
    book: Any, guide: Any, resource: SheetResource, columns: dict[str, SheetColumn]
) -> None:
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    guide.hide_gridlines(2)
    guide.set_column(0, 0, 9, wrapped)
    guide.set_column(1, 1, 90, wrapped)
    guide.write_string(0, 0, f"Cara mengisi lembar «{sheet_name(resource)}»", bold)
    steps = [
        "Satu baris untuk satu catatan. Jangan menggabungkan sel.",
        "Kolom berjudul kuning harus diisi; kolom lain boleh kosong.",
        "Sel kosong tidak menghapus data tersimpan. Tulis (kosongkan) untuk menghapusnya.",
        "Simpan, lalu unggah. Sebelum ada yang disimpan, hasilnya ditampilkan untuk diperiksa.",
    ]
    for number, step in enumerate(steps, 1):
        guide.write_number(number, 0, number, wrapped)
        guide.write_string(number, 1, step, wrapped)
    top = len(steps) + 2
    guide.write_string(top, 0, "Kolom", bold)
    required = required_names(resource)
    for index, (name, column) in enumerate(columns.items()):
        duty = " (harus diisi)" if name in required else ""
        text = f"«{column.column_name}»{duty}. {hint_of(column)}".rstrip()
        guide.write_string(top + 1 + index, 0, column_letter(index), wrapped)
        guide.write_string(top + 1 + index, 1, text, wrapped)
