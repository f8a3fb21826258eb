"""The admin site: everything is closed until a permission opens it."""

from functools import partial

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import PasswordChangeView
from django.urls import reverse
from django.utils import timezone

from balikpapan.accounts import demo_log_in
from balikpapan.accounts.announcements import VERIFY, announcement_urls, announcements_for
from balikpapan.accounts.forms import LogInForm, OwnPasswordForm
from balikpapan.accounts.groups import GROUPS
from balikpapan.accounts.second_factor import OFF, is_offered
from balikpapan.accounts.second_factor_pages import second_factor_urls
from balikpapan.accounts.trail import trace_entry
from balikpapan.audit.masked_columns import for_reading
from balikpapan.audit.models import Change, ClosedYear
from balikpapan.audit.years import year_in, years_offered
from balikpapan.backup.daily import status as backup_status
from balikpapan.dashboard.figures import charts
from balikpapan.dashboard.queries import current, of_year
from balikpapan.dashboard.setup import administrators, steps_for
from balikpapan.dashboard.work import work_for
from balikpapan.data_checks.nightly import latest_result
from balikpapan.navigation import menu
from balikpapan.navigation.guide import guide_urls
from balikpapan.navigation.search import search_urls
from balikpapan.privacy.models import SubjectRequest
from balikpapan.privacy.notice import notice_urls
from balikpapan.privacy.requests import waiting_counts
from balikpapan.yearbook.views import report_urls

#: So many menus are kept: there are four groups, and few people with rights of their own.
MOST_MENUS = 50


class OfficeAutocomplete(AutocompleteJsonView):
    """The choices of a box that looks records up, by names as this person may read them."""

    def serialize_result(self, obj, to_field_name):
        for_reading([obj], self.request.user)
        return super().serialize_result(obj, to_field_name)


class OfficeAdminSite(AdminSite):
    """The register as its staff see it."""

    site_header = "Register Industri Balikpapan"
    site_title = "Register Industri Balikpapan"
    index_title = "Hari ini"
    login_form = LogInForm
    site_url = None
    empty_value_display = "–"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        #: What is registered, an app and a set of rights -> the menu of whoever has those.
        self._menus: dict[tuple, list[dict]] = {}

    def get_app_list(self, request, app_label=None):
        """The menu: what this person may open, in the order of the office's work.

        It hangs on the rights alone and stands on every page, so each set of rights is asked for
        its menu once. With an app, the registers of that app alone, for the page that lists them.
        """
        user = request.user
        holds_all = user.is_active and user.is_superuser
        rights = {"*"} if holds_all else user.get_all_permissions()
        key = (len(self._registry), app_label, frozenset(rights))
        parts = self._menus.get(key)
        if parts is None:
            parts = self._app_list(request, app_label)
            if len(self._menus) >= MOST_MENUS:
                self._menus.clear()
            self._menus[key] = parts
        # Whoever is given a menu may change it.
        own = [{**part, "models": [dict(entry) for entry in part["models"]]} for part in parts]
        return own if app_label else menu.opened(own, request)

    def _app_list(self, request, app_label):
        apps = super().get_app_list(request, app_label)
        models = {
            f"{app['app_label']}.{model['object_name']}": model
            for app in apps
            for model in app["models"]
        }
        if app_label is None:
            return menu.sections(self, request, models)
        order = [page for section in menu.MENU for page in section.pages]
        for app in apps:
            app["models"] = [models[page] for page in order if page in models]
        return [app for app in apps if app["models"]]

    def autocomplete_view(self, request):
        return OfficeAutocomplete.as_view(admin_site=self)(request)

    def login(self, request, extra_context=None):
        """The log-in, which leaves a trace of who came in from where."""
        code_asked = settings.SECOND_FACTOR != OFF
        context = {"code_asked": code_asked, **(extra_context or {})}
        if demo_log_in.is_offered(request):
            context["demo_groups"] = list(GROUPS)
        response = super().login(request, context)
        if (
            request.method == "POST"
            and response.status_code == 302
            and request.user.is_authenticated
        ):
            address = getattr(request, "axes_ip_address", None)
            trace_entry(request.user, Change.Action.ENTERED, address)
        return response

    def password_change(self, request, extra_context=None):
        """One's own new password; guessing the old one is slowed like guessing at the log-in."""
        request.current_app = self.name
        return PasswordChangeView.as_view(
            form_class=partial(OwnPasswordForm, request=request),
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )(request)

    def each_context(self, request):
        context = super().each_context(request)
        if context["has_permission"] and request.user.has_perm(VERIFY):
            # Asked for by pages alone, not by what redirects.
            context["announcements"] = partial(announcements_for, request.user)
        context["code_is_offered"] = context["has_permission"] and is_offered(request.user)
        return context

    def get_urls(self):
        return [
            *announcement_urls(self),
            *second_factor_urls(self),
            *report_urls(self),
            *notice_urls(self),
            *search_urls(self),
            *guide_urls(self),
            *demo_log_in.demo_urls(self),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        """The dashboard of what this person may see."""

        def may_view(model):
            keeper = self._registry.get(model)
            return keeper is not None and keeper.has_view_permission(request)

        today = timezone.localdate()
        year = year_in(request.GET.get("tahun")) or today.year
        is_past = year < today.year
        board = of_year(may_view, year) if is_past else current(may_view, today)
        if board.certificates:
            for_reading(board.certificates.next, request.user)
        if board.uploads:
            for_reading(board.uploads.latest, request.user)
        context = {
            "board": board,
            "charts": charts(board),
            "work": [] if is_past else work_for(request.user, board),
            "past_year": year if is_past else None,
            "years": [int(value) for value, _ in years_offered()],
            **(extra_context or {}),
        }
        if is_past:
            if request.user.has_perm("reports.view_edition"):
                context["closed"] = ClosedYear.objects.kept().filter(year=year).first()
            return super().index(request, context)
        context["setup"] = steps_for(request.user, today)
        # Asked by the page alone, and only of who sees nothing else.
        context["administrators"] = administrators
        # Whoever keeps the accounts keeps the backups too.
        if not settings.DEMO and request.user.has_perm("auth.change_user"):
            context["backup"] = backup_status()
        if request.user.has_perm("auth.change_user") or request.user.has_perm(VERIFY):
            context["soundness"] = latest_result()
        if may_view(SubjectRequest):
            context["subject_requests"] = waiting_counts(timezone.now())
        return super().index(request, context)
