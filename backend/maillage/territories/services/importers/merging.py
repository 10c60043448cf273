"""Bring a table to a wished state in three statements, touching only the rows that differ.

What is wished is copied into a temporary table; then what is new is inserted, what differs updated, what is gone
deleted. A second run with the same wishes changes nothing, not even a row's version.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection
from django.db.models import Field, JSONField, Model
from psycopg.sql import SQL, Composed, Identifier


@dataclass(frozen=True)
class Merged:
    """How many rows were added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def __add__(self, other: "Merged") -> "Merged":
        return Merged(self.added + other.added, self.changed + other.changed, self.removed + other.removed)


def merge(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    key: Sequence[str],
    gone: str = "",
    values: Mapping[str, Any] | None = None,
) -> Merged:
    """Make the rows of `model` those given, matched by `key` (a unique constraint, or the primary key).

    `gone`: a condition on the table `t` (and the wished rows, `{wished}`) that says which unmatched rows are deleted;
    empty deletes none; its placeholders are filled from `values`. Runs inside the caller's transaction.
    """
    fields, names = _fields(model, columns), _columns_of(model, columns)
    table, stage = Identifier(model._meta.db_table), Identifier(f"wished_{model._meta.model_name}")
    own = _columns(names)
    with connection.cursor() as cursor:
        cursor.execute(SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(stage, own, table))
        _copy(cursor, stage, own, fields, rows)
        cursor.execute(SQL("ANALYZE {}").format(stage))
        matched = SQL(" AND ").join(SQL("t.{0} = s.{0}").format(Identifier(name)) for name in _columns_of(model, key))
        removed = 0
        if gone:
            cursor.execute(
                SQL("DELETE FROM {} t WHERE ({}) AND NOT EXISTS (SELECT 1 FROM {} s WHERE {})").format(
                    table,
                    SQL(gone).format(wished=stage),
                    stage,
                    matched,
                ),
                values or {},
            )
            removed = cursor.rowcount
        changed = 0
        plain = [name for name in names if name not in _columns_of(model, key)]
        if plain:
            cursor.execute(
                SQL("UPDATE {} t SET {} FROM {} s WHERE {} AND ({}) IS DISTINCT FROM ({})").format(
                    table,
                    SQL(", ").join(SQL("{0} = s.{0}").format(Identifier(name)) for name in plain),
                    stage,
                    matched,
                    _columns(plain, "t"),
                    _columns(plain, "s"),
                )
            )
            changed = cursor.rowcount
        cursor.execute(
            SQL("INSERT INTO {} ({}) SELECT {} FROM {} s ON CONFLICT ({}) DO NOTHING").format(
                table, own, _columns(names, "s"), stage, _columns(_columns_of(model, key))
            )
        )
        added = cursor.rowcount
        if added or removed:
            cursor.execute(SQL("ANALYZE {}").format(table))
        cursor.execute(SQL("DROP TABLE {}").format(stage))
    return Merged(added, changed, removed)


def copy_in(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows as fast as the database takes them, without looking at those that stand."""
    with connection.cursor() as cursor:
        _copy(cursor, Identifier(model._meta.db_table), _columns(_columns_of(model, columns)), _fields(model, columns), rows)


def _copy(cursor: Any, table: Identifier, own: Composed, fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> None:
    written = [_writer(field) for field in fields]
    with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(table, own)) as copy:
        for row in rows:
            copy.write_row([write(value) if write else value for write, value in zip(written, row, strict=True)])


def _columns(names: Sequence[str], alias: str = "") -> Composed:
    return SQL(", ").join(Identifier(alias, name) if alias else Identifier(name) for name in names)


def _columns_of(model: type[Model], names: Sequence[str]) -> list[str]:
    return [str(field.column) for field in _fields(model, names)]


def _fields(model: type[Model], names: Sequence[str]) -> "list[Field[Any, Any]]":
    by_name = {field.name: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def _writer(field: Any) -> Any:
    """How a value of this field is written for COPY, when not as it is."""
    if isinstance(field, JSONField):
        return lambda value: orjson.dumps(value).decode()
    return None
