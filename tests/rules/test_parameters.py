"""Values of the law: the right one on its day, and what a broken file says."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from ccsi_kit.errors import Refused
from ccsi_kit.i18n import advice, sentence
from ccsi_kit.rules import Facts, Parameters, Rule, Share, clause, fact, warned
from ccsi_kit.rules.parameters import read_parameters

ACTS = {"xx:act:law"}
GOOD = """parameters:
  share:
    unit: share
    values:
      - {from: 2020-01-01, value: 0.51, ref: xx:act:law/1, sure: law, checked: 2026-01-01}
      - {from: 2022-01-01, until: 2023-12-31, value: 2/3, ref: xx:act:law/1, sure: to-check, checked: 2026-01-01}
  ends:
    unit: day
    values:
      - {from: 2020-01-01, value: 2024-06-30, ref: xx:act:law/2, sure: law, checked: 2026-01-01, review_by: 2026-03-01}
"""


def parameters(tmp_path: Path, text: str = GOOD):
    (tmp_path / "parameters.yaml").write_text(text)
    return read_parameters(tmp_path / "parameters.yaml", ACTS)


def test_a_value_holds_from_its_day_to_the_next_or_to_its_end(tmp_path: Path) -> None:
    share = parameters(tmp_path)["share"]
    found = {
        day: share.on(date.fromisoformat(day))
        for day in ("2019-12-31", "2020-01-01", "2021-12-31", "2022-01-01", "2023-12-31", "2024-01-01")
    }
    assert [value and value.value for value in found.values()] == [
        None, Fraction(51, 100), Fraction(51, 100), Fraction(2, 3), Fraction(2, 3), None,
    ]  # fmt: skip
    assert share.days == (date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1))


def test_when_to_look_again(tmp_path: Path) -> None:
    known = parameters(tmp_path)
    assert [value.review for value in known["share"].values] == [date(2027, 1, 1), date(2026, 4, 1)]
    assert known["ends"].values[0].review == date(2026, 3, 1)


def test_parameters_of_a_day(tmp_path: Path) -> None:
    of_day = Parameters(parameters(tmp_path), date(2022, 5, 1))
    assert (of_day.share, of_day.ends, of_day.on) == (Fraction(2, 3), date(2024, 6, 30), date(2022, 5, 1))
    with pytest.raises(AttributeError, match="no parameter 'shaer'"):
        _ = of_day.shaer


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("unit: day", "unti: day", 8, "unti"),
        ("xx:act:law/2", "xx:act:lwa/2", 10, "xx:act:lwa/2"),
        ("value: 0.51", "value: half", 5, "number"),
        ("from: 2022-01-01", "from: 2019-01-01", 2, "order"),
        ("ref: xx:act:law/1, sure: law", "sure: law", 5, "ref"),
        ("value: 2024-06-30", "value: 30", 7, "unit"),
        ("sure: to-check", "sure: perhaps", 6, "one of"),
        ("  ends:", "  share:", 7, "share"),
        ("until: 2023-12-31", "until: 2021-12-31", 2, "until"),
        ("from: 2020-01-01, value: 0.51", "from: 2020-01-01, until: 2022-06-30, value: 0.51", 2, "until"),
        ("value: 0.51", "value: 51", 2, "51% is 0.51"),
        ("value: 0.51", "value: -0.51", 2, "below zero"),
        ("value: 0.51", "value: 0,51", 5, "point"),
        ("unit: share", "unti: share", 3, "unit"),
    ],
)  # fmt: skip
def test_a_broken_file_says_where_what_and_how_to_mend_it(tmp_path: Path, old, new, line: int, said: str) -> None:
    assert old in GOOD
    with pytest.raises(Refused) as refused:
        parameters(tmp_path, GOOD.replace(old, new, 1))
    told = {
        (issue.file, issue.line): f"{sentence(issue, 'en')} {advice(issue, 'en')}" for issue in refused.value.issues
    }
    assert any(
        place == f"{tmp_path.name}/parameters.yaml" and abs(where - line) <= 1 and said in text
        for (place, where), text in told.items()
    ), told


def test_what_only_follows_from_a_mistake_is_not_told(tmp_path: Path) -> None:
    """A list is not too short because its only part is wrong."""
    with pytest.raises(Refused) as refused:
        parameters(tmp_path, GOOD.replace("xx:act:law/2, sure: law", "xx:act:law/2, sure: no"))
    (issue,) = refused.value.issues
    assert (issue.code, issue.arguments["key"]) == ("bad-value", "parameters.ends.values.0.sure")


def test_a_parameter_that_clauses_read_and_the_file_lacks_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "parameters.yaml").write_text(GOOD)
    with pytest.raises(Refused) as refused:
        read_parameters(tmp_path / "parameters.yaml", ACTS, ["shares", "ends"])
    (issue,) = refused.value.issues
    assert (issue.code, issue.arguments["parameter"], issue.arguments["nearest"]) == (
        "no-such-parameter",
        "shares",
        "share",
    )


class Case(Facts):
    """A share."""

    share: Share = fact("share", example="0.5", unit="share")


@clause("xx:act:law/1")
def enough(f: Case, p: Parameters) -> object:
    """Enough."""
    return f.share >= p.share


@clause("xx:act:law/2", sure="to-check", since="2021-01-01")
def before_the_end(f: Case, p: Parameters) -> object:
    """Before the end."""
    return warned(True, "transition", until=p.ends) if p.on <= p.ends else False


def rule(tmp_path: Path) -> Rule:
    made = Rule(
        id="xx:rule:toy",
        code="XX-1",
        home=tmp_path,
        facts=Case,
        clauses=(enough, before_the_end),
        known_from=date(2019, 1, 1),
    )
    made.__dict__["parameters"] = parameters(tmp_path)
    return made


def test_days_without_law_value_or_source(tmp_path: Path) -> None:
    one = rule(tmp_path)
    half = one.facts(share="0.6")
    told = {
        day: one.evaluate(half, on=date.fromisoformat(day))
        for day in ("2018-06-01", "2019-06-01", "2020-06-01", "2024-06-01")
    }
    assert [(outcome.verdict, sorted({w.code for w in outcome.warnings})) for outcome in told.values()] == [
        ("undetermined", ["outside-sources"]),
        ("undetermined", ["no-parameter-for-date"]),
        ("eligible", []),
        ("undetermined", ["no-parameter-for-date", "past-review", "transition", "unverified"]),
    ] or told
    assert one.evaluate(half, on=date(2024, 7, 1)).verdict == "not_eligible"


def test_a_value_past_its_review_works_and_warns(tmp_path: Path) -> None:
    outcome = rule(tmp_path).evaluate(Case(share="0.6"), on=date(2027, 6, 1))
    assert outcome.verdict == "not_eligible"
    assert "past-review" in {one.code for one in outcome.warnings}


def test_a_value_whose_start_is_not_known_says_so(tmp_path: Path) -> None:
    one = rule(tmp_path)
    text = GOOD.replace("sure: law, checked", "sure: law, start_unknown: true, checked", 1)
    one.__dict__["parameters"] = parameters(tmp_path, text)
    told = {warning.code: warning for warning in one.evaluate(Case(share="0.6"), on=date(2021, 6, 1)).warnings}
    assert told["start-unknown"].arguments == {"parameters": ["share"], "since": date(2020, 1, 1)}
    assert "start-unknown" not in {w.code for w in one.evaluate(Case(share="0.7"), on=date(2022, 6, 1)).warnings}


def test_a_timeline_changes_on_the_days_of_the_law_and_of_the_case(tmp_path: Path) -> None:
    spells = rule(tmp_path).timeline(Case(share="0.6"))
    assert [(str(one.since), one.outcome.verdict) for one in spells] == [
        ("2019-01-01", "undetermined"),
        ("2020-01-01", "eligible"),
        ("2021-01-01", "eligible"),
        ("2022-01-01", "not_eligible"),
        ("2024-01-01", "undetermined"),
        ("2024-07-01", "not_eligible"),
    ]


@pytest.mark.parametrize("wrong", [0.51, True, "half", None, "1/0"])
def test_a_number_is_exact_or_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"number|value\."):
        Case(share=wrong)
    assert Case(share="2/3").share == Fraction(2, 3)
