# Two commands do all the set-up on a fresh machine: `make run` and `make test`.

SHELL := /bin/bash
SWIFT ?= swift
BUILD := $(SWIFT) build -c release
# Tests run on the release build: the signal path is fifty times slower without optimisation.
TEST := $(SWIFT) test -c release --disable-testable-imports
PROGRAM = $(shell $(BUILD) --show-bin-path)/twoway
CORPUS ?= ../shared/corpus
PYTHON ?= python3

.PHONY: run test build libraries lint format accuracy prior fixtures demo clean help

help:  ## what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build  ## install what is missing, build, analyse a fixture
	@$(PROGRAM) analyze Fixtures/late-pitch.wav

test: libraries  ## the same set-up, then all tests
	$(TEST)

build: libraries
	@$(BUILD) --product twoway

libraries:
	@./install-libraries.sh

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

prior:  ## learn the speaker prior anew (needs Python with numpy, scipy, soundfile)
	$(PYTHON) Benchmarks/SpeakerPrior/train_speaker_prior.py --voices $(CORPUS)/voices --output Sources/Diarization/Resources

fixtures:  ## make the spoken fixtures anew (needs flite; nothing else does)
	python3 Fixtures/make-fixtures.py

clean:
	$(SWIFT) package clean
