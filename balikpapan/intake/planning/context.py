"""What one upload is planned from."""

from dataclasses import dataclass, field
from typing import Any

from ..answers import Answers
from ..declarations import ChildRecord
from ..permissions import Permissions
from ..problems import Problems
from ..reading.sheet_rows import SheetRows
from ..resources import SheetResource


@dataclass(frozen=True, slots=True)
class PlanningContext:
    """The typed cells of an upload, what is answered about them, and who hands them in.

    ``options`` is what ``SheetRules.prepare`` returned, with the answers as "answers".
    """

    rows: SheetRows
    resource: SheetResource
    answers: Answers
    options: dict[str, Any]
    problems: Problems
    permissions: Permissions = field(default_factory=Permissions)

    @property
    def model(self) -> Any:
        """The model of the main records."""
        return self.resource._meta.model

    @property
    def child(self) -> ChildRecord | None:
        """What kind of child record a row may hold, if any."""
        return self.resource.child
