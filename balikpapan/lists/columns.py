"""Which columns of a list, or of one of its exports, a person wants to see."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.contrib.admin.utils import label_for_field

from .models import ColumnChoice


@dataclass(frozen=True, slots=True)
class OfferedColumn:
    """One column of a menu of columns: whether it is shown, and whether it always is."""

    name: str
    label: str
    is_shown: bool
    is_fixed: bool


def chosen_columns(user, place: str) -> list[str] | None:
    """The names somebody has chosen at one place; None where nothing was chosen."""
    choices = ColumnChoice.objects.filter(user=user.pk, place=place)
    return choices.values_list("columns", flat=True).first()


def remember_columns(user, place: str, names: Collection[str]) -> None:
    """Remembers a choice in place of the one before."""
    ColumnChoice.objects.update_or_create(user=user, place=place, defaults={"columns": list(names)})


def forget_columns(user, place: str) -> None:
    """Goes back to the columns that everybody sees."""
    ColumnChoice.objects.filter(user=user, place=place).delete()


class ListColumns:
    """The columns of one list of the admin as one person sees them.

    ``keeper`` is the ModelAdmin of the list: ``list_display`` are its usual columns,
    ``more_columns`` those that can be added.
    """

    def __init__(self, keeper, request):
        self.keeper, self.request = keeper, request

    @property
    def place(self) -> str:
        return self.keeper.opts.label_lower

    @property
    def offered(self) -> list[str]:
        """Every column the list can show, in the order in which everybody finds them."""
        return [*self.keeper.list_display, *self.keeper.more_columns]

    @property
    def fixed(self) -> str:
        """The column that leads to the record, which is never left out."""
        usual = self.keeper.list_display
        links = self.keeper.get_list_display_links(self.request, usual)
        return links[0] if links else usual[0]

    @property
    def shown(self) -> list[str]:
        """The columns the list shows to this person; asked of the database once a request."""
        if not hasattr(self.request, "shown_columns"):
            self.request.shown_columns = {}
        columns = self.request.shown_columns
        if self.place not in columns:
            columns[self.place] = self._among_offered(
                chosen_columns(self.request.user, self.place) if self.is_choosable else None
            )
        return columns[self.place]

    @property
    def is_choosable(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.offered) > 1

    @property
    def places(self) -> list[str]:
        """The columns by the places that the order in an address counts."""
        boxes = ["action_checkbox"] if self.keeper.get_actions(self.request) else []
        return [*boxes, *self.shown]

    def _among_offered(self, chosen: Iterable[str] | None) -> list[str]:
        if chosen is None:
            return list(self.keeper.list_display)
        names = list(dict.fromkeys(name for name in chosen if name in self.offered))
        return names if self.fixed in names else [self.fixed, *names]

    def choose(self, names: Iterable[str] | None, order: Sequence[str] = ()) -> None:
        """Remembers which columns are shown; None for the usual ones.

        ``order`` holds names as they shall stand; whatever it leaves out follows as it is offered.
        """
        if names is not None:
            wanted = {self.fixed, *names}
            names = [name for name in (*order, *self.offered) if name in wanted]
        columns = self._among_offered(names)
        if columns == list(self.keeper.list_display):
            forget_columns(self.request.user, self.place)
        else:
            remember_columns(self.request.user, self.place, columns)
        self.request.shown_columns = {self.place: columns}

    def menu(self) -> list[OfferedColumn]:
        """The columns to choose from, as the menu names them: those shown as they stand, then others."""
        shown, fixed = self.shown, self.fixed
        return [
            OfferedColumn(name, self._label(name), name in shown, name == fixed)
            for name in dict.fromkeys([*shown, *self.offered])
        ]

    def _label(self, name):
        return str(label_for_field(name, self.keeper.model, model_admin=self.keeper))


def select_related_of(keeper, names: Iterable[str]) -> list[str]:
    """The references among added columns, read along with the rows."""
    fields = {f.name for f in keeper.opts.concrete_fields if f.remote_field}
    return [name for name in names if name in fields and name in keeper.more_columns]
