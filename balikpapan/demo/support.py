"""Invented certificates and programmes: what the office does for businesses."""

import datetime
from collections.abc import Iterator
from random import Random

from balikpapan.audit.bulk import NewRecord

from .businesses import Firm, often

#: Kind, number, years it holds (None: for good), and how many of a hundred makers have one.
FOOD_CERTIFICATES = [
    ("pirt", "2069999{index:06d}-{year}", 5, 44),
    ("halal", "ID99110{index:09d}", None, 36),
    ("nutrition", "LHU-{index:04d}/CONTOH", None, 6),
    ("bpom", "BPOM RI MD 9999{index:08d}", 5, 4),
]
CERTIFICATES = [
    ("brand", "IDM99{index:07d}", 10, 16),
    ("siinas", "SIINAS-99-{index:06d}", None, 12),
    ("sni", "SNI 99-{index:04d}", 4, 3),
    ("tkdn", "TKDN-IK-99{index:05d}", 5, 4),
]
#: Certificates that end within three months, so that the dashboard has something to say.
ENDING_SOON = 18

PROGRAMMES = [
    ("training", "Pelatihan pengemasan produk pangan", "Aula dinas", 48, 24, True),
    ("training", "Pelatihan keamanan pangan P-IRT", "SIKT Teritip", 36, 30, True),
    ("training", "Pelatihan pemasaran digital", "Aula dinas", 54, 28, False),
    ("technology", "Bimbingan teknis mesin produksi", "SIKS Somber", 120, 16, False),
    ("market", "Pameran produk IKM", "Balikpapan", 150, 22, False),
    ("market", "Temu usaha dengan toko modern", "Balikpapan", 40, 18, True),
    ("assistance", "Bantuan peralatan produksi", "Balikpapan", 240, 14, False),
    ("assistance", "Fasilitasi sertifikat halal", "Balikpapan", 90, 26, True),
]


def make_certificates(dice: Random, firms: list[Firm], today: datetime.date) -> Iterator[dict]:
    """Certificates of the businesses still working, some about to end."""
    soon = 0
    for index, firm in enumerate(firms, 1):
        if firm.values["closed_year"]:
            continue
        for kind, number, term, percent in kinds_for(firm):
            if not often(dice, percent):
                continue
            first = max(firm.first_year, today.year - 6)
            if kind == "pirt" and soon < ENDING_SOON and first < today.year - term:
                soon += 1
                expires = today + datetime.timedelta(days=4 * soon)
                issued = same_day(expires, expires.year - term)
            else:
                issued = past_day(dice, first, today)
                expires = same_day(issued, issued.year + term) if term else None
            yield {
                "business_id": firm.id,
                "kind": kind,
                **state(dice, number, index, issued, expires, today),
            }


def kinds_for(firm: Firm) -> list[tuple]:
    """The certificates that make sense for what the business makes."""
    return FOOD_CERTIFICATES + CERTIFICATES if firm.trade.is_food else CERTIFICATES


def state(dice, number, index, issued, expires, today) -> dict:
    """In process without a number, or granted and perhaps over."""
    if often(dice, 7):
        return {"status": "in_process"}
    ended = expires is not None and expires < today
    year = f"{expires.year % 100:02d}" if expires else ""
    return {
        "number": number.format(index=index, year=year),
        "issued_on": issued,
        "expires_on": expires,
        "status": "expired" if ended else "issued",
        "facilitated_year": issued.year if often(dice, 40) else None,
    }


def past_day(dice: Random, first_year: int, today: datetime.date) -> datetime.date:
    """Some day from the year on, before today."""
    first = datetime.date(min(first_year, today.year - 1), 1, 1)
    return first + datetime.timedelta(days=dice.randrange((today - first).days))


def same_day(day: datetime.date, year: int) -> datetime.date:
    """The day in another year; the 29th of February becomes the 28th."""
    return day.replace(year=year, day=min(day.day, 28))


def make_programmes(dice: Random, years: range) -> Iterator[dict]:
    """The office's activities, every year alike, with budgets that grow."""
    for year in years:
        for month, (kind, name, place, budget, _, _) in enumerate(PROGRAMMES, 2):
            start = datetime.date(year, month, dice.randint(1, 24))
            yield {
                "year": year,
                "kind": kind,
                "name": name,
                "start_on": start,
                "end_on": start + datetime.timedelta(days=dice.randint(0, 4)),
                "place": place,
                "budget": round(budget * (1 + 0.08 * (year - years[0]))) * 10**6,
            }


def make_participations(
    dice: Random, programmes: list[NewRecord], firms: list[Firm]
) -> Iterator[dict]:
    """Who took part: businesses that worked that year, food makers where it is about food."""
    plans = {name: (size, for_food) for _, name, _, _, size, for_food in PROGRAMMES}
    for programme in programmes:
        size, for_food = plans[programme.values["name"]]
        invited = [
            firm
            for firm in firms
            if firm.works_in(programme.values["year"]) and (firm.trade.is_food or not for_food)
        ]
        for firm in dice.sample(invited, min(size, len(invited))):
            yield {
                "programme_id": programme.id,
                "business_id": firm.id,
                "person": firm.values["owner_name"],
                "result": dice.choice(
                    ["Selesai", "Selesai", "Omzet naik", "Perlu pendampingan", ""]
                ),
            }
