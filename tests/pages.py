"""Pages of the admin as the tests open them, and the forms as a browser sends them back."""

from django.contrib import admin
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from factory.django import DjangoModelFactory

from balikpapan.audit.models import ClosedYear, Record
from facilities.models import Bill
from tests import factories

#: model -> the factory that makes a dull valid record of it
FACTORIES = {
    item._meta.model: item
    for item in vars(factories).values()
    if isinstance(item, type) and issubclass(item, DjangoModelFactory) and item._meta.model
}
#: The records edited in forms, each of which needs a factory; a year is closed on pages of its own.
FORM_MODELS = sorted(
    (model for model in {*admin.site._registry} - {ClosedYear} if issubclass(model, Record)),
    key=lambda model: model._meta.label,
)
#: A bill is issued from the ledger and cancelled, never typed or archived: by nobody.
DONE_ELSEWHERE = {Bill: {"add", "delete"}}


def label(model) -> str:
    """A readable id for parametrised tests."""
    return model._meta.label


def url(model, page: str, record=None) -> str:
    """The address of one admin page: changelist, add, change, history, delete, restore."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    return reverse(name, args=[record.pk] if record else [])


def as_seen(record) -> dict:
    """What the archive page and the button beside it send: the version that is stored now."""
    return {"opened_version": type(record)._base_manager.get(pk=record.pk).version}


def chosen(*records) -> dict:
    """What a list sends of rows ticked in it: their keys and the versions that are stored now."""
    versions = {f"seen-{record.pk}": as_seen(record)["opened_version"] for record in records}
    return {"_selected_action": [record.pk for record in records], **versions}


def upload_url(page: str, upload) -> str:
    """The address of one page of an upload."""
    return reverse(f"admin:intake_upload_{page}", args=[upload.pk])


def filled(response) -> dict:
    """Everything a browser would send back of the form it was shown, unchanged."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, FieldFile):
                continue  # a browser sends a file that was chosen, and not the stored one
            if value is True:
                data[bound.html_name] = "on"
            elif value is not None and value is not False:
                data[bound.html_name] = getattr(value, "pk", value)
    if token := context.get("form_token"):
        data["form_token"] = token
    return {name: value for name, value in data.items() if sent(response, name)}


def sent(response, name: str) -> bool:
    """Whether the page really holds a field of that name."""
    return f'name="{name}"' in response.content.decode()


def messages_of(response) -> list[str]:
    """The messages a page shows."""
    return [str(message) for message in response.context["messages"]]


def open_menu(page, part):
    """Opens a part of the menu of a browser's page, unless it is open already."""
    if page.locator(f"#nav-sidebar details:not([open]) > summary:has-text('{part}')").count():
        page.locator("#nav-sidebar summary", has_text=part).click()
