"""The project's own two app configurations: its commands and its admin."""

import gc

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ProjectConfig(AppConfig):
    """The project as an app: it brings the commands, the templates and the safety checks."""

    name = "balikpapan"
    label = "balikpapan"
    verbose_name = "Register Industri Balikpapan"

    def ready(self):
        from . import checks  # noqa: F401  registers its checks

        # A long list makes millions of objects and hardly a cycle; looking for cycles after every
        # 700 of them took a twelfth of its import.
        gc.set_threshold(20_000, 20, 20)


class OfficeAdminConfig(AdminConfig):
    """Django's admin with the office's own site as the default."""

    default_site = "balikpapan.site.OfficeAdminSite"
