from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "balikpapan.reports"
    verbose_name = "Laporan"
