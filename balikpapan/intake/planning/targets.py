"""Which attributes of a record the cells of an upload, and the rules behind them, fill."""


def targets_of(rows, columns, model, *, child) -> dict[str, tuple]:
    """attribute -> (column name, values, soft values) for what the sheet or rules filled."""
    found = {}
    for name, column in columns.items():
        if column.child is not child or not column.stored:
            continue
        key = name if name in rows.values and not column.derived else column.target
        if key != name and key in columns:
            continue  # the target's name is another column's: the notes of the main record
        hard, fallback = rows.values.get(key), _fallback(rows, name, column.target)
        if hard is not None or fallback is not None:
            found[column.target] = (name, hard, fallback)
    covered = {column.target for column in columns.values()} | set(columns)
    for model_field in model._meta.concrete_fields:
        name = model_field.attname
        if name not in covered and (name in rows.values or name in rows.fallback):
            found[name] = (name, rows.values.get(name), rows.fallback.get(name))
    return found


def _fallback(rows, name, target):
    """Values that fill blanks; the blanks of our own exports, known by their number, stay."""
    fallback, numbers = rows.fallback.get(target), rows.values.get("number")
    printed = any(name in columns for columns in rows.places)
    if fallback is None or numbers is None or not printed:
        return fallback
    return rows.hold(s if n is None else None for s, n in zip(fallback, numbers, strict=True))
