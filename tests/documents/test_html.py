from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsi_kit.documents import (
    Bar,
    Bars,
    Block,
    Choice,
    Choices,
    Column,
    Columns,
    Differs,
    Fact,
    Facts,
    Figure,
    Figures,
    Foreign,
    Heading,
    Html,
    Item,
    Link,
    Links,
    List,
    Mark,
    Note,
    Page,
    Paragraph,
    Span,
    Table,
    Timeline,
    joined,
    plain,
)
from ccsi_kit.documents.html import Here

pytest.importorskip("jinja2")
HTML = Html()


@dataclass
class Seen(HTMLParser):
    """What a page holds: tags with their attributes, and text."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(block: Block, path: str = "lv/page.html") -> Seen:
    parser = Seen()
    parser.feed(str(HTML.block(block, Here(HTML, "lv", path))))
    parser.close()
    return parser


def shape(block: Block) -> set[tuple[str, tuple[str, ...]]]:
    """The sorts of tags in a block, each with the names of its attributes."""
    return {(tag, tuple(attrs)) for tag, attrs in seen(block).tags}


def every_block(text: str) -> list[Block]:
    table = Table(text, (Column(text), Column(text, "number")), ((text, text), (text, text)))
    return [
        Heading(text),
        Paragraph((text, Foreign(text, "sv", machine=True), Differs(text), Link(text, "/lv/x.html"))),
        Note(text),
        Figures((Figure(text, text),)),
        Facts((Fact(text, text, (Mark(text, "#x", text),)),)),
        table,
        Bars(text, (Bar(text, 1, text), Bar(text, 0, text, missing=True)), text, table, text),
        Timeline(text, (Span(text, None, None, text, note=text),), text, table, text),
        List((Item(text, text),), ruled=True),
        Links((Link(text, "/a.html"),), text),
        Choices(
            "x", text, (Choice(text, text, "/a.html", chosen=True, value=text), Choice(text, text, "/b.html")), open=1
        ),
        Columns((Paragraph(text),), (Note(text),)),
    ]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]))
NO_ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,x",
    "//elsewhere.example",
    "vbscript:x",
    "",
    " https://x.example",
]


@given(TEXTS)
def test_whatever_a_text_says_it_stays_text(text: str) -> None:
    for hostile, harmless in zip(every_block(f"<b>&amp;'\"{text}"), every_block("text"), strict=True):
        assert shape(hostile) == shape(harmless)


def test_text_that_looks_like_html_is_shown_as_it_is() -> None:
    assert "<script>alert(1)</script>" in seen(Paragraph("<script>alert(1)</script>")).text


@pytest.mark.parametrize("to", NO_ADDRESSES)
def test_what_is_no_address_is_no_link(to: str) -> None:
    page = seen(Paragraph(Link("words", to)))
    assert [tag for tag, _ in page.tags] == ["p"]
    assert page.text.strip() == "words"


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("index.html", "lv/about.html"),
        ("lv/index.html", "../lv/about.html"),
        ("lv/organisation/x.html", "../../lv/about.html"),
    ],
)
def test_links_inside_the_site_are_relative(path: str, href: str) -> None:
    assert seen(Paragraph(Link("x", "/lv/about.html")), path).tags[1] == ("a", {"href": href})


def test_a_foreign_text_says_its_language() -> None:
    page = seen(Paragraph(Foreign("Äppelträd", "sv", machine=True)))
    assert ("span", {"lang": "sv"}) in page.tags
    assert page.text.strip() == "Äppelträd (Svenska) (mašīntulkojums)"


def test_a_machines_words_in_the_pages_own_language_are_marked_without_naming_it() -> None:
    assert seen(Paragraph(Foreign("Ābele", "lv", machine=True))).text.strip() == "Ābele (mašīntulkojums)"


def test_an_unknown_language_is_not_named() -> None:
    assert seen(Paragraph(Foreign("Abc", "und"))).text.strip() == "Abc"


def test_a_missing_cell_is_said_to_be_missing() -> None:
    table = Table("caption", (Column("a"), Column("b")), (("x", ""),))
    assert "nav norādīts" in seen(table).text


def test_a_chart_is_a_picture_with_words_and_a_table() -> None:
    table = Table("table", (Column("a"), Column("b", "number")), (("x", "1"),))
    page = seen(Bars("Most work on care", (Bar("care", 1, "1"),), "caption", table, "care: 1"))
    pictures = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert [picture["class"] for picture in pictures] == ["wide", "narrow"]
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    for picture in pictures:
        assert picture["role"] == "img"
        assert set(str(picture["aria-labelledby"]).split()) <= ids
    assert "table" in [tag for tag, _ in page.tags]
    assert not [attrs for _, attrs in page.tags if "style" in attrs]


def test_two_charts_on_a_page_have_different_ids(tmp_path: Path) -> None:
    template = "{% for block in page.blocks %}{{ here.block(block) }}{% endfor %}"
    (tmp_path / "two.html").write_text(template, encoding="utf-8")
    chart = every_block("x")[6]
    parser = Seen()
    parser.feed(Html(tmp_path).page("two.html", Page("lv", "x", "x", (chart, chart)), path="lv/x.html"))
    ids = [attrs["id"] for _, attrs in parser.tags if "id" in attrs]
    assert ids
    assert len(ids) == len(set(ids))


def test_plain_and_joined() -> None:
    assert plain(joined(["a", "", (), Differs("b")], " · ")) == "a · b"
    assert joined([]) == ()
