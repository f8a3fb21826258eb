"""The project's own two app configurations: its commands and its admin."""

import os

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ProjectConfig(AppConfig):
    """The project as an app: it brings the commands, the templates and the safety checks."""

    name = "balikpapan"
    label = "balikpapan"
    verbose_name = "Register Industri Balikpapan"

    def ready(self):
        from . import checks  # noqa: F401  registers its checks
        from .management.terminal import bind_language

        bind_language(os.environ)


class OfficeAdminConfig(AdminConfig):
    """Django's admin with the office's own site as the default."""

    default_site = "balikpapan.site.OfficeAdminSite"
