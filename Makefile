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
WORKERS := .build/distributed

.PHONY: run test build libraries browser-tools lint format accuracy readers prior fixtures demo clean help distributed batch-speed voice-accuracy live-accuracy live-endurance fuzz sanitize soak sbom bench bench-smoke bench-stages reference pictures example

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

voice-accuracy: build  ## how well enrolled voices are recognised (CORPUS=folder)
	@if [ -d "$(CORPUS)" ]; then $(PROGRAM) score --corpus "$(CORPUS)" --voices; \
	else echo "skipped: there is no folder $(CORPUS); name one with CORPUS=... that holds recordings with RTTM files beside them"; fi

live-accuracy: build  ## how well twoway live does on them (CORPUS=folder)
	@if [ -d "$(CORPUS)" ]; then $(PROGRAM) score --corpus "$(CORPUS)" --live; \
	else echo "skipped: there is no folder $(CORPUS); name one with CORPUS=... that holds recordings with RTTM files beside them"; fi

live-endurance: build  ## eight hours of sound through twoway live, with its memory (HOURS=n; needs Python)
	$(PYTHON) Benchmarks/Live/endurance.py $(PROGRAM) $(or $(HOURS),8)

bench: build  ## the table of costs as ratios to the floor, measured in one run (ROUNDS=count, about 15 s each)
	@$(PROGRAM) bench run --long --rounds $(or $(ROUNDS),3)

bench-smoke: build  ## what CI checks of speed: ratios only, with wide bounds
	@$(PROGRAM) bench run --quiet --rounds 2 --minutes 10 --format json | $(PYTHON) Benchmarks/check_ratios.py

bench-stages:  ## every stage under the benchmark tool, with its own metrics and baselines
	BENCHMARK_DISABLE_JEMALLOC=1 $(SWIFT) package --package-path Benchmarks --scratch-path .build-stages benchmark

readers: build  ## check label files with pyannote, Praat, ELAN's and caption readers (needs Python and PyPI)
	@test -x $(READERS)/bin/python || { $(PYTHON) -m venv $(READERS) && \
		$(READERS)/bin/pip install --quiet --requirement Tests/LabelReaders/requirements.txt; }
	@$(READERS)/bin/python Tests/LabelReaders/check_label_readers.py $(PROGRAM)

distributed: build  ## check a batch on several Dask workers, one of them killed (needs Python and PyPI)
	@cmp -s Benchmarks/Distributed/requirements.txt $(WORKERS)/requirements.txt || { $(PYTHON) -m venv $(WORKERS) \
	&& $(WORKERS)/bin/pip install --quiet --disable-pip-version-check -r Benchmarks/Distributed/requirements.txt \
	&& cp Benchmarks/Distributed/requirements.txt $(WORKERS)/; }
	@$(WORKERS)/bin/python Benchmarks/Distributed/check_twoway_on_dask.py $(PROGRAM) Fixtures

batch-speed: build  ## two cores against one on a folder of recordings; needs an idle machine
	TWOWAY_TEST_SPEED=1 $(TEST) --filter 'BatchTests/speed'

prior:  ## learn the scores of speech and overlap and the speaker prior anew (needs Python with numpy, scipy, soundfile)
	$(PYTHON) Benchmarks/SpeakerPrior/train_voice_score.py --voices $(CORPUS)/voices --score Sources/Diarization/VoiceScore.swift
	$(PYTHON) Benchmarks/SpeakerPrior/train_overlap_score.py --voices $(CORPUS)/voices --score Sources/Diarization/OverlapScore.swift
	$(PYTHON) Benchmarks/SpeakerPrior/train_speaker_prior.py --voices $(CORPUS)/voices --output Sources/Diarization/Resources
	$(PYTHON) Benchmarks/SpeakerPrior/train_voice_model.py --voices $(CORPUS)/voices --tables Sources/Diarization/Resources

reference: release  ## the reference of the library from its doc comments; fails on a link that leads nowhere
	@Documentation/make-reference.sh .build-static .build-static/reference

pictures: build  ## make the pictures of the documentation anew (needs Chromium and Python)
	@Documentation/make-pictures.sh $(PROGRAM)

example: libraries  ## build the example package that uses the library, and run it
	$(SWIFT) run --package-path Examples/TalkShare --scratch-path .build-example TalkShare Fixtures/two-way.rttm

fixtures:  ## make the spoken fixtures anew (needs flite; nothing else does)
	python3 Fixtures/make-fixtures.py

# Everything in this package is compiled with the fuzzer's counters, so it has a build folder of its own.
FUZZ := $(SWIFT) build -c release --package-path Tests/Fuzzing --scratch-path .build-fuzz --sanitize=fuzzer
FUZZ_PROGRAM := .build-fuzz/release/Fuzz
FUZZ_TARGET ?= labels
FUZZ_SECONDS ?= 60

.build-fuzz/built: $(shell find Sources Tests/Fuzzing -name '*.swift' -o -name '*.[ch]' 2>/dev/null)
	@$(FUZZ) --product Fuzz && touch $@

fuzz: .build-fuzz/built  ## fuzz one target (FUZZ_TARGET=labels FUZZ_SECONDS=60; FUZZ_TARGET=list names them)
	@mkdir -p .build-fuzz/findings .build-fuzz/corpus/$(FUZZ_TARGET)
	SWIFT_BACKTRACE=enable=no FUZZ_TARGET=$(FUZZ_TARGET) $(FUZZ_PROGRAM) -max_total_time=$(FUZZ_SECONDS) -timeout=20 -max_len=8192 \
		-artifact_prefix=.build-fuzz/findings/$(FUZZ_TARGET)- .build-fuzz/corpus/$(FUZZ_TARGET) \
		$(wildcard Tests/Fuzzing/Findings/$(FUZZ_TARGET))

# A sanitizer takes several times the memory and the time. Left out are tests that measure these two, or accuracy over
# the corpus; the pages in Chromium, where little of our own code runs; and ClockTests, whose preloaded library lets a
# sanitized program stand still. The thread sanitizer does not start where files may not grow and keeps one in the folder for
# temporary files (fullDisk).
# Leaks are not looked for, because that cannot be done under strace, which some tests use. The sanitizers' own exit codes
# are 1 and 66, which the program uses too and tests expect; 99 is nobody's.
SANITIZED := --no-parallel --skip 'LongRecordingTests|BatchTests/(memoryBudget|fiveHundred)|BenchTests|tenThousand|PageInBrowserTests|ClockTests|Corpus.*Tests|(Live|Voice)Tests/accuracy'
sanitize: libraries  ## the whole suite with the address sanitizer, then with the thread sanitizer
	ASAN_OPTIONS=detect_leaks=0:exitcode=99:suppressions=$(CURDIR)/Tests/Sanitizers/address-suppressions.txt \
		$(TEST) --sanitize=address --scratch-path .build-address $(SANITIZED)
	TSAN_OPTIONS=exitcode=99:suppressions=$(CURDIR)/Tests/Sanitizers/thread-suppressions.txt \
		$(TEST) --sanitize=thread --scratch-path .build-thread $(SANITIZED) --skip '(BatchInterruption|Fault)Tests/fullDisk'

SEED ?= 1
SCALE ?= 1
soak: build .build-fuzz/built  ## fuzzing, damaged files, kills and faults with one seed (SEED=1, SCALE=1); prints the counts
	@$(PYTHON) -B Tests/Soak/soak.py --program $(PROGRAM) --fuzz $(FUZZ_PROGRAM) --seed $(SEED) --scale $(SCALE)

sbom: build  ## software bill of materials as SPDX JSON, with licences
	@$(PYTHON) -B .ci/sbom.py $(PROGRAM) > .build/twoway.spdx.json && echo .build/twoway.spdx.json

clean:
	$(SWIFT) package clean

include Packaging/packaging.mk
