from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "balikpapan.regions"
    verbose_name = "Wilayah"
