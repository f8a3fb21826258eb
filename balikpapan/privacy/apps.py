from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The duties towards persons in the registers."""

    name = "balikpapan.privacy"
    label = "privacy"
    verbose_name = "Pelindungan data pribadi"
