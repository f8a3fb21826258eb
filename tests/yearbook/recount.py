"""Tables 1 to 9, 11, 13 and the open data counted anew: plain Python over the rows as they are stored.

No function, query or constant of the reports is used. ``Recount(year).figure(table, row, column)``
is what a cell must say; amounts in percent are fractions.
"""

import calendar
import datetime
from collections import defaultdict
from fractions import Fraction
from functools import cached_property

from django.db import connection

#: Table of the database -> its columns as dictionaries, the archived rows among them.
TABLES = {
    "businesses": "industry_business",
    "years": "industry_businessyear",
    "certificates": "industry_certificate",
    "programmes": "industry_programme",
    "participations": "industry_participation",
    "revenues": "industry_revenue",
    "accounts": "industry_revenueaccount",
    "kbli": "industry_kbli",
    "wards": "regions_kelurahan",
    "districts": "regions_kecamatan",
    "months": "facilities_storagemonth",
    "chambers": "facilities_chamber",
    "facilities": "facilities_facility",
}
STAGES = ["original", "shifted", "revised"]
TEXTS = ("valid_from", "issued_on", "expires_on")


class Raw:
    """Every row of every table, read once."""

    def __init__(self):
        for name, table in TABLES.items():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of this file
                columns = [column[0] for column in cursor.description]
                rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            setattr(self, name, rows)

    def kept(self, name):
        return [row for row in getattr(self, name) if row["archived_at"] is None]


def total(amounts):
    """The sum of what is known; None where nothing is."""
    amounts_given = [amount for amount in amounts if amount is not None]
    return sum(amounts_given) if amounts_given else None


def share(part, whole):
    """Part of the whole in percent, exact; None without a base."""
    return None if part is None or not whole else Fraction(part) * 100 / Fraction(whole)


def day(value):
    """A date, which SQLite hands out as text."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


class Recount:
    """The figures of one year."""

    def __init__(self, raw, year):
        self.raw, self.year = raw, year
        self.codes_of_districts = {row["id"]: row["code"] for row in raw.districts}
        self.wards = {row["id"]: row for row in raw.wards}
        self.kbli = {row["id"]: row["code"] for row in raw.kbli}
        self.accounts = {row["id"]: row["code"] for row in raw.accounts}
        self.reports = {(row["business_id"], row["year"]): row for row in raw.kept("years")}
        self.sheets = {
            "ikm-wilayah": self.by(self.places),
            "ikm-kelompok": self.by(lambda b: [f"kelompok-{b['group_id'] or ''}"]),
            "ikm-kbli": self.by(lambda b: [f"golongan-{(self.kbli.get(b['kbli_id']) or '')[:2]}"]),
            "ikm-skala": self.by(lambda b: [f"skala-{self.scale(b, year) or 'belum'}"]),
            "ikm-kelas": self.by(lambda b: [f"kelas-{self.size(b) or 'belum'}"]),
            "terbuka-angka": self.by(lambda b: [f"kecamatan-{self.district(b)}"]),
            "terbuka-jumlah": self.by(lambda b: [f"{self.district(b)}-{b['group_id'] or ''}"]),
        }
        self.sheets["ikm-data-tahunan"] = self.sheets["ikm-kelompok"]

    # Who counts

    def scale(self, business, year):
        """Small, medium or large by workers and investment; None where either is missing."""
        figures = self.reports.get((business["id"], year), {})
        workers, investment = figures.get("workers_total"), figures.get("investment")
        if workers is None or investment is None:
            return None
        if workers <= 19:
            return "small" if investment < 10**9 else "medium"
        return "medium" if investment <= 15 * 10**9 else "large"

    def size(self, business):
        """The class by capital, the only bound of the messy register's rule."""
        investment = self.reports.get((business["id"], self.year), {}).get("investment")
        if investment is None:
            return None
        return "micro" if investment <= 10**9 else "small"

    def first_year(self, business):
        return business["founded_year"] or business["listed_year"]

    def stands(self, business, year):
        first, closed = self.first_year(business), business["closed_year"]
        begun = business["archived_at"] is None and first is not None and first <= year
        return begun and (closed is None or closed > year)

    def counts(self, business, year):
        return self.stands(business, year) and self.scale(business, year) != "large"

    def counting(self, year):
        return [business for business in self.raw.businesses if self.counts(business, year)]

    # Tables 1 to 5 and open data

    def district(self, business):
        ward = self.wards.get(business["kelurahan_id"])
        place = ward["kecamatan_id"] if ward else business["kecamatan_id"]
        return self.codes_of_districts.get(place, "")

    def places(self, business):
        district, ward = self.district(business), self.wards.get(business["kelurahan_id"])
        if not district:
            return ["kecamatan-"]
        return [
            f"kecamatan-{district}",
            f"kelurahan-{ward['code']}" if ward else f"kelurahan-{district}-",
        ]

    def by(self, keys):
        groups = defaultdict(list)
        for business in self.counting(self.year):
            for key in [*keys(business), "jumlah"]:
                groups[key].append(business)
        return groups

    def sums(self, businesses, column, year=None):
        """What stands under a column for these businesses."""
        if column == "units":
            return len(businesses)
        keys = [(business["id"], year or self.year) for business in businesses]
        reports = [self.reports[key] for key in keys if key in self.reports]
        if column == "reporting":
            return len(reports)
        return total(report[column] for report in reports)

    # Table 6

    def flow(self, column, year, district=None):
        def begun(business):
            return self.first_year(business) == year and self.scale(business, year) != "large"

        def ended(business):
            return business["closed_year"] == year and self.scale(business, year - 1) != "large"

        tests = {
            "opening": lambda business: self.counts(business, year - 1),
            "begun": begun,
            "ended": ended,
            "standing": lambda business: self.counts(business, year),
        }
        return sum(
            tests[column](business)
            for business in self.raw.businesses
            if business["archived_at"] is None and district in (None, self.district(business))
        )

    # Tables 7 and 8

    def certificates(self, kind, column, year):
        owners = {b["id"]: b for b in self.raw.businesses if b["archived_at"] is None}
        end = datetime.date(year, 12, 31)

        def is_valid(row):
            issued, expires = day(row["issued_on"]), day(row["expires_on"])
            if not self.counts(owners[row["business_id"]], year) or (issued and issued > end):
                return False
            if row["status"] == "issued":
                return expires is None or expires >= end
            return row["status"] == "expired" and expires is not None and expires >= end

        def is_issued(row):
            issued = day(row["issued_on"])
            return row["status"] in ("issued", "expired") and issued and issued.year == year

        def is_expiring(row):
            expires = day(row["expires_on"])
            return is_valid(row) and expires is not None and expires.year == year + 1

        test = {
            "valid": is_valid,
            "issued": is_issued,
            "expiring": is_expiring,
            "facilitated": lambda row: row["facilitated_year"] == year,
        }[column]
        return sum(
            bool(test(row))
            for row in self.raw.kept("certificates")
            if row["business_id"] in owners and kind in (None, row["kind"])
        )

    def programmes(self, year):
        return [row for row in self.raw.kept("programmes") if row["year"] == year]

    def participants(self, programmes):
        keys = {programme["id"] for programme in programmes}
        return [row for row in self.raw.kept("participations") if row["programme_id"] in keys]

    def programme(self, key, column):
        chosen = self.programmes(self.year)
        if key != "jumlah":
            chosen = [row for row in chosen if key == f"kegiatan-{row['id']}"]
        if column == "budget":
            return total(row["budget"] for row in chosen)
        people = self.participants(chosen)
        if column == "participants":
            return len(people)
        alive = {b["id"] for b in self.raw.businesses if b["archived_at"] is None}
        return len({row["business_id"] for row in people} & alive)

    # Table 9

    @cached_property
    def paid(self):
        """(year, month, source) -> {"target": …, "realised": …} of the last stage that states each."""
        measured = {
            row["year"]
            for row in self.raw.kept("revenues")
            if row["status"] != "published" and row["realised"] is not None
        }
        slots = defaultdict(dict)
        rows = sorted(self.raw.kept("revenues"), key=lambda row: STAGES.index(row["stage"]))
        for row in rows:
            if row["status"] == "published" and row["year"] in measured:
                continue
            slot = slots[row["year"], row["month"] or 0, row["source_key"]]
            for figure in ("target", "realised"):
                if row[figure] is not None:
                    slot[figure] = row[figure]
        return slots

    def money(self, figure, year, months=None, source=None):
        return total(
            slot.get(figure)
            for (of_year, month, of_source), slot in self.paid.items()
            if of_year == year
            and (months is None or month in months)
            and source in (None, of_source)
        )

    def months_paid(self, year):
        return {
            m for (y, m, _), slot in self.paid.items() if y == year and m and "realised" in slot
        }

    def growth(self, year):
        months = {one: self.months_paid(one) for one in (year, year - 1)}
        short = [max(months[one]) for one in months if 0 < len(months[one]) < 12]
        span = range(1, min(short) + 1) if short else None
        if span and len(months[year] & set(span)) != len(months[year - 1] & set(span)):
            return None
        now, before = (self.money("realised", one, span) for one in (year, year - 1))
        return None if now is None or before is None else share(now - before, before)

    def revenue(self, column, year, source=None):
        target = self.money("target", year, source=source)
        realised = self.money("realised", year, source=source)
        return {
            "target": target,
            "realised": realised,
            "achieved": share(realised, target),
            "surplus": None if None in (target, realised) else realised - target,
        }[column]

    # Table 11

    def storage(self, key, column, year):
        places = {
            row["id"]
            for row in self.raw.kept("facilities")
            if row["built_year"] is None or row["built_year"] <= year
        }
        rooms = [row for row in self.raw.kept("chambers") if row["facility_id"] in places]
        if key != "jumlah":
            rooms = [row for row in rooms if key == f"ruang-{row['id']}"]
        keys = {room["id"] for room in rooms}
        months = [
            row
            for row in self.raw.kept("months")
            if row["year"] == year and row["chamber_id"] in keys
        ]
        if column == "capacity_ton":
            return total(Fraction(str(room["capacity_ton"])) for room in rooms)
        if column == "recorded_months":
            return len(months)
        if column == "utilisation":
            measured = [row for row in months if row["kg_days"] is not None]
            days = sum(calendar.monthrange(year, row["month"])[1] for row in measured)
            held = total(Fraction(str(row["kg_days"])) for row in measured)
            [room] = rooms
            return share(held, Fraction(str(room["capacity_ton"])) * 1000 * days)
        return total(
            Fraction(str(row[column])) if row[column] is not None else None for row in months
        )

    # Table 13

    def achieved(self, column, year):
        counting = self.counting(year)
        makers = {
            "begun": lambda: self.flow("begun", year),
            "target": lambda: self.money("target", year),
            "realised": lambda: self.money("realised", year),
            "growth": lambda: self.growth(year),
            "certificates": lambda: self.certificates(None, "valid", year),
            "programmes": lambda: len(self.programmes(year)),
            "participants": lambda: len(self.participants(self.programmes(year))),
        }
        return makers[column]() if column in makers else self.sums(counting, column, year)

    # All of them

    def figure(self, table, key, column):
        """What the cell of this table, row and column must say."""
        kind, _, rest = key.partition("-")
        year = int(rest) if kind == "tahun" else self.year
        makers = {
            "ikm-baru-tutup": lambda: self.flow(
                column, self.year, None if key == "jumlah" else rest
            ),
            "ikm-baru-tutup-tahunan": lambda: self.flow(column, year),
            "sertifikat": lambda: self.certificates(
                None if key == "jumlah" else key, column, self.year
            ),
            "pembinaan": lambda: self.programme(key, column),
            "pad": lambda: self.revenue_of_a_year(key, column, year),
            "pad-sumber": lambda: self.revenue(column, self.year, self.source(key)),
            "cold-storage": lambda: self.storage(key, column, self.year),
            "capaian": lambda: self.achieved(column, year),
        }
        if table in makers:
            return makers[table]()
        return self.sums(self.sheets[table][key], column)

    def revenue_of_a_year(self, key, column, year):
        if key == "jumlah":
            return total(self.money("realised", one) for one in range(self.year - 3, self.year + 1))
        if column == "growth":
            return self.growth(year)
        if column == "months":
            return len(self.months_paid(year)) or ""
        return self.revenue(column, year)

    def source(self, key):
        name = key.partition("|")[2]
        return None if key == "jumlah" else "".join(c for c in name.casefold() if c.isalnum())
