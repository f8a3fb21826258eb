"""Which attributes of a record the cells of an upload, and the rules behind them, fill."""


def targets_of(rows, columns, model, *, part) -> dict[str, tuple]:
    """attribute -> (column name, values, soft values) for what the sheet or rules filled."""
    found = {}
    for name, column in columns.items():
        if column.part is not part or not column.stored:
            continue
        key = name if name in rows.values and not column.derived else column.target
        if key != name and key in columns:
            continue  # the target's name is another column's: the notes of the main record
        hard, soft = rows.values.get(key), _soft(rows, name, column.target)
        if hard is not None or soft is not None:
            found[column.target] = (name, hard, soft)
    covered = {column.target for column in columns.values()} | set(columns)
    for model_field in model._meta.concrete_fields:
        name = model_field.attname
        if name not in covered and (name in rows.values or name in rows.soft):
            found[name] = (name, rows.values.get(name), rows.soft.get(name))
    return found


def _soft(rows, name, target):
    """Values that fill blanks; the blanks of our own exports, known by their number, stay."""
    soft, numbers = rows.soft.get(target), rows.values.get("number")
    printed = any(name in columns for columns in rows.places)
    if soft is None or numbers is None or not printed:
        return soft
    return rows.hold(s if n is None else None for s, n in zip(soft, numbers, strict=True))
