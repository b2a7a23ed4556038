"""Every public name says what it is, and none hides behind a module of the same name."""

import ast
import inspect
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest

import ccsi_kit

ROOMS = [
    room
    for name in ("ccsi_kit", *(f"ccsi_kit.{found.name}" for found in iter_modules(ccsi_kit.__path__) if found.ispkg))
    if getattr(room := import_module(name), "__all__", None)
]

PLAIN = {"SPACES", "SchemeId", "Severity", "Stage", "STAGES", "Database", "SETTINGS"}
"""Constants and types whose name is all there is to say."""


def imported(room: ModuleType) -> dict[str, str]:
    """Every name that the `__init__` of a room imports, and from where."""
    tree = ast.parse(Path(str(room.__file__)).read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name not in ("TYPE_CHECKING", "public")
    }


def documented(module: str, name: str) -> bool:
    """Whether a public name says what it is: a class or function by its docstring, else by the text below it."""
    value = getattr(import_module(module), name)
    if inspect.isclass(value) or inspect.isroutine(value):
        return bool(vars(value).get("__doc__") if inspect.isclass(value) else value.__doc__)
    home = import_module(module)
    if (further := imported(home).get(name)) and hasattr(home, "__path__"):
        return documented(further, name)
    body = ast.parse(Path(str(home.__file__)).read_text(encoding="utf-8")).body
    return any(
        name in assigned(one)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
        for one, after in pairwise(body)
    )


def assigned(statement: ast.stmt) -> set[str]:
    """The names that a statement gives a value."""
    if isinstance(statement, ast.Assign):
        return {target.id for target in statement.targets if isinstance(target, ast.Name)}
    named = isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    return {statement.target.id} if named else set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_a_room_offers_what_it_imports(room):
    assert sorted(room.__all__) == sorted(imported(room)) == sorted(dir(room))
    assert all(getattr(room, name) is not None for name in room.__all__)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_every_public_name_says_what_it_is(room):
    assert not [name for name, module in imported(room).items() if name not in PLAIN and not documented(module, name)]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_no_module_bears_a_name_that_is_public_in_its_room(room):
    """Else an import gives the module and not the thing."""
    assert not {found.name for found in iter_modules(room.__path__)} & set(room.__all__)


def test_the_check_sees_a_name_that_says_nothing():
    assert documented("ccsi_kit.sources.books", "KEPT")
    assert not documented("ccsi_kit.models.ref", "_SLUG")
