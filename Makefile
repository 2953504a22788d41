# Two commands matter: `make demo` and `make test`. Each sets up all it needs; running it again costs nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The tests start hundreds of processes: what one compiles, the next ones find.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test tests check bench format lock clean

demo: $(VENV)/.installe
	@$(BIN)/cyclades demo

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
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet
lock: $(VENV)/.installe
	$(PIP) install --require-hashes --requirement requirements-uv.txt
	$(LOCK) pyproject.toml --extra installation --output-file requirements.txt
	$(LOCK) pyproject.toml --extra tests --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group uv --output-file requirements-uv.txt

# `uv` installs in seconds what takes pip half a minute, but reads no setting of pip: where these name a registry,
# or `uv` reaches none, pip does it.
define install
@{ ! $(BIN)/python -m pip config list | grep -E '\.(index-url|no-index)=' > /dev/null \
  && $(PIP) install --require-hashes --requirement requirements-uv.txt \
  && $(BIN)/uv --system-certs pip install --python $(BIN)/python --no-deps --require-hashes --requirement $(1); } \
|| { echo "Par pip, en une minute environ…"; $(PIP) install --require-hashes --requirement $(1); }
endef

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	|| { echo "Il faut Python 3.11, 3.12 ou 3.13. S'il porte un autre nom : make demo PYTHON=python3.12"; exit 1; }
	@echo "Un environnement Python, dans $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installe: requirements.txt requirements-uv.txt pyproject.toml | $(VENV)/bin/python
	@echo "Les bibliothèques, par un dépôt de paquets Python : 60 Mo environ"
	$(call install,requirements.txt)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.outille: requirements-dev.txt $(VENV)/.installe
	$(call install,requirements-dev.txt)
	@touch $@

clean:
	rm -rf $(VENV) build dist
