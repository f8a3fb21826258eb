from django.contrib import admin

from balikpapan.audit.admin import RecordAdmin

from .models import Letterhead, Official


@admin.register(Letterhead)
class LetterheadAdmin(RecordAdmin):
    list_display = ["__str__", "valid_from", "valid_until"]
    search_fields = ["office", "address"]


@admin.register(Official)
class OfficialAdmin(RecordAdmin):
    list_display = ["name", "position", "role"]
    search_fields = ["name", "nip", "position"]
