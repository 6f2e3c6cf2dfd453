# Two commands do everything: `make demo` makes a film from a sentence, `make test` checks the house.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
SENTENCE ?= A red rubber ball rolls off a wooden table and knocks over three blue cups
DEMO_ARGS ?= --preset draft
DEMO_OUT ?= runs/demo
BPY_NEXT ?= 5.0.1
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup demo library test lint unit bpy-next addon addon-check lock clean

help:  ## what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -e 's/:.*##/:/' | column -t -s:

setup: $(VENV)/.installed  ## everything from the lock file into .venv

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) pipeline/doctor/system.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

demo: setup library  ## a film from the sentence in $$SENTENCE, in runs/demo
	$(BIN)/worldreel make "$(SENTENCE)" --out $(DEMO_OUT) $(DEMO_ARGS)

library: setup  ## 820 free models of everyday things, where they can be had
	@test -f $(VENV)/.library \
		|| { $(BIN)/worldreel assets install sweethome3d && touch $(VENV)/.library; } \
		|| echo "worldreel goes on without the library: it builds what it shows by itself"

test: setup lint unit  ## ruff, mypy strict, import-linter, pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile --max-worker-restart=0

bpy-next: setup .bpy-next/.installed  ## the tests that need Blender, on the next Blender
	PYTHONPATH=.bpy-next $(BIN)/python -m pytest -m bpy

.bpy-next/.installed:
	$(BIN)/python -m pip install --quiet --no-deps --target .bpy-next "bpy==$(BPY_NEXT)"
	@touch $@

addon: setup  ## Blender's extension, one zip for each platform, in build/addon
	$(BIN)/python -m pipeline.blender_addon.packing.zips --out build/addon

addon-check: setup .bpy-next/.installed  ## the built Linux zip, used in empty profiles of both Blenders
	$(BIN)/python -m pipeline.blender_addon.packing.check build/addon/worldreel-*-linux_x64.zip
	$(BIN)/python -m pipeline.blender_addon.packing.check build/addon/worldreel-*-linux_x64.zip --bpy .bpy-next

lock: setup  ## write requirements.lock from what .venv holds
	$(BIN)/python -m pip freeze --exclude-editable --exclude worldreel \
		| sed -e 's/^\(torch==[0-9.]*\)+.*/\1/' -e '/^nvidia-/d' -e '/^triton==/d' -e '/ @ /d' > requirements.lock

clean:
	rm -rf $(VENV) .bpy-next build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
