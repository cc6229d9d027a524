# Each target sets up what it needs the first time (a .venv from the pinned requirements) and is quick after that.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STUDENTS ?= 24
# What is looked at by several programs at once is told apart, where make can do that.
TOGETHER := --no-print-directory --keep-going --jobs $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
# JupyterLab refuses to run as root unless told so.
LAB_FLAGS ?= $(if $(filter 0,$(shell id -u)),--allow-root)

.DEFAULT_GOAL := help
.PHONY: help lab demo test test-all headless versions browser peers check lint types project verify mutants build doctor pins \
  bench clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: $(READY) ## open the first notebook in JupyterLab, on copies in work/
	@$(BIN)/python -m autograder work
	@cd work && ../$(BIN)/jupyter lab $(LAB_FLAGS) 00_refresher/00_refresher.ipynb

demo: $(READY) ## simulate a class, grade it, and show expected beside graded points
	@$(BIN)/python -m autograder demo --students $(STUDENTS)

# Tests in a browser wait for what they see, so they run after the others and one at a time.
test: $(READY) ## run the tests, with a sample of the known answers, on all cores (those in a browser need Chromium)
	@status=0; \
	$(MAKE) --no-print-directory headless || status=1; \
	$(BIN)/python -m pytest --durations 15 -m browser tests/browser || status=1; \
	exit $$status

test-all: ## run the tests with all known answers
	@$(MAKE) --no-print-directory test SEED=all

headless: $(READY) ## run all tests but those in a browser, on all cores
	@$(BIN)/python -m pytest -n logical --dist loadgroup --no-loadscope-reorder --durations 15 -m "not browser"

versions: ## run those tests on Python 3.11, 3.12 and 3.13, each in an environment of its own
	@$(PYTHON) tools/versions.py

browser: $(READY) ## run only the tests that open JupyterLab in Chromium
	@SEED=all $(BIN)/python -m pytest -m browser tests/browser

peers: $(READY) .peers/.ready ## compare the MLP with PyTorch and scikit-learn (installs both the first time, in .peers/)
	@$(BIN)/python -m pytest -p no:cacheprovider peers

check: $(READY) ## lint, types, and whether every unit keeps its word
	@$(MAKE) $(TOGETHER) verify project types lint

lint: $(READY)
	@$(BIN)/ruff format --check course autograder tests tools benchmarks
	@$(BIN)/ruff check

types: $(READY)
	@$(BIN)/mypy

project: $(READY)
	@$(BIN)/python -m pytest -q tests/project tests/units/test_drift.py

verify: $(READY)
	@$(BIN)/python -m autograder verify

mutants: $(READY) ## change right answers, and list the changes that are taken for right (some minutes)
	@$(BIN)/python -m autograder mutants

build: $(READY) ## build the release notebooks and the keys from source/
	@$(BIN)/python -m autograder build

doctor: $(READY) ## say what the environment lacks
	@$(BIN)/python -m autograder doctor

pins: $(READY) ## write requirements.txt and environment.yml from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/python tools/pins.py

bench: $(READY) ## measure what is meant to be fast, each against a named alternative
	@status=0; for file in benchmarks/*.py; do $(BIN)/python $$file || status=1; done; exit $$status

clean: ## delete the environments and what the demonstration left (work/ stays)
	rm -rf $(VENV) .venv-3.* .peers demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

.peers/.ready: requirements-peers.txt
	@echo "Setting up .peers; this takes some minutes, once."
	@rm -rf .peers
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target .peers -r requirements-peers.txt
	@touch $@

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "Python 3.11, 3.12 or 3.13 is needed. Say where it is: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV); this takes a minute or two, once."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@mkdir -p $(VENV)/etc/jupyter
	@cp tools/jupyter/nbgrader_config.py $(VENV)/etc/jupyter
	@touch $@
