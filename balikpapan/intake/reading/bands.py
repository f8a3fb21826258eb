"""What the bands of a table say of the rows below them."""


def fill_from_bands(table, start, rows, resource, reading):
    """A row takes the kelurahan and the group of the bands above it where its own are blank."""
    if not table.bands:
        return
    columns, values = resource.columns(), {}
    band_names = resource.band_names(reading.options)
    for position, row in enumerate(table.rows):
        index = start + position
        for name, text in table.bands.get(row, {}).items():
            if name == "kecamatan":
                rows.bands[index] = text
                continue
            column = columns.get(name)
            if column is None or band_names.find(name, text) is None:
                continue
            if (name, text) not in values:
                read = column.widget.reader(resource.model_field(column), reading)
                values[name, text] = read(text).value
            value = values[name, text]
            if value is None:
                continue
            if name == "kelurahan":
                target = rows.fill(name)
                target[index] = value if target[index] is None else target[index]
            else:
                rows.fill_soft(column.target)[index] = value
