"""What counts in a year and what is added up: the conditions and sums reports are made of."""

from functools import reduce
from operator import add

from django.apps import apps
from django.db.models import Case, Count, Q, Sum, When
from django.db.models.expressions import RawSQL

from ..figures import FIGURES
from .reading import is_reading, read_once

#: So many keys are named in a statement; a database takes no end of them.
MOST_NAMED = 200

#: What the yearly book needs to know of every IKM, and which records lack it.
NEEDED = {
    "Nama pemilik": {"owner_name__exact": ""},
    "Alamat": {"address__exact": ""},
    "Kelurahan": {"kelurahan__isnull": True},
    "Kelompok industri": {"group__isnull": True},
    "KBLI": {"kbli__isnull": True},
    "NIB": {"nib__exact": ""},
    "Telepon": {"phone__exact": ""},
    "Produk": {"products__exact": ""},
}


def needed_field(label):
    """The field that an entry of ``NEEDED`` is about, such as "phone" of "Telepon"."""
    return next(iter(NEEDED[label])).partition("__")[0]


def is_large(year):
    """The condition that the figures of ``year`` make a business a large industry, which is no IKM."""
    return Q(pk__in=large_businesses(year))


def large_businesses(year):
    """The keys of the businesses that the figures of ``year`` make a large industry.

    A report asks for them in dozens of conditions. Few as they are, they are read once and named
    in each; where they are many, or nothing else is asked, the statement of the rule stands there.
    """

    def ask():
        figures = apps.get_model("industry", "BusinessYear").objects
        large = figures.large_in(year).order_by().values_list("business", flat=True)
        keys = list(large[: MOST_NAMED + 1]) if is_reading() else None
        return keys if keys is not None and len(keys) <= MOST_NAMED else statement_of(large)

    return read_once(("large", year), ask)


def statement_of(queryset):
    """The queryset as the statement it is, so that it is put together once for many conditions."""
    return RawSQL(*queryset.query.sql_with_params())


def stands_in(year, of=""):
    """The condition under which a business not archived stands at the end of ``year``.

    ``of`` is the way from the records that are asked to their business, such as "business__".
    """
    first, closed = f"{of}first_year", f"{of}closed_year"
    begun = Q(**{f"{first.replace('__', '_')}__lte": year})
    return (Q(**{closed: None}) | Q(**{f"{closed}__gt": year})) & begun


def counts(year, of=""):
    """The condition under which a business not archived counts as IKM at the end of ``year``."""
    return stands_in(year, of) & ~Q(**{f"{of}pk__in": large_businesses(year)})


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


def figure_sums(prefix="", figures=FIGURES):
    """How many reported at all and, per figure, its sum (NULL where unknown) and who gave it."""
    sums = {"reporting": Count(f"{prefix}pk")}
    for figure in figures:
        sums[figure.sum] = Sum(f"{prefix}{figure.field}")
        sums[figure.reports] = Count(f"{prefix}{figure.field}")
    return sums
