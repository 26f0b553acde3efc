"""What a transaction touched: the only news a view ever gets."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Changes:
    """Ids by table; ``everything`` after a first fetch or a rebuilt cache, when counting would be idle."""

    rows: dict[str, set[str]] = field(default_factory=dict)
    everything: bool = False

    def add(self, table: str, ids: Iterable[str]) -> None:
        """Note that these rows of ``table`` were made, changed or removed."""
        if found := set(ids):
            self.rows.setdefault(table, set()).update(found)

    def merge(self, other: "Changes") -> None:
        """Take in what another transaction touched."""
        self.everything = self.everything or other.everything
        for table, ids in other.rows.items():
            self.add(table, ids)

    def of(self, table: str) -> frozenset[str]:
        """The ids touched in ``table``."""
        return frozenset(self.rows.get(table, ()))

    def touches(self, *tables: str) -> bool:
        """Whether any of these tables may look different now."""
        return self.everything or any(table in self.rows for table in tables)

    def __bool__(self) -> bool:
        return self.everything or bool(self.rows)
