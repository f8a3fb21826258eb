"""What the stock libraries' pages are measured with: their own templates and boxes, none of ours."""

from pathlib import Path

import django
import import_export

_TEMPLATES = [
    Path(django.__file__).parent / "contrib" / "admin" / "templates",
    Path(import_export.__file__).parent / "templates",
]


def stock_settings(urlconf: str) -> dict:
    """The settings to override while pages of this module's addresses are asked for."""
    return {
        "ROOT_URLCONF": urlconf,
        "FORM_RENDERER": "django.forms.renderers.DjangoTemplates",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": _TEMPLATES,
                "OPTIONS": {
                    "context_processors": [
                        f"django.{name}"
                        for name in (
                            "template.context_processors.request",
                            "contrib.auth.context_processors.auth",
                            "contrib.messages.context_processors.messages",
                        )
                    ]
                },
            }
        ],
    }
