"""What a list answers: its own filters and the links the product makes, and nothing else."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList

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


class OfficeChangeList(ChangeList):
    """A list that overlooks query parameters it does not offer, instead of answering them."""

    def get_filters_params(self, params=None):
        given = super().get_filters_params(params)
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

    def lookup_allowed(self, lookup, value, request):
        return lookup in self.allowed_lookups()
