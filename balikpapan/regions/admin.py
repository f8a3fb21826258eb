from django.contrib import admin

from balikpapan.audit.admin import RecordAdmin

from .models import Kecamatan, Kelurahan


@admin.register(Kecamatan)
class KecamatanAdmin(RecordAdmin):
    list_display = ["code", "name"]
    search_fields = ["name", "code"]


@admin.register(Kelurahan)
class KelurahanAdmin(RecordAdmin):
    list_display = ["code", "name", "kecamatan", "aliases"]
    list_filter = ["kecamatan"]
    list_select_related = ["kecamatan"]
    search_fields = ["name", "code", "aliases", "kecamatan__name"]
    autocomplete_fields = ["kecamatan"]
