"""Help inside the program: the guide of docs/ as a page, the part of it for each page, and the tour."""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import Resolver404, path, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the guide under its heading; ``picture`` is the address of a screenshot or blank."""

    slug: str
    title: str
    html: SafeString

    @property
    def picture(self) -> str:
        """A screenshot that lies beside the styles under the name of the part, where there is one."""
        name = f"office/panduan/{self.slug}.png"
        return static(name) if finders.find(name) else ""


@cache
def sections() -> tuple[Section, ...]:
    """The guide for the staff, part by part, as docs/panduan-petugas.html has it."""
    text = (settings.BASE_DIR / "docs" / "panduan-petugas.html").read_text(encoding="utf-8")
    _, *parts = _HEADING.split(_BODY.search(text)[1])
    return tuple(
        Section(slugify(title), title, mark_safe(html))  # our own file, not what somebody typed
        for title, html in zip(parts[::2], parts[1::2], strict=True)
    )


#: The beginning of a page's name -> the parts of the guide that help there; the first that fits.
TOPICS = (
    ("index", ("melengkapi-data-dan-tugas", "mengunggah-berkas-excel")),
    ("password_change", ("masuk",)),
    ("second_factor", ("masuk",)),
    ("industry_workitem", ("melengkapi-data-dan-tugas",)),
    ("industry_reminder", ("melengkapi-data-dan-tugas",)),
    ("industry_business_gaps", ("melengkapi-data-dan-tugas",)),
    ("industry_businessyear", ("mengetik-setahun-sekaligus",)),
    ("industry_revenue_reconcile", ("cold-storage-titipan-skrd-dan-pad",)),
    ("industry_revenue", ("mengetik-setahun-sekaligus",)),
    ("industry_", ("mengetik-satu-usaha", "mengunggah-berkas-excel")),
    ("intake_upload", ("mengunggah-berkas-excel", "baris-yang-ditahan")),
    ("facilities_asset", ("inventarisasi-dan-label-aset",)),
    ("facilities_inventory", ("inventarisasi-dan-label-aset",)),
    ("facilities_maintenance", ("inventarisasi-dan-label-aset",)),
    ("facilities_facility", ("unit-sentra-dan-sewa",)),
    ("facilities_productionunit", ("unit-sentra-dan-sewa",)),
    ("facilities_lease", ("unit-sentra-dan-sewa",)),
    ("facilities_", ("cold-storage-titipan-skrd-dan-pad",)),
    ("reports_letterhead", ("akun-kop-surat-dan-rujukan",)),
    ("reports_official", ("akun-kop-surat-dan-rujukan",)),
    ("report", ("laporan",)),
    ("audit_closedyear", ("laporan",)),
    ("audit_", ("keliru",)),
    ("auth_", ("akun-kop-surat-dan-rujukan", "masuk")),
    ("regions_", ("akun-kop-surat-dan-rujukan",)),
    ("intake_", ("mengunggah-berkas-excel",)),
)


def help_for(page: str) -> list[Section]:
    """The parts of the guide for a page by the name of its address; a history has one of its own."""
    if page.endswith(("_history", "_version")):
        slugs = ("keliru",)
    else:
        slugs = next((slugs for start, slugs in TOPICS if page.startswith(start)), ())
    if page.endswith("_changelist"):
        slugs = (*slugs, "memakai-daftar")
    return [section for section in sections() if section.slug in slugs]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the tour: what is done there, the page, and the right it asks for."""

    title: str
    text: str
    page: str
    right: str


TOUR = (
    Stop(
        "Lihat keadaannya",
        "Halaman Hari ini menyebut pekerjaan yang menunggu Anda, lalu angka IKM, PAD, dan sarana. Setiap "
        "angka membuka daftar di baliknya.",
        "admin:index",
        "",
    ),
    Stop(
        "Cari satu usaha",
        "Tekan / atau Ctrl+K di halaman mana pun: nama usaha, nomor IKM, NIB, atau telepon.",
        "admin:search",
        "",
    ),
    Stop(
        "Buka daftar IKM",
        "Saring dengan tombol Saring; yang dipakai tampil sebagai keping yang dapat dilepas.",
        "admin:industry_business_changelist",
        "industry.view_business",
    ),
    Stop(
        "Ketik satu usaha",
        "Hanya nama yang wajib. Enter berpindah, Ctrl+S menyimpan. Kosong berarti tidak diketahui, "
        "bukan nol.",
        "admin:industry_business_add",
        "industry.add_business",
    ),
    Stop(
        "Unggah berkas Excel",
        "Berkas apa adanya. Isinya diperlihatkan dahulu; belum ada yang tersimpan sebelum Anda "
        "menekan Simpan, dan sesudahnya masih dapat dibatalkan.",
        "admin:intake_upload_changelist",
        "industry.import_business",
    ),
    Stop(
        "Lengkapi yang kurang",
        "Kualitas data menyebut apa yang kurang untuk laporan dan pengaruhnya bila diisi.",
        "admin:industry_business_gaps",
        "industry.view_business",
    ),
    Stop(
        "Verifikasi dan tutup tahun",
        "Periksa yang diketik orang lain, lalu tutup tahunnya: angkanya menjadi edisi yang tetap.",
        "admin:audit_closedyear_changelist",
        "audit.close_year",
    ),
    Stop(
        "Beri orang akun",
        "Setiap orang satu akun, dan kelompoknya menentukan apa yang dapat dibukanya.",
        "admin:auth_user_changelist",
        "auth.change_user",
    ),
    Stop(
        "Ambil laporan",
        "Laporan tahunan di layar, Excel, atau PDF: satu isi, tiga bentuk.",
        "admin:report_choose",
        "reports.view_edition",
    ),
)


def guide_urls(site):
    """The guide, the tour and the help of a page, behind the site's own log-in."""
    pages = {"bantuan/": (help_page, "help"), "panduan/": (guide_page, "guide")}
    pages["panduan/tur/"] = (tour_page, "tour")

    def wrap(view):
        def page(request: HttpRequest) -> TemplateResponse:
            template, context = view(request)
            return TemplateResponse(request, template, {**site.each_context(request), **context})

        return site.admin_view(page)

    return [path(route, wrap(view), name=name) for route, (view, name) in pages.items()]


def guide_page(request: HttpRequest) -> tuple[str, dict]:
    """The whole guide with its contents."""
    return "office/guide.html", {"title": "Panduan", "sections": sections()}


def help_page(request: HttpRequest) -> tuple[str, dict]:
    """The parts of the guide for the page whose path is asked for."""
    place = request.GET.get("halaman", "")
    try:
        page = resolve(place).url_name or ""
    except Resolver404:
        place = page = ""
    is_own = page and url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    context = {
        "title": "Bantuan",
        "sections": help_for(page),
        "back": place if is_own else reverse("admin:index"),
    }
    return "office/help.html", context


def tour_page(request: HttpRequest) -> tuple[str, dict]:
    """The stops of the tour that this person can go to."""
    stops = [
        {"title": stop.title, "text": stop.text, "url": reverse(stop.page)}
        for stop in TOUR
        if not stop.right or request.user.has_perm(stop.right)
    ]
    return "office/tour.html", {"title": "Lima menit pertama", "stops": stops}
