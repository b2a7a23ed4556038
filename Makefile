# make demo | test | check | docs | bench | soak | realdata | lock | clean. Everything runs in .venv, which is built when it is missing or its requirements changed.
.DEFAULT_GOAL := help
.PHONY: help demo test check docs bench soak realdata catalogues lock clean

PYTHON ?= python3
BIN := .venv/bin
PROJECTS := $(wildcard countries/*/pyproject.toml)
COUNTRIES := $(PROJECTS:/pyproject.toml=)
CATALOGUES := $(patsubst %.po,%.mo,$(shell find src countries -path '*/locale/*/LC_MESSAGES/*.po' 2>/dev/null))

help:
	@head -1 Makefile

demo: .venv/ready catalogues
	$(BIN)/ccsi run --workspace demo --sample --on 2026-11-24

test: .venv/ready catalogues
	chromium=$$(scripts/chromium) && java=$$(scripts/java) && export PATH="$$(dirname "$$java"):$$PATH" CCSI_CHROMIUM="$$chromium" && \
	  $(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/ready catalogues
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) --no-print-directory docs

docs: .venv/ready catalogues
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build

# Ratios against a baseline in the same run; some minutes on two idle cores.
bench: .venv/ready catalogues
	$(BIN)/python benchmarks/bench.py

# Writers of records are killed 200 times; minutes.
soak: .venv/ready catalogues
	CCSI_KILLS=200 $(BIN)/python -m pytest -q tests/records/test_killed.py

# The table of docs/real-data.md, from the files that CCSI_REAL_DATA names.
realdata: .venv/ready catalogues
	$(BIN)/python -m tests.realtable

catalogues: $(CATALOGUES)

%.mo: %.po | .venv/ready
	$(BIN)/python hatch_build.py $<

# Resolve the newest versions that the requirements allow, with hashes (--upgrade: leave the pinned ones behind).
lock:
	PYTHON="$(PYTHON)" scripts/lock --upgrade

clean:
	rm -rf .venv build dist demo docs/_build docs/reference/made .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find src countries -name '*.mo' -delete

.venv/locked: requirements/lock.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/lock.txt
	@touch $@

.venv/ready: .venv/locked pyproject.toml $(PROJECTS)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . $(addprefix -e ,$(COUNTRIES))
	@touch $@
