"""What a list answers: its own filters and the links the product makes, and nothing else."""

import re

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList

#: The longest value and the longest whole number (that of a 64 bit column) a list is asked for.
LONGEST_LOOKUP = 2000
LONGEST_NUMBER = 18
#: So many words of a search are looked for, and so many letters of each.
MOST_WORDS = 20
LONGEST_WORD = 100
_NUMBER = re.compile(r"[0-9]+")
_FILTER_TAILS = ("", "__exact", "__id__exact", "__isnull", "__in")


class ArchiveFilter(admin.SimpleListFilter):
    """Kept records by default; archived ones when asked for."""

    title = "arsip"
    parameter_name = "arsip"

    def lookups(self, request, model_admin):
        return [("ya", "Diarsipkan"), ("semua", "Semua")]

    def choices(self, changelist):
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": "Tidak diarsipkan",
        }
        for value, title in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }

    def queryset(self, request, queryset):
        if self.value() == "semua":
            return queryset
        return queryset.filter(archived_at__isnull=self.value() != "ya")


def is_answerable(text: str) -> bool:
    """Whether a database can look the text up: no value of the register is as long as that."""
    longest = max(map(len, _NUMBER.findall(text)), default=0)
    return len(text) <= LONGEST_LOOKUP and longest <= LONGEST_NUMBER and "\x00" not in text


def is_key(text: str) -> bool:
    """Whether a posted text can be the key of a record."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


class OfficeChangeList(ChangeList):
    """A list that overlooks query parameters it does not offer, instead of answering them."""

    def get_filters_params(self, params=None):
        given = super().get_filters_params(params)
        if any(not is_answerable(text) for texts in given.values() for text in texts):
            raise IncorrectLookupParameters
        allowed = self.model_admin.allowed_lookups()
        own = {getattr(f, "parameter_name", None) for f in self.list_filter}
        return {name: value for name, value in given.items() if name in allowed | own}


class ListAdmin(admin.ModelAdmin):
    """A list that answers the query parameters it offers; any other would let hidden values be
    guessed."""

    #: Query parameters that links from reports and the dashboard use, beside the filters'.
    linked_lookups = ()

    def get_changelist(self, request, **kwargs):
        return OfficeChangeList

    def allowed_lookups(self):
        """The query parameters a list answers: its filters and the links the product makes."""
        allowed = {*self.linked_lookups, ArchiveFilter.parameter_name}
        for entry in self.list_filter:
            name = entry[0] if isinstance(entry, list | tuple) else entry
            if isinstance(name, str):
                allowed |= {f"{name}{tail}" for tail in _FILTER_TAILS}
            else:
                allowed.add(name.parameter_name)
        return allowed

    def get_search_results(self, request, queryset, search_term):
        """Searched by so many words as a person types; each word costs a condition per column."""
        words = search_term.replace("\x00", "").split()
        term = " ".join(word[:LONGEST_WORD] for word in words[:MOST_WORDS])
        return super().get_search_results(request, queryset, term)

    def lookup_allowed(self, lookup, value, request):
        return lookup in self.allowed_lookups()
