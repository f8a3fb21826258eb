"""The rule that never more goes out of a deposit than came in, held by both databases."""

from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections

from balikpapan.audit.database_rule import TriggerRule


@dataclass(frozen=True)
class NeverOverdrawn(TriggerRule):
    """Triggers on two tables: ``withdrawals`` has deposit_id, kg and out_on, ``deposits`` kg and in_on.

    On PostgreSQL they lock the deposit first, so that of two writers the second sees what the first
    has taken. Kilograms are compared in whole hundredths: SQLite adds decimals up as floats.
    """

    name: str
    deposits: str
    withdrawals: str
    message: str
    migration: tuple[str, str]

    def broken(self, using: str = DEFAULT_DB_ALIAS) -> list[int]:
        """The deposits for which the rule does not hold."""
        sql = (
            f"SELECT d.id FROM {self.deposits} d JOIN {self.withdrawals} w ON w.deposit_id = d.id "
            "AND w.archived_at IS NULL WHERE d.archived_at IS NULL GROUP BY d.id, d.kg, d.in_on "
            "HAVING ROUND(100 * SUM(w.kg)) > ROUND(100 * d.kg) OR MIN(w.out_on) < d.in_on "
            "ORDER BY d.id"
        )
        with connections[using].cursor() as cursor:
            cursor.execute(sql)
            return [key for (key,) in cursor.fetchall()]

    @property
    def _names(self) -> tuple[str, str, str]:
        return tuple(f"{self.name}_{act}" for act in ("insert", "update", "deposit"))

    def _too_much(self, but: str) -> str:
        """Whether a new or changed withdrawal breaks the rule; ``but`` leaves its old row out."""
        return (
            f"NEW.archived_at IS NULL AND EXISTS (SELECT 1 FROM {self.deposits} d "
            f"WHERE d.id = NEW.deposit_id AND (NEW.out_on < d.in_on OR ROUND(100 * d.kg) < "
            f"ROUND(100 * (NEW.kg + (SELECT COALESCE(SUM(w.kg), 0) FROM {self.withdrawals} w "
            f"WHERE w.deposit_id = NEW.deposit_id AND w.archived_at IS NULL{but})))))"
        )

    def _too_little(self) -> str:
        """Whether a changed deposit breaks the rule."""
        taken = f"FROM {self.withdrawals} w WHERE w.deposit_id = NEW.id AND w.archived_at IS NULL"
        return (
            f"ROUND(100 * NEW.kg) < ROUND(100 * (SELECT SUM(w.kg) {taken})) "
            f"OR NEW.in_on > (SELECT MIN(w.out_on) {taken})"
        )

    def _events(self) -> dict[str, str]:
        insert, update, deposit = self._names
        return {
            insert: f"INSERT ON {self.withdrawals}",
            update: f"UPDATE ON {self.withdrawals}",
            deposit: f"UPDATE ON {self.deposits}",
        }

    def _triggers(self) -> dict[str, str]:
        """SQLite's trigger name -> the statement that creates it."""
        insert, update, deposit = self._names
        columns = "deposit_id, kg, out_on, archived_at"
        return {
            insert: (
                f"CREATE TRIGGER {insert} BEFORE INSERT ON {self.withdrawals} "
                f"WHEN {self._too_much('')} {self._abort}"
            ),
            update: (
                f"CREATE TRIGGER {update} BEFORE UPDATE OF {columns} ON {self.withdrawals} "
                f"WHEN {self._too_much(' AND w.id <> OLD.id')} {self._abort}"
            ),
            deposit: (
                f"CREATE TRIGGER {deposit} BEFORE UPDATE OF kg, in_on ON {self.deposits} "
                f"WHEN {self._too_little()} {self._abort}"
            ),
        }

    def _bodies(self) -> dict[str, str]:
        """PostgreSQL's trigger name -> the body of the function it calls."""
        lock = f"PERFORM 1 FROM {self.deposits} WHERE id = NEW.deposit_id FOR UPDATE;"

        def body(first: str, condition: str) -> str:
            return f"BEGIN {first} IF {condition} THEN {self._raise} END IF; RETURN NEW; END"

        insert, update, deposit = self._names
        return {
            insert: body(lock, self._too_much("")),
            update: body(lock, self._too_much(" AND w.id <> OLD.id")),
            deposit: body("", self._too_little()),
        }
