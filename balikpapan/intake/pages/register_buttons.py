"""The buttons every register has: upload, template, export."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from balikpapan.audit import personal_data
from balikpapan.audit.archiving import page_name
from balikpapan.audit.purpose import PurposeForm
from balikpapan.downloads import file_response
from balikpapan.lists.columns import (
    OfferedColumn,
    chosen_columns,
    forget_columns,
    remember_columns,
)

from ..exports.columns import fixed_columns, with_fixed
from ..exports.rows import export_columns, export_rows, figure_years, write_export
from ..exports.template import latest_rows, write_template
from ..permissions import may


class ExportChoice:
    """The columns of one download as somebody wants them, remembered for the next time.

    ``place`` is the list it belongs to.
    """

    def __init__(self, request, place, resource):
        self.user, self.resource = request.user, resource
        self._place = f"{place}/{resource.register}"
        self._every = list(export_columns(resource))
        # A page without its boxes, as a command sends it, wants everything.
        self._is_asked = "column" in request.POST
        if self._is_asked:
            names = with_fixed(resource, request.POST.getlist("column"))
        else:
            names = self._every
        self.names = names

    def remember(self):
        """Keeps what the boxes of the page said."""
        if not self._is_asked:
            return
        if self.names == self._every:
            forget_columns(self.user, self._place)
        else:
            remember_columns(self.user, self._place, self.names)

    def menu(self):
        """The boxes of the page: those sent, else those ticked the last time, else all."""
        last = None if self._is_asked else chosen_columns(self.user, self._place)
        ticked = set(self.names if last is None else with_fixed(self.resource, last))
        fixed = fixed_columns(self.resource)
        return [
            OfferedColumn(name, column.column_name, name in ticked, name in fixed)
            for name, column in export_columns(self.resource).items()
        ]


class SheetAdmin:
    """Adds to a register's admin: upload, download and the blank template of its sheets."""

    resource_classes: list = []
    change_list_template = "intake/change_list.html"

    def changelist_view(self, request, extra_context=None):
        sheets = [
            {
                "label": resource.label,
                "register": resource.register,
                "may_import": may(request.user, "import", resource.register),
                "may_export": may(request.user, "export", resource.register),
            }
            for resource in self.resource_classes
        ]
        context = {
            "sheets": sheets,
            "may_import_any": any(s["may_import"] for s in sheets),
            "tools": self.tools(request),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def tools(self, request):
        """Further pages that this list leads to: (name, address)."""
        return []

    def search_pages(self, request):
        """What the search offers of this register beside its list: (name, address)."""
        return [
            (
                f"Unggah Excel: {resource.label}",
                reverse("admin:intake_upload_new", args=[resource.register]),
            )
            for resource in self.resource_classes
            if may(request.user, "import", resource.register)
        ]

    def get_urls(self):
        own = [
            path(
                f"{act}/<str:register>/",
                self.admin_site.admin_view(view),
                name=page_name(self.model, act).partition(":")[2],
            )
            for act, view in (("export", self.export_view), ("template", self.template_view))
        ]
        return [*own, *super().get_urls()]

    def sheet(self, register):
        """The sheet of that name among this register's own, or None."""
        return next((r() for r in self.resource_classes if r.register == register), None)

    def sheet_url(self, act, register):
        """The page that exports a sheet or gives its template."""
        return reverse(page_name(self.model, act), args=[register])

    def _sheet_or_404(self, register):
        resource = self.sheet(register)
        if resource is None:
            raise Http404
        return resource

    def template_view(self, request, register):
        """The sheet to fill in, blank or with the register's rows; on record where unmasked."""
        resource = self._sheet_or_404(register)
        filled = request.GET.get("isi") == "terakhir"
        if not may(request.user, "import", register) or (
            filled and not may(request.user, "export", register)
        ):
            raise PermissionDenied
        personal = filled and request.user.has_perm(personal_data.EXPORT)
        response = file_response(f"templat-{register}.xlsx")
        write_template(
            response, resource, latest_rows(resource, personal=personal) if filled else ()
        )
        if personal and (columns := sorted(resource.personal_columns())):
            count = resource._meta.model.objects.kept().count()
            personal_data.record_exported(
                request.user,
                resource._meta.model,
                personal_data.Extract(count=count, columns=columns, purpose="templat untuk diisi"),
            )
        return response

    def export_view(self, request, register):
        """The register as Excel or csv; personal data only with the right, and on record."""
        resource = self._sheet_or_404(register)
        if not may(request.user, "export", register):
            raise PermissionDenied
        years = figure_years(resource)
        unmasked = request.user.has_perm(personal_data.EXPORT)
        choice = ExportChoice(request, self.opts.label_lower, resource)
        personal_columns = resource.personal_columns().intersection(choice.names)
        wants_personal = request.POST.get("personal") == "ya" and bool(personal_columns)
        purpose = PurposeForm(request.POST if wants_personal else None)
        if request.method != "POST" or (unmasked and purpose.is_bound and not purpose.is_valid()):
            context = {
                **self.admin_site.each_context(request),
                "title": f"Ekspor {resource.label}",
                "opts": self.opts,
                "years": years,
                "may_unmask": unmasked,
                "purpose": purpose,
                "columns": choice.menu(),
                "personal": sorted(
                    resource.columns()[n].column_name for n in resource.personal_columns()
                ),
            }
            return TemplateResponse(request, "intake/export.html", context)
        extension = "csv" if request.POST.get("format") == "csv" else "xlsx"
        year = next((y for y in years if str(y) == request.POST.get("year")), None)
        year = year or (years[0] if years else None)
        personal = unmasked and wants_personal
        choice.remember()
        try:
            queryset, children = self._filtered(request), None
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{reverse(page_name(self.model, 'changelist'))}?e=1")
        main = resource._meta.model
        if main is not self.model:  # a list of second records, such as certificates
            children = queryset
            queryset = main.objects.kept().filter(pk__in=children.values(resource.child.link))
        today = timezone.localdate()
        response = file_response(f"{register}-{today:%Y-%m-%d}.{extension}")
        rows = export_rows(
            resource,
            queryset,
            year=year,
            personal=personal,
            children=children,
            chosen=choice.names,
        )
        write_export(response, resource, rows, extension, choice.names)
        if personal:
            count = queryset.count()
            personal_data.record_exported(
                request.user,
                self.model,
                personal_data.Extract(
                    count=count,
                    columns=sorted(personal_columns),
                    purpose=purpose.cleaned_data["purpose"],
                    filters=request.META.get("QUERY_STRING", ""),
                ),
            )
        return response

    def _filtered(self, request):
        """The list as it was filtered when the button was pressed."""
        return self.get_changelist_instance(request).get_queryset(request).filter(archived_at=None)
