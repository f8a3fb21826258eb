from django.contrib import admin

from balikpapan.audit.admin import ReadOnlyAdmin

from .models import Destruction


@admin.register(Destruction)
class DestructionAdmin(ReadOnlyAdmin):
    """The minutes of what was destroyed; asking and agreeing is the command's matter."""

    list_display = ["__str__", "reason", "asked_by", "asked_at", "done_by", "done_at"]
    list_select_related = ["asked_by", "done_by"]
    fields = ["hint", "reason", "asked_by", "asked_at", "done_by", "done_at", "result"]
    readonly_fields = ["result"]

    @admin.display(description="hasil")
    def result(self, obj):
        if not obj.counts:
            return "Belum dilakukan."
        return (
            f"{obj.counts['records']} catatan, {obj.counts['changes']} perubahan dalam riwayat, "
            f"{obj.counts['files']} unggahan"
        )
