"""Lists as offices lay them out in their own way: years in words, section titles, recaps below."""

import datetime

from tests.workbooks.book import ExpectedWorkbook, held, recorded

# One column per line would make a page of each book.
# fmt: off
FOUNDED = ["No", "Nama Usaha", "Nama Pemilik", "Sex", "Tahun Berdiri", "Tahun Data", "Tenaga Kerja"]


def since(number, sex, cell, year=None):
    """A firm with the cell of its foundation and the year read from it."""
    name, owner = f"Usaha {'ABCDEFG'[number - 1] * 4}", f"Pemilik {'KLMNOPQ'[number - 1] * 4}"
    cells = [number, name, owner, sex, cell, 2024, 3]
    gender = {"L": "male", "P": "female", "W": "female"}[sex]
    return recorded(cells, {"name": name, "owner_name": owner, "owner_gender": gender, "founded_year": year},
                    {"year": 2024, "workers_total": 3}) if year else held(cells, "not_a_year")


BOOKS = {
    "years of foundation as offices write them": ExpectedWorkbook("ikm", [
        FOUNDED,
        since(1, "L", datetime.date(2015, 5, 12), 2015), since(2, "P", "12/05/2015", 2015),
        since(3, "W", "± 2015", 2015), since(4, "L", "sejak 2015", 2015),
        since(5, "P", "2023/2024"), since(6, "P", datetime.date(1905, 7, 7)),
    ], notes={"year_of_date", "approximate_year", "unit_dropped"}),
}
