# Every target sets up what it needs in .venv and is cheap the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Installed first and by this exact version: an unpinned torch brings gigabytes of GPU libraries.
TORCH ?= torch==2.13.0
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help serve test lint eval bench clean
help:
	@echo "make serve   the web service on http://127.0.0.1:8000"
	@echo "make test    lint and all tests"
	@echo "make eval    the evaluation: every cell and the hand-written questions"
	@echo "make bench   reading, adding, loading and asking at several sizes"

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

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/mypy

test: lint
	@sh tests/chromium.sh
	$(BIN)/python -m pytest -q

eval: $(VENV)/.installed-test
	@$(BIN)/python -m tests.evaluate build/eval

bench: $(VENV)/.installed
	@NIANBAO_HOME=build/bench $(BIN)/nianbao bench

clean:
	rm -rf build .mypy_cache .ruff_cache .pytest_cache
