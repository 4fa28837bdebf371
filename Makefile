# One word does it. Nothing else is needed than python3, python3-venv and make (Debian 12).
# Debian's own interpreter first: every operating-system user may run it, which one in somebody's home does not offer.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo /usr/bin/python3 || echo python3)
VENV := .venv
PY := $(VENV)/bin/python
RUN := PYTHONPATH=src $(PY)

.PHONY: demo serve test test-long lint catalogue rights benchmark clean

demo: $(VENV)/runtime  ## build what is missing, load the example offices in a drill, print how to enter
	@exec env PYTHONPATH=src $(PY) -m taicho.cli demo

serve: $(VENV)/runtime  ## run a real installation in var/
	@exec env PYTHONPATH=src $(PY) -m taicho.cli serve

test: $(VENV)/development lint  ## everything that must hold before a commit lands (≤ 15 minutes)
	@tools/install-chromium
	$(RUN) -m pytest -n 2 -m "not trial" tests

test-long: $(VENV)/development  ## kills, storms, hostile files, axe on every page, role, state and width, the wheel (≤ 45 minutes)
	@tools/install-chromium
	$(RUN) -m pytest -m trial tests/cli tests/postgres
	$(RUN) -m pytest -n 2 -m trial tests --ignore=tests/cli --ignore=tests/postgres

lint: $(VENV)/development
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(RUN) -m mypy
	PYTHONPATH=src $(VENV)/bin/lint-imports
	git ls-files -z '*.html' | xargs -0 -r $(VENV)/bin/djade --target-version 5.2 --check

$(VENV)/runtime: requirements/runtime.txt | $(VENV)/pip
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

$(VENV)/development: requirements/development.txt | $(VENV)/pip
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
	@touch $@ $(VENV)/runtime

$(VENV)/pip:
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Thiếu gói python3-venv. Trên Debian 12: apt-get install python3-venv, rồi chạy lại lệnh này."; \
	  echo "The package python3-venv is missing. On Debian 12: apt-get install python3-venv, then run this again."; exit 1; }
	@echo "Đang tạo môi trường .venv và cài các gói đã khóa (lần đầu khoảng một phút)…"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

clean:
	rm -rf $(VENV) var dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
