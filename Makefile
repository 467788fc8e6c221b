# Two commands do all the set-up on a fresh machine: `make run` and `make test`.

SHELL := /bin/bash
SWIFT ?= swift
BUILD := $(SWIFT) build -c release
# Tests run on the release build: the signal path is fifty times slower without optimisation.
TEST := $(SWIFT) test -c release --disable-testable-imports
PROGRAM = $(shell $(BUILD) --show-bin-path)/twoway
CORPUS ?= ../shared/corpus
PYTHON ?= python3
# Once this is there, `make test` uses it too.
READERS := .build/label-readers

.PHONY: run test build libraries browser-tools lint format accuracy readers prior fixtures reference pictures example demo clean help

help:  ## what each target does
	@grep -h -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: build  ## install what is missing, build, analyse a fixture
	@$(PROGRAM) analyze Fixtures/late-pitch.wav

test: libraries browser-tools  ## the same set-up, then all tests
	$(TEST)

build: libraries
	@$(BUILD) --product twoway

libraries:
	@./install-libraries.sh

# The pages are tested in Chromium where it is; without it, or without a network for these tools, that is skipped.
BROWSER_TOOLS := .build/browser-tools
browser-tools:  ## what the tests of the pages in Chromium need
	@if ! command -v chromium chromium-browser google-chrome >/dev/null; then \
	echo "Chromium is not installed: the tests of the pages in a browser will be skipped" >&2; \
	elif ! cmp -s Tests/PageInBrowser/requirements.txt $(BROWSER_TOOLS)/requirements.txt; then \
	{ $(PYTHON) -m venv $(BROWSER_TOOLS) \
	&& $(BROWSER_TOOLS)/bin/pip install --quiet --disable-pip-version-check -r Tests/PageInBrowser/requirements.txt \
	&& cp Tests/PageInBrowser/requirements.txt $(BROWSER_TOOLS)/; } \
	|| { rm -rf $(BROWSER_TOOLS); echo "Playwright is not at hand: the tests of the pages in a browser will be skipped" >&2; }; fi

lint:  ## what CI refuses
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Package.swift

format:  ## put the sources into the house's form
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Package.swift

demo: build  ## fill a scratch journal with the four meetings of the origin story and show its views
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export TWOWAY_JOURNAL="$$folder/journal.sqlite" && \
	show() { printf '\n\033[1m$$ twoway %s\033[0m\n\n' "$$*"; $(PROGRAM) "$$@"; } && \
	show journal import seeds/meetings.jsonl && show journal list && show journal show 2026-09-08-alasdair && \
	show journal person Theo --as-of 2026-11-01 && show journal owe --as-of 2026-11-01 && \
	show journal summary --as-of 2026-11-01

accuracy: build  ## error rates on recordings with references (CORPUS=folder)
	@if [ -d "$(CORPUS)" ]; then $(PROGRAM) score --corpus "$(CORPUS)"; \
	else echo "skipped: there is no folder $(CORPUS); name one with CORPUS=... that holds recordings with RTTM files beside them"; fi

readers: build  ## check label files with pyannote, Praat, ELAN's and caption readers (needs Python and PyPI)
	@test -x $(READERS)/bin/python || { $(PYTHON) -m venv $(READERS) && \
		$(READERS)/bin/pip install --quiet --requirement Tests/LabelReaders/requirements.txt; }
	@$(READERS)/bin/python Tests/LabelReaders/check_label_readers.py $(PROGRAM)

prior:  ## learn the speaker prior anew (needs Python with numpy, scipy, soundfile)
	$(PYTHON) Benchmarks/SpeakerPrior/train_speaker_prior.py --voices $(CORPUS)/voices --output Sources/Diarization/Resources

reference: release  ## the reference of the library from its doc comments; fails on a link that leads nowhere
	@Documentation/make-reference.sh .build-static .build-static/reference

pictures: build  ## make the pictures of the documentation anew (needs Chromium and Python)
	@Documentation/make-pictures.sh $(PROGRAM)

example: libraries  ## build the example package that uses the library, and run it
	$(SWIFT) run --package-path Examples/TalkShare --scratch-path .build-example TalkShare Fixtures/two-way.rttm

fixtures:  ## make the spoken fixtures anew (needs flite; nothing else does)
	python3 Fixtures/make-fixtures.py

clean:
	$(SWIFT) package clean

include Packaging/packaging.mk
