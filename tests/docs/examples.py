"""What a document shows: code, commands with what they print, and files to save."""

import ast
import re
import tokenize
from collections.abc import Iterator
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

_FENCE = re.compile(r"^(?P<ticks>```+)(?P<info>[^\n]*)\n(?P<text>.*?)^(?P=ticks)[ ]*$", re.MULTILINE | re.DOTALL)
_CAPTION = re.compile(r":caption: `(?P<file>[^`]+)`\n\n?")
_CODE = re.compile(r"\s*# exit code (?P<code>[0-9]+)$")


class Block(NamedTuple):
    """A fenced block: its language, its text, the file it is to be saved as, and its line."""

    language: str
    text: str
    file: str
    line: int


class Command(NamedTuple):
    """A command of a console, and the exit code and the output that the document gives it."""

    line: str
    code: int
    output: str


def blocks(document: Path) -> Iterator[Block]:
    """The fenced blocks of a document."""
    text = document.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        caption = _CAPTION.match(found["text"])
        language = found["info"].removeprefix("{code-block}").strip()
        body = found["text"][caption.end() :] if caption else found["text"]
        yield Block(language, body, caption["file"] if caption else "", text.count("\n", 0, found.start()) + 1)


def commands(console: str) -> Iterator[Command]:
    """The commands of a console, each with what stands below it."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        stated = _CODE.search(line)
        yield Command(_CODE.sub("", line), int(stated["code"]) if stated else 0, output)


def same(shown: str, said: str) -> bool:
    """Whether a program said what is shown; `...` stands for anything."""
    options = ELLIPSIS | NORMALIZE_WHITESPACE
    return OutputChecker().check_output(shown, said, options)


def run_python(source: str, names: dict[str, Any], *, where: str) -> None:
    """Runs code; where a comment stands behind an expression, the expression must have that value."""
    comments = {
        token.start[0]: token.string.removeprefix("#").strip()
        for token in tokenize.generate_tokens(StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Expr) and (shown := comments.get(statement.end_lineno or 0)):
            value = eval(compile(ast.Expression(statement.value), where, "eval"), names)
            assert same(shown + "\n", repr(value) + "\n"), f"{where}: {ast.unparse(statement)} is {value!r}"
        else:
            exec(compile(ast.Module([statement], []), where, "exec"), names)
