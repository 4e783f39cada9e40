# The commands of the project. "make" alone lists them. Works with GNU make 3.81 and later and a POSIX shell.
# Another Python: make report PYTHON=python3.12.  An edition by name: make report EDITION=leipzig-2020.

.DEFAULT_GOAL := help
.PHONY: help report test check style lab bench lock clean tools

# The first Python found that is new enough; macOS and older distributions ship one that is not as python3.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
# Written when everything is installed, so that the second call installs nothing.
INSTALLED := $(VENV)/installed

help: ## list these commands
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

report: $(INSTALLED) ## build the default edition (or EDITION=name) below reports/
	@$(BIN)/twinning report $(EDITION)

test: $(INSTALLED) ## run the fast tests (under five minutes)
	@$(BIN)/python -m pytest -n 2 -m "not browser and not edition" $(PYTEST_ARGS)

check: $(INSTALLED) style tools ## run the slow checks: code style, whole editions, pages in a browser
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "browser or edition" $(PYTEST_ARGS)

lab: $(INSTALLED) ## open the notebooks in JupyterLab
	@$(BIN)/python -m analysis.publish.runs.lab notebooks/

bench: $(INSTALLED) ## measure how long things take (benchmarks/)
	@for script in benchmarks/[a-z]*.py; do echo "$$script"; $(BIN)/python "$$script" || exit 1; echo; done

lock: ## pin all packages anew in requirements.lock (needs the program uv)
	@command -v uv >/dev/null || { echo 'uv is not installed. Install it (for instance: pip install uv).'; exit 1; }
	uv pip compile pyproject.toml --extra test --group build --universal --python-version 3.11 --upgrade \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
	  --quiet --output-file requirements.lock

clean: ## remove the installed environment and caches; reports and registers stay
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
	find src tests data -name __pycache__ -type d -prune -exec rm -rf {} +

style: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

# Programs that the tests open reports with; the reports are made without them. Where one is missing, fast tests that
# need it are skipped, but not where CI is set.
TOOLS := chromium qpdf pdftotext soffice
DEBIAN_TOOLS := chromium qpdf poppler-utils libreoffice-writer libreoffice-calc
ifeq ($(shell uname),Linux)
TOOLS += systemd-analyze
DEBIAN_TOOLS += systemd
endif

tools:
	@missing=$$(for tool in $(TOOLS); do command -v $$tool >/dev/null 2>&1 || echo $$tool; done); \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo 'Installing $(DEBIAN_TOOLS) …'; \
	  apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(DEBIAN_TOOLS) >/dev/null; \
	else \
	  echo Missing programs: $$missing.; \
	  echo 'Install them (Debian: sudo apt-get install $(DEBIAN_TOOLS);'; \
	  echo 'elsewhere: Chromium or Chrome, under the name chromium, qpdf, Poppler, LibreOffice) and repeat make check.'; \
	  exit 1; \
	fi

$(INSTALLED): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
	  echo 'No Python 3.11 or later was found. Install one, or name it: make report PYTHON=/path/to/python3.12'; exit 1; fi
	@echo 'Installing the pinned packages into $(VENV) (once, a minute or two) …'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
