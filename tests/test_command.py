"""How issues are told on the command line."""

from ccsi_kit.command import MOST, tell_issues
from ccsi_kit.models import Issue


def place(line, column="size", value="Bigg", **more):
    return {
        "file": "a.xlsx", "source": "Answers", "row": line - 2, "line": line, "column": column, "value": value,
        "cell": f"B{line}", "question": "Size", "nearest": "Big", "known": "Big; Small", **more,
    }  # fmt: skip


def test_equal_mistakes_are_told_once_with_the_first_place_and_a_count(capsys):
    same = [Issue("form-choice", severity="error", **place(line)) for line in range(5, 12)]
    other = Issue("form-choice", severity="error", **place(12, value="Smalll"))
    tell_issues([*same, other], "en")
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 4
    assert "7x" in told[0] and "Answers B5" in told[0] and "1x" in told[2] and "Answers B12" in told[2]


def test_mistakes_that_differ_are_not_taken_together(capsys):
    one = place(5)
    others = [{"value": "X"}, {"column": "kind"}, {"question": "Other"}, {"file": "b.xlsx"}, {"source": "More"}]
    tell_issues([Issue("form-choice", **{**one, **other}) for other in ({}, *others)], "en")
    assert capsys.readouterr().out.count(" 1x") == 1 + len(others)


def test_only_so_many_kinds_of_mistakes_are_told(capsys):
    tell_issues([Issue("form-day", **place(5, value=f"{n}")) for n in range(MOST + 3)] * 2, "en")
    told = capsys.readouterr().out
    assert told.count(" 2x") == MOST and "3" in told.splitlines()[-1]


def test_a_place_without_a_cell_names_its_sheet(capsys):
    spot = {"file": "a.xlsx", "source": "Answers", "row": 1, "line": 3}
    tell_issues([Issue("form-rejected", severity="info", **spot)], "lv")
    tell_issues([Issue("form-rejected", severity="info", **{**spot, "source": None})], "lv")
    named, bare = (line for line in capsys.readouterr().out.splitlines() if " 1x" in line)
    assert "Answers 3. rinda" in named
    assert "3. rinda" in bare and "Answers" not in bare and "None" not in bare
