import gzip
import hashlib
import io
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.errors import UsageError
from ccsi_kit.tabular import Dialect, header, measure, shape

UTF8 = b"\xef\xbb\xbf"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "register.csv"
    path.write_bytes(content)
    return path


@given(content=st.text(alphabet="a;\r\n\0\ufeff", max_size=40).map(str.encode), block=st.integers(1, 9))
def test_counts_do_not_depend_on_the_blocks(tmp_path_factory, content, block):
    path = written(tmp_path_factory.mktemp("shape"), content)
    with patch.object(shape, "BLOCK", block):
        found = measure(path)
    body = content.rstrip(b"\r\n")
    end = content[len(body) :]
    assert (found.size, found.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (found.lf, found.cr, found.nul) == (content.count(b"\n"), content.count(b"\r"), content.count(b"\0"))
    assert found.open_end == (bool(content) and content[-1:] not in (b"\r", b"\n"))
    assert (found.blank_tail, found.blank_tail_cr) == (max(0, end.count(b"\n") - 1), max(0, end.count(b"\r") - 1))


@pytest.mark.parametrize(
    ("content", "lines", "returns"),
    [
        (b"a;b\n1;2\n", 2, 0),
        (b"a;b\n1;2", 2, 0),
        (b"a;b\r\n1;2\r\n\r\n\r\n", 2, 2),
        (b'a;b\n1;"2\n3"\n\n', 3, 0),
        (b'a;b\n1;"2\r\n3"\n', 3, 1),
    ],
)
def test_lines_and_returns_balance_with_header_records_and_breaks_inside(tmp_path, content, lines, returns):
    found = measure(written(tmp_path, content))
    assert (found.lines, found.returns) == (lines, returns)


@pytest.mark.parametrize(
    ("content", "opens_blank"),
    [(b"a;b\n", False), (b"\na;b\n", True), (UTF8 + b" \r\na;b\n", True), (b" a;b\n", False), (b"", False)],
)
def test_a_blank_first_line_is_told(tmp_path, content, opens_blank):
    assert measure(written(tmp_path, content)).opens_blank is opens_blank


@pytest.mark.parametrize(
    ("content", "bom"),
    [
        (UTF8 + b"a", "utf-8-sig"),
        ("\ufeffa".encode("utf-16-le"), "utf-16"),
        ("\ufeffa".encode("utf-32-le"), "utf-32"),
        (b"a", ""),
    ],
)
def test_a_byte_order_mark_names_its_encoding(tmp_path, content, bom):
    assert measure(written(tmp_path, content)).bom == bom


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><html></html>", "html"),
        (UTF8 + b"\n<?xml version='1.0'?>\n<!-- x -->\n<html lang='lv'>", "html"),
        (archive("xl/workbook.xml"), "xlsx"),
        (archive("register.csv"), "zip"),
        (gzip.compress(b"a;b", mtime=0), "gzip"),
        (b' {"results": []}', "json"),
        (b"[1]", "json"),
        (b"regcode;name\n", ""),
        (b"[id];{name}\n", ""),
        (b"", ""),
    ],
)
def test_what_is_no_table_is_known_by_its_first_bytes(tmp_path, content, kind):
    assert measure(written(tmp_path, content)).looks_like == kind


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (UTF8 + b'"a";b\r\n1;2\r\n', ("a", "b")),
        (UTF8 + UTF8 + b'"a ""x""";b\n', ('a "x"', "b")),
        (b'"two\r\nlines";"b;c";\n', ("two\nlines", "b;c", "")),
        (b'\n \n"a";b\n', ("a", "b")),
        (b'"a;b\n1;2\n', ('"a', "b")),
        (b"a;b", ("a", "b")),
        (b"", ()),
    ],
)
def test_the_header_is_the_first_record(tmp_path, content, names):
    assert header(written(tmp_path, content), Dialect(";")) == names


def test_a_stated_code_page_is_used_and_a_mark_wins_over_it(tmp_path):
    name = "Združenie €"
    assert header(written(tmp_path, name.encode("cp1250")), Dialect(";", "windows-1250")) == (name,)
    assert header(written(tmp_path, UTF8 + name.encode()), Dialect(";", "windows-1250")) == (name,)
    assert header(written(tmp_path, name.encode("utf-16")), Dialect(";", "windows-1250")) == (name,)


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "rot13", "no-such"])
def test_an_encoding_that_no_register_may_state_is_refused(encoding):
    with pytest.raises(UsageError, match="unknown-encoding"):
        Dialect(";", encoding)


@pytest.mark.parametrize("delimiter", ["", ";;", '"', "\n"])
def test_a_delimiter_is_one_character_that_is_no_quote_or_line_end(delimiter):
    with pytest.raises(UsageError, match="bad-delimiter"):
        Dialect(delimiter)
