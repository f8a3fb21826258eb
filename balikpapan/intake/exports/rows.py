"""Register sheets on their way out: downloads, and the template to be filled."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from balikpapan.audit.personal_data import masked
from balikpapan.spreadsheets.cells.masking import mask_free_text
from balikpapan.spreadsheets.writing import write_csv, write_rows

from ..declarations import ChildRecord, SheetColumn
from ..resources import SheetResource
from ..widgets import CellWidget

BATCH = 5000
#: Writes the values of a whole column.
Writer = Callable[[Iterable[Any]], Sequence[Any]]


def export_columns(
    resource: SheetResource, chosen: Collection[str] | None = None
) -> dict[str, SheetColumn]:
    """The columns a download has, the register number first; of them the ``chosen`` ones."""
    return {
        name: column
        for name, column in resource.columns().items()
        if column.exported and (chosen is None or name in chosen)
    }


def figure_years(resource: SheetResource) -> list[int]:
    """The years a register with yearly figures can be exported for, newest first."""
    if resource.child is None or "year" not in resource.child.key:
        return []
    query = resource.child.model.objects.kept().order_by("-year")
    return list(query.values_list("year", flat=True).distinct())


def export_rows(
    resource: SheetResource,
    queryset: Any,
    *,
    year: int | None = None,
    personal: bool = False,
    children: Any = None,
    chosen: Collection[str] | None = None,
) -> Iterator[tuple[Any, ...]]:
    """The register row by row, as the sheet prints it; personal data only where asked for.

    A main record with several parts takes as many rows; ``children`` limits them to a selection.
    Rows are read and written column by column in blocks, so that any size takes the same memory.
    ``chosen`` names the columns wanted, where it is not all of them.
    """
    columns = export_columns(resource, chosen)
    hidden = set() if personal else resource.personal_columns()
    texts = set() if personal else resource.text_columns()
    writers = {name: _writer(name, c, hidden, texts) for name, c in columns.items()}
    main = _Reading({name: c for name, c in columns.items() if not c.child}, writers)
    second = _Reading({name: c for name, c in columns.items() if c.child}, writers)
    child = resource.child if second.places else None
    figures = _figures_query(child, year, children) if child else None
    stored = queryset.order_by("id").values_list("id", *main.paths).iterator(BATCH)
    while block := list(islice(stored, BATCH)):
        keys, written = main.columns(block)
        if child is not None and figures is not None:
            link = child.link
            of_block = figures.filter(**{f"{link}__gte": keys[0], f"{link}__lte": keys[-1]})
            parts = list(of_block.values_list(link, *second.paths))
            links = tuple(row[0] for row in parts)
            _, figures_written = second.columns([*parts, (None,) * (len(second.paths) + 1)])
            if links == keys:  # one part each, as in most lists
                written |= {name: v[:-1] for name, v in figures_written.items()}
            else:
                bare = children is None and resource.exports_bare
                at_main, at_child = _paired(keys, links, newest=child.newest, bare=bare)
                written = {name: [v[i] for i in at_main] for name, v in written.items()}
                written |= {name: [v[i] for i in at_child] for name, v in figures_written.items()}
        yield from zip(*[written[name] for name in columns], strict=True)


class _Reading:
    """The paths one query reads for some columns, and how its rows become those columns."""

    def __init__(self, columns: dict[str, SheetColumn], writers: dict[str, Writer]) -> None:
        self.paths: list[str] = []
        self.places: dict[str, range] = {}
        self.writers = writers
        for name, column in columns.items():
            paths = column.path if isinstance(column.path, tuple) else (column.path,)
            self.places[name] = range(len(self.paths), len(self.paths) + len(paths))
            self.paths.extend(paths)

    def columns(
        self, block: list[tuple[Any, ...]]
    ) -> tuple[tuple[int, ...], dict[str, Sequence[Any]]]:
        """The keys of these rows, and every column as it is written."""
        keys, *values = zip(*block, strict=True)
        written = {}
        for name, places in self.places.items():
            several = len(places) > 1
            column = (
                zip(*[values[i] for i in places], strict=True) if several else values[places[0]]
            )
            written[name] = self.writers[name](column)
        return keys, written


def _figures_query(child: ChildRecord, year: int | None, children: Any) -> Any:
    query = child.model.objects.kept() if children is None else children
    if "year" in child.key and year is not None:
        query = query.filter(year=year)
    return query.order_by(*(child.key if child.newest else ()), child.link, "id")


def _paired(
    keys: Sequence[int], links: Sequence[int], *, newest: bool, bare: bool
) -> tuple[list[int], list[int]]:
    """Which main row and which part make up each row; -1 is the blank after the last part.

    Of several parts all count, or the ``newest`` alone; ``bare`` where a main row needs none.
    """
    of_main: dict[int, list[int]] = {}
    for number, key in enumerate(links):
        if newest:
            of_main[key] = [number]
        else:
            of_main.setdefault(key, []).append(number)
    alone = [-1] if bare else []
    pairs = [(i, j) for i, key in enumerate(keys) for j in of_main.get(key, alone)]
    return [i for i, _ in pairs], [j for _, j in pairs]


def _writer(name: str, column: SheetColumn, hidden: set[str], texts: set[str]) -> Writer:
    """How a whole column is written; each distinct value is worked out once."""
    if name in texts:
        return _masked_texts(_writer(name, column, hidden, set()))
    if name in hidden:
        return lambda values: [masked(column.target, value) or None for value in values]
    if type(column.widget).render is CellWidget.render:
        return tuple
    rendered: dict[Any, Any] = {}

    def write(values: Iterable[Any]) -> list[Any]:
        written = []
        for value in values:
            if value not in rendered:
                rendered[value] = column.widget.render(value)
            written.append(rendered[value])
        return written

    return write


def _masked_texts(writer: Writer) -> Writer:
    """The writer of a column in which people type what they like, for whoever reads it masked."""
    masks: dict[str, str] = {}

    def write(values: Iterable[Any]) -> list[Any]:
        written = list(writer(values))
        for index, value in enumerate(written):
            if isinstance(value, str):
                if value not in masks:
                    masks[value] = mask_free_text(value)
                written[index] = masks[value]
        return written

    return write


def write_export(
    stream: BinaryIO,
    resource: SheetResource,
    rows: Iterable[Sequence[object]],
    extension: str,
    chosen: Collection[str] | None = None,
) -> None:
    """Writes the rows of ``export_rows`` as a download, "xlsx" or "csv"."""
    columns = export_columns(resource, chosen)
    headings = [column.column_name for column in columns.values()]
    if extension == "csv":
        write_csv(stream, headings, rows)
        return
    kinds = [column.widget.kind for column in columns.values()]
    text_columns = {
        index for index, column in enumerate(columns.values()) if column.widget.kind == "text"
    }
    write_rows(
        stream,
        headings,
        rows,
        kinds=kinds,
        text_columns=text_columns,
        sheet_name=resource.label[:31],
    )
