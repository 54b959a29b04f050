# make demo   codes the exercise reports in samples/ into demo/vedette.db and demo/report.html
# make test   format, lint, types, tests, quality gate
.PHONY: demo test format setup eval bench lock clean
SHELL := /bin/bash
V := .venv/bin

demo: setup
	@mkdir -p demo && rm -f demo/vedette.db demo/vedette.db-wal demo/vedette.db-shm demo/report.html
	@$(V)/vedette report samples --out demo/report.html --db demo/vedette.db

test: setup
	$(V)/ruff format --check .
	$(V)/ruff check .
	$(V)/mypy
	$(V)/python -m pytest
	$(V)/python eval/gate.py

format: setup
	$(V)/ruff check --fix .
	$(V)/ruff format .

eval: setup
	$(V)/python eval/run.py

bench: setup
	$(V)/python bench/coding.py
	$(V)/python bench/stages.py
	$(V)/python bench/copies.py
	$(V)/python bench/incidents.py

lock:
	tools/lock

setup:
	@tools/setup dev

clean:
	rm -rf .venv .tools demo dist eval/out
