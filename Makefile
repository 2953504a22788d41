# Two commands matter: `make demo` and `make test`. Each sets up all it needs; running it again costs nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The tests start hundreds of processes: what one compiles, the next ones find.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test tests check bench format lock clean

demo: $(VENV)/.installe
	$(BIN)/cyclades demo

# The checks keep one processor busy while the tests begin on the other.
test: $(VENV)/.outille
	$(MAKE) --no-print-directory --jobs=2 check tests

tests: $(VENV)/.outille
	$(BIN)/python -m pytest -n 4 --dist worksteal

check: $(VENV)/.outille
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.outille
	$(BIN)/python tests/bench

format: $(VENV)/.outille
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The lock files carry hashes and no addresses. `uv` resolves for every supported Python at once.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet
lock:
	$(LOCK) --extra installation --output-file requirements.txt
	$(LOCK) --extra tests --constraint requirements.txt --output-file requirements-dev.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installe: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.outille: requirements-dev.txt $(VENV)/.installe
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) build dist
