# Two commands do everything: `make` builds the site, `make test` passes the tests.

PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Nothing but what has its hash in locked/; what comes unbuilt is built with what is installed.
HASHED = $(INSTALL) --require-hashes --no-build-isolation --requirement

.PHONY: site check test faults fuzz gates lint bench startup lock clean

site: .venv/installed  ## prove every quotation and write site/
	@$(BIN)/digest build

check: .venv/installed  ## only say what is wrong
	@$(BIN)/digest check --strict

test: .venv/tested lint  ## what the tests need, and the tests
	@$(BIN)/python -m pytest -n auto -q

faults: .venv/tested  ## every fault that docs/promises.md lists, with the real command
	@$(BIN)/python -m pytest -n auto -q tests/faults

fuzz: .venv/tested  ## 10 000 hostile inputs for each reader; make test tries a few
	@FUZZ=10000 $(BIN)/python -m pytest -n auto -q tests/fuzz

gates: .venv/tested .venv/gated  ## the built site before the tools of others, and in a browser
	@$(BIN)/mypy gates
	@$(BIN)/python -m gates

lint: .venv/tested
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

N ?= 60
bench: .venv/installed bench/.venv/installed  ## the build of N invented claims beside other generators
	@$(BIN)/python bench/table.py $(N) $(if $(ROUNDS),--rounds $(ROUNDS))

startup: .venv/installed  ## the build beside the bare imports it stands on
	@$(BIN)/python bench/startup.py

.venv/installed: pyproject.toml locked/run.txt $(wildcard templates/*.html templates/*.xml)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(HASHED) locked/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m digest.site.templates
	@touch $@

.venv/tested: .venv/installed locked/test.txt
	$(HASHED) locked/test.txt
	@touch $@

.venv/gated: locked/gates.txt gates/package.json gates/package-lock.json | .venv/tested
	$(HASHED) locked/gates.txt
	npm ci --prefix gates --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

bench/.venv/installed: bench/requirements.txt bench/node/package.json bench/node/package-lock.json
	@test -x bench/.venv/bin/python || $(PYTHON) -m venv bench/.venv
	bench/.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement bench/requirements.txt
	npm ci --prefix bench/node --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

LOCK = uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
	pyproject.toml --group build
lock:  ## every pin and hash in locked/ anew, for all systems and Pythons; needs uv
	$(LOCK) --all-extras --output-file locked/gates.txt
	$(LOCK) --extra html --extra test --constraint locked/gates.txt --output-file locked/test.txt
	$(LOCK) --constraint locked/test.txt --output-file locked/run.txt

clean:  ## everything that was built, the environment too
	rm -rf .venv site .digest dist build gates/node_modules bench/.venv bench/node/node_modules
