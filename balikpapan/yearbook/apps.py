from django.apps import AppConfig


class YearbookConfig(AppConfig):
    name = "balikpapan.yearbook"
    verbose_name = "Laporan"
