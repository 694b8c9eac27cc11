# Kokoroe. `make run` and `make test` are all one needs; the rest is for those who change it.

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# Cargo and Playwright use all processors by themselves; two of them side by side only wait for each other.
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

export PATH := $(HOME)/.cargo/bin:$(PATH)
export CARGO_TARGET_DIR := $(CURDIR)/target
ifneq ($(filter-out help clean,$(or $(MAKECMDGOALS),help)),)
export RUSTUP_TOOLCHAIN := $(shell .ci/toolchain)
ifeq ($(RUSTUP_TOOLCHAIN),)
$(error No Rust toolchain, see above)
endif
endif

# The command line tool and the library must be of one version, or the browser refuses the module.
bindgen_version := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/.*"\(.*\)".*/\1/p}' Cargo.lock)
bindgen := target/tools/bin/wasm-bindgen-$(bindgen_version)
deny_version := 0.20.2
deny := target/tools/bin/cargo-deny-$(deny_version)
fuzzer_version := 0.13.2
fuzzer := target/tools/bin/cargo-fuzz-$(fuzzer_version)
modules := target/wasm32-unknown-unknown/wasm
package := target/pkg

# Clippy is the compiler with more to say. What it has looked through is also what the tests run, so that nothing is compiled twice; the two
# variables are what `cargo clippy -- -D warnings` sets.
looked_through := RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings

listen ?= 127.0.0.1:3000
data ?= target/demo

.PHONY: help run build dev test bench faults load fuzz clean machine wasm server \
	check-format check-architecture check-lints check-licences check-tests check-browser

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

# ── running ──

run: build ## install what is missing, build, start the demo hospital on http://localhost:3000
	@exec target/release/kokoroe serve --demo --data "$(data)" --listen "$(listen)"

build: wasm server ## the one self-contained binary, target/release/kokoroe

dev: wasm ## the demo hospital, built again and restarted whenever a source file changes
	@exec .ci/dev "$(data)" "$(listen)"

# page, starts, answers, evidence, long; lock waits for the disk on both engines; report, work and import make a large hospital on both engines, which takes some ten minutes.
bench: build ## the budgets, printed and written to target/bench.json (only=report: only those)
	@$(if $(filter report work import lock,$(or $(only),report)),.ci/packages postgresql)
	KOKOROE_BIN="$(CURDIR)/target/release/kokoroe" $(if $(filter lock,$(only)),KOKOROE_WAIT_FOR_DISK=1) \
		$(if $(filter report work import lock,$(or $(only),report)),.ci/with-postgres) \
		cargo bench --locked -p kokoroe-server --bench budgets -- $(only)

# As in make test, only longer: hundreds of kills, every write of a migration, a thousand people at once. Takes some twenty minutes.
faults: wasm ## what can go wrong, done to it at length; the table of it in server/docs/faults.md
	@.ci/packages postgresql exim4-daemon-light
	@rm -f target/faults.tsv
	$(looked_through) KOKOROE_FAULT_ROUNDS="$(or $(rounds),200)" KOKOROE_FAULT_PEOPLE="$(or $(people),1000)" KOKOROE_FAULT_SECONDS="$(or $(seconds),120)" \
		KOKOROE_FAULT_TABLE="$(CURDIR)/target/faults.tsv" .ci/with-postgres cargo test --locked --workspace --test faults -- --test-threads=1
	KOKOROE_FAULT_ROUNDS="$(or $(rounds),200)" .ci/fault-table target/faults.tsv >server/docs/faults.md

# The optimised program, because what it takes is looked at as well. Half an hour.
load: build ## three thousand people for ten minutes on both engines, with a kill in the middle; the table of it in server/docs/load.md
	@.ci/packages postgresql
	@rm -f target/load.tsv
	KOKOROE_WAIT_FOR_DISK=1 KOKOROE_BIN="$(CURDIR)/target/release/kokoroe" KOKOROE_FAULT_PEOPLE="$(or $(people),3000)" KOKOROE_FAULT_SECONDS="$(or $(seconds),600)" \
		KOKOROE_FAULT_TABLE="$(CURDIR)/target/load.tsv" .ci/with-postgres cargo test --locked --release -p kokoroe-server --test faults -- --test-threads=1 load:: outside::
	.ci/fault-table target/load.tsv "Three thousand people for ten minutes" release >server/docs/load.md

# The program is compiled with a sanitizer, which takes ten minutes to half an hour and 10 GB of memory; canonical, catalogue, leaf, note and reply need neither.
fuzz: machine $(fuzzer) ## bytes that nobody has thought of, for all that reads any; each target for seconds=60 (only=NAME: only that)
	@.ci/fuzz $(fuzzer) "$(or $(seconds),60)" $(only)

clean: ## forget everything that was built
	rm -rf target end2end/node_modules end2end/test-results

# ── building ──

machine:
	@.ci/packages ca-certificates gcc g++ libc6-dev
	@.ci/wasm-target

# Looked through like the rest, and by everybody, so that it is compiled once. Cargo knows best whether it is still fresh; wasm-bindgen runs only when the module is newer.
wasm: machine $(bindgen)
	@$(looked_through) cargo build --locked -p kokoroe-app --lib --features hydrate --target wasm32-unknown-unknown --profile wasm
	@$(looked_through) cargo build --locked -p kokoroe-evidence-browser --lib --target wasm32-unknown-unknown --profile wasm
	@for name in kokoroe_app kokoroe_evidence_browser; do \
		module=$(modules)/$$name.wasm; made=$(package)/$${name}_bg.wasm; \
		if [ ! -s $$made ] || [ $$module -nt $$made ] || [ $(bindgen) -nt $$made ]; then \
			$(bindgen) --target web --no-typescript --out-dir $(package) $$module; \
		fi; \
	done

server: machine
	@cargo build --locked --release -p kokoroe-server

$(bindgen): | machine
	@.ci/install-tool $@ wasm-bindgen-cli $(bindgen_version)

$(deny): | machine
	@.ci/install-tool $@ cargo-deny $(deny_version)

$(fuzzer): | machine
	@.ci/install-tool $@ cargo-fuzz $(fuzzer_version)

end2end/node_modules/.package-lock.json: end2end/package-lock.json
	@cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# ── proving ── the cheap first, so that a slip is told in seconds

test: check-format check-architecture wasm check-lints check-licences check-tests check-browser ## everything that decides whether a change is sound
	@.ci/closing-lines

check-format:
	@.ci/step format cargo fmt --all --check

check-architecture: machine
	@.ci/step architecture .ci/architecture

check-lints: wasm
	@$(looked_through) .ci/step lints cargo test --locked --workspace --all-targets --no-run

check-licences: $(deny)
	@.ci/step licences $(deny) --locked check licenses bans sources
	@.ci/advisories $(deny)

check-tests: wasm
	@.ci/packages postgresql exim4-daemon-light openssl poppler-utils python3
	@$(looked_through) KOKOROE_REQUIRE_MAIL=1 .ci/step tests .ci/with-postgres .ci/rust-tests

# The program as the tests have built it already, the same packages with the same features: an optimised one would take as long to build as
# the tests to run. Of the browser, the part without windows: the same pages for a third less work.
check-browser: wasm end2end/node_modules/.package-lock.json
	@.ci/packages chromium-headless-shell fonts-noto-cjk fonts-morisawa-bizud-gothic
	@.ci/step browser-types sh -c 'cd end2end && npx --no-install tsc --noEmit'
	@$(looked_through) cargo test --locked --workspace --no-run
	@KOKOROE_BIN="$(CURDIR)/target/debug/kokoroe" .ci/step browser sh -c 'cd end2end && npx --no-install playwright test'
