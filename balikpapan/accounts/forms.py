"""The forms of an account: a name, the person's name, and the groups that give rights."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change

from . import second_factor
from .trail import Actor, trace_account


class GroupsField(forms.ModelMultipleChoiceField):
    """The groups of an account; a number no database can hold names none of them."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError:
            message, chosen = self.error_messages["invalid_choice"], ", ".join(map(str, value))
            raise ValidationError(message, "invalid_choice", {"value": chosen}) from None


class AccountForm(forms.ModelForm):
    """An account as the administrator keeps it."""

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "groups", "is_active"]
        labels = {
            "username": "Nama akun",
            "first_name": "Nama depan",
            "last_name": "Nama belakang",
            "groups": "Kelompok",
            "is_active": "Boleh masuk",
        }
        help_texts = {
            "username": "Huruf, angka, titik, dan garis bawah; dipakai saat masuk.",
            "groups": "Hak sebuah akun datang dari kelompoknya.",
            "is_active": "Hapus centangnya bila orang itu tidak lagi bekerja di sini.",
        }
        field_classes = {"groups": GroupsField}
        widgets = {"groups": forms.CheckboxSelectMultiple}


class NewAccountForm(AccountForm):
    """A new account; its first password is made by the program."""


class LogInForm(AdminAuthenticationForm):
    """Name, password and, for an account that has one, the code of the moment.

    A wrong code counts as a failed log-in, so that guessing codes is slowed like guessing
    passwords. Whether an account has a code is told only to who knows its password.
    """

    code = forms.CharField(
        label="Kode masuk",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        help_text="Diisi bila akun Anda memakai kode dari aplikasi di telepon.",
    )

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if not second_factor.is_asked(user):
            return
        code = self.cleaned_data.get("code", "")
        if not code:
            raise ValidationError(
                "Akun ini memakai kode masuk. Isi kata sandi lagi beserta kode dari aplikasi di "
                "telepon, atau satu kode pemulihan.",
                code="code_missing",
            )
        if not second_factor.is_right(user, code):
            user_login_failed.send(
                __name__, credentials={"username": user.get_username()}, request=self.request
            )
            raise ValidationError(
                "Kode masuk salah atau sudah dipakai. Tunggu kode berikutnya, lalu coba lagi.",
                code="code_wrong",
            )


class OwnPasswordForm(AdminPasswordChangeForm):
    """One's own new password; a wrong old one counts as a failed log-in.

    Who finds a computer left open could otherwise guess the password of its owner without end.
    """

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self):
        typed = self.cleaned_data["old_password"]
        if authenticate(self.request, username=self.user.get_username(), password=typed) is None:
            raise ValidationError(
                self.error_messages["password_incorrect"], code="password_incorrect"
            )
        return typed

    def save(self, commit=True):
        with trail_transaction():
            user = super().save(commit)
            trace_account(user, Change.Action.PASSWORD, Actor(user))
        return user
