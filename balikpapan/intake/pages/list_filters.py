"""What the history of uploads can be narrowed down by."""

from django.contrib import admin

from ..resources import REGISTERS


class RegisterFilter(admin.SimpleListFilter):
    """The sheet a file was read as, under the name the office gives it."""

    title = "daftar"
    parameter_name = "register"

    def lookups(self, request, model_admin):
        used = set(model_admin.get_queryset(request).order_by().values_list("register", flat=True))
        return [(name, sheet.label) for name, sheet in REGISTERS.items() if name in used]

    def queryset(self, request, queryset):
        return queryset.filter(register=self.value()) if self.value() else queryset


class HeldFilter(admin.SimpleListFilter):
    """The uploads that stand or wait and of which rows are held."""

    title = "baris ditahan"
    parameter_name = "ditahan"

    def lookups(self, request, model_admin):
        return [("ya", "Ada baris ditahan")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.with_held_rows() if self.value() == "ya" else queryset.none()
