"""Opens every list and the first record of each with the one superuser: ``python -m tests.upgrades.visit``.

Runs in a process of its own, on the database ``DATABASE_URL`` names.
"""

import contextlib
import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "balikpapan.settings")
django.setup()

from django.conf import settings  # noqa: E402  the settings come first
from django.contrib import admin  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402


def main() -> None:
    # The manifest exists only where static files were collected, which is no matter of a database.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    client = Client()
    client.force_login(get_user_model().objects.get(is_superuser=True))
    pages = [reverse("admin:index"), "/laporan/2024/", "/laporan/2023/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        if (record := model._base_manager.order_by("pk").first()) is not None:
            with contextlib.suppress(NoReverseMatch):  # some lists lead to pages of their own
                pages.append(reverse(f"{name}_change", args=[record.pk]))
    print(
        json.dumps(
            {page: client.get(page, headers={"host": "localhost"}).status_code for page in pages}
        )
    )


if __name__ == "__main__":
    main()
