"""Invented businesses with their yearly figures and certificates."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from balikpapan.regions.models import Kelurahan
from facilities.models import Facility
from industry.models import IndustryGroup, Kbli, ProductUnit

from .trades import WORDS, Trade, read_trades

BUSINESSES = 640
COUNTRIES = ["Malaysia", "Singapura", "Brunei Darussalam", "Taiwan", "Malaysia, Singapura"]
#: Where each centre's businesses work, and about where each kecamatan lies.
CENTRE_KELURAHAN = {"SIKT": "Teritip", "SIKS": "Muara Rapak"}
PLACES = {
    "Balikpapan Timur": (-1.19, 116.99),
    "Balikpapan Barat": (-1.21, 116.81),
    "Balikpapan Utara": (-1.19, 116.86),
    "Balikpapan Tengah": (-1.24, 116.85),
    "Balikpapan Selatan": (-1.25, 116.90),
    "Balikpapan Kota": (-1.27, 116.84),
}
MILLION = 1_000_000


@dataclass
class Firm:
    """An invented business: its trade, what is recorded of it and, once written, its id."""

    trade: Trade
    values: dict
    id: int | None = None

    @property
    def first_year(self) -> int:
        """The year from which it counts."""
        return self.values["founded_year"] or self.values["listed_year"]

    def works_in(self, year: int) -> bool:
        """Whether it counts at the end of the year."""
        closed = self.values["closed_year"]
        return self.first_year <= year and (closed is None or year < closed)


def make_businesses(dice: Random, years: range) -> list[Firm]:
    """Every business, first come first numbered."""
    kelurahan = list(Kelurahan.objects.kept().select_related("kecamatan").order_by("code"))
    home = {place.name: place for place in kelurahan}
    groups = dict(IndustryGroup.objects.kept().values_list("name", "id"))
    centres = dict(Facility.objects.kept().filter(kind="centre").values_list("code", "id"))
    kbli = {
        (version, code): key
        for version, code, key in Kbli.objects.kept().values_list("version_year", "code", "id")
    }
    made = []
    trades = read_trades()
    for trade in dice.choices(trades, [trade.share for trade in trades], k=BUSINESSES):
        index = len(made) + 1
        inside = trade.centre in centres and often(dice, 30)
        place = home.get(CENTRE_KELURAHAN[trade.centre]) if inside else dice.choice(kelurahan)
        version = 2025 if often(dice, 15) else 2020
        code = trade.kbli_2025 if version == 2025 else trade.kbli_2020
        values = {
            **owner_and_name(dice, trade, index),
            **address(dice, place),
            **lifetime(dice, years),
            "group_id": groups.get(trade.group),
            "commodity": trade.commodity,
            "kbli_id": kbli.get((version, code)) if often(dice, 85) else None,
            "products": trade.products,
            "centre_id": centres[trade.centre] if inside else None,
            "source": "Data contoh",
        }
        made.append(Firm(trade, values))
    return made


def often(dice: Random, percent: int) -> bool:
    """True in so many of a hundred cases."""
    return dice.random() * 100 < percent


def owner_and_name(dice: Random, trade: Trade, index: int) -> dict:
    """Who owns it, what it is called, and numbers no real person or business has."""
    gender = "female" if often(dice, 58) else "male"
    first = dice.choice(WORDS["women" if gender == "female" else "men"])
    owner = f"{first} {dice.choice(WORDS['second'])}"
    name = dice.choice(trade.names).format(first=first, proud=dice.choice(WORDS["proud"]))
    form = next(
        (form_word for form_word in ("UD", "CV") if name.startswith(f"{form_word} ")), ""
    ).lower()
    day = dice.randint(1, 28) + (40 if gender == "female" else 0)
    birth = f"{day:02d}{dice.randint(1, 12):02d}{dice.randint(60, 99)}"
    return {
        "name": name,
        "owner_name": owner if often(dice, 97) else "",
        "owner_gender": gender if often(dice, 94) else "",
        "legal_form": form or ("sole" if often(dice, 85) else "pt_sole"),
        # No province has the number 99, and no NIB or telephone number begins like these.
        "nik": f"999901{birth}{index:04d}" if often(dice, 55) else "",
        "nib": f"99{index * 7_919_777 % 10**11:011d}" if often(dice, 68) else "",
        "npwp": f"99{index * 60_919_777 % 10**13:013d}" if often(dice, 22) else "",
        "phone": f"08000000{index:04d}" if often(dice, 62) else "",
        "email": f"ikm{index}@contoh.example" if often(dice, 18) else "",
        "social_media": f"@{name.lower().replace(' ', '')}" if often(dice, 20) else "",
        "brand": name if often(dice, 30) else "",
    }


def address(dice: Random, place: Kelurahan) -> dict:
    """A street in the kelurahan, sometimes with coordinates near its kecamatan."""
    latitude, longitude = PLACES.get(place.kecamatan.name, (-1.23, 116.86))
    located = often(dice, 35)
    return {
        "address": f"Jl. {dice.choice(WORDS['streets'])} No. {dice.randint(1, 180)}",
        "rt": str(dice.randint(1, 60)) if often(dice, 80) else "",
        "kelurahan_id": place.id,
        "kecamatan_id": place.kecamatan_id,
        "latitude": around(dice, latitude) if located else None,
        "longitude": around(dice, longitude) if located else None,
    }


def around(dice: Random, degrees: float) -> Decimal:
    """A coordinate within some two kilometres."""
    return Decimal(round(degrees * 10**6) + dice.randint(-18_000, 18_000)).scaleb(-6)


def lifetime(dice: Random, years: range) -> dict:
    """When it began, was listed and perhaps ended, and how that was checked."""
    first, last = years[0], years[-1]
    founded = dice.randint(first, last) if often(dice, 24) else dice.randint(first - 24, first - 1)
    listed = dice.randint(max(founded, first - 6), last)
    lifetime = {
        "founded_year": founded if often(dice, 86) else None,
        "listed_year": listed,
        "closed_year": None,
        "verified_on": None,
    }
    if founded < last and listed < last and often(dice, 9):
        lifetime["closed_year"] = dice.randint(max(listed + 1, first), last)
        lifetime["status"] = "moved" if often(dice, 15) else "closed"
    elif often(dice, 16):
        lifetime["status"] = "unverified"
    else:
        lifetime["status"] = "inactive" if often(dice, 4) else "active"
        lifetime["verified_on"] = datetime.date(last, dice.randint(1, 12), dice.randint(1, 28))
    return lifetime


def make_years(dice: Random, firms: list[Firm], years: range) -> Iterator[dict]:
    """The yearly figures, with the gaps real lists have."""
    units = dict(ProductUnit.objects.kept().values_list("name", "id"))
    for firm in firms:
        # Many small ones, few large ones.
        size = dice.random() ** 2.2
        for year in filter(firm.works_in, years):
            if often(dice, 88):
                growth = 1 + (year - years[0]) * dice.uniform(-0.03, 0.12)
                yield {
                    "business_id": firm.id,
                    "year": year,
                    "capacity_unit_id": units.get(firm.trade.unit),
                    **year_figures(dice, firm.trade, size, growth),
                }


def year_figures(dice: Random, trade: Trade, size: float, growth: float) -> dict:
    """One year of a business of this size within its trade."""

    def between(bounds):
        return bounds[0] + (bounds[1] - bounds[0]) * size

    workers = max(1, round(between(trade.workers) * growth))
    women = round(workers * dice.uniform(0.2, 0.8))
    output = round(between(trade.output) * growth * dice.uniform(0.9, 1.1) * 10) * MILLION // 10
    investment = round(between(trade.investment) * dice.uniform(0.9, 1.1) * 10) * MILLION // 10
    by_gender = often(dice, 82)
    figures = {
        "workers_male": workers - women if by_gender else None,
        "workers_female": women if by_gender else None,
        "workers_total": workers,
        "investment": max(investment, MILLION // 2),
        "investment_land_building": investment * 2 if often(dice, 12) else None,
        "capacity": Decimal(round(between(trade.capacity) * growth)),
        "capacity_period": "tahun",
        "production_value": output,
        "raw_material_value": round(output * dice.uniform(0.35, 0.7) / 10**5) * 10**5,
        "turnover": round(output * dice.uniform(1.0, 1.25) / 10**5) * 10**5,
        "export_percent": None,
        "export_countries": "",
        "source": "Data contoh",
    }
    if size > 0.6 and output > 400 * MILLION and often(dice, 25):
        figures["export_percent"] = Decimal(dice.randint(5, 60))
        figures["export_countries"] = dice.choice(COUNTRIES)
    for name, percent in (
        ("investment", 7),
        ("production_value", 9),
        ("raw_material_value", 20),
        ("turnover", 30),
        ("capacity", 10),
    ):
        if often(dice, percent):
            figures[name] = None
    if often(dice, 5):
        figures.update(workers_male=None, workers_female=None, workers_total=None)
    return figures
