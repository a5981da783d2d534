# Two commands do everything: `make` builds the site, `make test` passes the tests.

PYTHON ?= python3
BIN = .venv/bin

.PHONY: site check test lint bench clean

site: .venv/installed  ## prove every quotation and write site/
	@$(BIN)/digest build

check: .venv/installed  ## only say what is wrong
	@$(BIN)/digest check --strict

test: .venv/tested lint  ## what the tests need, and the tests
	@$(BIN)/python -m pytest -n auto -q

lint: .venv/tested
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/installed  ## the build beside the bare imports it stands on
	@$(BIN)/python bench/startup.py

.venv/installed: pyproject.toml constraints.txt $(wildcard templates/*.html)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@$(BIN)/python -m digest.site.templates
	@touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:  ## everything that was built, the environment too
	rm -rf .venv site .digest dist build
