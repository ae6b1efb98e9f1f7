# Two commands do all the set-up: `make run` and `make test`. Everything else is listed by `make help`.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
FUNNELMART_WORKSPACE ?= demo
export FUNNELMART_WORKSPACE

# Two packages have no wheel: pip says of each, in three lines that look like a failure, how it will build them one day.
QUIET := PYTHONWARNINGS=ignore

# Says at once which versions $(PYTHON) may be, before anything is installed. $(call takes,VERSIONS,TARGET)
define takes
@version=$$($(PYTHON) --version 2>&1 | sed -n 's/^Python \([0-9]*\.[0-9]*\).*/\1/p'); \
case " $(1) " in *" $$version "*) exit 0;; esac; \
echo "This takes one of Python $(1); $(PYTHON) is $${version:-no Python}. Name one: make $(2) PYTHON=python$(lastword $(1))" >&2; \
for other in $(1); do if python$$other --version >/dev/null 2>&1; then echo "Found here: make $(2) PYTHON=python$$other" >&2; fi; done; \
exit 1
endef

.PHONY: help install run test browser screenshots lint ui docs semantic sources definitions superset test-bi test-readers bench bench-check wheel lock clean spark test-spark golden audit sbom test-faults test-docs corpus soak histories test-full test-large test-exports scale-report
help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

.venv/installed: requirements.lock pyproject.toml
	$(call takes,3.11 3.12 3.13,$(or $(firstword $(MAKECMDGOALS)),run))
	@echo "Installing $$(grep -c == requirements.lock) packages into .venv: some minutes the first time."
	$(PYTHON) -m venv .venv
	$(QUIET) $(BIN)/pip install --quiet --require-hashes --requirement requirements.lock
	$(QUIET) $(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

install: .venv/installed  ## the environment alone, as the lock says, new or renewed

run: .venv/installed  ## the whole pipeline on the demo workspace
	$(BIN)/funnelmart demo
	$(BIN)/funnelmart run

test: .venv/installed  ## all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

.venv-bi/installed: examples/superset/requirements.lock
	$(call takes,3.11 3.12,$(or $(firstword $(MAKECMDGOALS)),superset))
	$(PYTHON) -m venv .venv-bi
	.venv-bi/bin/pip install --quiet --require-hashes --requirement examples/superset/requirements.lock
	touch $@

superset: .venv-bi/installed  ## Apache Superset on 127.0.0.1 with a dashboard of the published mart (an environment of its own)
	.venv-bi/bin/python examples/superset/start.py $(FUNNELMART_WORKSPACE)/published/funnelmart.duckdb

test-bi: .venv/installed .venv-bi/installed  ## the test of that dashboard in a browser
	FUNNELMART_BI_PYTHON=$(CURDIR)/.venv-bi/bin/python $(BIN)/python -m pytest tests/examples/test_superset.py

# Apache Spark, in an environment of its own; the rest of it is as in .venv.
.venv-spark/installed: requirements.lock pyproject.toml
	$(call takes,3.11 3.12 3.13,$(or $(firstword $(MAKECMDGOALS)),spark))
	command -v java >/dev/null || (apt-get update --quiet --quiet && apt-get install --yes --quiet --quiet openjdk-17-jre-headless)
	$(PYTHON) -m venv .venv-spark
	.venv-spark/bin/pip install --quiet --require-hashes --requirement requirements.lock
	.venv-spark/bin/pip install --quiet --no-build-isolation --editable '.[spark]'
	touch $@

spark: .venv-spark/installed  ## Java 17 (Debian or Ubuntu, as root) and pyspark for `engine: {target: spark}`, in an environment of its own (docs/scaling.md)
	@echo "Now: .venv-spark/bin/funnelmart run -w DIR, of a workspace with engine: {target: spark} in funnelmart.yml"

# hadoop-aws for the tests; a cluster has that of its own Hadoop's version (docs/scaling.md).
.venv-spark/s3a/installed: .venv-spark/installed tests/spark/s3a.txt
	rm -rf .venv-spark/s3a
	.venv-spark/bin/pip download --quiet --no-deps --no-build-isolation --require-hashes --requirement tests/spark/s3a.txt --dest .venv-spark/s3a
	tar -xzf .venv-spark/s3a/sagemaker_pyspark-*.tar.gz -C .venv-spark/s3a --strip-components 3 --wildcards '*/jars/hadoop-aws-*.jar' '*/jars/aws-java-sdk-bundle-*.jar'
	rm .venv-spark/s3a/*.tar.gz
	touch $@

test-spark: .venv-spark/installed .venv-spark/s3a/installed  ## the same models on DuckDB, a local Spark and a cluster of processes, some of them killed: equal contents of every published table (two hours on two cores, stopped after four; 6 GB)
	FUNNELMART_SPARK=1 timeout 4h .venv-spark/bin/python -m pytest -q -s tests/spark

# The oldest and the newest DuckDB that open the published mart (docs/bi.md); 1.0.0 needs Python 3.11 or 3.12.
READERS := 1.0.0 2.0.1
.venv-readers/%/installed:
	$(PYTHON) -m venv .venv-readers/$*
	.venv-readers/$*/bin/pip install --quiet duckdb==$*
	touch $@

test-readers: .venv/installed $(READERS:%=.venv-readers/%/installed)  ## the published mart opened by the oldest and the newest DuckDB
	FUNNELMART_READERS="$(READERS:%=$(CURDIR)/.venv-readers/%/bin/python)" $(BIN)/python -m pytest tests/examples/test_stored.py

browser:  ## Chromium for the browser tests (Debian or Ubuntu, as root); without it they are skipped
	command -v chromium >/dev/null || (apt-get update --quiet --quiet && apt-get install --yes --quiet --quiet chromium)

lint: .venv/installed  ## ruff, types, SQL style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint dbt_project/models --processes 2

ui: .venv/installed  ## Dagster on 127.0.0.1, same workspace
	$(BIN)/funnelmart ui

screenshots: .venv/installed  ## pictures of the KPI report (and its PDF), Data Docs, dbt docs and Dagster (needs Chromium: make browser)
	$(BIN)/python -m tests.kpi_report.screenshots

docs: .venv/installed  ## dbt docs as one static file
	$(BIN)/funnelmart docs

semantic: .venv/installed  ## semantic layer, contracts and docs of KPIs again, after a change of the KPI catalogue
	$(BIN)/python -m orchestration.transform.semantic

sources: .venv/installed  ## docs/sources.md again, after a change of a source file
	$(BIN)/python -m orchestration.extracts.sources_page

definitions: .venv/installed  ## tests/golden/definitions.txt again, after a change of assets, checks, jobs, schedules or sensors
	$(BIN)/python -m tests.orchestration.defs.snapshot

bench: .venv/installed  ## the whole run against one plain DuckDB script
	$(BIN)/python -m benchmarks

bench-check: .venv/installed  ## a small company measured against what is recorded: fails where a ratio got worse
	$(BIN)/python -m benchmarks --check

wheel: .venv/installed  ## dist/funnelmart-*.whl: the code and every file that it reads, for an environment elsewhere
	rm -rf build dist
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	rm -rf build

golden: .venv/installed  ## the list of the demo's contents again, after figures changed on purpose (say why in CHANGELOG.md)
	$(BIN)/python -m tests.golden

lock:  ## pin and hash every dependency again (needs uv)
	uv pip compile pyproject.toml $(LOCKED:%=--extra %) --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-annotate --quiet --output-file requirements.lock
	uv pip compile examples/superset/requirements.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --output-file examples/superset/requirements.lock

clean:  ## what a run wrote into the demo workspace
	rm -rf demo/archive demo/extracts demo/published demo/reports demo/quarantine demo/.funnelmart demo/warehouse.duckdb*

# Every extra but spark: pyspark takes 450 MB, and `make spark` pins it.
LOCKED := semantic remote pull mcp dev

.venv-audit/installed: requirements.lock
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/pip install --quiet 'pip-audit>=2.9' 'cyclonedx-bom>=7'
	touch $@

# A database that doesn't answer says "not found", which pip-audit takes for the package's fault: hence the sentence.
audit: .venv-audit/installed  ## known weaknesses of the pinned packages (asks the network; no part of the tests)
	.venv-audit/bin/pip-audit --strict --requirement requirements.lock --require-hashes --disable-pip || { \
		echo "Where no weakness is listed above, the vulnerability database of PyPI does not answer here and nothing was audited: run it where it does," >&2; \
		echo "or give dist/sbom.json (make sbom) to a scanner of your own." >&2; exit 1; }

sbom: .venv-audit/installed  ## dist/sbom.json: the bill of materials of the pinned packages, CycloneDX
	mkdir -p dist
	.venv-audit/bin/cyclonedx-py requirements --output-reproducible --output-file dist/sbom.json requirements.lock

test-faults: .venv/installed  ## every fault that was ever tried, and every call of a publication failed in three ways; prints tried, survived, lost
	FUNNELMART_FAULTS=all $(BIN)/python -m pytest -p tests.faults.tally tests/faults tests/corpus tests/end_to_end/test_kill.py \
		tests/orchestration/publish/test_every_call.py $$($(BIN)/python -m tests.faults.rows)

test-docs: .venv/installed  ## every command of README and docs, in order, in a copy of the checkout, as a reader would run it (some minutes)
	FUNNELMART_DOCS=all $(BIN)/python -m pytest tests/docs/test_commands.py

test-exports: .venv/installed  ## exports as people really have them, case by case: right, doubted aloud, refused with the way out
	$(BIN)/python -m pytest -q -s tests/orchestration/add_source/test_exports.py

corpus: .venv/installed  ## a small workspace of this layout of the working database, kept for later versions (tests/corpus)
	$(BIN)/python -m tests.corpus

soak: .venv/installed  ## 200 publications one after the other under 20 readers: files, memory and time stay level (about an hour)
	$(BIN)/python -m tests.soak

scale-report: .venv/installed  ## how the demo's report opens with a hundred channels and five thousand campaigns (needs Chromium)
	$(BIN)/python -m tests.kpi_report.scale demo

histories: .venv/installed  ## raw after 50 random histories of extracts of each kind is raw of the same extracts landed once
	FUNNELMART_HISTORIES=$${FUNNELMART_HISTORIES:-50} $(BIN)/python -m pytest -q tests/orchestration/extracts/land/test_histories.py

test-full: .venv/installed  ## after 5 random histories of extracts, days and settings the tables are what run --full makes of them
	FUNNELMART_FULL=$${FUNNELMART_FULL:-5} $(BIN)/python -m pytest -q tests/end_to_end/test_histories.py

test-large: .venv/installed  ## an extract of 5 GB (FUNNELMART_LARGE_GB) lands within engine.memory_limit
	FUNNELMART_LARGE_GB=$${FUNNELMART_LARGE_GB:-5} $(BIN)/python -m pytest -q -s tests/faults/test_large.py
