# Holdfast: every task a person or CI runs. `make help` lists them.
NODE_VERSION := 26.10.0
NODE_DIR := .toolchain/node-$(NODE_VERSION)
MAJOR := $(or $(shell node -v 2>/dev/null | tr -d v | cut -d. -f1),0)
ifeq ($(shell [ "$(MAJOR)" -ge 24 ] && echo ok),ok)
NODE_BIN :=
else
NODE_BIN := $(NODE_DIR)/node_modules/node/bin/node
# npm looks for its machine-wide settings (a proxy, a company's certificates) beside Node: those of the machine's own stay in force.
NPMRC := $(shell npm config get globalconfig 2>/dev/null)
ifneq ($(NPMRC),)
export npm_config_globalconfig := $(NPMRC)
endif
export PATH := $(CURDIR)/$(NODE_DIR)/node_modules/node/bin:$(PATH)
endif

.DEFAULT_GOAL := help
.PHONY: help setup hooks lock check fix test test-full soak bench docs golden demo train evaluate infer api package clean

# What train, evaluate and infer work on: make train PROJECT=shop/holdfast.yaml
PROJECT ?= holdfast.yaml
MODEL ?= latest
IN ?=
OUT ?= scored.csv
PORT ?= 8000
# What make bench is asked: make bench BENCH="--only mlp,telco --quick"
BENCH ?=

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: node_modules/.package-lock.json hooks ## install everything the project needs (Node too when yours is older than 24)

node_modules/.package-lock.json: package.json package-lock.json $(NODE_BIN)
	npm ci --prefer-offline --no-fund --no-audit
	@touch $@

$(NODE_DIR)/node_modules/node/bin/node:
	rm -rf .toolchain && mkdir -p $(NODE_DIR)
	printf '{"private":true,"allowScripts":{"node":true}}\n' > $(NODE_DIR)/package.json
	cd $(NODE_DIR) && npm install --prefer-offline --no-fund --no-audit --no-package-lock node@$(NODE_VERSION)
	@touch $@

hooks:
	@sh tools/install-hooks.sh

lock: $(NODE_BIN) ## renew package-lock.json and look for packages that it lost
	npm install --package-lock-only --no-fund --no-audit
	@npm ci --dry-run --no-fund --no-audit 2>&1 | (! grep Missing:)

check: setup ## format, lint and types
	npm run --silent check

fix: setup ## format and repair what can be repaired
	npm run --silent fix

test: setup ## the quick tests, under two minutes
	@node tools/test.ts quick $(COVERAGE)

test-full: setup ## real files and services, reduced counts
	@node tools/test.ts full

soak: setup ## the full counts; resumable; results in bench/SOAK.md
	@node tools/soak.ts

bench: setup ## learning beside the Python libraries; writes bench/RESULTS.md; resumable (two hours of a quiet machine; BENCH="--only mlp --quick" takes minutes)
	@node bench/learning/all.ts $(BENCH)

docs: setup ## write the generated reference pages
	@node tools/docs.ts

golden: setup ## ask the outside authorities again (needs Python 3.10 or newer)
	@sh golden/run.sh

demo: setup ## synthetic customers to a judged model and a call list
	@node tools/demo.ts

train: setup ## train the model of PROJECT (holdfast.yaml)
	./holdfast train "$(PROJECT)"

evaluate: setup ## write every plot of MODEL (latest) into artifacts/
	./holdfast report "$(MODEL)" --out artifacts

infer: setup ## score and log 200 made customers, or those of IN, with MODEL (latest) into OUT (scored.csv)
	@node tools/infer.ts "$(MODEL)" "$(IN)" "$(OUT)"

api: setup ## answer over HTTP on PORT (8000) with the champion
	./holdfast serve --port "$(PORT)"

package: setup ## compile, and write the package that npm installs: holdfast-VERSION.tgz
	npm pack

clean: ## remove what can be made again
	rm -rf node_modules .toolchain .cache coverage dist demo artifacts holdfast-*.tgz
