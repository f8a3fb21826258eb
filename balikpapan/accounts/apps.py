from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The people who may come in, beyond what Django keeps about them."""

    name = "balikpapan.accounts"
    label = "accounts"
    verbose_name = "akun"
