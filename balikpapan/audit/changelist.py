"""What a list answers: its own filters and the links the product makes, and nothing else."""

import re

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.functional import cached_property

from balikpapan.lists.columns import ListColumns, select_related_of
from balikpapan.lists.pages import ListPages
from balikpapan.lists.totals import FootCell, ListTotals, foot_of
from balikpapan.spreadsheets.cells.masking import mask_free_text

from . import personal_data
from .masked_columns import for_reading
from .shown_values import with_yes_or_no

#: The longest value and the longest whole number (that of a 64 bit column) a list is asked for.
LONGEST_LOOKUP = 2000
LONGEST_NUMBER = 18
#: So many words of a search are looked for, and so many letters of each.
MOST_WORDS = 20
LONGEST_WORD = 100
_NUMBER = re.compile(r"[0-9]+")
#: What people part the digits of a number by, and the digits that are left.
_MARKS = re.compile(r"[ .\-/()]")
_DIGITS = re.compile(r"\+?[0-9]{5,}")
#: Stands for the key of a record in an address that is worked out once for all: a number, for some
#: addresses take nothing else.
KEY = "918273645546372819"
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


def typed_digits(term: str) -> str:
    """The digits of a number typed with spaces, dots or +62; blank where the term is no such."""
    compact = _MARKS.sub("", term)
    if not _DIGITS.fullmatch(compact):
        return ""
    digits = f"0{compact[3:]}" if compact.startswith("+62") else compact.removeprefix("+")
    return "" if digits == term else digits


class OfficeChangeList(ChangeList):
    """A list that overlooks query parameters it does not offer, instead of answering them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Django resolves the address of every link again to add these; they are the same for all.
        self._query = f"?{self.preserved_filters}" if self.preserved_filters else ""
        self.preserved_filters = ""

    @cached_property
    def _address(self) -> tuple[str, str]:
        """What stands before and after the key in the address of a record."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        site = self.model_admin.admin_site.name
        start, _, end = reverse(name, args=[KEY], current_app=site).partition(KEY)
        return start, end

    @cached_property
    def foot(self) -> list[FootCell]:
        """The sums of every row that answers the filters, asked for by the page alone."""
        asked = list(self.get_filters_params())
        return foot_of(self.model_admin.totals, self._columns, self.queryset, asked)

    def url_for_result(self, result):
        start, end = self._address
        return f"{start}{quote(getattr(result, self.pk_attname))}{end}{self._query}"

    def get_filters(self, request):
        filters, *others = super().get_filters(request)
        if not personal_data.may_see(request.user):
            # The choices of a filter may be what other records are called.
            for spec in filters:
                if isinstance(spec, admin.SimpleListFilter | admin.RelatedFieldListFilter):
                    choices = spec.lookup_choices or []
                    spec.lookup_choices = [
                        (key, mask_free_text(str(text))) for key, text in choices
                    ]
        return filters, *others

    def get_results(self, request):
        super().get_results(request)
        self._columns = ListColumns(self.model_admin, request).places
        for_reading(self.result_list, request.user)

    def get_filters_params(self, params=None):
        given = super().get_filters_params(params)
        if any(not is_answerable(text) for texts in given.values() for text in texts):
            raise IncorrectLookupParameters
        allowed = self.model_admin.allowed_lookups()
        own = {getattr(f, "parameter_name", None) for f in self.list_filter}
        return {name: value for name, value in given.items() if name in allowed | own}

    def get_ordering(self, request, queryset):
        """Sorted without regard to case, and what is empty as if it were less than anything.

        The databases alone put "amplang" behind "Zam", and each puts the empty at an end of its own.
        """
        ordering = super().get_ordering(request, queryset)
        fields = [f for f in self.lookup_opts.concrete_fields if not f.remote_field]
        texts = {f.name for f in fields if isinstance(f, models.CharField)}
        nullable = {f.name for f in fields if f.null} | {*queryset.query.annotations}
        return [
            _without_case(name)
            if _bare(name) in texts
            else _empty_least(name)
            if _bare(name) in nullable
            else name
            for name in ordering
        ]


def _bare(ordering) -> str:
    return ordering.removeprefix("-") if isinstance(ordering, str) else ""


def _without_case(name: str):
    expression = Lower(_bare(name))
    return expression.desc() if name.startswith("-") else expression.asc()


def _empty_least(name: str):
    column = models.F(_bare(name))
    if name.startswith("-"):
        return column.desc(nulls_last=True)
    return column.asc(nulls_first=True)


class ListAdmin(admin.ModelAdmin):
    """A list that answers the query parameters it offers; any other would let hidden values be
    guessed."""

    #: A count beside each choice of each filter would ask the whole register once a choice.
    show_facets = admin.ShowFacets.NEVER
    #: Query parameters that links from reports and the dashboard use, beside the filters'.
    linked_lookups = ()
    #: What stands before the key in the number the office quotes; blank where there is none.
    number_prefix = ""
    #: Columns that a person can add to those of ``list_display``.
    more_columns = ()
    #: The columns that have a sum at the foot.
    totals: ListTotals | None = None

    def get_urls(self):
        return [*ListPages(self).urls(), *super().get_urls()]

    def get_changelist(self, request, **kwargs):
        return OfficeChangeList

    def changelist_view(self, request, extra_context=None):
        context = {**ListPages(self).context(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_list_display(self, request):
        names = ListColumns(self, request).shown
        return with_yes_or_no(self.model, names)

    def get_list_display_links(self, request, list_display):
        # What leads to the record stays the same column wherever somebody puts it.
        usual = with_yes_or_no(self.model, self.list_display)
        return super().get_list_display_links(request, usual)

    def get_list_select_related(self, request):
        related = super().get_list_select_related(request)
        if related is True:
            return related
        added = select_related_of(self, ListColumns(self, request).shown)
        return [*(related or ()), *added] if added else related

    def allowed_lookups(self):
        """The query parameters a list answers: its filters and the links the product makes."""
        allowed = {*self.linked_lookups, ArchiveFilter.parameter_name}
        if self.date_hierarchy:
            allowed |= {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
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
        results, duplicated = super().get_search_results(request, queryset, term)
        if digits := typed_digits(term):
            # An identity or telephone number is stored without the marks people part it by.
            more, _ = super().get_search_results(request, queryset, digits)
            results |= more
        if key := self.key_of_number(term):
            results |= queryset.filter(pk=key)
        return results, duplicated

    def key_of_number(self, term: str) -> int | None:
        """The key of the record whose register number ("IKM-000123") is searched for."""
        shape = rf"{self.number_prefix}[ -]?0*([0-9]{{1,{LONGEST_NUMBER}}})"
        match = re.fullmatch(shape, term, re.IGNORECASE) if self.number_prefix else None
        return int(match[1]) if match else None

    def lookup_allowed(self, lookup, value, request):
        return lookup in self.allowed_lookups()
