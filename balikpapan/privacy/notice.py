"""What the office records about persons and why, as a page for the staff and whoever asks them."""

from django.apps import apps
from django.conf import settings
from django.template.response import TemplateResponse
from django.urls import path

from balikpapan.audit.models import Record
from balikpapan.intake.retention import PREVIEW_HOURS


def notice_urls(site):
    """The address of the privacy notice, behind the site's own log-in."""
    return [path("privasi/", site.admin_view(notice_view(site)), name="privacy_notice")]


def notice_view(site):
    """The page, told from what the classes of records say is personal."""

    def notice(request):
        context = {
            **site.each_context(request),
            "title": "Pemberitahuan privasi",
            "kinds": personal_kinds(),
            "keep_days": settings.UPLOAD_KEEP_DAYS,
            "preview_days": PREVIEW_HOURS // 24,
        }
        return TemplateResponse(request, "privacy/notice.html", context)

    return notice


def personal_kinds() -> list[dict]:
    """Each kind of record with personal data: its name, the masked and the other fields."""
    return [
        {
            "name": model._meta.verbose_name,
            "masked": labels(model, model.personal_fields),
            "others": labels(model, model.identifying_fields),
        }
        for model in apps.get_models()
        if issubclass(model, Record) and (model.personal_fields or model.identifying_fields)
    ]


def labels(model, names) -> list[str]:
    """What the office calls these fields."""
    return [str(model._meta.get_field(name).verbose_name) for name in names]
