from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "balikpapan.intake"
    verbose_name = "Unggahan"
