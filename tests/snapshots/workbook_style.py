"""How a sheet of a workbook looks and prints: its page, its heights, and every style with its cells."""

from collections import defaultdict
from collections.abc import Iterable

#: So many cells of one style are named.
MOST = 6


def page_lines(sheet) -> list[str]:
    """What the printer is told, how the sheet is protected and grouped, and the heights of its rows."""
    setup, properties = sheet.page_setup, sheet.sheet_properties
    margins = sheet.page_margins
    parts = (margins.left, margins.right, margins.top, margins.bottom)
    lines = [
        f"cetak {setup.orientation} kertas {setup.paperSize} {setup.fitToWidth}x{setup.fitToHeight} "
        f"skala {setup.scale} tepi {' '.join(f'{part:g}' for part in parts)} "
        f"area {sheet.print_area} judul {sheet.print_title_rows} {sheet.print_title_cols} "
        f"garis {sheet.sheet_view.showGridLines} tengah {sheet.print_options.horizontalCentered}",
    ]
    for name in ("oddHeader", "oddFooter"):
        lines += [f"{name} {part}" for part in _marginal(getattr(sheet, name))]
    if sheet.protection.sheet:
        lines.append("dilindungi")
    if properties.tabColor:
        lines.append(f"warna lembar {properties.tabColor.rgb}")
    heights = {row: dim.height for row, dim in sheet.row_dimensions.items() if dim.height}
    lines += [f"tinggi {height:g}: {rows}" for height, rows in _places(heights)]
    lines += [f"bagan {_anchor(chart.anchor)}" for chart in sheet._charts]
    hidden = [key for key, dim in sheet.column_dimensions.items() if dim.hidden]
    return lines + ([f"tersembunyi {' '.join(hidden)}"] if hidden else [])


def style_lines(rows: Iterable) -> list[str]:
    """Every style of some rows, with its first cells and how many it has."""
    styles = {cell.coordinate: _style(cell) for row in rows for cell in row}
    return [f"gaya {style or 'biasa'}: {cells}" for style, cells in _places(styles)]


def _anchor(anchor) -> str:
    """The cells a chart covers, counted from 1: where it begins and where it ends."""
    return " – ".join(f"{place.row + 1}/{place.col + 1}" for place in (anchor._from, anchor.to))


def _marginal(part) -> list[str]:
    texts = {"kiri": part.left.text, "tengah": part.center.text, "kanan": part.right.text}
    return [f"{place} {text}" for place, text in texts.items() if text]


def _places(values: dict) -> list[tuple[object, str]]:
    """Every value with the keys that have it, in the order of their first one."""
    keys = defaultdict(list)
    for key, value in values.items():
        keys[value].append(str(key))
    return [
        (value, " ".join(names[:MOST]) + (f" … ({len(names)})" if len(names) > MOST else ""))
        for value, names in keys.items()
    ]


def _style(cell) -> str:
    font, fill, place, border = cell.font, cell.fill, cell.alignment, cell.border
    sides = [
        side.style if side else None
        for side in (border.left, border.right, border.top, border.bottom)
    ]
    parts = [
        "" if font.name is None else f"{font.name} {font.sz:g}",
        font.b and "tebal",
        font.i and "miring",
        font.u and "bergaris",
        _colour(font.color),
        fill.fill_type and f"isi {_colour(fill.start_color)}",
        place.horizontal,
        place.vertical,
        place.wrap_text and "berlipat",
        place.indent and f"masuk {place.indent:g}",
        place.text_rotation and f"putar {place.text_rotation}",
        place.shrink_to_fit and "susut",
        any(sides) and "tepi " + "/".join(side or "-" for side in sides),
        not cell.protection.locked and "terbuka",
    ]
    return " ".join(str(part) for part in parts if part)


def _colour(colour) -> str:
    if colour is None:
        return ""
    return colour.rgb if colour.type == "rgb" else f"{colour.type}{getattr(colour, colour.type)}"
