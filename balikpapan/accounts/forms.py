"""The forms of an account: a name, the person's name, and the groups that give rights."""

from django import forms
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from balikpapan.audit.chain import trail_transaction
from balikpapan.audit.models import Change

from .trail import Actor, trace_account


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
        widgets = {"groups": forms.CheckboxSelectMultiple}


class NewAccountForm(AccountForm):
    """A new account; its first password is made by the program."""


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
