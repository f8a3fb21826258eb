"""PAD by quarters and half-years, and what titles say of the part of a year they are about."""

import calendar
import datetime
import re

from balikpapan.intake.resources import SheetColumn, SheetRules
from balikpapan.intake.widgets import Money
from balikpapan.spreadsheets.cells import Finding, format_rupiah
from balikpapan.spreadsheets.cells.months import MONTHS

_ROMAN = ("I", "II", "III", "IV")
#: Column name -> the last month of the quarter or half-year it holds.
QUARTERS = {f"realised_q{number}": 3 * number for number in range(1, 5)}
HALVES = {f"realised_h{number}": 6 * number for number in (1, 2)}
PART_COLUMNS = QUARTERS | HALVES
_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_KINDS = r"(?:tri\s?wulan|tw|kuartal|semester|smt)"
_PART = re.compile(
    r"(?P<until>s\W{0,2}d\b\.?|sampai(?:\s+dengan)?|hingga)?\s*"
    rf"\b(?P<kind>{_KINDS})\b\W*(?P<number>iv|i{{1,3}}|[1-4])\b"
    rf"(?:\W*(?:s\W{{0,2}}d\b\.?|sampai(?:\s+dengan)?|hingga|dan|[-–,&])\W*(?:{_KINDS}\b\W*)?"
    r"(?P<last>iv|i{1,3}|[1-4])\b)*",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b(?:s\W{0,2}d|sampai(?:\s+dengan)?|hingga|per|posisi|keadaan)\b\W*(?:tanggal|tgl)?\W*"
    rf"(?P<day>\d{{1,2}})\W+(?P<month>{'|'.join(MONTHS)})\W+(?P<year>20\d\d)",
    re.IGNORECASE,
)
_SINCE_JANUARY = re.compile(
    rf"\bjan(?:uari)?\b\W*(?:s\W{{0,2}}d\b|sampai(?:\s+dengan)?|hingga|[-–])\W*\b(?P<month>{'|'.join(MONTHS)})\b",
    re.IGNORECASE,
)


_TARGETS = re.compile(r"\b(?:target|anggaran kas|rencana)\b", re.IGNORECASE)
_CAME_IN = re.compile(r"\b(?:realisasi|setoran|capaian)\b", re.IGNORECASE)


def states_targets(title: str, heading: str) -> bool:
    """Whether a period's column under such a title and heading has targets."""
    return bool(_TARGETS.search(title)) and not _CAME_IN.search(f"{title} {heading}")


def part_in(title: str) -> str | None:
    """The part of a year that a title is about, as it is written there."""
    match = _PART.search(title)
    return match[0].strip() if match else None


def part_column(name: str) -> SheetColumn:
    """The column of what came in during a quarter or half-year; it is only added up."""
    number = int(name[-1])
    words = ("Semester", "Smt") if name in HALVES else ("Triwulan", "Tri Wulan", "TW", "Kuartal")
    numerals = (_ROMAN[number - 1], str(number))
    spellings = [f"{word} {numeral}" for word in words for numeral in numerals]
    spellings += [f"{words[-1 if name in HALVES else 2]}{numeral}" for numeral in numerals]
    return SheetColumn(
        name,
        f"Realisasi {words[0]} {numerals[0]} (Rp)",
        Money(),
        aliases="; ".join(
            [
                *spellings,
                *(f"{lead} {s}" for s in spellings for lead in ("Realisasi", "Penerimaan")),
            ]
        ),
        stored=False,
        exported=False,
    )


class PartOfYearRules(SheetRules):
    """Adds quarters or half-years up to the year's figure, as of the end of the last one filled.

    A title about a part of the year that does not begin in January is of figures that the register
    has no place for.
    """

    def fill_derived(self, rows, options, problems):
        _add_up(rows, problems)
        for sheet, title in enumerate(rows.titles or ()):
            indexes = [index for index, own in enumerate(rows.sheet_of) if own == sheet]
            if indexes:
                dated = any(pattern.search(title) for pattern in (_PART, _SINCE_JANUARY, _DAY))
                _date_by_title(rows, problems, indexes, title if dated else rows.sheets[sheet])
        _hold_parts(rows, problems)


def _add_up(rows, problems):
    names = next(([*kind] for kind in (QUARTERS, HALVES) if kind.keys() & rows.values.keys()), None)
    if names is None:
        return
    warned = set()
    for index in range(len(rows)):
        sheet = rows.sheet_of[index]
        heading = next((rows.places[sheet][n][1] for n in names if n in rows.places[sheet]), "")
        is_target = states_targets((rows.titles or {sheet: ""})[sheet], heading)
        target = "target" if is_target else "realised"
        stated_amounts = rows.fill(target)
        amounts = {n: a for n in names if isinstance(a := rows.column(n)[index], int)}
        if not amounts or rows.is_aside(index):
            continue
        total, stated = sum(amounts.values()), stated_amounts[index]
        if not _begin_in_january(rows.places[sheet], names):
            if stated is None:
                rows.tell(
                    problems, index, min(amounts), _part_of_year(_heading(rows, index, amounts))
                )
            continue
        if isinstance(stated, int):
            if stated != total:
                message = (
                    f"jumlah setahun tertulis {format_rupiah(stated)}, sedangkan bagian-bagiannya "
                    f"berjumlah {format_rupiah(total)}. Periksa angkanya."
                )
                finding = Finding("warning", "total_mismatch", message)
                rows.tell(problems, index, target, finding, stated)
            continue
        stated_amounts[index] = total
        if not is_target:
            _date(rows, index, max(PART_COLUMNS[name] for name in amounts))
        if sheet not in warned:
            warned.add(sheet)
            message = (
                f"{'Target' if is_target else 'Realisasi'} setahun dijumlahkan dari triwulan atau "
                "semesternya, karena PAD dicatat per bulan atau per tahun."
            )
            rows.tell(problems, index, names[0], Finding("note", "parts_added", message))


def _begin_in_january(places, names) -> bool:
    """Whether the parts that a sheet has columns of are the first of the year, without a gap."""
    filled = [name in places for name in names]
    return filled == sorted(filled, reverse=True)


def _heading(rows, index, amounts) -> str:
    places = rows.places[rows.sheet_of[index]]
    return " + ".join(places[name][1] for name in sorted(amounts))


def _date(rows, index, month):
    """A figure so far stands as of the end of its last month; that of a whole year needs no day."""
    days, year = rows.fill("as_of"), rows.column("year")[index]
    if days[index] is None and month < 12 and isinstance(year, int):
        days[index] = datetime.date(year, month, calendar.monthrange(year, month)[1])


def _date_by_title(rows, problems, indexes, title):
    """Figures "s.d. 30 September 2024" or of the first half-year are those of the year so far."""
    part, since, until = _PART.search(title), _SINCE_JANUARY.search(title), _DAY.search(title)
    months = rows.column("month")
    own = [i for i in indexes if months[i] is None and rows.column("realised")[i] is not None]
    if part and not PART_COLUMNS.keys() & rows.places[rows.sheet_of[indexes[0]]].keys():
        number = _NUMERALS[part["number"].lower()]
        last = _NUMERALS[(part["last"] or part["number"]).lower()]
        length = 6 if part["kind"].lower().startswith("s") else 3
        for index in own:
            if number == 1 or part["until"]:
                _date(rows, index, min(12, last * length))
            else:
                rows.tell(problems, index, "realised", _part_of_year(part[0].strip()))
    elif since:
        for index in own:
            _date(rows, index, MONTHS[since["month"].lower()])
    elif until:
        _date_to_day(rows, own, until)


def _date_to_day(rows, indexes, until):
    days, years = rows.fill("as_of"), rows.column("year")
    try:
        day = datetime.date(int(until["year"]), MONTHS[until["month"].lower()], int(until["day"]))
    except ValueError:
        return
    for index in indexes:
        if days[index] is None and years[index] == day.year and (day.month, day.day) != (12, 31):
            days[index] = day


def _hold_parts(rows, problems):
    """A column that says of which quarter each row is."""
    for index, part in enumerate(rows.column("part")):
        if isinstance(part, str) and rows.column("month")[index] is None:
            rows.tell(problems, index, "part", _part_of_year(part[:40]), part)


def _part_of_year(part: str) -> Finding:
    message = (
        f"«{part}» bukan satu bulan dan bukan setahun. Isi per bulan, atau tulis angka sejak Januari "
        f'dengan judul "s.d. ...".'
    )
    return Finding("error", "part_of_year", message)
