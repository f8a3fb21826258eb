from django.apps import AppConfig


class IndustryConfig(AppConfig):
    name = "industry"
    verbose_name = "Industri"

    def ready(self):
        # The register sheets make themselves known to the importer.
        from . import resources  # noqa: F401
