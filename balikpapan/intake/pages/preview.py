"""What the preview of an upload shows around its rows: the groups with their counts, the columns."""

from balikpapan.spreadsheets.cells import format_whole

from ..planning.plan import ACTIONS, IGNORED
from ..resources import REGISTERS


def groups_of(upload) -> list[dict]:
    """The five groups with their counts."""
    return [
        {
            "key": key,
            "label": label,
            "count": upload.counts.get(key, 0),
            "shown": format_whole(upload.counts.get(key, 0)),
        }
        for key, label in ACTIONS.items()
        if key != IGNORED or upload.counts.get(key)
    ]


def columns_of(upload) -> list[dict]:
    """Every column of the sheets read, what it was taken for, and in which unit."""
    resource = REGISTERS[upload.register]()
    names = {name: column.column_name for name, column in resource.columns().items()}
    columns = {}
    for sheet in upload.sheets:
        for column in sheet["columns"]:
            if column["heading"] or column["field"]:
                key = (column["letter"], column["heading"])
                columns.setdefault(key, {**column, "label": names.get(column["field"], "")})
    return list(columns.values())
