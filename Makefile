# What people type. Each target makes what it needs and does nothing twice.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
export MIDTLINK_ENV ?= development

.PHONY: help setup setup-test run test test-long lint format translations lock \
	bench bench-import bench-search bench-search-speed bench-search-freshness \
	bench-digests bench-reputation bench-polling screenshots wheel clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(VENV)/.installed ## Make .venv with the pinned packages

$(VENV)/.installed: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "MidtLink needs Python 3.11, 3.12 or 3.13"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

setup-test: $(VENV)/.installed-test

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| $(BIN)/playwright install chromium || true
	touch $@

run: setup ## Start MidtLink with the demo hospital on http://127.0.0.1:8000
	@exec $(BIN)/midtlink run --demo

test: setup-test ## Run every test but the long ones
	$(BIN)/python -m pytest -m "not long" --numprocesses 2 --dist loadfile --no-loadscope-reorder

test-long: setup-test ## Run the tests that take minutes
	$(BIN)/python -m pytest -m long

lint: setup-test ## Check form, types and translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tests/world/translations.py

format: setup-test ## Put the code into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: setup-test ## Collect the Danish texts and compile the English ones
	$(BIN)/python tests/world/translations.py --write

lock: setup-test ## Pin every package anew, with hashes
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra test \
		--generate-hashes --no-emit-index-url --no-header -o requirements-test.txt

bench: bench-import bench-search bench-search-speed bench-reputation bench-polling bench-digests ## Run every benchmark

bench-import: setup-test ## Import real dumps, small and ten times the size, and print the cost
	$(BIN)/python benchmarks/bench_import.py

bench-search: setup-test ## Print how often the search finds the right thread, beside plain Whoosh
	$(BIN)/python benchmarks/bench_search.py

bench-search-speed: setup-test ## Build indexes of 10,000 and 100,000 posts and print what a question costs
	$(BIN)/python benchmarks/bench_search_speed.py

bench-search-freshness: setup-test ## Save posts and print how soon each is found
	$(BIN)/python benchmarks/bench_search_freshness.py

bench-digests: setup-test ## Prepare and write 9,000 digests and print seconds and memory
	$(BIN)/python benchmarks/bench_digests.py

bench-reputation: setup-test ## Print what a vote costs with a long ledger, and a replay of half a million facts
	$(BIN)/python benchmarks/bench_reputation.py

bench-polling: setup-test ## Print what it costs to say that nothing is new
	$(BIN)/python benchmarks/bench_polling.py

screenshots: setup-test ## Write every page at three widths, two themes, two languages to build/screens/
	$(BIN)/python -m tests.browser.screenshots

wheel: setup-test ## Build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## Remove what can be made again (never instance/)
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
