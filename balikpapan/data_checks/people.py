"""Checks of accounts, and of names that two records share."""

from collections import defaultdict
from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from balikpapan.accounts.groups import GROUPS
from balikpapan.accounts.models import SecondFactor
from balikpapan.accounts.sealing import unseal
from balikpapan.audit.models import UsedFormToken

from .registry import Run, check

GROUPS_AGAIN = "Jalankan python3 manage.py load_reference, atau mulai ulang program."


@check("group_rights", "Hak kelompok sesuai tabel hak", GROUPS_AGAIN, is_quick=True)
def _group_rights(run: Run):
    for group in Group.objects.filter(name__in=GROUPS).prefetch_related(
        "permissions__content_type"
    ):
        rights = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()}
        for name in sorted(rights ^ GROUPS[group.name]):
            yield f"Kelompok {group.name}: hak {name} tidak sesuai tabel."


@check(
    "own_rights", "Tidak ada akun dengan hak di luar kelompoknya", "Cabut hak itu di basis data."
)
def _own_rights(run: Run):
    users = get_user_model().objects.filter(user_permissions__isnull=False).distinct()
    for name in users.order_by("username").values_list("username", flat=True):
        yield f"Akun {name} punya hak di luar kelompoknya."


@check("second_superuser", "Hanya akun pertama yang administrator utama", "Cabut hak itu.")
def _second_superuser(run: Run):
    names = get_user_model().objects.filter(is_superuser=True).order_by("pk")
    for name in names.values_list("username", flat=True)[1:]:
        yield f"Akun {name} juga administrator utama."


@check(
    "sealed_codes",
    "Kode masuk setiap akun tersandi dan terbaca dengan kunci program",
    "Kembalikan berkas secret_key yang lama, atau lepas kode akun itu dengan reset_code.",
)
def _sealed_codes(run: Run):
    for factor in SecondFactor.objects.select_related("user").order_by("pk"):
        if unseal(factor.secret) is None:
            yield f"Kode masuk akun {factor.user.get_username()} tidak terbaca."


@check("form_tokens", "Formulir yang terpakai menunjuk catatannya", "Tidak perlu tindakan segera.")
def _form_tokens(run: Run):
    for token in UsedFormToken.objects.order_by("pk").iterator():
        model = apps.get_model(token.model)
        if not model._base_manager.filter(pk=token.record).exists():
            yield f"Formulir {token.pk} menunjuk {model._meta.verbose_name} yang tidak ada."


#: Lists in which no two kept records may have one name, however it is spelled, and what parts them.
NAMED_ONCE = {
    "regions.Kecamatan": (),
    "regions.Kelurahan": ("kecamatan_id",),
    "industry.RevenueSource": (),
    "industry.IndustryGroup": (),
    "facilities.Facility": (),
}


@check(
    "twins", "Tidak ada nama rujukan yang hanya beda ejaan", "Gabungkan atau arsipkan salah satu."
)
def _twins(run: Run):
    for label, parting in NAMED_ONCE.items():
        model = apps.get_model(label)
        for numbers in _namesakes(model.objects.kept(), parting):
            yield f"{model._meta.verbose_name} nomor {numbers}: nama sama setelah diseragamkan."


@check(
    "business_twins",
    "Tidak ada usaha yang tercatat dua kali dengan NIK yang sama",
    "Buka Usaha IKM › Mungkin ganda lalu gabungkan keduanya.",
)
def _business_twins(run: Run):
    # NIK and name are what a sheet knows a business by; no sheet may store the pair twice.
    model = apps.get_model("industry.Business")
    for numbers in _namesakes(model.objects.kept().exclude(nik=""), ("nik",)):
        yield f"{model._meta.verbose_name} nomor {numbers}: NIK dan nama sama setelah diseragamkan."


def _namesakes(records, parting) -> Iterator[str]:
    """The numbers of records that share a name, however it is spelled, and these fields."""
    keys = defaultdict(list)
    for key, name, *parts in records.values_list("pk", "name", *parting).order_by("pk"):
        keys["".join(filter(str.isalnum, name.casefold())), *parts].append(str(key))
    for numbers in keys.values():
        if len(numbers) > 1:
            yield ", ".join(numbers)
