"""Thirty workbooks of offices, damaged at random: a plan or a refusal, never anything else.

FUZZ_SEED repeats a run, FUZZ_SECONDS makes it longer: an hour before a release.
"""

import datetime
import io
import os
import random
import re
import time
import zipfile

import pytest

from balikpapan.intake.answers import Answers
from balikpapan.intake.models import Upload
from balikpapan.intake.pipeline import examine, make_plan
from tests.sheets import city_list, delimited, printed_list, spelled, workbook, xlsx
from tests.spreadsheets.building import ods, xls, xls_number, xls_text, zip_of
from tests.trust.counting import count_rows
from tests.trust.verdicts import FOREIGN, FORM, QUOTED, REMEDY, fingerprint

SEED = int(os.environ.get("FUZZ_SEED", "4711"))
SECONDS = float(os.environ.get("FUZZ_SECONDS", "15"))

HEADINGS = [
    "No", "Nama Usaha", "Nama Pemilik", "NIK", "NIB", "No. HP", "Alamat", "Kelurahan", "Status",
    "Tahun Data", "TK LK", "TK PR", "Nilai Investasi (Rp.000)", "Nilai Produksi (Rp)", "Ekspor (%)",
]  # fmt: skip
ODD_CELLS = [
    None, "", " ", "-", "*", 0, -1, 1.5, 1e20, 1e308, True, "JUMLAH", "KECAMATAN KOTA", "(1)", "=1+1",
    "#REF!", "(kosongkan)", "n/a", "6.47E+15", 6471012345678901, "0812/0813", "1.029", "1,029",
    "x" * 5000, "a\nb", "\u202eabc", "Rp 1.000,-", "12 jt", "17 Agustus 2021", "TAHUN 2024",
    datetime.date(2024, 2, 1), datetime.datetime(2024, 2, 1, 23, 59), "<script>", "IKM-000001",
    "Nama Usaha", "NIK", "Mengetahui", "************8901", "９１", "tidak ada", "_x0000_",
]  # fmt: skip
ODD_XML = [
    "", " ", "&bogus;", "<", "]]>", "-1", "1E5000", "9999999999", "ZZZ99999999", "A0", "str", "s",
    "<c/>", "<row/>", "\x00", "é", '"', "18446744073709551616", "<!--", "<f>1</f>", "NaN",
]  # fmt: skip


def seeds() -> list[tuple[str, bytes]]:
    """Workbooks as offices keep them: printed, flat, in several sheets, csv, ods and xls."""
    dice = random.Random(30)
    files = [("cetak.xlsx", printed_list({"Balikpapan Timur": [
        (f"Usaha {spelled(n)}", "Siti", 1, 2, 10, "kg", 5000, 9000) for n in range(1, 6)
    ]})), ("kota.xlsx", xlsx(city_list(12)))]  # fmt: skip
    for number in range(16):
        files.append((f"daftar{number}.xlsx", xlsx(random_rows(dice))))
    for number in range(4):
        sheets = {f"Lembar {n}": random_rows(dice) for n in range(dice.randrange(1, 4))}
        files.append((f"buku{number}.xlsx", workbook(sheets)))
    for number, separator in enumerate(";,\t|"):
        files.append((f"teks{number}.csv", delimited(random_rows(dice), delimiter=separator)))
    for number in range(2):
        files.append((f"lama{number}.xls", as_xls(random_rows(dice))))
        files.append((f"bebas{number}.ods", as_ods(random_rows(dice))))
    assert len(files) == 30
    return files


def random_rows(dice: random.Random) -> list[list]:
    """Some of the usual columns over a handful of businesses, below a title or not."""
    columns = [1, *sorted(dice.sample([0, *range(2, len(HEADINGS))], dice.randrange(3, 11)))]
    rows = [["DATA IKM TAHUN 2024"]] * dice.randrange(2) + [[HEADINGS[c] for c in columns]]
    for number in range(1, dice.randrange(4, 12)):
        row = [
            number, f"Usaha {spelled(number)}", f"Pemilik {spelled(number)}", f"64710152039000{number:02}",
            f"91{number:011}", f"0812555{number:05}", f"Jl. Contoh {number}", None, "Aktif", 2024,
            dice.randrange(9), dice.randrange(9), dice.randrange(10**5), dice.randrange(10**9), 5,
        ]  # fmt: skip
        rows.append([row[column] for column in columns])
    return rows


def as_xls(rows) -> bytes:
    cells = []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                cells.append(xls_text(r, c, value))
            elif value is not None:
                cells.append(xls_number(r, c, value))
    return xls(*cells)


def as_ods(rows) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        f"<table:table-row>{''.join(cell.format(v) if v is not None else '<table:table-cell/>' for v in row)}</table:table-row>"
        for row in rows
    )
    return ods(f'<table:table table:name="Data">{lines}</table:table>')


# The three ways to damage a file


def flip_bytes(name: str, content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(dice.randrange(1, 9)):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed[: dice.randrange(len(changed))]) if dice.random() < 0.1 else bytes(changed)


def mutate_xml(name: str, content: bytes, dice: random.Random) -> bytes:
    """A package whose parts are whole, but one of them says something else."""
    if not content.startswith(b"PK"):
        return flip_bytes(name, content, dice)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    sheets = [entry for entry in parts if "sheet" in entry or "content" in entry] or list(parts)
    chosen = dice.choice(sheets if dice.random() < 0.7 else list(parts))
    text = parts[chosen].decode("utf-8", "replace")
    for _ in range(dice.randrange(1, 5)):
        pieces = list(re.finditer(r'<[^<>]*>|"[^"]*"|(?<=>)[^<]+(?=<)', text))
        if not pieces:
            break
        files = dice.choice(pieces)
        again = files[0] if dice.random() < 0.3 else ""
        odd = dice.choice(ODD_XML)
        odd = f'"{odd}"' if files[0].startswith('"') and dice.random() < 0.8 else odd
        text = text[: files.start()] + again + odd + text[files.end() :]
    return zip_of(parts | {chosen: text.encode()})


def swap_cells(name: str, content: bytes, dice: random.Random) -> bytes:
    """A sound workbook in which cells have changed places, or hold what nobody expects there."""
    rows = random_rows(dice)
    for _ in range(dice.randrange(1, 15)):
        row, other = dice.choice(rows), dice.choice(rows)
        place, there = dice.randrange(len(row)), dice.randrange(len(other))
        if dice.random() < 0.4:
            row[place], other[there] = other[there], row[place]
        else:
            row[place] = dice.choice(ODD_CELLS)
        if dice.random() < 0.1:
            rows.insert(dice.randrange(len(rows)), [None] * dice.randrange(1, 5))
    plain = [[clean(value) for value in row] for row in rows]
    return delimited(plain) if name.endswith("csv") else xlsx(plain)


def clean(value):
    """What openpyxl can write at all."""
    return value if not isinstance(value, float) or abs(value) < 1e300 else 1e300


@pytest.mark.slow
@pytest.mark.parametrize("damage", [flip_bytes, mutate_xml, swap_cells])
def test_p50_a_damaged_workbook_gives_a_plan_or_a_refusal(damage, db):
    dice = random.Random(f"{SEED} {damage.__name__}")
    whole, before = seeds(), fingerprint()
    ends, outcomes, number = time.monotonic() + SECONDS, [], 0
    while time.monotonic() < ends:
        name, content = whole[number % len(whole)]
        number += 1
        content = damage(name, content, dice)
        print(f"FUZZ_SEED={SEED} {damage.__name__} {number} {name}")  # shown where it fails

        answers = Answers(year=2024, unit="rupiah")
        outcome = make_plan(examine("ikm", content, name, answers), answers)

        outcomes.append(outcome.status)
        check(outcome, content)

    assert fingerprint() == before
    assert Upload.objects.count() == 0
    assert len(set(outcomes)) > 1, "nothing but one kind of end says that the damage is too plain"


def check(outcome, content):
    if outcome.status == "refused":
        assert outcome.reason.endswith(".")
        assert REMEDY.search(outcome.reason), outcome.reason
        return
    if outcome.status != "planned":
        assert outcome.questions
        return
    counts = outcome.counts
    parts = sum(counts[name] for name in ("new", "changed", "same", "held", "ignored"))
    assert parts == counts["rows"]
    if counted := counted_by_others(outcome, content):
        assert counts["rows"] == counted
    for problem in outcome.problems.listed:
        assert FORM.fullmatch(problem.message), problem.message
        assert not FOREIGN.search(QUOTED.sub("", problem.message)), problem.message
        if problem.severity == "error":
            assert REMEDY.search(problem.message), problem.message


def counted_by_others(outcome, content):
    """What the second count finds; None where the file is too broken for a plain reader."""
    try:
        return count_rows(content, outcome.sheets_json())
    except Exception:  # noqa: BLE001  the second reader has no duty to read broken files
        return None
