"""What counts in a year and what is added up: the conditions and sums reports are made of."""

from functools import reduce
from operator import add

from django.apps import apps
from django.db.models import Case, Count, Q, Sum, When

from ..figures import FIGURES

#: What the yearly book needs to know of every IKM, and which records lack it.
NEEDED = {
    "Nama pemilik": {"owner_name__exact": ""},
    "Alamat": {"address__exact": ""},
    "Kelurahan": {"kelurahan__isnull": True},
    "Kelompok industri": {"group__isnull": True},
    "KBLI": {"kbli__isnull": True},
    "NIB": {"nib__exact": ""},
}


def is_large(year):
    """The condition that the figures of ``year`` make a business a large industry, which is no IKM."""
    figures = apps.get_model("industry", "BusinessYear").objects
    return Q(pk__in=figures.large_in(year).values("business"))


def stands_in(year):
    """The condition under which a business not archived stands at the end of ``year``."""
    return (Q(closed_year=None) | Q(closed_year__gt=year)) & Q(first_year__lte=year)


def counts(year):
    """The condition under which a business not archived counts as IKM at the end of ``year``."""
    return stands_in(year) & ~is_large(year)


def stands(first, closed, year):
    """Whether an IKM of these plain years, first on record and closed, counts at the end of ``year``."""
    return first is not None and first <= year and (closed is None or closed > year)


def lacks():
    """What of ``NEEDED`` a record lacks, one bit of a number for each; 0 where it is complete."""
    return reduce(
        add,
        (
            Case(When(**lookup, then=1 << place), default=0)
            for place, lookup in enumerate(NEEDED.values())
        ),
    )


def movement(year):
    """How many IKM stood when ``year`` began, began in it, ended in it and stood at its end."""
    return {
        "opening": Count("pk", filter=counts(year - 1)),
        "begun": Count("pk", filter=Q(first_year=year) & ~is_large(year)),
        "ended": Count("pk", filter=Q(closed_year=year) & ~is_large(year - 1)),
        "standing": Count("pk", filter=counts(year)),
    }


def figure_sums(prefix=""):
    """How many reported at all and, per figure, its sum (NULL where unknown) and who gave it."""
    sums = {"reporting": Count(f"{prefix}pk")}
    for figure in FIGURES:
        sums[figure.sum] = Sum(f"{prefix}{figure.field}")
        sums[figure.reports] = Count(f"{prefix}{figure.field}")
    return sums
