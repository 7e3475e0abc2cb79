# Two commands matter: `make demo` and `make test`. Both set everything up by themselves.
PYTHON ?= python3
BIN := .venv/bin
# Processes that share the tests.
WORKERS ?= 2
# Tests and checks need more than the product does.
LOCK := requirements.lock
TEST_LOCK := requirements-test.lock

.PHONY: demo serve test check words lint types contracts tests tests-postgres tests-browser tests-peers tests-slow frontend docs lock clean

demo: .venv/.installed ## Install, load the bundled real sample, serve it, print the address and how to sign in
	$(BIN)/outlisten demo

serve: .venv/.installed
	$(BIN)/outlisten serve

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Outlisten needs Python 3.11 or newer; $(PYTHON) is older. Say which to use: make demo PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	@touch $@

.venv/.installed: .venv/.uv $(LOCK) pyproject.toml hatch_build.py $(wildcard src/outlisten/locale/*/LC_MESSAGES/*.po src/outlisten/app/*/locale/*/LC_MESSAGES/*.po)
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet -r $(LOCK)
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@

.venv/.installed-test: .venv/.installed $(TEST_LOCK)
	VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet -r $(TEST_LOCK)
	@touch $@

test: ## Everything: lint, types, contracts, tests on SQLite + chDB and on PostgreSQL, a real browser, real servers, the docs
	sh tests/system/install.sh
	$(MAKE) check tests tests-postgres tests-browser docs
	@# As root all of them were installed: one that is missing is a failure, not a skip.
	if [ "$$(id -u)" = 0 ]; then export OUTLISTEN_ALL_PEERS=1; fi; $(MAKE) tests-peers

check: words lint types contracts frontend

words: .venv/.installed-test
	$(BIN)/python hatch_build.py

lint: .venv/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.installed-test
	$(BIN)/mypy

contracts: .venv/.installed-test
	$(BIN)/lint-imports

frontend: ## The vendored parts of pages are what their packages hold
	@if command -v npm >/dev/null 2>&1; then npm ci --ignore-scripts --silent && npm run --silent vendor:check; \
	else echo "SKIPPED: the check of vendored front-end parts (no npm found; install Debian's npm)"; fi

tests: words
	$(BIN)/pytest -n $(WORKERS) -m "not browser and not slow and not peers"

tests-postgres: words
	sh tests/system/with_postgres.sh $(BIN)/pytest -n $(WORKERS) tests/app -m "not browser and not slow"

tests-browser: words
	sh tests/system/with_browser.sh $(BIN)/pytest tests/browser -m browser

tests-peers: words .peers/.installed ## Connectors on real third-party servers, each started here on a free port, and on third parties' cases
	@# One of them also drives a browser, where there is one.
	OUTLISTEN_TEST_FEEDPARSER_CASES="$$(sh tests/system/fetch_feedparser_cases.sh)" sh tests/system/with_browser.sh --or-without \
	  $(BIN)/pytest -n 0 tests/peers -m peers

.peers/.installed: .venv/.installed-test tests/system/install_peers.sh
	PYTHON=$(PYTHON) sh tests/system/install_peers.sh
	@touch $@

tests-slow: words ## The 5 GB file, long kill -9 loops, long differential runs
	$(BIN)/pytest -m slow

docs: .venv/.installed-test
	$(BIN)/zensical build --strict -f mkdocs.yml

lock: .venv/.uv ## Renew both locks from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --upgrade --no-annotate --no-header pyproject.toml -o $(LOCK)
	$(BIN)/uv pip compile --quiet --universal --upgrade --no-annotate --no-header pyproject.toml --group test --group docs -c $(LOCK) -o $(TEST_LOCK)

clean:
	rm -rf .venv .peers site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
