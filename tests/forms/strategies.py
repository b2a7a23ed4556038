"""Records with any text that a record may hold."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from ccsi_kit.models import Money, Participant, Period, Text
from ccsi_kit.vocabularies import vocabulary
from tests.forms.made import Answer, Plain, Trial

THEMES = [vocabulary("ccsi:theme").ref(code) for code in vocabulary("ccsi:theme").concepts]
LETTERS = st.characters(
    exclude_categories=["Cs"], exclude_characters=[chr(n) for n in (*range(9), *range(11, 32), 127, 0xFFFE, 0xFFFF)]
)
TRICKY = st.sampled_from(
    [
        "country",
        "notes",
        "_parent",
        "=1+1",
        "+a",
        "-b",
        "@c",
        "'d",
        "''",
        "'=x",
        "_x0041_",
        "_x005F_x0041_",
        "#N/A",
        "0012",
        "1e5",
        "true",
        "2020-01-01",
        "a;b",
        'a"b',
        "a\nb",
        "\ta",
        "a | b",
        "＝1",
        "- ' =",
        "a\u2028b",
        "\x85x",
        "x\u00a0",
    ]
)
text = (st.text(LETTERS, min_size=1, max_size=30) | TRICKY).filter(lambda said: said.strip())
refs = st.sampled_from(["lv:regcode:40008000009", "es:x:abcdefghijklm", "ccsi:area/scaling", "a#b%20c"])
roles = st.sampled_from(["ccsi:role/promoter", "ccsi:role/funder"])
languages = st.sampled_from(["en", "es", "fr", "sv", "lv", "uk", "und", "pt-BR"])


@st.composite
def texts(draw):
    chosen = draw(st.lists(languages, min_size=1, max_size=4, unique=True))
    return Text.model_validate([{"lang": lang, "text": draw(text), "machine": draw(st.booleans())} for lang in chosen])


def maybe(strategy):
    return st.none() | strategy


money = st.builds(Money, value=st.decimals(-(10**15), 10**15, places=2), currency=st.sampled_from(["EUR", "SEK"]))


@st.composite
def periods(draw):
    start, end = sorted(draw(st.tuples(st.dates(), st.dates())))
    return draw(st.sampled_from([Period(start=start, end=end), Period(start=start), Period(end=end)]))


answers = st.builds(
    Answer,
    item=refs,
    said=maybe(texts()),
    marks=maybe(st.integers(0, 10)),
    evidence=st.lists(text, max_size=3).map(tuple),
)
trials = st.builds(
    Trial,
    country=st.sampled_from(["lv", "es"]),
    title=texts(),
    summary=maybe(texts()),
    notes=maybe(text),
    count=maybe(st.integers(0, 10**20)),
    score=maybe(st.floats(allow_nan=False, allow_infinity=False)),
    share=maybe(st.decimals(Decimal(0), Decimal(1), places=25)),
    date=maybe(st.dates(date(1, 1, 1))),
    agreed=maybe(st.booleans()),
    size=maybe(st.sampled_from(["small", "big"])),
    theme=maybe(st.sampled_from(THEMES)),
    themes=st.lists(st.sampled_from(THEMES), max_size=5, unique=True).map(tuple),
    organisation=maybe(refs),
    period=maybe(periods()),
    budget=maybe(money),
    tags=st.lists(text, max_size=3).map(tuple),
    links=st.lists(refs, max_size=2).map(tuple),
    participants=st.lists(st.builds(Participant, organisation=refs, role=roles), max_size=2).map(tuple),
    answers=st.lists(answers, max_size=2).map(tuple),
    computed=maybe(text),
)
plains = st.builds(Plain, country=st.just("lv"), title=texts(), notes=text, count=maybe(st.integers()))


@st.composite
def stored(draw, records, kind="trial", most=3):
    """Some records that have ids."""
    made = draw(st.lists(records, max_size=most))
    return [record.replace(id=f"lv:{kind}:{n:026}") for n, record in enumerate(made)]
