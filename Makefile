# `make chat` opens the chat on the sample document, `make test` runs every test. Both set up what they need.

PYTHON ?= python3
PORT ?= 8501
SIZES ?= 1 10 100
RESULTS ?= build/results
VENV := .venv
BIN := $(VENV)/bin
TORCH := $(shell sed -n 's/^torch==//p' constraints.txt)

export HF_HUB_OFFLINE ?= 1
export ANONYMIZED_TELEMETRY := False
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: help chat test lint bench growth results
.DELETE_ON_ERROR:

help:
	@echo "make chat    read the sample document and open the chat on http://localhost:$(PORT)"
	@echo "make test    lint, types and every test"
	@echo "make lint    ruff and mypy only"
	@echo "make bench   how fast it is, as ratios measured in one run, and how it grows with 1 and 10 documents"
	@echo "make growth  how it grows; other sizes with: make growth SIZES='1 10 100 1000'"
	@echo "make results everything the table in the READMEs says, measured and written there"

chat: $(VENV)/.runs
	@$(BIN)/mingzhang documents --json | grep -q '"name"' || { \
	  echo "Reading the sample document, this first time only …"; $(BIN)/mingzhang ingest eval/documents; }
	@exec $(BIN)/mingzhang chat --port $(PORT)

test: lint
	@echo "Fast tests …"
	@$(BIN)/python -m pytest -q -m "not slow and not browser and not ocr"
	@echo "Slow tests: processes, scans, a browser …"
	@$(BIN)/python -m pytest -q -m "slow or browser or ocr"

lint: $(VENV)/.tests
	@echo "ruff and mypy …"
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(VENV)/.tests
	@$(BIN)/python -m eval.bench
	@$(BIN)/python -m eval.growth --sizes 1 10

growth: $(VENV)/.tests
	@$(BIN)/python -m eval.growth --sizes $(SIZES) --out $(RESULTS)

results: $(VENV)/.tests
	-@$(BIN)/python -m eval.growth --sizes $(SIZES) --out $(RESULTS)
	@$(BIN)/python -m eval run --rag --ablations --attacks 1000 --quiet --out $(RESULTS)
	@$(BIN)/python -m eval publish $(RESULTS)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@echo "Creating the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python cannot create environments here; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.torch: $(VENV)/.made constraints.txt
	@echo "Installing torch $(TORCH), built for CPU where the package index offers it …"
	@$(BIN)/python -m pip install -q 'torch==$(TORCH)+cpu' -c constraints.txt 2>/dev/null \
	  || $(BIN)/python -m pip install -q 'torch==$(TORCH)' -c constraints.txt \
	  || { echo "torch could not be installed; is there a connection to a package index?"; exit 1; }
	@touch $@

$(VENV)/.runs: $(VENV)/.torch pyproject.toml
	@echo "Installing mingzhang …"
	@$(BIN)/python -m pip install -q -c constraints.txt -e . || { \
	  echo "The installation failed; the lines above say which package."; exit 1; }
	@touch $@

$(VENV)/.tests: $(VENV)/.runs
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev,ocr]' || { \
	  echo "The installation failed; the lines above say which package."; exit 1; }
	@touch $@
