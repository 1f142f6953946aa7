# make demo: install, read the sample reports, show what a user wants.   make test: everything that is tested.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-long lint evals format lock clean

demo: .venv/.installed
	@$(BIN)/python scripts/demo.py

test: .venv/.dev
	@scripts/test_needs.sh
	$(BIN)/python -m pytest -n 2 -m "not long"

test-long: .venv/.dev
	@scripts/test_needs.sh
	$(BIN)/python -m pytest -m long

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

evals: .venv/.dev
	$(BIN)/python -m evals --check

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Needs uv; writes names, versions and hashes only.
lock:
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header --group build -o requirements-build.lock
	uv pip compile -q --universal --generate-hashes --no-annotate --no-header -c requirements.lock \
		--group dev -o requirements-dev.lock

.venv/.installed: requirements.lock requirements-build.lock pyproject.toml
	@echo "installing into .venv (about a minute, once)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes \
		-r requirements.lock -r requirements-build.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.installed requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv demo-case .mypy_cache .ruff_cache .pytest_cache .hypothesis
