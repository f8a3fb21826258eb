"""The forms of an account: a name, the person's name, and the groups that give rights."""

from django import forms
from django.contrib.auth.models import User


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
