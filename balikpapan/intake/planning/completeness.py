"""What a row must bring along before it may be written: its required cells and the rights."""

from balikpapan.spreadsheets.cells import ERASE, Finding

from ..matching.stored import load_children


def require_cells(planner, live, matches):
    """A new record has every required cell, and no stored record loses one."""
    rows = planner.rows
    for name, column in planner.resource.columns().items():
        if not column.required or name == planner.resource.naming or column.fallback is not None:
            continue
        values = rows.column(column.target if column.target in rows.values else name)
        for index in live:
            if index in rows.held:
                continue
            value = values[index]
            new = planner.has_child(index) if column.child else matches.target[index] is None
            if value is ERASE or (value is None and new):
                message = f"«{column.column_name}» kosong. Isi sel ini, atau hapus barisnya."
                rows.tell(
                    planner.problems, index, name, Finding("error", "required_empty", message)
                )


def require_rights(planner, live, matches):
    """Rows that would write a second record the user may not write are held."""
    may_add, may_change = planner.may_child
    if planner.child is None or (may_add and may_change):
        return
    live = [i for i in live if planner.has_child(i)]
    targets = {matches.target[i] for i in live} - {None}
    stored = load_children(planner.child, targets, None, [])
    for index in live:
        new = (matches.target[index], *planner.child_key(index)) not in stored
        if (new and may_add) or (not new and may_change):
            continue
        act = "menambah" if new else "mengubah"
        message = f"Akun Anda tidak berhak {act} {planner.child.label}. Minta petugas mengunggah baris ini."
        finding = Finding("error", "not_allowed", message)
        planner.rows.tell(planner.problems, index, planner.resource.naming, finding)


def not_allowed_related(planner, plan):
    """The rows that would write a record beside which the user may not: (row, field, code, text)."""
    may_add, may_change = planner.may_related
    name = planner.resource.naming
    for records, may, act in (
        (plan.new_related, may_add, "menambah"),
        (plan.changed_related, may_change, "mengubah"),
    ):
        label = planner.resource.related._meta.verbose_name if records and not may else ""
        for index in {record.place for record in records} if label else ():
            message = f"Akun Anda tidak berhak {act} {label}. Minta petugas mengunggah baris ini."
            yield index, name, "not_allowed", message
