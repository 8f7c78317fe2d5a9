# Every verb of the house. `make help` prints this list.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A process that must compile everything anew starts four seconds later.
unexport PYTHONDONTWRITEBYTECODE
export HOST ?= 127.0.0.1
export PORT ?= 8000

.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: $(VENV)/.ready ## the environment in .venv

$(VENV)/.ready: pyproject.toml uv.lock $(wildcard translations/*/LC_MESSAGES/*.po)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null; then uv=uv; else uv=$(BIN)/uv; \
	  test -x $$uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; fi; \
	  UV_PROJECT_ENVIRONMENT=$(VENV) $$uv sync --quiet --locked --extra prod --inexact
	@$(BIN)/pybabel -q compile -f -d translations
	@touch $@

run: setup ## serve on HOST:PORT; a fresh folder opens the demo
	@exec $(BIN)/orientir serve --demo

test: setup ## all tiers but the slow one (<= 10 min on 2 cores)
	@$(BIN)/python -m tests.tiers

test-slow: setup ## long faults and loads; journeys in the whole of Chromium
	@ORIENTIR_CHROMIUM=/usr/bin/chromium $(BIN)/pytest -m slow tests

lint: setup ## ruff, types, import contracts, templates
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache >/dev/null && echo "lint: clean"

translations: setup ## read new strings into the catalogues and compile them
	@$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k _l -k lazy_gettext -k ngettext:1,2 -k say -k mark -k count:2,4 --no-location --omit-header --sort-output -o .messages.pot .
	@for language in ru en; do test -f translations/$$language/LC_MESSAGES/messages.po \
	  && $(BIN)/pybabel -q update -i .messages.pot -d translations -l $$language --no-fuzzy-matching --ignore-obsolete --omit-header \
	  || $(BIN)/pybabel -q init -i .messages.pot -d translations -l $$language; done; rm -f .messages.pot
	@$(BIN)/pybabel -q compile -f -d translations

bench: setup ## measured speed: ratios against floors and peers, and growth
	@uv=$$(command -v uv || echo $(BIN)/uv); UV_PROJECT_ENVIRONMENT=$(VENV) $$uv sync --quiet --locked --extra prod --extra bench --inexact
	@$(BIN)/python -m benchmarks

setup-system: ## Debian packages for the tests (as root): Chromium, PostgreSQL, Redis, LibreOffice, poppler
	@tests/support/setup-system.sh

clean: ## forget caches (the data folder stays)
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build

.PHONY: help setup run test test-slow lint translations bench setup-system clean
