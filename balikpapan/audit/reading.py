"""What a typed text is read as, asked by a form while it is being filled in."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpResponseNotAllowed, JsonResponse

from .formfields import TypedDateField, TypedField


def typed_formfield(db_field, kwargs) -> dict:
    """The arguments of ``formfield`` with which a day is typed; all else chooses its box itself."""
    if type(db_field) is models.DateField:
        return {**kwargs, "form_class": TypedDateField, "model_field": db_field}
    return kwargs


def read_page(admin, request):
    """JSON of what was read: ``echo`` ("= 1.250,5 kg") or ``error`` (a sentence), else both blank.

    Of money the echo ends with the amount in words. The text comes in the body, for it may be a NIK
    and addresses are logged.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not (admin.has_add_permission(request) or admin.has_change_permission(request)):
        raise PermissionDenied
    form_field = _form_field(admin, request.POST.get("field", ""))
    text = request.POST.get("text", "")
    try:
        form_field.to_python(text)
    except ValidationError as refusal:
        return JsonResponse({"echo": "", "error": " ".join(refusal.messages)})
    parts = [form_field.echo(text), form_field.in_words(text)]
    return JsonResponse({"echo": ", ".join(filter(None, parts)), "error": ""})


def _form_field(admin, label: str) -> TypedField:
    """The form field of "industry.business.nib", of this register or of the rows below its form."""
    models_here = [admin.model, *(inline.model for inline in admin.inlines)]
    fields = {
        f"{model._meta.label_lower}.{field.name}": field
        for model in models_here
        for field in model._meta.concrete_fields
        if field.editable
    }
    field = fields.get(label)
    form_field = field.formfield(**typed_formfield(field, {})) if field is not None else None
    if not isinstance(form_field, TypedField):
        raise Http404
    return form_field
