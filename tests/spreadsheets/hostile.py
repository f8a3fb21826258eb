"""Small workbooks made to keep whoever looks for tables in them busy for long.

Each is built from the headings of a register, so that its traps look like that register's lists.
"""

import io
import itertools
import random
import zipfile

import xlsxwriter

from tests.spreadsheets.building import xlsx


def _workbook(rows, merges=(), sheets=1):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for number in range(sheets):
        sheet = book.add_worksheet(f"Data {number}")
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
    book.close()
    return _with_merges(stream.getvalue(), merges) if merges else stream.getvalue()


def _with_merges(content, merges):
    """Merged ranges as no program writes them: overlapping, and very many."""
    ranges = "".join(f'<mergeCell ref="{place}"/>' for place in merges)
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for entry in given.infolist():
            part = given.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                part = part.replace(
                    b"</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>".encode()
                )
            archive.writestr(entry.filename, part)
    return stream.getvalue()


def _list(headings, count):
    """Plain records under the headings."""
    return [headings, *([f"{word} {n}" for word in headings] for n in range(count))]


def heading_rows(headings):
    """The headings again and again, each time in another order."""
    rng = random.Random(1)
    return _workbook([rng.sample(headings, len(headings)) for _ in range(3_000)])


def misspelt_headings(headings):
    """Headings that are each almost a known one."""
    rng = random.Random(2)

    def misspelt(word):
        place = rng.randrange(len(word))
        return f"{word[:place]}{rng.choice('aeiou')}{word[place + 1 :]}"

    return _workbook([[misspelt(rng.choice(headings)) for _ in range(60)] for _ in range(800)])


def long_texts(headings):
    """Texts of 32.000 characters wherever a heading, a band or a sum could stand."""
    words = itertools.cycle(["Jumlah ", "Kecamatan ", "Nama Usaha ", "Total (", "No. "])
    rows = [[next(words) * 4_000 + str(n) for _ in range(12)] for n in range(60)]
    return _workbook([*_list(headings, 40), *rows])


def alike_rows(headings):
    """Rows that nearly repeat the heading, each text long and of its own."""
    rows = [[f"{word} {'abcdefgh ' * 30}{n}" for word in headings] for n in range(1_500)]
    return _workbook([headings, *rows])


def wide_heading(headings):
    """Sixty heading rows over 512 columns."""
    words = list(itertools.islice(itertools.cycle(headings), 500))
    return _workbook(
        [[f"{word} {row}" if row % 2 else word for word in words] for row in range(60)]
    )


def wide_merges(headings):
    """The cells of the first rows merged over each other again and again."""
    ranges = [f"A{top}:SR{top + depth}" for top in range(1, 60) for depth in range(1, 200)]
    return _workbook(_list(headings, 60), ranges)


def deep_merges(headings):
    """One column merged over all its rows, thousands of times."""
    ranges = [f"{letter}{top}:{letter}5000" for letter in "ABCDE" for top in range(2, 2_000)]
    return _workbook(_list(headings, 1), ranges)


def deep_bands(headings):
    """Bands within bands without end, each with a sum below."""
    rows = []
    for n in range(6_000):
        rows += [[f"{'IVX'[n % 3] * (n % 4 + 1)}. KECAMATAN BALIKPAPAN {n}"], ["Jumlah", *[n] * 20]]
    return _workbook([headings, *rows])


def sums_only(headings):
    """Thousands of rows of numbers that add up nothing."""
    return _workbook([headings, *([None, None, *range(n, n + 20)] for n in range(8_000))])


def many_sheets(headings):
    """Hundreds of sheets, each with the headings and a few rows."""
    return _workbook(_list(headings, 3), sheets=150)


def many_tables(headings):
    """Tables one below the other, sixty in a sheet, in sheet after sheet."""
    rng = random.Random(3)
    rows = []
    for n in range(60):
        rows += [[f"DAFTAR {n}"], rng.sample(headings, len(headings)), *_list(headings, 2)[1:], []]
    return _workbook(rows, sheets=8)


def title_rows(headings):
    """Nothing but titles, hundreds of thousands of cells of one short text."""
    cells = "".join(f'<c r="A{n}" t="inlineStr"><is><t>No</t></is></c>' for n in range(1, 2))
    rows = "".join(
        f'<row r="{n}">{cells.replace("A1", f"A{n}")}'
        f'<c r="B{n}" t="inlineStr"><is><t>Nama</t></is></c></row>'
        for n in range(1, 60_000)
    )
    return xlsx(rows)


def lone_words(headings):
    """One word in each of many thousand rows, none of them the same."""
    return _workbook([headings, *([f"Kel. {n} Sektor {n % 7}"] for n in range(20_000))])


WORKBOOKS = {
    build.__name__.replace("_", " "): build
    for build in (
        heading_rows,
        misspelt_headings,
        long_texts,
        alike_rows,
        wide_heading,
        wide_merges,
        deep_merges,
        deep_bands,
        sums_only,
        many_sheets,
        many_tables,
        title_rows,
        lone_words,
    )
}
