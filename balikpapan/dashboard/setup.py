"""The administrator's first steps: what the register still needs before the office can work in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.urls import reverse

from balikpapan.accounts.groups import PETUGAS, VERIFIKATOR
from balikpapan.intake.models import Upload
from balikpapan.reports.links import list_of
from balikpapan.reports.models import Letterhead, Official, Role


@dataclass(frozen=True)
class Step:
    """One thing to set up, whether that is done, and where it is done."""

    title: str
    hint: str
    link: str
    is_done: bool


@dataclass(frozen=True)
class _Plan:
    title: str
    hint: str
    link: Callable[[], str]
    is_done: Callable[[date], bool]


def steps_for(user, today: date) -> list[Step]:
    """The steps for whoever keeps the accounts; none once all of them are done."""
    if not user.has_perm("auth.change_user"):
        return []
    steps = [Step(plan.title, plan.hint, plan.link(), plan.is_done(today)) for plan in PLANS]
    return [] if all(step.is_done for step in steps) else steps


def accounts():
    """The accounts in use."""
    return get_user_model().objects.filter(is_active=True)


def without_group():
    """The accounts in use that can do nothing because they are in no group."""
    return accounts().filter(groups=None, user_permissions=None, is_superuser=False)


def administrators() -> list[str]:
    """The names of those who can give an account its group."""
    people = get_user_model().objects.with_perm(
        "auth.change_user", backend="django.contrib.auth.backends.ModelBackend"
    )
    names = [person.get_full_name() or person.get_username() for person in people]
    return sorted(names)


def _list_of_accounts() -> str:
    return list_of(get_user_model())


def _has_both_groups(today: date) -> bool:
    names = (PETUGAS, VERIFIKATOR)
    filled = accounts().filter(groups__name__in=names).values_list("groups__name", flat=True)
    return set(filled) >= set(names)


def _everybody_has_a_group(today: date) -> bool:
    return not without_group().exists()


def _has_crest(today: date) -> bool:
    letterhead = Letterhead.objects.heading_on(today)
    return bool(letterhead and letterhead.logo)


def _has_signatory(today: date) -> bool:
    return Official.objects.valid_on(today).filter(role=Role.HEAD).exists()


def _has_upload(today: date) -> bool:
    return Upload.objects.filter(status=Upload.Status.STORED).exists()


PLANS = (
    _Plan(
        "Akun petugas dan verifikator",
        "Buat akun untuk setiap orang dan pilih kelompoknya; yang memeriksa bukan yang mengetik.",
        lambda: reverse("admin:auth_user_add"),
        _has_both_groups,
    ),
    _Plan(
        "Setiap akun punya kelompok",
        "Akun tanpa kelompok tidak dapat membuka apa pun.",
        _list_of_accounts,
        _everybody_has_a_group,
    ),
    _Plan(
        "Kop surat dengan lambang kota",
        "Periksa nama dinas dan alamatnya, lalu unggah lambangnya.",
        lambda: list_of(Letterhead),
        _has_crest,
    ),
    _Plan(
        "Penanda tangan laporan",
        "Catat kepala dinas beserta masa jabatannya.",
        lambda: list_of(Official),
        _has_signatory,
    ),
    _Plan(
        "Unggahan pertama",
        "Minta petugas mengunggah daftar IKM yang sudah ada, apa adanya.",
        lambda: list_of(Upload),
        _has_upload,
    ),
)
