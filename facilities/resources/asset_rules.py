"""What follows from the cells of an inventory card: card letter, zeros, origin, condition."""

import datetime
import re
from collections import Counter
from decimal import Decimal

from django.utils import timezone

from balikpapan.intake.resources import SheetRules
from balikpapan.spreadsheets.cells import (
    ERASE,
    Finding,
    comparison_key,
    format_decimal,
    is_blank,
    read_date,
)

from ..choices import Condition
from ..models import Asset, ConditionCheck, incomplete_code, kib_of
from .asset_values import fill_values
from .asset_widgets import ORIGINS
from .references import places

#: The columns written into the specification, in this order.
EXTRAS = (
    "title",
    "creator",
    "origin_area",
    "animal",
    "size",
    "material",
    "chassis",
    "engine",
    "plate",
    "ownership",
    "building",
    "construction",
    "length",
    "width",
    "right",
    "started_on",
    "use",
    "more",
)
TICKS = {"good": Condition.GOOD, "light": Condition.LIGHT, "heavy": Condition.HEAVY}
_TITLE_DAY = re.compile(
    r"(?:per|posisi|keadaan|tanggal)\s*:?\s*(?:tanggal\s*)?"
    r"(\d{1,2}[-/. ]+(?:\d{1,2}|[a-z]+)[-/. ]+\d{4})",
    re.IGNORECASE,
)
_TITLE_YEAR = re.compile(r"\btahun(?:\s+anggaran)?\s*:?\s*((?:19|20)\d\d)\b", re.IGNORECASE)


class AssetRules(SheetRules):
    """The rules of the asset sheet, worked out on whole columns.

    ``columns`` are those of the sheet; their headings stand in the specification.
    """

    def __init__(self, columns):
        self._headings = {name: column.column_name for name, column in columns.items()}

    def prepare(self):
        checks = (
            ConditionCheck.objects.kept().order_by("checked_on").filter(asset__archived_at=None)
        )
        rows = checks.values_list("asset__item_code", "asset__register", "checked_on", "condition")
        return {
            "facilities": places(),
            # The last check of each asset; later rows replace earlier ones.
            "checks": {
                (comparison_key(code), comparison_key(register)): (day, condition)
                for code, register, day, condition in rows
            },
        }

    def fill_derived(self, rows, options, problems):
        fill_values(rows, problems)
        self._registers(rows, problems)
        self._cards(rows)
        self._incomplete_codes(rows, problems)
        self._origins(rows)
        self._specifications(rows, problems)
        self._ticks(rows, problems)
        self._condition_days(rows, options, problems)

    def _registers(self, rows, problems):
        """A register typed as a number lost its zeros; the others of its sheet show how many."""
        registers = rows.values.get("register")
        if registers is None:
            return
        widths = {}
        for sheet, register in zip(rows.sheet_of, registers, strict=True):
            if isinstance(register, str) and register.startswith("0"):
                widths.setdefault(sheet, Counter())[len(register)] += 1
        warned = set()
        for index, register in enumerate(registers):
            if not isinstance(register, int):
                continue
            sheet = rows.sheet_of[index]
            lengths = widths.get(sheet)
            if lengths and len(lengths) == 1:
                registers[index] = f"{register:0{next(iter(lengths))}}"
                message = f"Register {register} dibaca {registers[index]}."
                finding = Finding("note", "restored_zero", message)
                rows.tell(problems, index, "register", finding, register)
                continue
            registers[index] = str(register)
            if sheet not in warned:
                warned.add(sheet)
                message = (
                    "nomor register berupa angka, jadi nol di depannya mungkin hilang; disimpan "
                    "seperti terbaca. Format kolom sebagai Teks lalu ketik ulang."
                )
                finding = Finding("warning", "id_as_number", message)
                rows.tell(problems, index, "register", finding, register)

    def _cards(self, rows):
        """The card letter follows from the code, the year from the day."""
        for index, code in enumerate(rows.column("item_code")):
            if isinstance(code, str) and (letter := kib_of(code)):
                rows.fill_soft("kib")[index] = letter
        for index, day in enumerate(rows.column("acquired_on")):
            if isinstance(day, datetime.date):
                rows.fill_soft("acquired_year")[index] = day.year

    def _incomplete_codes(self, rows, problems):
        """A code that stops before its last level is stored, and looked at."""
        for index, code in enumerate(rows.column("item_code")):
            if isinstance(code, str) and (message := incomplete_code(code)):
                finding = Finding("warning", "incomplete_code", message)
                rows.tell(problems, index, "item_code", finding, code)

    def _origins(self, rows):
        for index, word in enumerate(rows.column("origin")):
            if word not in ORIGINS:
                continue
            for name, value in zip(("acquisition_method", "funding"), ORIGINS[word], strict=True):
                column = rows.fill(name)
                if column[index] is None and value:
                    column[index] = str(value)

    def _specifications(self, rows, problems):
        """Cells that have no field of their own are kept, each with its heading."""
        extras = [name for name in EXTRAS if name in rows.values]
        if not extras:
            return
        labels = {name: re.sub(r" \(.*", "", self._headings[name]) for name in extras}
        most = Asset._meta.get_field("specification").max_length
        specification = rows.fill("specification")
        for index in range(len(rows)):
            cells = [
                f"{labels[name]}: {_as_text(value)}"
                for name in extras
                if (value := rows.values[name][index]) not in (None, ERASE)
            ]
            if not cells:
                continue
            own = specification[index] if isinstance(specification[index], str) else ""
            text = "; ".join([own, *cells] if own else cells)
            if len(text) > most:
                message = (
                    f"Spesifikasi dengan isi kolom lainnya menjadi {len(text)} huruf, paling "
                    f"banyak {most}. Pendekkan isinya."
                )
                finding = Finding("error", "too_long", message)
                rows.tell(problems, index, "specification", finding)
                continue
            specification[index] = text

    def _ticks(self, rows, problems):
        """The room list ticks B, KB or RB, or counts the items in each."""
        if not any(name in rows.values for name in TICKS):
            return
        conditions = rows.fill("condition")
        for index in range(len(rows)):
            ticked = [
                condition
                for name, condition in TICKS.items()
                if not is_blank(mark := rows.column(name)[index]) and mark not in ("0", ERASE)
            ]
            if len(ticked) == 1 and conditions[index] is None:
                conditions[index] = str(ticked[0])
            elif len(ticked) > 1:
                message = (
                    "Barang ini ditandai dalam beberapa keadaan, jadi kondisinya tidak disimpan. "
                    "Buat satu baris untuk tiap keadaan."
                )
                name = next(name for name in TICKS if name in rows.values)
                finding = Finding("warning", "several_conditions", message)
                rows.tell(problems, index, name, finding)

    def _condition_days(self, rows, options, problems):
        """The day of a condition: its cell, the sheet's title, the last check, the upload."""
        conditions = rows.values.get("condition")
        if conditions is None:
            return
        today = timezone.localdate()
        titles = [title_day(text, today) for text in rows.titles or [""] * len(rows.sheets)]
        days, noted = rows.fill("checked_on"), set()
        keys = zip(rows.column("item_code"), rows.column("register"), strict=True)
        for index, (condition, key) in enumerate(zip(conditions, keys, strict=True)):
            if not isinstance(condition, str):
                days[index] = None
                continue
            if days[index] not in (None, ERASE):
                continue
            sheet = rows.sheet_of[index]
            last = options["checks"].get(
                tuple(comparison_key(v) if isinstance(v, str) else "" for v in key)
            )
            if titles[sheet] is None and last and last[1] == condition:
                days[index] = last[0]  # nothing new was found
                continue
            days[index] = titles[sheet] or today
            if sheet not in noted:
                noted.add(sheet)
                source = "judul lembar" if titles[sheet] else "hari unggahan"
                message = f"Tanggal kondisi {days[index]:%d-%m-%Y} diambil dari {source}."
                finding = Finding("note", "condition_date", message)
                rows.tell(problems, index, "condition", finding, condition)


def title_day(text: str, today: datetime.date) -> datetime.date | None:
    """The day a title speaks of ("PER 31 DESEMBER 2024"), or the end of a past year it names."""
    named = _TITLE_DAY.search(text)
    if named:
        read = read_date(named[1], today=today)
        if isinstance(read.value, datetime.date) and read.value <= today:
            return read.value
    years = {int(year) for year in _TITLE_YEAR.findall(text)}
    if len(years) == 1 and (year := years.pop()) < today.year:
        return datetime.date(year, 12, 31)
    return None


def _as_text(value) -> str:
    if isinstance(value, datetime.date):
        return f"{value:%d-%m-%Y}"
    return format_decimal(value.normalize()) if isinstance(value, Decimal) else str(value)
