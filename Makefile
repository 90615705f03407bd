# make run   – everything on this machine, in the browser after about two minutes the first time, at once later
# make test  – the whole suite, on SQLite and on PostgreSQL
# make lint, make messages – the code in one style, the catalogue up to date

SHELL := /bin/bash
.DEFAULT_GOAL := run
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet
DATABASE_SHELVES = $(filter-out tests/rules/ tests/house/ tests/browser/,$(sort $(dir $(wildcard tests/*/test_*.py))))

# A virtual environment whose Python is gone is made again.
BROKEN := $(shell test -e $(VENV)/made && ! $(PYTHON) -c '' 2>/dev/null && rm -rf $(VENV) && echo yes)
JOBS ?= 2
CATALOGUE := casemgmt/locale/zh_Hans/LC_MESSAGES/django
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(PYTHON) -m pytest --quiet --numprocesses $(JOBS) --dist loadfile

.PHONY: run test lint messages install install-dev

run: $(VENV)/installed
	@exec $(PYTHON) manage.py up

test: $(VENV)/installed-dev
	@status=0; \
	echo "On PostgreSQL: the shelves that touch a database"; \
	$(PYTEST) --engine postgresql $(DATABASE_SHELVES) || status=$$?; \
	echo "On SQLite: every shelf"; \
	$(PYTEST) --engine sqlite || status=$$?; \
	exit $$status

lint: $(VENV)/installed-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

messages: $(VENV)/installed-dev
	@command -v msgfmt >/dev/null || { echo "gettext is missing: apt-get install gettext, or brew install gettext" >&2; exit 1; }
	$(PYTHON) manage.py makemessages --locale zh_Hans --no-wrap --no-location --no-obsolete \
	  --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*' --ignore 'benchmarks/*' --ignore 'docs/*'
	@grep -v -e '^"POT-Creation-Date:' -e '^"Report-Msgid-Bugs-To:' $(CATALOGUE).po >$(CATALOGUE).new && mv $(CATALOGUE).new $(CATALOGUE).po
	$(PYTHON) manage.py compilemessages --locale zh_Hans --verbosity 0

install: $(VENV)/installed

install-dev: $(VENV)/installed-dev

$(VENV)/installed: requirements.txt | $(VENV)/made
	@echo "Installing what the product needs …"
	@$(PIP) install --requirement requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements.txt requirements-dev.txt | $(VENV)/made
	@echo "Installing what product and tests need …"
	@$(PIP) install --requirement requirements-dev.txt
	@touch $(VENV)/installed $@

# The newest Python that is known to work, whatever it is called here.
$(VENV)/made:
	@for name in $(PYTHON3) python3.13 python3.12 python3.11 python3; do \
	  command -v "$$name" >/dev/null 2>&1 || continue; \
	  "$$name" -c 'import ensurepip, sqlite3, ssl, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  echo "Making the virtual environment with $$("$$name" --version) …"; \
	  rm -rf $(VENV) && "$$name" -m venv $(VENV) && touch $@ && exit 0; \
	done; \
	echo "Python 3.11 or newer with venv and sqlite3 is needed." >&2; \
	echo "Debian and Ubuntu: apt-get install python3 python3-venv. Or: make $(MAKECMDGOALS) PYTHON3=/path/to/python3" >&2; \
	exit 1
