# Every target sets up what it needs in .venv and is cheap the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Installed first and by this exact version: an unpinned torch brings gigabytes of GPU libraries.
TORCH ?= torch==2.13.0
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# A province that does not exist, with reports over six years: build/demo holds it, and every page says so.
DEMO := build/demo
NOTICE := 演示：省、市、机关和数字都是虚构的

.PHONY: help serve demo test lint eval bench clean
help:
	@echo "make serve   the web service on http://127.0.0.1:8000"
	@echo "make demo    the same with 302 made-up reports: trends, ranks, comparisons and findings at once"
	@echo "make test    lint and all tests"
	@echo "make eval    the evaluation: every cell and the hand-written questions"
	@echo "make bench   adding, searching, asking and serving at SIZES reports (100,1000,10000)"

$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -c "import torch" 2>/dev/null || $(BIN)/pip install -q "$(TORCH)"
	$(BIN)/pip install -q -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/pip install -q -e ".[test]"
	@touch $@

serve: $(VENV)/.installed
	@test -n "$$($(BIN)/nianbao list)" || $(BIN)/nianbao add corpus/reports
	@exec $(BIN)/nianbao serve

$(DEMO)/.added: $(VENV)/.installed
	@mkdir -p $(DEMO)
	@$(BIN)/python -m tests.world $(DEMO)/reports
	@rm -f $(DEMO)/reports/truth.jsonl
	$(BIN)/nianbao --home $(DEMO)/home add $(DEMO)/reports
	@touch $@

demo: $(DEMO)/.added
	@NIANBAO_HOME=$(DEMO)/home NIANBAO_NOTICE="$(NOTICE)" exec $(BIN)/nianbao serve

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/mypy

test: lint
	@sh tests/chromium.sh
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

eval: $(VENV)/.installed-test
	@$(BIN)/python -m tests.evaluate build/eval

SIZES ?= 100,1000,10000
bench: $(VENV)/.installed
	@mkdir -p build/bench
	@$(BIN)/nianbao --home build/bench bench --sizes $(SIZES) -o build/bench/last.json

clean:
	rm -rf build .mypy_cache .ruff_cache .pytest_cache
