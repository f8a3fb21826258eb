"""The menu: the parts of the office's work in their order, each with the pages it needs."""

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse

#: The parts a person has opened, as their script writes them down: "ikm.pad".
COOKIE = "menu"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the menu; its pages are lists, as "app.Model", or addresses, as "admin:name"."""

    key: str
    name: str
    pages: tuple[str, ...]


MENU = (
    Section(
        "ikm",
        "IKM",
        (
            "industry.Business",
            "industry.BusinessYear",
            "industry.Certificate",
            "industry.Programme",
            "industry.Participation",
            "industry.WorkItem",
            "industry.Reminder",
        ),
    ),
    Section("pad", "PAD", ("industry.Revenue", "industry.RevenueSource")),
    Section(
        "sarana",
        "Sarana",
        (
            "facilities.Facility",
            "facilities.ProductionUnit",
            "facilities.Lease",
            "facilities.Deposit",
            "facilities.Withdrawal",
            "facilities.StorageMonth",
            "facilities.BuildingRental",
            "facilities.Bill",
            "facilities.TemperatureReading",
            "facilities.Outage",
            "facilities.Asset",
            "facilities.Maintenance",
            "facilities.InventorySession",
        ),
    ),
    Section("unggahan", "Unggahan", ("intake.Upload",)),
    Section(
        "laporan",
        "Laporan",
        (
            "admin:report_choose",
            "reports.Edition",
            "audit.ClosedYear",
            "industry.PublishedFigure",
            "industry.PerformanceTarget",
        ),
    ),
    Section(
        "rujukan",
        "Rujukan",
        (
            "industry.Kbli",
            "industry.IndustryGroup",
            "industry.ProductUnit",
            "industry.ScaleRule",
            "industry.RevenueAccount",
            "facilities.Tariff",
            "facilities.UsefulLife",
            "regions.Kecamatan",
            "regions.Kelurahan",
            "intake.HeadingAlias",
            "intake.ValueAlias",
        ),
    ),
    Section(
        "pengaturan",
        "Pengaturan",
        (
            "auth.User",
            "auth.Group",
            "reports.Letterhead",
            "reports.Official",
            "audit.Change",
            "audit.ReadAccess",
            "privacy.SubjectRequest",
            "privacy.Destruction",
        ),
    ),
)

#: Pages that are no list of records, with the right they ask for.
PAGES = {"admin:report_choose": ("Laporan tahunan", "reports.view_edition")}


def sections(site: AdminSite, request: HttpRequest, models: dict[str, dict]) -> list[dict]:
    """The parts of the menu that this person can use, as the admin's templates read them.

    ``models`` are the lists the person may view, as "app.Model" -> what the admin tells of it.
    """
    listed = [(section, list(_entries(site, request, section, models))) for section in MENU]
    return [
        {"app_label": section.key, "name": section.name, "models": entries, "app_url": ""}
        for section, entries in listed
        if entries
    ]


def opened(parts: list[dict], request: HttpRequest) -> list[dict]:
    """The parts with the page one is on marked, its part and those left open opened."""
    _mark_current(parts, request)
    left_open = request.COOKIES.get(COOKIE, "").split(".")
    for part in parts:
        part["open"] = part["app_label"] in left_open or any(
            entry.get("current") for entry in part["models"]
        )
    return parts


def _entries(site, request, section, models):
    for page in section.pages:
        if page in PAGES:
            name, right = PAGES[page]
            if request.user.has_perm(right):
                yield _page(name, reverse(page))
        elif page in models:
            entry = models[page]
            yield entry
            keeper = site._registry[entry["model"]]
            own = keeper.menu_pages(request) if hasattr(keeper, "menu_pages") else ()
            yield from (_page(*named) for named in own)


def _page(name, address):
    return {"name": name, "object_name": name, "admin_url": address, "view_only": True}


def _mark_current(parts, request):
    """Marks the entry whose address the page lies under; of several, the one that says most."""
    entries = [entry for part in parts for entry in part["models"] if entry.get("admin_url")]
    under = [entry for entry in entries if request.path.startswith(entry["admin_url"])]
    if under:
        entry = max(under, key=lambda entry: len(entry["admin_url"]))
        entry["current"] = "page" if entry["admin_url"] == request.path else "true"
