# Installing, and what is given to others. Included by the Makefile; everything is built below .build-static.

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
BASH_COMPLETIONS ?= $(PREFIX)/share/bash-completion/completions
ZSH_COMPLETIONS ?= $(PREFIX)/share/zsh/site-functions
FISH_COMPLETIONS ?= $(PREFIX)/share/fish/vendor_completions.d

VERSION := $(shell sed -n 's/.*static let version = "\(.*\)"/\1/p' Sources/twoway/Twoway.swift)
# The time in archives and man pages is that of the last commit, so that the same commit gives the same bytes.
SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH

RELEASE_BUILD := .build-static
# No folder of this machine gets into the program.
RELEASE_FLAGS := $(SWIFT_BUILD_OPTIONS) -c release --product twoway --scratch-path $(RELEASE_BUILD) \
	-Xswiftc -file-prefix-map -Xswiftc "$(CURDIR)=." -Xcc "-ffile-prefix-map=$(CURDIR)=."
SYSTEM := $(shell uname -s)
PROCESSOR := $(shell uname -m)
# macOS brings the Swift runtime along; elsewhere it goes into the program, so that it runs where no Swift is.
ifneq ($(SYSTEM),Darwin)
RELEASE_FLAGS += --static-swift-stdlib
# A build ID covers debug information, and that the folder of the build.
RELEASE_FLAGS += -Xlinker --build-id=none
endif

# Swift 6.2 makes other code of one function now and then, as the addresses happen to be that it gets (2 of 8 compilations of the
# module Journal; 0 of 20 with the same addresses each time).
SAME_ADDRESSES := $(shell setarch -R true 2>/dev/null && echo setarch -R)

DIST := $(RELEASE_BUILD)/dist
RELEASE_PROGRAM := $(DIST)/twoway
# Options for SwiftPM, such as --disable-sandbox where another sandbox is around.
SWIFT_BUILD_OPTIONS ?=
ARCHIVE_NAME := twoway-$(VERSION)-$(shell echo $(SYSTEM) | tr A-Z a-z)-$(PROCESSOR)

.PHONY: release install uninstall tarball deb check-install check-reproducible

release:  ## the program that is given to others, its man pages and completions, in .build-static/dist
	@./install-libraries.sh release
	@$(SAME_ADDRESSES) $(SWIFT) build $(RELEASE_FLAGS)
	@rm -rf $(DIST) && mkdir -p $(DIST)/man $(DIST)/completions
	@cp "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/twoway" $(RELEASE_PROGRAM)
ifneq ($(SYSTEM),Darwin)
	@# The hash of each module, for builds in steps, covers options and so the folder. Nothing that runs reads it. Removing
	@# the section would cost the program its read-only relocations.
	@work=$$(mktemp -d) && trap 'rm -rf "$$work"' EXIT && \
		objcopy --dump-section .swift_modhash=$$work/hash $(RELEASE_PROGRAM) && \
		head -c $$(wc -c <$$work/hash) /dev/zero >$$work/zeros && \
		objcopy --update-section .swift_modhash=$$work/zeros $(RELEASE_PROGRAM)
endif
	@strip $(if $(filter Darwin,$(SYSTEM)),-x,--strip-unneeded --remove-section=.comment) $(RELEASE_PROGRAM)
	@for shell in bash zsh fish; do \
		$(RELEASE_PROGRAM) --generate-completion-script $$shell | grep -v '^#!' > $(DIST)/completions/twoway.$$shell \
		|| exit 1; done
	@if command -v $(PYTHON) >/dev/null; then \
		$(RELEASE_PROGRAM) --experimental-dump-help | $(PYTHON) Packaging/make-manual.py $(DIST)/man; \
	else echo "Python 3 is not installed, so there will be no man pages; twoway --help says the same" >&2; fi

install: release  ## install program, man pages and completions (PREFIX=/usr/local, DESTDIR= for packages)
	@Packaging/install.sh $(DIST) "$(DESTDIR)" "$(BINDIR)" "$(MANDIR)" \
		"$(BASH_COMPLETIONS)" "$(ZSH_COMPLETIONS)" "$(FISH_COMPLETIONS)"

uninstall:  ## remove what make install put there (same PREFIX and DESTDIR)
	@rm -f "$(DESTDIR)$(BINDIR)/twoway" "$(DESTDIR)$(MANDIR)"/man1/twoway.1 "$(DESTDIR)$(MANDIR)"/man1/twoway-*.1 \
		"$(DESTDIR)$(BASH_COMPLETIONS)/twoway" "$(DESTDIR)$(ZSH_COMPLETIONS)/_twoway" \
		"$(DESTDIR)$(FISH_COMPLETIONS)/twoway.fish"

tarball: release  ## an archive with the program, man pages and completions; unpack and run
	@Packaging/make-tarball.sh $(DIST) $(RELEASE_BUILD)/$(ARCHIVE_NAME)

deb: release  ## a Debian package (needs dpkg-dev; looked at by lintian where that is installed)
	@Packaging/make-deb.sh $(DIST) $(VERSION) $(RELEASE_BUILD)

check-install: deb tarball  ## try package, archive and make install in a fresh Debian (needs root and debootstrap)
	@Packaging/check-install.sh $(RELEASE_BUILD) $(VERSION) $(ARCHIVE_NAME)

check-reproducible:  ## build this commit twice in different folders and compare (takes two full builds)
	@Packaging/check-reproducible.sh
