from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "balikpapan.lists"
    verbose_name = "Daftar"
