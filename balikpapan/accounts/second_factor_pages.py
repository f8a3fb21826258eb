"""The page on which somebody sets up a code, and the one on which an administrator takes it off."""

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import mark_safe

from .models import RecoveryCode, SecondFactor
from .second_factor import is_offered, new_secret, qr_code, set_up, step_of, take_off
from .trail import Actor

#: Where a secret stands while nobody has shown yet that an application has it.
OFFERED = "offered_secret"


class SetUpForm(forms.Form):
    """The password once more, and a first code."""

    password = forms.CharField(
        label="Kata sandi Anda",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label="Kode dari aplikasi",
        max_length=10,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args, request, secret, **kwargs):
        super().__init__(*args, **kwargs)
        self.request, self.secret, self.step = request, secret, None

    def clean_password(self):
        name = self.request.user.get_username()
        if (
            authenticate(self.request, username=name, password=self.cleaned_data["password"])
            is None
        ):
            raise ValidationError("Kata sandi salah.")

    def clean_code(self):
        code = self.cleaned_data["code"].replace(" ", "")
        self.step = step_of(self.secret, code) if code.isascii() else None
        if self.step is None:
            raise ValidationError(
                "Kode ini tidak cocok. Periksa jam telepon dan komputer, lalu isi kode yang baru."
            )


def set_up_view(site, request):
    """Sets up the code of whoever is logged in; the recovery codes are shown this once."""
    if not is_offered(request.user):
        raise PermissionDenied
    context = {**site.each_context(request), "title": "Kode masuk"}
    factor = SecondFactor.objects.filter(user=request.user).first()
    if factor is None:
        secret = request.session.setdefault(OFFERED, new_secret())
        form = SetUpForm(request.POST or None, request=request, secret=secret)
        if request.method == "POST" and form.is_valid():
            context["recovery_codes"] = set_up(request.user, secret, form.step)
            del request.session[OFFERED]
        else:
            context["form"], context["secret"] = form, secret
            # Drawn from the secret and the account's name alone, and escaped by its maker.
            context["qr_code"] = mark_safe(qr_code(secret, request.user))  # noqa: S308
    else:
        context["factor"] = factor
        context["left"] = RecoveryCode.objects.filter(user=request.user).count()
    return TemplateResponse(request, "accounts/second_factor.html", context)


def take_off_view(admin, request, object_id):
    """Takes the code off the account of somebody who lost the telephone."""
    user = admin.get_object(request, object_id)
    if user is None:
        return admin._get_obj_does_not_exist_redirect(request, admin.opts, object_id)
    if not admin.has_change_permission(request, user):
        raise PermissionDenied
    if request.method == "POST":
        if SecondFactor.objects.filter(user=user).exists():
            take_off(user, Actor(request.user))
            messages.success(request, f"Kode masuk {user.username} dilepas.")
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))
    context = {
        **admin.admin_site.each_context(request),
        "title": f"Lepas kode masuk {user.username}",
        "opts": admin.opts,
        "object": user,
    }
    return TemplateResponse(request, "accounts/take_off_code.html", context)


def second_factor_urls(site) -> list:
    """The address of the page on which a code is set up."""

    def view(request):
        return set_up_view(site, request)

    return [path("kode-masuk/", site.admin_view(view), name="second_factor")]
