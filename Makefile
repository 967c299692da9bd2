# Everything that a person or CI runs. Needs Python >= 3.11 and make; nothing else by hand.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# A file of versions for pip to keep to; `scripts/lowest_versions.py` prints one.
CONSTRAINTS ?=
# What every other version of a library could break: all rooms, without the golden submissions.
CORE   := $(addprefix tests/,model gradients source toolkit intake sandbox checks course diagnosis grading \
          reporting notebook cli test_architecture.py test_packaging.py) --ignore tests/grading/test_goldens.py

.NOTPARALLEL:
.PHONY: help setup demo test core wheel slow slow-mutants slow-marked slow-kills slow-memory memory notebooks \
        verify lint types benchmark evidence fuzz fuzz-submissions clean messages

help:
	@echo "make demo       grade a class of golden submissions and say where its page is"
	@echo "make test       run the whole test suite"
	@echo "make core       the part of it that a library's version could break"
	@echo "make wheel      install the built wheel, the sdist and the checkout in a fresh environment, and grade"
	@echo "make slow       what takes longer: mutated submissions, kills, browsers, the wide attacks"
	@echo "make memory     the grader's memory over classes of 200 with all their training; slow has classes of 70"
	@echo "make notebooks  run the three notebooks, filled in, in a real kernel"
	@echo "make verify     prove the three rubrics: mistakes, accepted forms, mutants"
	@echo "make lint       ruff: rules and format"
	@echo "make types      mypy --strict"
	@echo "make messages   compile the catalogues of sentences after an edit of a .po"
	@echo "make benchmark  print the figures that the documents quote"
	@echo "make evidence   one page: wrong accepted, right refused, points forged, names, time"
	@echo "make fuzz       a million hostile frames for the wire's decoder"
	@echo "make fuzz-submissions   twenty thousand mutated submissions"
	@echo "make clean      remove $(VENV) and build/"

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; '$(PYTHON)' is older. Try: make PYTHON=python3.12 ..."; exit 2; }
	@echo "Setting up $(VENV) (once): a virtual environment, and the libraries listed in pyproject.toml."
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check $(CONSTRAINTS:%=--constraint %) \
	  --editable '.[dev]'
	@touch $(READY)
	@echo "Ready."

setup: $(READY)

demo: $(READY)
	@$(BIN)/python -m tests.goldens build/demo/submissions
	@$(BIN)/grader grade build/demo/submissions --assignment two_layer_net --out build/demo/grades

# Compiled once, since many tests start a grader of their own.
test: $(READY)
	@$(BIN)/python -m compileall -q grader reference assignments
	$(BIN)/python -m pytest -n 2 --dist worksteal

core: $(READY)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(CORE)

# Asks a package index for the libraries, as whoever installs the grader does.
wheel: $(READY)
	$(BIN)/python -m pytest tests/slow/test_wheel.py

# One after another: each uses every core, and what is measured is not to be disturbed. What is marked slow
# stands beside what it belongs to; a folder of its own holds what belongs to the whole grader.
slow: slow-mutants slow-marked slow-kills slow-memory

slow-mutants: $(READY)
	$(BIN)/python scripts/fuzz_submissions.py --count 4000 --seed 2

slow-marked: $(READY)
	$(BIN)/python -m pytest -n 2 -m slow

slow-kills: $(READY)
	$(BIN)/python -m pytest tests/slow/test_kills.py

# Classes of 70; `make memory` has classes of 200.
slow-memory: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests/slow/test_memory.py

memory: $(READY)
	GRADER_CLASS_SIZE=200 $(BIN)/python -m pytest -n 2 --dist loadgroup tests/slow/test_memory.py

notebooks: $(READY)
	$(BIN)/python -m tests.notebook.kernel

verify: $(READY)
	$(BIN)/grader verify --out build/verified

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

messages: $(READY)
	$(BIN)/python scripts/compile_messages.py

benchmark: $(READY)
	$(BIN)/python -m benchmarks

evidence: $(READY)
	@$(BIN)/python -m benchmarks.evidence

fuzz: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python scripts/fuzz_wire.py

fuzz-submissions: $(READY)
	$(BIN)/python scripts/fuzz_submissions.py

clean:
	rm -rf $(VENV) build
