"""The door to DuckDB and Arrow: nothing else imports them."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from ccsi_kit.errors import need

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    Database: TypeAlias = DuckDBPyConnection
else:
    Database = Any

_SCALARS = {str: "VARCHAR", date: "DATE", bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE", Decimal: "DECIMAL(18,2)"}


def connect(reads: Sequence[Path], writes: Path, *, memory: str = "2GB", threads: int | None = None) -> Database:
    """A database in memory that can read these files and folders, write into one folder, and reach nothing else.

    Raises `CcsiError` that names the extra where DuckDB is not installed. The order of the settings matters.
    """
    database: Database = need("duckdb", extra="workspace").connect()
    files = [str(path) for path in reads if not path.is_dir()]
    folders = [str(path) for path in (*(path for path in reads if path.is_dir()), writes)]
    settings = {
        "memory_limit": memory,
        "temp_directory": str(writes),
        "allowed_paths": files,
        "allowed_directories": folders,
    }
    if threads is not None:
        settings["threads"] = str(threads)
    for name, value in settings.items():
        shown = f"[{', '.join(map(literal, value))}]" if isinstance(value, list) else literal(value)
        database.execute(f"SET {name} = {shown}")
    database.execute("SET enable_progress_bar = false")
    for last in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
        database.execute(f"SET {last} = false")
    database.execute("SET lock_configuration = true")
    return database


def literal(text: object) -> str:
    """A text as a SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def columns(model: type[BaseModel]) -> dict[str, str]:
    """The fields of a model and the DuckDB type of each."""
    return {name: _field_type(field.annotation, field.metadata) for name, field in model.model_fields.items()}


def _field_type(annotation: Any, metadata: Sequence[Any]) -> str:
    places = next((part.decimal_places for part in metadata if getattr(part, "decimal_places", None)), None)
    return f"DECIMAL(18,{places})" if places else column_type(annotation)


def column_type(annotation: Any) -> str:
    """The DuckDB type that holds values of a Python annotation.

    >>> column_type(tuple[str, ...]), column_type(str | None)
    ('VARCHAR[]', 'VARCHAR')
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return column_type(arguments[0])
    if origin in (Union, UnionType):
        return column_type(next(part for part in arguments if part is not NoneType))
    if origin is Literal:
        return "VARCHAR"
    if origin is tuple:
        return column_type(arguments[0]) + "[]"
    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        return column_type(annotation.model_fields["root"].annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "STRUCT(" + ", ".join(f"{identifier(name)} {kind}" for name, kind in columns(annotation).items()) + ")"
    return _SCALARS[annotation]


def records(
    database: Database, query: str, parameters: Sequence[Any] = (), *, batch: int = 2048
) -> Iterator[list[dict[str, Any]]]:
    """The rows of a query as dictionaries, batch by batch, on a cursor of their own."""
    result = database.cursor().execute(query, parameters)
    names = [column[0] for column in result.description]
    while rows := result.fetchmany(batch):
        yield [dict(zip(names, row, strict=True)) for row in rows]
