"""The rule that some columns of a stored record never change, nor its row goes, held by both databases."""

from dataclasses import dataclass

from balikpapan.audit.database_rule import TriggerRule


@dataclass(frozen=True)
class FrozenColumns(TriggerRule):
    """Triggers that refuse every DELETE on a table and every UPDATE that changes one of ``columns``."""

    name: str
    table: str
    columns: tuple[str, ...]
    message: str
    migration: tuple[str, str]

    @property
    def _names(self) -> tuple[str, str]:
        return self.name, f"{self.name}_delete"

    def _events(self) -> dict[str, str]:
        change, delete = self._names
        return {change: f"UPDATE ON {self.table}", delete: f"DELETE ON {self.table}"}

    def _triggers(self) -> dict[str, str]:
        """SQLite's trigger name -> the statement that creates it."""
        change, delete = self._names
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in self.columns)
        return {
            change: (
                f"CREATE TRIGGER {change} BEFORE UPDATE ON {self.table} "
                f"WHEN {changed} {self._abort}"
            ),
            delete: f"CREATE TRIGGER {delete} BEFORE DELETE ON {self.table} {self._abort}",
        }

    def _bodies(self) -> dict[str, str]:
        """PostgreSQL's trigger name -> the body of the function it calls."""
        change, delete = self._names
        changed = " OR ".join(
            f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in self.columns
        )
        return {
            change: f"BEGIN IF {changed} THEN {self._raise} END IF; RETURN NEW; END",
            delete: f"BEGIN {self._raise} END",
        }
