"""The years lists are asked for, in their filters and in addresses."""

from django.contrib import admin
from django.utils import timezone

from .fields import FIRST_YEAR, LAST_YEAR

YEARS_OFFERED = 5


def year_in(text: str | None) -> int | None:
    """The year somebody asked for, or None where it is no year."""
    if not text or not text.isascii() or not text.isdigit() or len(text) != 4:
        return None
    return int(text) if FIRST_YEAR <= int(text) <= LAST_YEAR else None


def last_complete_year() -> int:
    """The year before the current one."""
    return timezone.localdate().year - 1


def years_offered() -> list[tuple[str, str]]:
    """The choices of a question about one year; any other may be asked for in the address."""
    last = last_complete_year() + 1
    return [(str(year), str(year)) for year in range(last, last - YEARS_OFFERED, -1)]


class YearFilter(admin.SimpleListFilter):
    """A question about one year; whoever asks about no year at all finds nothing."""

    def lookups(self, request, model_admin):
        return years_offered()

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        year = year_in(self.value())
        return queryset.none() if year is None else self.of_year(queryset, year)
