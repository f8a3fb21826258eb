from functools import partial

from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from balikpapan.audit.acts import act_of, acts_view
from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.changelist import ListAdmin
from balikpapan.audit.trail_admin import ReadOnlyAdmin

from .forms import AccountForm, NewAccountForm
from .models import SecondFactor
from .passwords import give_password
from .second_factor_pages import take_off_view
from .trail import Actor, contents, entries_of, trace_changed, trace_created, trace_reset

#: So many acts are shown on the page of an account.
SHOWN = 30

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(ListAdmin):
    """The people who may come in; a right is given by a group and in no other way."""

    form = AccountForm
    add_form = NewAccountForm
    change_form_template = "accounts/change_form.html"
    list_display = ["username", "full_name", "group_names", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    search_fields = ["username", "first_name", "last_name"]
    fieldsets = [
        ("Akun", {"fields": ["username", ("first_name", "last_name")]}),
        ("Hak", {"fields": ["groups", "is_active"]}),
    ]
    actions = None

    history_view = acts_view

    def acts_of(self, obj, user):
        """Everything that was done to an account, its log-ins among it."""
        return [act_of(entry["change"], entry["text"]) for entry in entries_of(obj, None)]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="nama lengkap")
    def full_name(self, obj):
        return obj.get_full_name() or "–"

    @admin.display(description="kelompok")
    def group_names(self, obj):
        if obj.is_superuser:
            return "Administrator utama"
        return ", ".join(group.name for group in obj.groups.all()) or "–"

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = self.add_form if obj is None else self.form
        return super().get_form(request, obj, change=change, form=form, **kwargs)

    def has_change_permission(self, request, obj=None):
        # One's own rights, and the first administrator's, are nobody's to change here.
        own_or_first = obj is not None and (obj.is_superuser or obj.pk == request.user.pk)
        if own_or_first and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False  # an account that wrote something is made inactive, never deleted

    def get_readonly_fields(self, request, obj=None):
        own = obj is not None and obj.pk == request.user.pk
        return ["groups", "is_active"] if own else []

    def save_model(self, request, obj, form, change):
        obj.is_staff = True
        form.before = contents(User.objects.get(pk=obj.pk)) if change else None
        if change:
            obj.save()
            return
        password = give_password(obj)
        self._show(request, obj, password)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        # Only now the groups are those that were chosen.
        if form.before is None:
            trace_created(form.instance, Actor(request.user))
        else:
            trace_changed(form.instance, form.before, Actor(request.user))

    def changeform_view(self, request, *arguments, **kwargs):
        # The account and its trail, all or nothing, in one link.
        with trail_transaction():
            return super().changeform_view(request, *arguments, **kwargs)

    def render_change_form(self, request, context, *arguments, obj=None, **kwargs):
        if obj is not None:
            context["account_entries"] = entries_of(obj, SHOWN)
            context["has_code"] = SecondFactor.objects.filter(user=obj).exists()
        return super().render_change_form(request, context, *arguments, obj=obj, **kwargs)

    def _show(self, request, obj, password):
        messages.success(
            request,
            f"Kata sandi pertama {obj.username}: {password} — catat sekarang, karena hanya "
            "ditampilkan sekali. Pemiliknya wajib menggantinya saat masuk.",
        )

    def get_urls(self):
        view = self.admin_site.admin_view(self.password_view)
        own = [
            path("<path:object_id>/password/", view, name="auth_user_new_password"),
            path(
                "<path:object_id>/code/",
                self.admin_site.admin_view(partial(take_off_view, self)),
                name="auth_user_take_off_code",
            ),
        ]
        return [*own, *super().get_urls()]

    def password_view(self, request, object_id):
        """A new password for somebody who forgot theirs; shown once, replaced at log-in."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        if request.method == "POST":
            with trail_transaction():
                password = give_password(obj)
                trace_reset(obj, Actor(request.user))
            self._show(request, obj, password)
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[obj.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Kata sandi baru untuk {obj.username}",
            "opts": self.opts,
            "object": obj,
        }
        return TemplateResponse(request, "accounts/new_password.html", context)


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """The four groups; what each may do is fixed by the program."""

    list_display = ["name"]
    fields = ["name"]
