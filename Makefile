# Two commands do everything: `make run` and `make test`. Both need only Python 3.11 or newer.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
KB := $(BIN)/kb
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: run test check bench bench-retrieval clean

run: $(VENV)/.run
	$(KB) ingest
	$(KB) serve

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: $(VENV)/.dev
	$(BIN)/python -m eval.benchmarks

# ARGS="--shared FOLDER" adds the gold questions and JSQuAD, ARGS="--distract N DATA" law articles.
bench-retrieval: $(VENV)/.dev
	$(BIN)/python -m eval.benchmarks.retrieval $(ARGS)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 以降が必要です。PYTHON=python3.11 のように指定してください。")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml constraints.txt
	$(INSTALL) -e .
	touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt
	$(INSTALL) -e '.[dev,eval]'
	touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) build dist
