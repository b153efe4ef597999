# `make` lists what there is to make. Every target sets up what it needs first.

PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench lock

help: ## list what there is to make
	@sed -n 's/^\([a-z]*\): .*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-6s %s\n' "$$name" "$$what"; done

setup: ## make .venv and install all that running and testing need
	@$(PYTHON) .ci/setup.py test

run: ## open the sample concert in the sample arena, every device simulated
	@$(PYTHON) .ci/setup.py run
	@$(BIN)/showcaller demo

test: setup ## run every check: format, lint, types, imports, tests
	@.ci/checks

lint: setup ## run every check but the tests
	@.ci/checks format lint types imports

bench: setup ## measure latency, jitter and drawing on this machine
	@$(BIN)/showcaller bench

lock: setup ## write requirements.lock anew: the newest versions that pyproject.toml allows
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv export --quiet --upgrade --no-emit-project --output-file requirements.lock
