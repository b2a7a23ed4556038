"""What a file is before anybody reads it as a table: its dialect, its bytes counted once, its header."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from ccsi_kit.errors import UsageError
from ccsi_kit.tabular.cells import QUOTE, strict
from ccsi_kit.tabular.window import AHEAD, Window

BLOCK: Final = 1 << 22
_HEAD: Final = 4096
_CODECS: Final = re.compile(r"utf-8(-sig)?|ascii|cp125\d|cp874|iso8859-\d+")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the mark of UTF-16: asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML: Final = re.compile(rb"\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)
_JSON: Final = re.compile(rb"\s*(\{\s*[\"}]|\[\s*([\[{\"\]\d-]|true|false|null))")


@dataclass(frozen=True)
class Dialect:
    """How a register writes its table: stated by its manifest, never guessed.

    `encoding` is UTF-8, a Windows code page or an ISO 8859 part; a byte order mark in the file wins over it.
    """

    delimiter: str
    encoding: str = "utf-8"

    def __post_init__(self) -> None:
        if len(self.delimiter) != 1 or self.delimiter in f"{QUOTE}\r\n\0\ufffd":
            raise UsageError("bad-delimiter", delimiter=self.delimiter)
        if not _known(self.encoding):
            raise UsageError("unknown-encoding", encoding=self.encoding)


@dataclass(frozen=True)
class Shape:
    """What one pass over the bytes of a file tells. Line ends are counted as bytes, inside values too."""

    size: int
    sha256: str
    lf: int
    cr: int
    nul: int
    bom: str
    """The encoding that a byte order mark at the start states, else nothing."""
    open_end: bool
    """Whether the last line has no line end."""
    opens_blank: bool
    """Whether there is nothing on line 1."""
    blank_tail: int
    """LF of the blank lines at the end."""
    blank_tail_cr: int
    """CR of the blank lines at the end."""
    looks_like: str
    """`html`, `json`, `xlsx`, `zip`, `gzip` or nothing."""

    @property
    def lines(self) -> int:
        """Physical lines without the blank end: header, records, and one more per LF inside a value."""
        return self.lf - self.blank_tail + self.open_end

    @property
    def returns(self) -> int:
        """CR of the file without its blank end."""
        return self.cr - self.blank_tail_cr


def measure(path: Path) -> Shape:
    """Counts the bytes of a file in one streaming pass."""
    tally = _Tally()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            tally.take(block)
    return tally.shape()


def header(path: Path, dialect: Dialect) -> tuple[str, ...]:
    """The names in the first record, as they are written: quotes and byte order mark off, a line break as LF.

    Blank lines before it are passed over. An empty file has no names.
    """
    with opened(path, dialect.encoding) as stream:
        return header_of(Window(stream), dialect.delimiter)


def header_of(window: Window, delimiter: str) -> tuple[str, ...]:
    """Takes the header off a window. A quote in it that never closes is read as a letter."""
    while window.fill() and not window.lines[0].strip():
        window.advance(1)
    if not window.lines:
        return ()
    window.lines[0] = window.lines[0].lstrip("\ufeff")
    first = strict(window.lines[:AHEAD], delimiter) or (window.lines[0].rstrip("\r\n").split(delimiter), 1)
    window.advance(first[1])
    return tuple(first[0])


def opened(path: Path, encoding: str) -> TextIO:
    """The file as text with its own line ends; bytes that are no text become U+FFFD; a byte order mark is obeyed."""
    with path.open("rb") as file:
        marked = _marked(file.read(4))
    return path.open(encoding=marked or encoding, errors="replace", newline="")


class _Tally:
    """The running counts of a file."""

    def __init__(self) -> None:
        self.size = self.lf = self.cr = self.nul = 0
        self.tail_lf = self.tail_cr = 0
        self.head, self.last = b"", b""
        self.sheet = False
        self.digest = hashlib.sha256()

    def take(self, block: bytes) -> None:
        """Counts one block."""
        lf, cr = block.count(b"\n"), _count(block, b"\r")
        self.digest.update(block)
        self.head = self.head or block[:_HEAD]
        self.size += len(block)
        self.lf += lf
        self.cr += cr
        self.nul += _count(block, b"\0")
        self._end(block, lf, cr)
        self.sheet = self.sheet or (self.head[:2] == b"PK" and b"xl/workbook" in block)
        self.last = block[-1:]

    def _end(self, block: bytes, lf: int, cr: int) -> None:
        end = block[len(block.rstrip(b"\r\n")) :]
        if len(end) < len(block):
            self.tail_lf = self.tail_cr = 0
            lf, cr = end.count(b"\n"), end.count(b"\r")
        self.tail_lf += lf
        self.tail_cr += cr

    def shape(self) -> Shape:
        """The counts, once every block was taken."""
        bom = _marked(self.head)
        text = self.head.removeprefix(codecs.BOM_UTF8)
        return Shape(
            size=self.size,
            sha256=self.digest.hexdigest(),
            lf=self.lf,
            cr=self.cr,
            nul=self.nul,
            bom=bom,
            open_end=self.last not in (b"", b"\n", b"\r"),
            opens_blank=text.lstrip(b" \t")[:1] in (b"\r", b"\n"),
            blank_tail=max(0, self.tail_lf - 1),
            blank_tail_cr=max(0, self.tail_cr - 1),
            looks_like=_looks_like(text, sheet=self.sheet),
        )


def _count(block: bytes, byte: bytes) -> int:
    """How often a byte stands in a block in which it mostly does not: looking takes a fifth of counting."""
    return block.count(byte) if byte in block else 0


def _looks_like(head: bytes, *, sheet: bool) -> str:
    if head.startswith(b"PK\x03\x04"):
        return "xlsx" if sheet else "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if _HTML.match(head):
        return "html"
    return "json" if _JSON.match(head) else ""


def _marked(head: bytes) -> str:
    return next((encoding for mark, encoding in _BOMS if head.startswith(mark)), "")


def _known(encoding: str) -> bool:
    try:
        return bool(_CODECS.fullmatch(codecs.lookup(encoding).name))
    except LookupError:
        return False
