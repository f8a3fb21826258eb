"""What the public gets of a year, as the tests of it look at it."""

from balikpapan.audit.models import Change
from balikpapan.reports.suppression import lines_of
from balikpapan.yearbook import publication
from balikpapan.yearbook.closing import close_year

YEAR = 2024
LARGE = 16_700_000_000


def public(year=YEAR):
    return publication.publication(year, public=True).book


def close(year=YEAR):
    return close_year(year, by=None, channel=Change.Channel.COMMAND)


def everything_written(book):
    return {
        value
        for table in [*book.tables, *book.appendix]
        for row in lines_of(table)
        for value in row.values
    }
