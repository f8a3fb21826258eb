"""The rule that some columns of a stored record never change, held by both databases."""

from dataclasses import dataclass

from balikpapan.audit.database_rule import TriggerRule


@dataclass(frozen=True)
class FrozenColumns(TriggerRule):
    """A trigger that refuses every UPDATE which changes one of the ``columns`` of a table."""

    name: str
    table: str
    columns: tuple[str, ...]
    message: str
    migration: tuple[str, str]

    def _events(self) -> dict[str, str]:
        return {self.name: f"UPDATE ON {self.table}"}

    def _triggers(self) -> dict[str, str]:
        """SQLite's trigger name -> the statement that creates it."""
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in self.columns)
        statement = f"CREATE TRIGGER {self.name} BEFORE UPDATE ON {self.table} WHEN {changed}"
        return {self.name: f"{statement} {self._abort}"}

    def _bodies(self) -> dict[str, str]:
        """PostgreSQL's trigger name -> the body of the function it calls."""
        changed = " OR ".join(
            f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in self.columns
        )
        return {self.name: f"BEGIN IF {changed} THEN {self._raise} END IF; RETURN NEW; END"}
