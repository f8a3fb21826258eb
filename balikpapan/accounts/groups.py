"""Who may do what: the one table of rights.

What is not written here is refused. ``delete`` is archiving; permissions to see and to take out
personal data stand apart from those to see and to export the records.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

PETUGAS = "Petugas"
VERIFIKATOR = "Verifikator"
PIMPINAN = "Pimpinan"
ADMINISTRATOR = "Administrator"

#: What the office keeps, year after year.
REGISTERS = [
    "industry.business",
    "industry.businessyear",
    "industry.certificate",
    "industry.programme",
    "industry.participation",
    "industry.revenue",
    "industry.revenuesource",
    "industry.revenuebill",
    "industry.publishedfigure",
    "industry.performancetarget",
    "facilities.facility",
    "facilities.chamber",
    "facilities.productionunit",
    "facilities.lease",
    "facilities.storagemonth",
    "facilities.deposit",
    "facilities.withdrawal",
    "facilities.buildingrental",
    "facilities.temperaturereading",
    "facilities.outage",
    "facilities.bill",
    "facilities.billline",
    "facilities.asset",
    "facilities.conditioncheck",
    "facilities.maintenance",
    "facilities.inventorysession",
    "facilities.inventoryentry",
]
#: What the registers choose from.
LISTS = [
    "regions.kecamatan",
    "regions.kelurahan",
    "industry.kbli",
    "industry.industrygroup",
    "industry.productunit",
    "industry.scalerule",
    "industry.revenueaccount",
    "facilities.tariff",
    "facilities.usefullife",
]
#: Work on the data that one member of staff hands to another.
WORK = ["industry.workitem"]
#: What was written to the businesses.
LETTERS = ["industry.reminder"]
#: What stands around a printed report.
STATIONERY = ["reports.letterhead", "reports.official"]
#: What the importer learns from the staff.
HEADINGS = ["intake.headingalias", "intake.valuealias"]
#: What persons ask about their own data.
REQUESTS = ["privacy.subjectrequest"]
#: What happened: changes, closed years, uploads, kept reports.
HISTORY = ["audit.change", "audit.closedyear", "intake.upload", "reports.edition"]

ALL = "view add change delete import export"


def rights(actions: str, models: list[str]) -> set[str]:
    """Each action on each model, as permissions are written: industry.view_business."""
    split = [model.split(".") for model in models]
    return {f"{app}.{action}_{name}" for app, name in split for action in actions.split()}


GROUPS: dict[str, set[str]] = {
    # Types and uploads.
    PETUGAS: rights("view add change import export", REGISTERS)
    | rights("view", LISTS + STATIONERY + HISTORY)
    | rights("view add change", HEADINGS + WORK)
    | rights("view add", LETTERS)
    | rights("view add change", REQUESTS)
    | {"audit.view_personal_data", "intake.undo_upload", "intake.fetch_upload"},
    # Checks what others entered, so adds nothing; archives, merges, closes the year.
    VERIFIKATOR: rights("view change delete import export", REGISTERS)
    | rights("view", LISTS + STATIONERY + HISTORY)
    | rights("view change", HEADINGS)
    | rights("view change delete", REQUESTS)
    | rights("view add change delete", WORK)
    | rights("view add", LETTERS)
    | {
        "audit.view_personal_data",
        "audit.export_personal_data",
        "audit.verify_records",
        "audit.close_year",
        "privacy.view_destruction",
        "privacy.ask_destruction",
        "privacy.approve_destruction",
        "industry.merge_business",
        "intake.undo_upload",
        "intake.fetch_upload",
    },
    # Reads and signs; watches who looked at personal data without seeing them.
    PIMPINAN: rights("view export", REGISTERS)
    | rights("view", LISTS + STATIONERY + HISTORY + WORK + LETTERS)
    | rights("view", REQUESTS)
    | {"audit.view_readaccess", "privacy.view_destruction"},
    # Keeps accounts, lists and stationery; groups are fixed by this table, so only viewed.
    ADMINISTRATOR: rights(ALL, LISTS + STATIONERY + HEADINGS)
    | rights("view", HISTORY + REQUESTS)
    | {
        "audit.view_readaccess",
        "privacy.view_destruction",
        "privacy.approve_destruction",
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
    },
}


@transaction.atomic
def load_groups() -> None:
    """Make the four groups hold exactly what the table says."""
    permissions = {
        f"{app}.{codename}": key
        for key, app, codename in Permission.objects.values_list(
            "id", "content_type__app_label", "codename"
        )
    }
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions[permission] for permission in wanted)
