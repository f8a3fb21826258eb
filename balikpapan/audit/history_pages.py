"""The pages of a record's history: its fields over time, its versions, and the way back to one."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.template.response import TemplateResponse

from . import personal_data
from .archiving import check_seen, page_name, redirect_to_form
from .chain import trail_transaction
from .history import (
    Reader,
    field_histories,
    history_entry,
    reference_names,
    values_over_time,
)
from .masked_columns import for_reading, hidden_fields
from .models import Change, Record
from .store import FrozenYear, contents, traced_fields
from .versions import bring_back, check_years, contents_at, plan_return

#: So many versions, or values of a field, stand on one page, and so many records below it.
SHOWN, LISTED_BELOW = 30, 200
FIELD, PAGE = "isian", "hal"


class ReturnForm(forms.Form):
    """Why an earlier version comes back."""

    reason = forms.CharField(
        label="Alasan",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"size": 60, "placeholder": "misalnya: salah unggah"}),
    )


def history_page(admin, request, record, extra_context=None):
    """The trail of one record: its fields, one field over time, or its versions, newest first."""
    changes = list(Change.objects.of(record).select_related("by"))
    chosen = _chosen_field(admin.model, request.GET.get(FIELD))
    shown = [c for c in changes if chosen is None or chosen.attname in c.after]
    page = Paginator(shown, SHOWN).get_page(request.GET.get(PAGE))
    reader = _reader(admin.model, request.user, [*_sides(page), contents(record)])
    now = contents(record)
    fields = [
        {
            "history": history,
            "now": reader.shown(history.field, now[history.field.attname]),
            "is_chosen": history.field == chosen,
        }
        for history in field_histories(changes, admin.model)
    ]
    below = [] if chosen else _records_below(admin, request, record)
    for_reading([record], request.user, steps=2)
    for_reading((one for entry in below for one in entry["records"]), request.user)
    context = {
        "title": f"Riwayat: {record}",
        "fields": fields,
        "chosen": chosen,
        "values": values_over_time(page, chosen, reader) if chosen else [],
        "entries": []
        if chosen
        else [history_entry(change, admin.model, request.user, reader) for change in page],
        "page": page,
        "below": below,
        **_context(admin, request, record),
        **(extra_context or {}),
    }
    _account(request, record, reader)
    return TemplateResponse(request, admin.object_history_template, context)


def may_return_version(admin, request, record) -> bool:
    """Whether this person may bring back an earlier version of the record."""
    return admin.returns_versions and admin.has_change_permission(request, record)


def _context(admin, request, record):
    return {
        **admin.admin_site.each_context(request),
        "object": record,
        "opts": admin.opts,
        "version_page": page_name(admin.model, "version"),
        "may_return": may_return_version(admin, request, record),
    }


def _reader(model, user, sides):
    return Reader(model, user, reference_names(model, sides))


def _sides(changes):
    return [values for change in changes for values in (change.before, change.after)]


def _chosen_field(model, name):
    if not name:
        return None
    chosen = {f.name: f for f in traced_fields(model)}.get(name)
    if chosen is None:
        raise Http404
    return chosen


def _account(request, record, reader):
    if reader.seen:
        personal_data.record_seen(
            request.user, type(record), record=record.pk, columns=sorted(reader.seen)
        )


def _records_below(admin, request, record):
    """The records edited within the form of this one, each with a history of its own."""
    lists = []
    for inline in admin.get_inline_instances(request, record):
        if not issubclass(inline.model, Record) or not admin.admin_site.is_registered(inline.model):
            continue
        link = next(f for f in inline.model._meta.concrete_fields if f.related_model is admin.model)
        owners = [f.name for f in inline.model._meta.concrete_fields if f.remote_field]
        records = inline.model._base_manager.filter(**{link.name: record}).select_related(*owners)
        lists.append(
            {
                "label": inline.opts.verbose_name_plural,
                "records": list(records.order_by("archived_at", "pk")[:LISTED_BELOW]),
                "page": page_name(inline.model, "history"),
            }
        )
    return [entry for entry in lists if entry["records"]]


# One version


@dataclass
class VersionPage:
    """One version of a record beside what it says now, and the button that brings it back."""

    admin: object
    request: object
    record: Record
    version: int

    def __post_init__(self):
        self.change = (
            Change.objects.of(self.record).filter(version=self.version).select_related("by").first()
        )
        if self.change is None:
            raise Http404
        self.plan = plan_return(self.record, self.version, self._changeable())

    def _changeable(self):
        """The fields that this person may see and change in the record's form."""
        fixed = self.admin.get_readonly_fields(self.request, self.record)
        hidden = hidden_fields(self.admin.model, self.request.user)
        names = {f.name for f in traced_fields(self.admin.model) if f.editable}
        return names - set(hidden) - {name for name in fixed if isinstance(name, str)}

    def obstacle(self) -> str:
        """Why nothing can be brought back now; blank where it can."""
        if self.record.archived_at:
            return "Catatan ini diarsipkan. Kembalikan dulu dari arsip, lalu pilih versinya."
        if not self.plan.changed and not self.plan.left:
            return "Isi catatan sekarang sama dengan versi ini."
        if not self.plan.changed:
            return "Tidak ada isian versi ini yang dapat Anda kembalikan."
        try:
            check_years(self.record, self.plan)
        except FrozenYear as refusal:
            return " ".join(refusal.messages)
        return ""

    def response(self):
        """The page as it is looked at."""
        model, now = self.admin.model, contents(self.record)
        then = contents_at(self.record, self.version)
        reader = _reader(model, self.request.user, [now, then])
        reasons = {difference.field.name: text for difference, text in self.plan.left}
        returned = {difference.field.name for difference in self.plan.changed}
        lines = [
            {
                "label": model_field.verbose_name,
                "then": reader.shown(model_field, then[model_field.attname]),
                "now": reader.shown(model_field, now[model_field.attname]),
                "is_returned": model_field.name in returned,
                "reason": reasons.get(model_field.name, ""),
            }
            for model_field in traced_fields(model)
            if model_field.editable and (_filled(then, model_field) or _filled(now, model_field))
        ]
        _account(self.request, self.record, reader)
        may_return = may_return_version(self.admin, self.request, self.record)
        obstacle = self.obstacle() if may_return else ""
        for_reading([self.record], self.request.user, steps=2)
        context = {
            **_context(self.admin, self.request, self.record),
            "title": f"Versi {self.version}: {self.record}",
            "change": self.change,
            "differing": [line for line in lines if line["is_returned"] or line["reason"]],
            "lines": lines,
            "obstacle": obstacle,
            "form": ReturnForm(self.request.POST or None),
        }
        return TemplateResponse(self.request, "audit/version.html", context)

    def bring_back(self):
        """The answer to the button: the record's form, or this page with what speaks against it."""
        form = ReturnForm(self.request.POST)
        if not form.is_valid():
            return self.response()
        try:
            check_seen(self.record, self.request.POST.get("opened_version"))
            if obstacle := self.obstacle():
                raise ValidationError(obstacle)
            with trail_transaction():
                reason = form.cleaned_data["reason"]
                bring_back(self.record, self.plan, by=self.request.user, reason=reason)
                self.admin.after_store(self.request, self.record)
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(self.request, text)
            self.record.refresh_from_db()
            return VersionPage(self.admin, self.request, self.record, self.version).response()
        messages.success(
            self.request, f"«{self.record}» kembali ke versi {self.version}: {self._count()}."
        )
        return redirect_to_form(self.admin.model, self.record.pk)

    def _count(self):
        left = f", {len(self.plan.left)} dibiarkan" if self.plan.left else ""
        return f"{len(self.plan.changed)} isian diubah{left}"


def _filled(values, model_field):
    return values[model_field.attname] not in (None, "")


def version_page(admin, request, record, version: int):
    """One version of a record; a POST brings it back, which is itself a traced change."""
    if request.method == "POST" and not may_return_version(admin, request, record):
        raise PermissionDenied
    page = VersionPage(admin, request, record, version)
    return page.bring_back() if request.method == "POST" else page.response()
