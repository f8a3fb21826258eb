"""What counts in a year and what is added up: the conditions and sums reports are made of."""

from django.db.models import Count, Q, Sum

#: The figures of a business year that reports add up.
REPORTED = (
    "workers_male",
    "workers_female",
    "workers_total",
    "investment",
    "investment_land_building",
    "production_value",
    "raw_material_value",
    "turnover",
)


def counts(year):
    """The condition under which an IKM not archived counts at the end of ``year``."""
    return (Q(closed_year=None) | Q(closed_year__gt=year)) & Q(first_year__lte=year)


def stands(first, closed, year):
    """The same condition for plain years: first on record, closed, at the end of ``year``."""
    return first is not None and first <= year and (closed is None or closed > year)


def movement(year):
    """How many IKM stood when ``year`` began, began in it, ended in it and stood at its end."""
    return {
        "opening": Count("pk", filter=counts(year - 1)),
        "begun": Count("pk", filter=Q(first_year=year)),
        "ended": Count("pk", filter=Q(closed_year=year)),
        "standing": Count("pk", filter=counts(year)),
    }


def figure_sums(prefix=""):
    """How many reported at all and, per figure, its sum (NULL where unknown) and who gave it."""
    sums = {"reporting": Count(f"{prefix}pk")}
    for name in REPORTED:
        sums[f"{name}_sum"] = Sum(f"{prefix}{name}")
        sums[f"{name}_reports"] = Count(f"{prefix}{name}")
    return sums
