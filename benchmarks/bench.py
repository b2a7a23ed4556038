"""Ratios against a named baseline in the same run, each thing in a process of its own: `make bench`.

Prints the median of three runs, taken in turn, the ratio to the baseline, and the peak memory. Nothing here
fails because of a time; it fails when a planted defect is missed or a false one is told.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import made
import planted
from criteria import criteria
from records import records

ROWS, DEFECTS, OPERATIONS, ASKED, RUNS = 1_000_000, 20_000, 200_000, 100_000, 3
CCSI = str(Path(sys.executable).with_name("ccsi"))
PLAIN = """
import duckdb, sys
options = "all_varchar = true, delim = '{delimiter}', header = true, quote = '\\"', escape = '\\"'"
options += ", max_line_size = 16777216"
source = f"read_csv({{sys.argv[1:-1]}}, union_by_name = true, {{options}})"
duckdb.connect().execute(f"COPY (SELECT * FROM {{source}}) TO '{{sys.argv[-1]}}' (FORMAT parquet, COMPRESSION zstd)")
"""
CONVERT = """
import json, sys
from pathlib import Path
from ccsi_kit.pipeline import equip
from ccsi_kit.plugins import discover
from ccsi_kit.sources import convert, load
{force}
known, into = equip(discover()), Path(sys.argv[-1])
into.mkdir(parents=True)
for books in convert(known.sources[sys.argv[1]], [Path(file) for file in sys.argv[2:-1]], into=into,
                     schemes=known.schemes, vocabularies=known.vocabularies, territories=known.territories):
    print(json.dumps([books.way, books.read, dict(books.left_out), dict(books.issues)]))
"""
TOLERANT = "load._may_be_fast = lambda reading: False"


def timed(command: Sequence[str]) -> tuple[float, int, str]:
    """Seconds, peak memory in MB and what was printed."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[:2]} failed")
    return time.perf_counter() - began, usage.ru_maxrss // 1024, printed


class Table:
    """Things measured in turn, the first of them being the baseline."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.things: dict[str, Sequence[str]] = {}
        self.printed: dict[str, str] = {}

    def add(self, name: str, *command: str) -> None:
        self.things[name] = command

    def run(self) -> None:
        taken: dict[str, list[tuple[float, int]]] = {name: [] for name in self.things}
        for n in range(RUNS):
            for name, command in self.things.items():
                made_here = [str(word).replace("OUT", f"{tempfile.mkdtemp(dir=SCRATCH)}/{n}") for word in command]
                seconds, memory, self.printed[name] = timed(made_here)
                taken[name].append((seconds, memory))
        base = median(seconds for seconds, _ in next(iter(taken.values())))
        print(f"\n{self.title}\n{'':<44}{'seconds':>18}{'ratio':>8}{'MB':>8}")
        for name, runs in taken.items():
            seconds = [one for one, _ in runs]
            shown = f"{median(seconds):.2f} ({min(seconds):.2f}-{max(seconds):.2f})"
            print(f"{name:<44}{shown:>18}{median(seconds) / base:>8.1f}{max(memory for _, memory in runs):>8}")


def start() -> None:
    """How long it takes to begin."""
    table = Table("Start, against an empty Python")
    table.add("python -c pass", sys.executable, "-c", "pass")
    table.add("import ccsi_kit", sys.executable, "-c", "import ccsi_kit")
    table.add(
        "from ccsi_kit import Workspace, country", sys.executable, "-c", "from ccsi_kit import Workspace, country"
    )
    table.add("ccsi --help", CCSI, "--help")
    table.add("ccsi status", CCSI, "status")
    table.run()


def register() -> None:
    """A million rows of the Latvian register."""
    file = SCRATCH / "register.csv"
    planted.write(file, ROWS, DEFECTS)
    table = Table(f"{ROWS:,} made Latvian rows, {file.stat().st_size / 1e6:.0f} MB, against plain read_csv to Parquet")
    table.add("plain read_csv to Parquet", sys.executable, "-c", PLAIN.format(delimiter=";"), str(file), "OUT")
    table.add("convert, fast", sys.executable, "-c", CONVERT.format(force=""), "lv-ur-register", str(file), "OUT")
    table.add(
        "convert, tolerant", sys.executable, "-c", CONVERT.format(force=TOLERANT), "lv-ur-register", str(file), "OUT"
    )
    table.run()
    compare(file, table.printed["convert, fast"], table.printed["convert, tolerant"])


def compare(file: Path, *printed: str) -> None:
    """Whether every planted defect was found where it is, and none that is not there."""
    from ccsi_kit.pipeline import equip
    from ccsi_kit.plugins import discover
    from ccsi_kit.sources import convert
    from ccsi_kit.store import connect, literal

    found, left = planted.oracle(file)
    known, into = equip(discover()), Path(tempfile.mkdtemp(dir=SCRATCH))
    convert(
        known.sources["lv-ur-register"], [file], into=into, schemes=known.schemes, vocabularies=known.vocabularies,
        territories=known.territories,
    )  # fmt: skip
    with connect([into], into) as database:
        rows = database.execute(
            f'SELECT code, "row", line FROM read_parquet({literal(into / "issue.parquet")})'
        ).fetchall()
    for text in printed:
        way, read, reasons, issues = json.loads(text)
        wrong = {code: (n, len(found[code])) for code, n in issues.items() if code in found and n != len(found[code])}
        if wrong or reasons != left or read != ROWS or set(found) - set(issues):
            raise SystemExit(f"{way}: counted {wrong or reasons}, the oracle {left}")
    places = {code: {row for row, _ in where} if code == "person" else where for code, where in found.items()}
    told_at = [(code, row if code == "person" else (row, line)) for code, row, line in rows if row is not None]
    false = [(code, place) for code, place in told_at if place not in places.get(code, set())]
    if false:
        raise SystemExit(f"{len(false)} issues that the oracle does not know, such as {false[0]}")
    told = ", ".join(f"{code} {len(where):,}" for code, where in sorted(found.items()))
    print(f"Planted {DEFECTS:,} defects of ten kinds; all found, none false: {told}")
    print(f"{len(told_at):,} issues kept one by one, each on its row and line")
    print(f"Left out: {', '.join(f'{reason} {n:,}' for reason, n in sorted(left.items()))}")


def kohesio() -> None:
    """Two hundred thousand operations in both layouts."""
    made.write("kohesio", OPERATIONS, SCRATCH / "kohesio.csv")
    files = [str(SCRATCH / f"kohesio-{layout}.csv") for layout in made.HEADERS]
    table = Table(f"{OPERATIONS:,} made Kohesio operations of both layouts, against plain read_csv to Parquet")
    table.add("plain read_csv to Parquet", sys.executable, "-c", PLAIN.format(delimiter=","), *files, "OUT")
    table.add("convert", sys.executable, "-c", CONVERT.format(force=""), "eu-kohesio", *files, "OUT")
    table.run()


LOAD = """
import time
began = time.perf_counter()
from ccsi_kit.plugins import discover
found = discover()
there = time.perf_counter()
rules = [rule for code in ("es", "fr", "lv", "se") for rule in found.rules(code)]
values = sum(len(rule.parameters) for rule in rules)
print(time.perf_counter() - there, there - began, len(rules))
"""
ASK = f"""
import time
from datetime import date
from ccsi_kit.plugins import country
rule = country("es").rules["empresa-de-insercion"]
facts = next(case.facts for case in rule.cases if case.id == "1")
names = ("promoter_share", "reinvestment", "insertion_share_first_years", "insertion_share", "insertion_min")
share, least, first, later, persons = (rule.parameters[name].values[0].value for name in names)

def plain(f):
    if f.company_type == "mercantil":
        if f.promoter_share < share:
            return False
    elif f.promoter_share > f.promoter_cap:
        return False
    if not (f.registered and f.exclusive_object and f.means):
        return False
    if f.stage == "provisional":
        return True
    needed = first if f.year_of_activity <= 3 else later
    if f.insertion_workers < persons or f.insertion_workers < needed * f.staff_base:
        return False
    return f.reinvestment_share >= least and f.social_balance

def seconds(ask):
    began = time.perf_counter()
    for _ in range({ASKED}):
        ask()
    return time.perf_counter() - began

on = date(2025, 6, 1)
assert plain(facts) and rule.evaluate(facts, on=on).verdict == "eligible"
hidden = ("registered", "insertion_workers", "reinvestment_share")
half = rule.facts(**{{name: value for name, value in facts.known().items() if name not in hidden}})
assert rule.evaluate(half, on=on).missing == {{*hidden}}
for ask in (lambda: plain(facts), lambda: rule.evaluate(facts, on=on), lambda: rule.evaluate(half, on=on)):
    print(seconds(ask))
"""


def rules() -> None:
    """How long four countries' rules take to load, and a rule to be asked, against the same conditions by hand."""
    loads, asks = ([timed([sys.executable, "-c", code])[2].split() for _ in range(RUNS)] for code in (LOAD, ASK))
    rules_, packages = median(float(one[0]) for one in loads), median(float(one[1]) for one in loads)
    print(
        f"\nRules of four countries: {loads[0][2]}, loaded in {rules_:.3f} s, after {packages:.3f} s for the packages"
    )
    plain, asked, half = (median(float(one[place]) for one in asks) for place in range(3))
    print(f"{ASKED:,} times the same conditions by hand: {plain:.2f} s; one rule asked as often: {asked:.2f} s,")
    print(f"ratio {asked / plain:.1f}; with three facts unknown: {half:.2f} s, ratio {half / plain:.1f}")


if __name__ == "__main__":
    if len(sys.argv) == 1:  # each in a process of its own: what one needs in memory would count for the next
        for name in ("start", "rules", "records", "criteria", "register", "kohesio"):
            subprocess.run([sys.executable, __file__, name], check=True)
    with tempfile.TemporaryDirectory(prefix="ccsi-bench-") as folder:
        SCRATCH = Path(folder)
        for measure in (start, rules, records, criteria, register, kohesio):
            if measure.__name__ in sys.argv[1:]:
                measure()
